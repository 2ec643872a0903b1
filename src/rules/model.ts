// What `deps check` answers: rules, what they found, and how that stands to the baseline. Plain data: every format is a pure function of it.
//
// A finding is known by its identity, which has neither lines nor counts in it, so that code may move without the finding being a new one:
//
//   edge     (rule, from, to)             cycle    (rule, level, sorted members)
//   node     (rule, node)                 metric   (rule, node)
//   query    (rule, a line of the answer) rule     (rule, what is wrong with it)

import type { EdgeKind } from '../graph/dependencies/build-dependencies.js';
import type { DependencyLevel } from '../graph/dependencies/dependency-graph.js';

/** How bad a finding is: errors make the check fail. */
export type Severity = 'error' | 'warning' | 'info';

/** From the worst. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** What a rule asks, as its `kind` in the config says. */
export type RuleKind =
  | 'forbidden'
  | 'allowed'
  | 'protected'
  | 'required'
  | 'layers'
  | 'independent'
  | 'acyclic'
  | 'orphans'
  | 'metric'
  | 'applications'
  | 'analysis'
  | 'query'
  /** The rule of beamtool's own about what the code says of rules. */
  | 'suppressions';

/** The name of beamtool's own rule, about what the code says of rules. */
export const SUPPRESSIONS = 'suppressions';

/** Where what is found stands. `source`: in the code; else the nearest that could be told: a file of the application, or the config. */
export interface Place {
  readonly kind: 'source' | 'application' | 'config';
  /** Relative to the root of the repository, with `/`; of a file outside of it the path as it is known. */
  readonly file: string;
  /** Whether `file` is relative to the root of the repository. */
  readonly isInRepository: boolean;
  /** From 1; null where it isn't known. */
  readonly line: number | null;
  /** From 1; null where it isn't known. */
  readonly column: number | null;
  /** What stands there: `shop:sell/1 -> till_price:total/1`. */
  readonly what: string;
}

/** The most places that a finding lists; `placeCount` counts all. */
export const MOST_PLACES = 5;

/**
 * `new`: it counts; `baselined`: the baseline has it; `suppressed`: the code says that it is meant; `old`: the base of `--new-only` has it
 * too.
 */
export type FindingStatus = 'new' | 'baselined' | 'suppressed' | 'old';

/** How a cycle differs from the one that the baseline has. */
export interface CycleChange {
  readonly kind: 'grown' | 'shrunk' | 'changed';
  /** Members that the baseline's doesn't have. */
  readonly added: readonly string[];
  /** Members that only the baseline's has. */
  readonly removed: readonly string[];
}

/** An edge by the ids of its nodes. */
export interface FoundEdge {
  readonly from: string;
  readonly to: string;
}

/** What any finding has. */
export interface FindingBase {
  /** The name of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** A JSON array of kind, rule and what the finding is about: the same text for the same finding in any run. */
  readonly identity: string;
  /** One sentence for people, without a full stop. */
  readonly message: string;
  /** At least one, and at most {@link MOST_PLACES}: sources in the repository, or the nearest file in it and then sources elsewhere. */
  readonly places: readonly Place[];
  /** How many places in the code make it; 0 where none is known: with import tables they are only looked up for what is new. */
  readonly placeCount: number;
  /** From CODEOWNERS, of the files of its places, in the order of the file; none where there is no such file. */
  readonly owners: readonly string[];
  readonly status: FindingStatus;
  /** Why it is baselined or suppressed, where somebody said so. */
  readonly reason: string | null;
}

/** A finding. */
export type Finding = FindingBase & FindingSubject;

/** What a finding is about. */
export type FindingSubject =
  | {
      readonly kind: 'edge';
      readonly level: DependencyLevel;
      readonly from: string;
      readonly to: string;
      readonly edgeKinds: readonly EdgeKind[];
      /** A shortest chain of nodes, both ends included, where the rule is about what can be reached; null elsewhere. */
      readonly chain: readonly string[] | null;
    }
  | {
      readonly kind: 'cycle';
      readonly level: DependencyLevel;
      /** In Erlang's order. */
      readonly members: readonly string[];
      /** Edges without which there is no cycle, and whether no cut has fewer; none where it isn't new, or nobody looked. */
      readonly cut: readonly FoundEdge[];
      readonly isFewest: boolean;
      /** How it differs from the one of the baseline that it comes from; null where there is none, or it is the same. */
      readonly change: CycleChange | null;
    }
  | { readonly kind: 'node'; readonly level: DependencyLevel; readonly node: string }
  | {
      readonly kind: 'metric';
      readonly level: DependencyLevel;
      readonly node: string;
      readonly metric: MetricName;
      readonly value: number;
      readonly limit: number;
    }
  /** `isMissing`: the line is expected and not there. */
  | { readonly kind: 'query'; readonly line: string; readonly isMissing: boolean }
  | { readonly kind: 'rule'; readonly fault: RuleFault };

