// Graphs of the dependencies tests, written as text: `a -> b, b -> c*3, d` (three facts behind an edge; a node without any).

import { type ArcGraph, arcCosts, type CutGoal } from '../../../src/graph/dependencies/arc-graph.js';
import { type DependencyGraph, groupFacts } from '../../../src/graph/dependencies/dependency-graph.js';
import { rankNames } from '../../../src/graph/program/function-table.js';

/** Makes a graph of modules without applications; the facts are numbered in the order of the text. */
export function madeGraph(text: string): DependencyGraph {
  const parts = text.split(',').map((part) => part.trim());
  const edges = parts.flatMap((part) => {
    const [, from = '', to = '', count = '1'] = /^(\S+) -> ([^*\s]+)(?:\*(\d+))?$/.exec(part) ?? [];
    return from === '' ? [] : Array.from({ length: Number(count) }, () => [from, to] as const);
  });
  const names = [...new Set([...edges.flat(), ...parts.filter((part) => part !== '' && !part.includes('->'))])];
  const { sorted } = rankNames(names);
  const place = (name: string) => sorted.indexOf(name);
  return {
    level: 'module',
    nodes: sorted.map((id) => ({ id, app: null, functions: null })),
    ...groupFacts({
      sources: Int32Array.from(edges, ([from]) => place(from)),
      targets: Int32Array.from(edges, ([, to]) => place(to)),
      facts: Int32Array.from(edges.keys()),
    }),
  };
}

/** Writes a graph as {@link madeGraph} reads it: nodes without edges last. */
export function graphText({ nodes, edges, firstFact }: DependencyGraph): string {
  const name = (node: number) => nodes[node]?.id ?? '?';
  const used = new Set([...edges.sources, ...edges.targets]);
  const rows = Array.from(edges.sources, (source, row) => {
    const count = (firstFact[row + 1] as number) - (firstFact[row] as number);
    return `${name(source)} -> ${name(edges.targets[row] as number)}${count === 1 ? '' : `*${count}`}`;
  });
  return [...rows, ...nodes.flatMap(({ id }, node) => (used.has(node) ? [] : [id]))].join(', ');
}

/** An arc graph with the call sites behind its arcs. */
export interface WeightedGraph extends ArcGraph {
  readonly weights: Float64Array;
}

/** Makes a graph of arcs from triples of source, target and weight; the last of equal pairs counts, and loops don't. */
export function arcsOf(
  size: number,
  triples: readonly (readonly [number, number, number])[],
  goal: CutGoal = 'edges',
): WeightedGraph {
  const weights = new Map(triples.flatMap(([s, t, w]) => (s === t ? [] : [[s * size + t, w] as const])));
  const keys = [...weights.keys()].sort((left, right) => left - right);
  const sites = Float64Array.from(keys, (key) => weights.get(key) as number);
  return {
    size,
    sources: Int32Array.from(keys, (key) => Math.floor(key / size)),
    targets: Int32Array.from(keys, (key) => key % size),
    costs: arcCosts(sites, goal),
    weights: sites,
  };
}

/** Tells whether a graph has no cycle without these arcs, by taking away what nothing leads to. */
export function isAcyclicWithout({ size, sources, targets }: ArcGraph, cut: ReadonlySet<number>): boolean {
  const left = new Set(Array.from({ length: size }, (_, node) => node));
  for (let taken = true; taken; ) {
    taken = false;
    for (const node of left) {
      const isCalled = targets.some((target, arc) => target === node && !cut.has(arc) && left.has(sources[arc] as number));
      if (isCalled) continue;
      left.delete(node);
      taken = true;
    }
  }
  return left.size === 0;
}
