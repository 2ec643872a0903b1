// Gathers calls while a module is read: an edge for each pair of caller and target, with the places that make it. Callers come one after the
// other, so a target that remembers its latest edge needs no look-up.

import type { Call, CallKind, CallSite, CallTarget, ModuleFacts } from '../module-facts.js';

/** What makes a target. A type test is no call; the readers leave it out. */
export type TargetName = Omit<CallTarget, 'kind'> & { readonly kind: CallKind | 'type test' };

/** A function that is called, and what all its edges have in common. */
export interface Target extends TargetName {
  /** Its position among those that are called; -1 before it is. */
  number: number;
  /** The latest edge to it. */
  latest: Edge | undefined;
  /** What it turns out to be where that is decided later: another target, or null for a type test. */
  meant: Target | null | undefined;
}

/** An edge that is still being gathered. */
export interface Edge extends Call {
  target: number;
  sites: number[];
}

/** The edges in the order of their first call; those of one caller lie together. */
export interface CallLog {
  /** The caller: an index into the functions of the module. */
  from: number;
  /** In the order of their first call. */
  readonly targets: Target[];
  readonly edges: Edge[];
}

export function newCallLog(): CallLog {
  return { from: -1, targets: [], edges: [] };
}

export function newTarget({ kind, module, name, arity, unresolved, builtin }: TargetName): Target {
  // Field by field: to spread an object costs a microsecond.
  return { kind, module, name, arity, unresolved, builtin, number: -1, latest: undefined, meant: undefined };
}

/** Adds a call from the present caller. */
export function addCall(log: CallLog, target: Target, line: number, column: number): void {
  const { latest } = target;
  if (latest !== undefined && latest.from === log.from) latest.sites.push(line, column);
  else addEdge(log, target, { from: log.from, target: -1, sites: [line, column] });
}

/** Adds an edge whose caller has none to that target yet, and gives it the target. */
export function addEdge(log: CallLog, target: Target, edge: Edge): void {
  if (target.number < 0) target.number = log.targets.push(target) - 1;
  edge.target = target.number;
  target.latest = edge;
  log.edges.push(edge);
}

/** Returns the edges as facts; the log is used up. */
export function finishCalls({ targets, edges }: CallLog): Pick<ModuleFacts, 'targets' | 'calls'> {
  for (const edge of edges) if (edge.sites.length > 2) edge.sites = distinctSites(edge.sites);
  return { targets: targets.map(calledTarget), calls: edges };
}

function calledTarget({ kind, module, name, arity, unresolved, builtin }: Target): CallTarget {
  return { kind: kind === 'local' ? 'local' : 'external', module, name, arity, unresolved, builtin };
}

/** Up to so many sites are sorted by putting each in its place; nearly always they come in order. */
const FEW_SITES = 32;

function distinctSites(flat: readonly number[]): number[] {
  const ordered = flat.length > 2 * FEW_SITES ? sortedSites(flat) : flat;
  const sites: number[] = [];
  for (let at = 0; at < ordered.length; at += 2) insertSite(sites, ordered[at] as number, ordered[at + 1] as number);
  return sites;
}

function sortedSites(flat: readonly number[]): number[] {
  const sites = Array.from({ length: flat.length / 2 }, (_, at): CallSite => {
    return { line: flat[at * 2] as number, column: flat[at * 2 + 1] as number };
  });
  return sites.sort(compareSites).flatMap(({ line, column }) => [line, column]);
}

/** Puts a site where it belongs among sorted ones, unless it is there. */
function insertSite(sites: number[], line: number, column: number): void {
  let at = sites.length;
  while (at > 0) {
    const order = line - (sites[at - 2] as number) || column - (sites[at - 1] as number);
    if (order === 0) return;
    if (order > 0) break;
    at -= 2;
  }
  if (at === sites.length) sites.push(line, column);
  else sites.splice(at, 0, line, column);
}

/** Orders places by line and column. */
export function compareSites(left: CallSite, right: CallSite): number {
  return left.line - right.line || left.column - right.column;
}