/** What is measured of a node. */
export type MetricName = 'fan-in' | 'fan-out' | 'instability' | 'functions';

/** What is wrong with a rule or a suppression. */
export type RuleFault =
  /** Nothing that was read is what a part of the rule is about; `part` as in the config, such as `from` or `layers[2]`. */
  | { readonly kind: 'matches-nothing'; readonly part: string }
  /** A `-beamtool({ignore, Rule, Reason})` or an entry of `-ignore_xref` that suppresses nothing. */
  | { readonly kind: 'unused-suppression'; readonly module: string; readonly entry: string }
  /** A suppression that can't be one: without a reason, or of a rule that the config doesn't have. */
  | { readonly kind: 'bad-suppression'; readonly module: string; readonly entry: string };

/** A rule, and how much it found. */
export interface RuleSummary {
  readonly name: string;
  readonly kind: RuleKind;
  readonly severity: Severity;
  /** null where the rule is not about nodes of one level. */
  readonly level: DependencyLevel | null;
  /** Why there is such a rule; null where the config doesn't say. */
  readonly comment: string | null;
  /** The config that has the rule, and its line there. */
  readonly file: string;
  readonly line: number | null;
  /** How many findings have which status. */
  readonly counts: Readonly<Record<FindingStatus, number>>;
}

/** An entry of the baseline that fails the check. */
export interface FaultyEntry {
  /** `stale`: there is no such finding any more; `expired`: its day has come. */
  readonly kind: 'stale' | 'expired';
  readonly rule: string;
  readonly identity: string;
  /** What it is about, as messages name it: `a -> b`. */
  readonly text: string;
  readonly reason: string | null;
  /** YYYY-MM-DD; null where it never does. */
  readonly expires: string | null;
  /** From 1, in the file of the baseline. */
  readonly line: number;
  /** What became of a cycle that is stale; null where nothing is left of it, and for other entries. */
  readonly change: CycleChange['kind'] | null;
}

/** What the findings were held against. */
export interface BaselineSummary {
  readonly file: string;
  readonly entries: number;
  /** In order of their lines. */
  readonly faulty: readonly FaultyEntry[];
}

/** What `--new-only` compared with. */
export interface Comparison {
  readonly base: string;
  /** How many findings the base doesn't have. */
  readonly added: number;
  /** Findings that only the base has. */
  readonly fixed: readonly { readonly rule: string; readonly identity: string; readonly text: string }[];
}

/** How the graph was made. A baseline of other settings is refused. */
export interface CheckSettings {
  /** The level of rules that name none. */
  readonly level: DependencyLevel;
  readonly edges: readonly EdgeKind[];
  readonly source: 'imports' | 'abstract' | 'code' | 'auto';
  readonly builtins: boolean;
}

/** What was read. */
export interface CheckCoverage {
  readonly files: number;
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly duplicates: readonly { readonly module: string; readonly file: string; readonly first: string }[];
  /** Modules that were read otherwise than asked. */
  readonly fallbacks: readonly { readonly module: string; readonly file: string; readonly reason: string }[];
  /** Of the files that there are, how many could be read, in per cent; 0 where there are none. */
  readonly percent: number;
}

/** Why the check fails, one of each kind at most. */
export type Failure =
  | { readonly kind: 'findings'; readonly errors: number; readonly allowed: number }
  | { readonly kind: 'stale'; readonly entries: number }
  | { readonly kind: 'expired'; readonly entries: number }
  | { readonly kind: 'coverage'; readonly percent: number; readonly least: number };

/** The answer of a check. */
export interface CheckResult {
  /** The config that was named or found; what it extends isn't listed. */
  readonly config: string;
  readonly settings: CheckSettings;
  /** In the order of the config. */
  readonly rules: readonly RuleSummary[];
  /** The worst severity first, then in the order of rules, then of what they are about. */
  readonly findings: readonly Finding[];
  readonly counts: {
    /** New findings by severity. */
    readonly new: Readonly<Record<Severity, number>>;
    readonly baselined: number;
    readonly suppressed: number;
    readonly old: number;
    /** New findings without a place in a source of the repository. */
    readonly withoutPlace: number;
  };
  /** null where there is no baseline. */
  readonly baseline: BaselineSummary | null;
  /** null without `--new-only`. */
  readonly comparison: Comparison | null;
  readonly coverage: CheckCoverage;
  /** None where the check passes. */
  readonly failures: readonly Failure[];
}
