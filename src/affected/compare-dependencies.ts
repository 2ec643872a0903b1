// What changed between the dependencies of two builds: nodes, edges, cycles, calls of what isn't there, how nodes are coupled.

import type { EdgeKind } from '../graph/dependencies/build-dependencies.js';
import type { BuildDependencies, Coupling, KnownEdge, UndefinedCall } from './read-dependencies.js';

/** An edge that both have, of other kinds. */
export interface ChangedEdge {
  readonly from: string;
  readonly to: string;
  readonly kinds: { readonly from: readonly EdgeKind[]; readonly to: readonly EdgeKind[] };
}

/** A cycle of the newer build that shares nodes with one of the older, and isn't the same. */
export interface ChangedCycle {
  /** Its nodes now. */
  readonly nodes: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A node that both have, coupled otherwise. */
export interface ChangedCoupling {
  readonly id: string;
  readonly from: Coupling;
  readonly to: Coupling;
}

/** What only one side has. */
export interface Changes<Item> {
  readonly added: readonly Item[];
  readonly removed: readonly Item[];
}

/** What changed; what is the same is in none of it. */
export interface DependencyChanges {
  readonly nodes: Changes<string>;
  readonly edges: Changes<KnownEdge> & { readonly changed: readonly ChangedEdge[] };
  readonly cycles: Changes<readonly string[]> & { readonly changed: readonly ChangedCycle[] };
  /** Of modules that either build has; null where calls weren't read. */
  readonly undefinedCalls: Changes<Pick<UndefinedCall, 'from' | 'to'>> | null;
  /** null where calls weren't read. */
  readonly unresolved: {
    readonly from: { readonly calls: number; readonly sites: number };
    readonly to: { readonly calls: number; readonly sites: number };
  } | null;
  readonly metrics: readonly ChangedCoupling[];
}

/** Compares the dependencies of two builds. */
export function compareDependencies(old: BuildDependencies, now: BuildDependencies): DependencyChanges {
  const couplings = [...now.nodes].flatMap(([id, to]) => {
    const from = old.nodes.get(id);
    return from === undefined || (from.fanIn === to.fanIn && from.fanOut === to.fanOut) ? [] : [{ id, from, to }];
  });
  return {
    nodes: changesOf([...old.nodes.keys()], [...now.nodes.keys()], (id) => id),
    edges: { ...changesOf(old.edges, now.edges, keyOf), changed: changedEdges(old.edges, now.edges) },
    cycles: compareCycles(old.cycles, now.cycles),
    undefinedCalls: compareUndefined(old, now),
    unresolved: old.unresolved === null || now.unresolved === null ? null : { from: old.unresolved, to: now.unresolved },
    metrics: couplings,
  };
}

/** NUL is in no name that a compiler takes. */
function keyOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from}\0${to}`;
}

function changesOf<Item>(old: readonly Item[], now: readonly Item[], key: (item: Item) => string): Changes<Item> {
  const [before, after] = [new Set(old.map(key)), new Set(now.map(key))];
  return { added: now.filter((item) => !before.has(key(item))), removed: old.filter((item) => !after.has(key(item))) };
}

function changedEdges(old: readonly KnownEdge[], now: readonly KnownEdge[]): readonly ChangedEdge[] {
  const before = new Map(old.map((edge) => [keyOf(edge), edge.kinds]));
  return now.flatMap((edge) => {
    const from = before.get(keyOf(edge));
    return from === undefined || from.join() === edge.kinds.join()
      ? []
      : [{ from: edge.from, to: edge.to, kinds: { from, to: edge.kinds } }];
  });
}

/** A node is in one cycle of a build at most. */
function compareCycles(old: BuildDependencies['cycles'], now: BuildDependencies['cycles']): DependencyChanges['cycles'] {
  const before = new Map(old.flatMap((nodes) => nodes.map((node) => [node, nodes] as const)));
  const after = new Set(now.flat());
  const changed = now.flatMap((nodes) => {
    const met = new Set(nodes.flatMap((node) => [before.get(node) ?? []]).filter(({ length }) => length > 0));
    const earlier = new Set([...met].flat());
    const own = new Set(nodes);
    const change = {
      nodes,
      added: nodes.filter((node) => !earlier.has(node)),
      removed: [...earlier].filter((node) => !own.has(node)),
    };
    const isSame = met.size === 1 && change.added.length + change.removed.length === 0;
    return met.size === 0 || isSame ? [] : [change];
  });
  return {
    added: now.filter((nodes) => !nodes.some((node) => before.has(node))),
    removed: old.filter((nodes) => !nodes.some((node) => after.has(node))),
    changed,
  };
}

function compareUndefined(old: BuildDependencies, now: BuildDependencies): DependencyChanges['undefinedCalls'] {
  if (old.undefinedCalls === null || now.undefinedCalls === null) return null;
  const isKnown = ({ module }: UndefinedCall) => old.modules.has(module) || now.modules.has(module);
  const plain = ({ from, to }: UndefinedCall) => ({ from, to });
  return changesOf(old.undefinedCalls.filter(isKnown).map(plain), now.undefinedCalls.filter(isKnown).map(plain), keyOf);
}
