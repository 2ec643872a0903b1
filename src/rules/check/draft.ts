// What a rule found, before places, owners, suppressions and the baseline are known.

import { UsageError } from '../../errors.js';
import type { DependencyLevel } from '../../graph/dependencies/dependency-graph.js';
import { MAX_FINDINGS_OF_RULE } from '../../limits.js';
import type { Rule } from '../config/config.js';
import type { FindingSubject } from '../model.js';
import type { EdgeKinds } from '../rule-graphs.js';

/** Where the code stands that makes a finding. */
export type Evidence =
  /** What makes these edges, which are of one graph. */
  | {
      readonly kind: 'edges';
      readonly level: DependencyLevel;
      readonly kinds: EdgeKinds;
      readonly edges: readonly (readonly [from: string, to: string])[];
    }
  | { readonly kind: 'node'; readonly level: DependencyLevel; readonly node: string }
  /** Nodes that make it together, without a place of their own. */
  | { readonly kind: 'members'; readonly level: DependencyLevel; readonly nodes: readonly string[] }
  /** Places that are known already. */
  | { readonly kind: 'sites'; readonly sites: readonly FoundSite[]; readonly modules: readonly string[] }
  /** It is the config that is about it. */
  | { readonly kind: 'config' };

/** A place as the compiler knew it. */
export interface FoundSite {
  readonly module: string;
  /** The source file as the compiler knew it, else the beam. */
  readonly file: string;
  /** 0 where it isn't known. */
  readonly line: number;
  /** 0 where it isn't known. */
  readonly column: number;
  readonly what: string;
}

/** A finding in the making. */
export interface Draft {
  readonly rule: Rule;
  readonly subject: FindingSubject;
  readonly message: string;
  readonly evidence: Evidence;
  /** Whether a suppression in any module that takes part is enough, as for cycles; else it must be in all. */
  readonly anyModule: boolean;
  /** What takes long to find out, and is only worth it for what is new: how to break a cycle. */
  readonly inDetail?: () => Pick<Draft, 'subject' | 'evidence'>;
}

/** Returns the identity of a finding: see model.ts. */
export function identityOf(rule: string, subject: FindingSubject): string {
  return JSON.stringify([subject.kind, rule, ...identifying(subject)]);
}

function identifying(subject: FindingSubject): readonly unknown[] {
  switch (subject.kind) {
    case 'edge':
      return [subject.from, subject.to];
    case 'cycle':
      return [subject.level, [...subject.members].sort()];
    case 'node':
    case 'metric':
      return [subject.node];
    case 'query':
      return [subject.isMissing ? `missing: ${subject.line}` : subject.line];
    case 'rule': {
      const { fault } = subject;
      return fault.kind === 'matches-nothing' ? [fault.kind, fault.part] : [fault.kind, fault.module, fault.entry];
    }
  }
}

/** Returns what a finding is about in a few words: `a -> b`. */
export function subjectText(subject: FindingSubject): string {
  switch (subject.kind) {
    case 'edge':
      return `${subject.from} -> ${subject.to}`;
    case 'cycle':
      return `cycle of ${subject.members.join(', ')}`;
    case 'node':
    case 'metric':
      return subject.node;
    case 'query':
      return subject.isMissing ? `missing: ${subject.line}` : subject.line;
    case 'rule': {
      const { fault } = subject;
      return fault.kind === 'matches-nothing' ? fault.part : `${fault.module}: ${fault.entry}`;
    }
  }
}

/** Refuses a rule that finds more than anybody reads. */
export function refuseTooMany(rule: Rule, count: number): void {
  if (count <= MAX_FINDINGS_OF_RULE) return;
  throw new UsageError(`rule ${rule.name}: more than ${MAX_FINDINGS_OF_RULE} findings: it says something else than was meant`);
}
