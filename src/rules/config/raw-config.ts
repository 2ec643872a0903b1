// A config as it is written: the types of what fits the published schema.

import type { ExportClass } from '../../graph/analyses/explain-exports.js';
import type { FindingKind as ApplicationCheck } from '../../graph/applications/findings.js';
import type { EdgeKind } from '../../graph/dependencies/build-dependencies.js';
import type { DependencyLevel } from '../../graph/dependencies/dependency-graph.js';
import type { Confidence } from '../../graph/module-facts.js';
import type { CheckSettings, MetricName, RuleKind, Severity } from '../model.js';

/** A severity, or that the rule isn't asked. */
export type RawSeverity = Severity | 'off';

/** A pattern or several. */
export type RawSelector = string | readonly string[];

/** A rule; which fields it has depends on its kind. */
export interface RawRule {
  readonly kind: Exclude<RuleKind, 'suppressions'>;
  readonly severity?: RawSeverity;
  readonly comment?: string;
  readonly allowEmpty?: boolean;
  readonly level?: DependencyLevel;
  readonly edges?: 'all' | readonly EdgeKind[];
  readonly from?: RawSelector;
  readonly to?: RawSelector;
  readonly of?: RawSelector;
  readonly entries?: RawSelector;
  readonly reachable?: boolean;
  readonly moreUnstable?: boolean;
  readonly layers?: readonly (string | readonly RawSelector[])[];
  readonly adjacent?: boolean;
  readonly independent?: boolean;
  readonly complete?: boolean;
  readonly groups?: readonly RawSelector[];
  readonly metric?: MetricName;
  readonly maximum?: number;
  readonly minimum?: number;
  readonly checks?: readonly ApplicationCheck[];
  readonly analysis?: string;
  readonly classes?: readonly ExportClass[];
  readonly query?: string;
  readonly expect?: 'empty' | { readonly max: number } | { readonly exact: string };
}

/** A config. */
export interface RawConfig {
  readonly extends?: string | readonly string[];
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly level?: DependencyLevel;
  readonly edges?: 'all' | readonly EdgeKind[];
  readonly minConfidence?: Confidence;
  readonly source?: CheckSettings['source'];
  readonly builtins?: boolean;
  readonly libraryPath?: readonly string[];
  readonly tests?: readonly string[];
  readonly baseline?: string;
  readonly codeowners?: string | false;
  readonly sourceRoots?: readonly string[];
  readonly pathMap?: Readonly<Record<string, string>>;
  readonly unusedSuppressions?: RawSeverity;
  readonly rules?: Readonly<Record<string, RawSeverity | RawRule>>;
}
