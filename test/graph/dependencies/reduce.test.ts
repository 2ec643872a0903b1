// Transitive reduction against its definition, by the closure of small graphs.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reduceGraph } from '../../../src/graph/dependencies/reduce.js';
import { graphText, madeGraph } from './made-graph.js';

const reduced = (text: string) => graphText(reduceGraph(madeGraph(text)));

it.each([
  ['a -> b, b -> c, a -> c', 'a -> b, b -> c'],
  ['a -> b, b -> c, c -> d, a -> d, a -> c', 'a -> b, b -> c, c -> d'],
  ['a -> b, b -> a, b -> c, a -> c', 'a -> c*2'],
  ['a -> a, b', 'a, b'],
  ['a -> c, a -> b, d', 'a -> b, a -> c, d'],
  ['', ''],
])('of %s is %s', (text, answer) => expect(reduced(text)).toBe(answer));

it('names the members of a cycle', () => {
  expect(reduceGraph(madeGraph('c -> b, b -> c, a -> b, d')).nodes).toEqual([
    { id: 'a', app: null, functions: null },
    { id: 'b', app: null, functions: null, members: ['b', 'c'] },
    { id: 'd', app: null, functions: null },
  ]);
});

/** All pairs with a way between them, by matrix. */
function closure(size: number, edges: readonly (readonly [number, number])[]): boolean[][] {
  const reach = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const [from, to] of edges) (reach[from] as boolean[])[to] = true;
  for (let via = 0; via < size; via++) {
    for (const row of reach) {
      if (row[via]) for (let to = 0; to < size; to++) row[to] ||= reach[via]?.[to] === true;
    }
  }
  return reach;
}

it('keeps exactly the edges of an acyclic graph that have no detour', () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 })).filter(([from, to]) => from !== to);
  fc.assert(
    fc.property(fc.uniqueArray(pair, { maxLength: 40, selector: ([a, b]) => Math.min(a, b) * 100 + Math.max(a, b) }), (pairs) => {
      // Edges lead from a smaller name to a greater one in an order that isn't that of names.
      const rank = (node: number) => (node * 5) % 12;
      const edges = pairs.map(([a, b]) => (rank(a) < rank(b) ? ([a, b] as const) : ([b, a] as const)));
      const reach = closure(12, edges);
      const kept = edges.filter(([from, to]) => !edges.some(([f, via]) => f === from && via !== to && reach[via]?.[to]));
      const name = (node: number) => String.fromCharCode(97 + node);
      const text = edges.map(([from, to]) => `${name(from)} -> ${name(to)}`).join(', ');
      expect(
        reduced(text)
          .split(', ')
          .filter((part) => part.includes('->')),
      ).toEqual(kept.map(([from, to]) => `${name(from)} -> ${name(to)}`).sort());
    }),
  );
});

it('of a chain longer than the bits that it looks at in one go, with a detour for every other edge', () => {
  const size = 3000;
  const name = (node: number) => `m${String(node).padStart(5, '0')}`;
  const edges = (step: number) => Array.from({ length: size - step }, (_, at) => `${name(at)} -> ${name(at + step)}`);
  const { edges: kept } = reduceGraph(madeGraph([...edges(2), ...edges(1), ...edges(1500)].join(', ')));
  expect(kept.sources).toHaveLength(size - 1);
  expect(kept.targets).toEqual(kept.sources.map((source) => source + 1));
});
