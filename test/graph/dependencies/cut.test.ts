// Cuts against an independent search over all sets of edges, and the properties that every cut has.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArcGraph, CutGoal } from '../../../src/graph/dependencies/arc-graph.js';
import { cutByDepth } from '../../../src/graph/dependencies/cut-by-depth.js';
import { cutByOrder } from '../../../src/graph/dependencies/cut-by-order.js';
import { cutExactly } from '../../../src/graph/dependencies/cut-exactly.js';
import { arcsOf, isAcyclicWithout, type WeightedGraph } from './made-graph.js';

const arcGraph = (maxSize: number, maxArcs: number, minSize = 1, minArcs = 0, goal: CutGoal = 'edges') =>
  fc.integer({ min: minSize, max: maxSize }).chain((size) => {
    const node = fc.integer({ min: 0, max: size - 1 });
    return fc
      .array(fc.tuple(node, node, fc.integer({ min: 1, max: 5 })), { minLength: minArcs, maxLength: maxArcs })
      .map((triples) => arcsOf(size, triples, goal));
  });

const weightOf = ({ weights }: WeightedGraph, cut: readonly number[]) =>
  cut.reduce((sum, arc) => sum + (weights[arc] as number), 0);

/** Tries every set of arcs, by size. */
function bruteForce(graph: WeightedGraph, goal: CutGoal): { readonly arcs: number; readonly weight: number } {
  const count = graph.sources.length;
  const sets = Array.from({ length: 1 << count }, (_, set) =>
    Array.from({ length: count }, (_, arc) => arc).filter((arc) => (set & (1 << arc)) !== 0),
  );
  const byWeight = (left: number[], right: number[]) => weightOf(graph, left) - weightOf(graph, right);
  sets.sort((left, right) =>
    goal === 'edges' ? left.length - right.length || byWeight(left, right) : byWeight(left, right) || left.length - right.length,
  );
  const best = sets.find((set) => isAcyclicWithout(graph, new Set(set))) as number[];
  return { arcs: best.length, weight: weightOf(graph, best) };
}

function expectMinimalCut(graph: ArcGraph, cut: readonly number[]): void {
  expect(isAcyclicWithout(graph, new Set(cut))).toBe(true);
  for (const arc of cut) expect(isAcyclicWithout(graph, new Set(cut.filter((other) => other !== arc)))).toBe(false);
  expect([...cut]).toEqual([...new Set(cut)].sort((left, right) => left - right));
}

const ordered = (graph: ArcGraph) => cutByOrder(graph, { steps: 1e9, shaken: 1e9 }) as readonly number[];

describe('an exact cut', () => {
  it.each(['edges', 'calls'] as const)('has the fewest %s, as trying all finds, and of these the fewest of the other', (goal) => {
    fc.assert(
      fc.property(arcGraph(6, 11, 1, 0, goal), (graph) => {
        const cut = cutExactly(graph);
        expectMinimalCut(graph, cut);
        expect({ arcs: cut.length, weight: weightOf(graph, cut) }).toEqual(bruteForce(graph, goal));
      }),
      { numRuns: 300 },
    );
  });

  it('of a complete graph has an arc of each pair', () => {
    const triples = Array.from({ length: 144 }, (_, at) => [Math.floor(at / 12), at % 12, 1] as const);
    expect(cutExactly(arcsOf(12, triples))).toHaveLength(66);
  });

  it('prefers the arc with fewest call sites', () => {
    const graph = arcsOf(3, [
      [0, 1, 5],
      [1, 2, 2],
      [2, 0, 9],
    ]);
    expect(cutExactly(graph)).toEqual([1]);
  });
});

describe.each([
  ['by order', ordered],
  ['by depth', cutByDepth],
])('a cut %s', (_name, cut) => {
  it('leaves no cycle, and none of it can be left out', () => {
    fc.assert(
      fc.property(arcGraph(16, 60), (graph) => expectMinimalCut(graph, cut(graph))),
      { numRuns: 300 },
    );
  });

  it('of a ring of 100 000 nodes is one arc', () => {
    const size = 100_000;
    const graph = arcsOf(
      size,
      Array.from({ length: size }, (_, node) => [node, (node + 1) % size, 1] as const),
    );
    expect(cut(graph)).toHaveLength(1);
  });
});

it('a cut by order is nearly the smallest', () => {
  const excess = { arcs: 0, best: 0 };
  fc.assert(
    fc.property(arcGraph(12, 60, 10, 30), (graph) => {
      excess.arcs += ordered(graph).length;
      excess.best += cutExactly(graph).length;
    }),
    { numRuns: 200, seed: 7 },
  );
  expect(excess.best).toBeGreaterThan(500);
  expect(excess.arcs / excess.best).toBeLessThan(1.05);
});

it('a cut by order gives up where it would take too long', () => {
  const graph = arcsOf(
    50,
    Array.from({ length: 2500 }, (_, at) => [Math.floor(at / 50), at % 50, 1] as const),
  );
  expect(cutByOrder(graph, { steps: 10, shaken: 0 })).toBeUndefined();
});
