// Parts of a graph written by hand, and chains in random ones against distances by matrix.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortestChain } from '../../../src/graph/dependencies/chain.js';
import { directPart, filterNodes, neighbourhood, reachablePart } from '../../../src/graph/dependencies/choose-part.js';
import { collapseNodes } from '../../../src/graph/dependencies/collapse.js';
import { parsePattern } from '../../../src/graph/dependencies/name-pattern.js';
import { findAllNodes, findNodes } from '../../../src/graph/dependencies/named-nodes.js';
import { graphText, madeGraph } from './made-graph.js';

const shop = madeGraph('web -> cart*2, cart -> store, cart -> cart, store -> log, web -> log, admin -> store, log -> io, lonely');
const nodes = (...names: string[]) => findAllNodes(shop, names);
const patterns = (...texts: string[]) => texts.map(parsePattern);

describe('of a graph', () => {
  it.each([
    [['*o*'], [], 'log -> io, store -> log, lonely'],
    [['/^(web|cart)$/'], [], 'cart -> cart, web -> cart*2'],
    [[], ['store', 'l*'], 'cart -> cart, web -> cart*2, admin, io'],
    [['*'], ['?og'], 'admin -> store, cart -> cart, cart -> store, web -> cart*2, io, lonely'],
    [['app:x'], [], ''],
  ])('what matches %j and not %j', (include, exclude, text) => {
    expect(graphText(filterNodes(shop, patterns(...include), patterns(...exclude)))).toBe(text);
  });

  it.each([
    ['cart', 0, 'cart'],
    ['cart', 1, 'cart -> cart, cart -> store, web -> cart*2'],
    ['io', 2, 'log -> io, store -> log, web -> log'],
    ['lonely', 3, 'lonely'],
  ])('the neighbourhood of %s within %i', (focus, hops, text) => {
    expect(graphText(neighbourhood(shop, nodes(focus), hops))).toBe(text);
  });

  it.each([
    [['cart'], undefined, 'cart -> cart, cart -> store, log -> io, store -> log'],
    [undefined, ['store'], 'admin -> store, cart -> cart, cart -> store, web -> cart*2'],
    [['web'], ['log'], 'cart -> cart, cart -> store, store -> log, web -> cart*2, web -> log'],
    [['io'], undefined, 'io'],
    [['log'], ['web'], ''],
    [['web', 'admin'], ['store'], 'admin -> store, cart -> cart, cart -> store, web -> cart*2'],
  ])('what is reached from %j and reaches %j', (from, to, text) => {
    expect(graphText(reachablePart(shop, from && nodes(...from), to && nodes(...to)))).toBe(text);
  });

  it.each([
    [['cart'], [], 'cart -> cart, cart -> store'],
    [[], ['store'], 'admin -> store, cart -> store'],
    [['log'], ['cart'], 'cart -> cart, log -> io, web -> cart*2'],
    [['io'], [], 'io'],
  ])('what %j use and what uses %j', (users, used, text) => {
    expect(graphText(directPart(shop, nodes(...users), nodes(...used)))).toBe(text);
  });

  it.each([
    [['/^(lo)/'], 'admin -> store, cart -> cart, cart -> store, lo -> io, store -> lo, web -> cart*2, web -> lo'],
    [['/^(?:(c)|w)/'], 'admin -> store, c -> c, c -> store, log -> io, store -> log, w -> c*2, w -> log, lonely'],
    [['*o*'], '*o* -> *o**2, admin -> *o*, cart -> *o*, cart -> cart, web -> *o*, web -> cart*2'],
    [['app:*'], graphText(shop)],
  ])('%j collapsed', (texts, text) => expect(graphText(collapseNodes(shop, patterns(...texts)))).toBe(text));
});

describe('a name', () => {
  it.each([
    ['cart', ['cart']],
    ["'cart'", ['cart']],
    ['c*', ['cart']],
    ['/o/', ['io', 'log', 'lonely', 'store']],
  ])('%s means %j', (text, ids) => {
    expect(Array.from(findNodes(shop, text), (node) => shop.nodes[node]?.id)).toEqual(ids);
  });

  it.each([
    ['stoer', "no module 'stoer' in the graph (did you mean store?)"],
    ['nothing_like_it', "no module 'nothing_like_it' in the graph"],
    ['z*', "no module of the graph matches 'z*'"],
    ['/(/', "'/(/' is no pattern: Invalid regular expression: /(/u: Unterminated group"],
  ])('%s is refused: %s', (text, message) => expect(() => findNodes(shop, text)).toThrow(message));
});

describe('a chain', () => {
  const chain = (from: string, to: string) => {
    const rows = shortestChain(shop, findNodes(shop, from), findNodes(shop, to));
    const id = (node: number | undefined) => shop.nodes[node as number]?.id;
    return rows?.map((row) => `${id(shop.edges.sources[row])} ${id(shop.edges.targets[row])}`);
  };

  it.each([
    ['web', 'io', ['web log', 'log io']],
    ['cart', 'cart', ['cart cart']],
    ['web', 'web', undefined],
    ['io', 'web', undefined],
    ['lonely', 'io', undefined],
    ['web', 'lonely', undefined],
    ['/^(admin|web)$/', 'store', ['admin store']],
  ])('from %s to %s is %j', (from, to, steps) => expect(chain(from, to)).toEqual(steps));

  it('is as long as the distance, and joins', () => {
    const node = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 25 }), node, node, (pairs, from, to) => {
        const name = (at: number) => `n${at}`;
        const graph = madeGraph([...pairs.map(([a, b]) => `${name(a)} -> ${name(b)}`), name(from), name(to)].join(', '));
        const rows = shortestChain(graph, findNodes(graph, name(from)), findNodes(graph, name(to)));
        expect(rows?.length ?? Number.POSITIVE_INFINITY).toBe(distance(pairs, from, to));
        const ends = (rows ?? []).map((row) => [graph.edges.sources[row], graph.edges.targets[row]] as const);
        ends.slice(1).forEach(([source], at) => {
          expect(source).toBe(ends[at]?.[1]);
        });
      }),
    );
  });
});

/** By rings around the start, of one step at least. */
function distance(pairs: readonly (readonly [number, number])[], from: number, to: number): number {
  let ring = new Set([from]);
  for (let steps = 1; steps <= 11; steps++) {
    ring = new Set(pairs.filter(([source]) => ring.has(source)).map(([, target]) => target));
    if (ring.has(to)) return steps;
  }
  return Number.POSITIVE_INFINITY;
}
