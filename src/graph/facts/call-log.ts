// Gathers calls while a module is read: an edge for each pair of caller and target, with the places that make it. Callers come one after the
// other, so a target that remembers its latest edge needs no look-up.

import type { Call, CallKind, CallSite } from '../module-facts.js';

/** A function that is called, and what all its edges have in common. */
export interface Target {
  /** A type test is no call; the readers leave it out. */
  readonly kind: CallKind | 'type test';
  readonly module: string;
  readonly name: string;
  readonly arity: number;
  readonly unresolved: boolean;
  readonly builtin: boolean;
  /** The latest edge to it. */
  latest: Edge | undefined;
  /** What it turns out to be where that is decided later: another target, or null for a type test. */
  meant: Target | null | undefined;
}

/** What makes a target. */
export type TargetName = Omit<Target, 'latest' | 'meant'>;

/** An edge that is still being gathered. */
export interface Edge {
  readonly from: number;
  readonly target: Target;
  /** Line, column, line, column, ... */
  readonly sites: number[];
}

/** The edges in the order of their first call; those of one caller lie together. */
export interface CallLog {
  /** The caller: an index into the functions of the module. */
  from: number;
  readonly edges: Edge[];
}

export function newCallLog(): CallLog {
  return { from: -1, edges: [] };
}

export function newTarget({ kind, module, name, arity, unresolved, builtin }: TargetName): Target {
  // Field by field: to spread an object costs a microsecond.
  return { kind, module, name, arity, unresolved, builtin, latest: undefined, meant: undefined };
}

/** Adds a call from the present caller. */
export function addCall(log: CallLog, target: Target, line: number, column: number): void {
  const { latest } = target;
  if (latest !== undefined && latest.from === log.from) latest.sites.push(line, column);
  else {
    const edge: Edge = { from: log.from, target, sites: [line, column] };
    target.latest = edge;
    log.edges.push(edge);
  }
}

/** Returns the edges as facts. */
export function finishCalls(edges: readonly Edge[]): readonly Call[] {
  return edges.map(({ from, target, sites }) => {
    const { module, name, arity, unresolved, builtin } = target;
    const kind = target.kind === 'local' ? 'local' : 'external';
    return { from, kind, module, name, arity, unresolved, builtin, sites: distinctSites(sites) };
  });
}

/** Nearly always there is one, or they come in order. */
function distinctSites(flat: readonly number[]): readonly CallSite[] {
  const sites: CallSite[] = [];
  let sorted = true;
  for (let at = 0; at < flat.length; at += 2) {
    const site = { line: flat[at] as number, column: flat[at + 1] as number };
    const order = at === 0 ? 1 : compareSites(site, sites[sites.length - 1] as CallSite);
    if (order === 0) continue;
    if (order < 0) sorted = false;
    sites.push(site);
  }
  if (sorted) return sites;
  sites.sort(compareSites);
  return sites.filter((site, at) => at === 0 || compareSites(site, sites[at - 1] as CallSite) !== 0);
}

/** Orders places by line and column. */
export function compareSites(left: CallSite, right: CallSite): number {
  return left.line - right.line || left.column - right.column;
}
