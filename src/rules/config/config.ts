// A config as the rules are asked by: what it extends is merged in, defaults are there, patterns are read. The published schema,
// schema/beamtool.config.schema.json, says what each field means.

import type { ExportClass } from '../../graph/analyses/explain-exports.js';
import type { FindingKind as ApplicationCheck } from '../../graph/applications/findings.js';
import type { EdgeKind } from '../../graph/dependencies/build-dependencies.js';
import type { DependencyLevel } from '../../graph/dependencies/dependency-graph.js';
import type { ModuleGroup } from '../../graph/dependencies/groups.js';
import type { Confidence } from '../../graph/module-facts.js';
import type { CheckSettings, MetricName, Severity } from '../model.js';

/** Patterns as they were written; those that begin with `!` take away. */
export type SelectorText = readonly string[];

/** What a rule asks. */
export type RuleQuestion =
  | {
      readonly kind: 'forbidden';
      readonly from: SelectorText;
      readonly to: SelectorText;
      readonly reachable: boolean;
      readonly moreUnstable: boolean;
    }
  | { readonly kind: 'allowed' | 'protected'; readonly from: SelectorText; readonly to: SelectorText }
  | { readonly kind: 'required'; readonly from: SelectorText; readonly to: SelectorText; readonly reachable: boolean }
  | {
      readonly kind: 'layers';
      /** From the top; each layer's items. */
      readonly layers: readonly (readonly SelectorText[])[];
      readonly adjacent: boolean;
      readonly independent: boolean;
      readonly complete: boolean;
      readonly reachable: boolean;
    }
  | { readonly kind: 'independent'; readonly groups: readonly SelectorText[]; readonly reachable: boolean }
  | { readonly kind: 'acyclic'; readonly of: SelectorText; readonly minimum: number }
  | { readonly kind: 'orphans'; readonly of: SelectorText; readonly entries: SelectorText | null }
  | {
      readonly kind: 'metric';
      readonly of: SelectorText;
      readonly metric: MetricName;
      readonly maximum: number | null;
      readonly minimum: number | null;
    }
  | { readonly kind: 'applications'; readonly of: SelectorText; readonly checks: readonly ApplicationCheck[] }
  | {
      readonly kind: 'analysis';
      readonly of: SelectorText;
      /** A name, or `name=argument`. */
      readonly analysis: string;
      /** Of exports_not_used. */
      readonly classes: readonly ExportClass[];
    }
  | { readonly kind: 'query'; readonly query: string; readonly expect: QueryExpectation };

/** The answer that a query should have. */
export type QueryExpectation =
  | { readonly kind: 'empty' }
  | { readonly kind: 'max'; readonly most: number }
  | { readonly kind: 'exact'; readonly term: string };

/** A rule that is asked. */
export interface Rule {
  readonly name: string;
  readonly severity: Severity;
  readonly comment: string | null;
  /** Whether parts of it may match nothing. */
  readonly allowEmpty: boolean;
  readonly level: DependencyLevel;
  readonly edges: ReadonlySet<EdgeKind>;
  /** The config that has it, and where it stands there. */
  readonly file: string;
  readonly line: number | null;
  readonly question: RuleQuestion;
}

/** All of it. Paths are as in the configs, each with the file that it is relative to. */
export interface Config {
  readonly file: string;
  readonly groups: readonly ModuleGroup[];
  readonly level: DependencyLevel;
  readonly edges: ReadonlySet<EdgeKind>;
  readonly minConfidence: Confidence;
  /** null where the config leaves it to what is needed. */
  readonly source: CheckSettings['source'] | null;
  readonly builtins: boolean;
  readonly libraryPath: readonly ConfigPath[];
  /** null for the defaults. */
  readonly tests: readonly string[] | null;
  readonly baseline: ConfigPath | null;
  /** null where it is looked for, false where there shall be none. */
  readonly codeowners: ConfigPath | false | null;
  readonly sourceRoots: readonly ConfigPath[];
  readonly pathMap: readonly (readonly [from: string, to: string])[];
  /** null for the defaults. */
  readonly unusedSuppressions: Severity | 'off' | null;
  readonly rules: readonly Rule[];
}

/** A path and the config that names it. */
export interface ConfigPath {
  readonly path: string;
  readonly config: string;
}
