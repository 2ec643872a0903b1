// Transitive reduction: the fewest edges with the same reachability. A graph with cycles has many; so nodes that reach each other are made one
// first (the condensation), and of what is left there is exactly one.
//
// An edge u -> v is left out if v can be reached from another target of u. Reachability is kept as bits for BLOCK nodes at a time, so that
// memory stays linear and the work is (nodes / BLOCK) passes over the edges.

import { condensationOf, countGroups, groupAt } from '../sets/components.js';
import { digraphOf } from '../sets/digraph.js';
import { type Relation, strictRelation } from '../sets/relation.js';
import { addCounts, type DependencyGraph, type DependencyNode, keepNodes, mapNodes } from './dependency-graph.js';

/** Nodes whose reachability is computed in one pass; a multiple of 32. */
const BLOCK = 1024;
const WORDS = BLOCK / 32;

/** Returns the reduction of the condensation; a node of several is called by the first of its members. Loops are left out. */
export function reduceGraph(graph: DependencyGraph): DependencyGraph {
  const condensed = condense(graph);
  const { sources, targets } = condensed.edges;
  const keep = keptEdges(condensed.nodes.length, condensed.edges);
  const all = new Uint8Array(condensed.nodes.length).fill(1);
  return keepNodes(condensed, all, (row) => sources[row] !== targets[row] && keep[row] === 1);
}

/** Puts the members of each strong component together. */
function condense(graph: DependencyGraph): DependencyGraph {
  const { groups } = condensationOf(digraphOf(graph.edges));
  const first = Int32Array.from(graph.nodes.keys());
  const members = new Map<number, readonly string[]>();
  for (let group = 0; group < countGroups(groups); group++) {
    const nodes = groupAt(groups, group);
    if (nodes.length === 1) continue;
    for (const node of nodes) first[node] = nodes[0] as number;
    members.set(
      nodes[0] as number,
      Array.from(nodes, (node) => graph.nodes[node]?.id as string),
    );
  }
  const table = new Int32Array(first.length).fill(-1);
  const nodes: DependencyNode[] = [];
  for (let node = 0; node < first.length; node++) {
    if (first[node] === node) {
      table[node] = nodes.length;
      const together = members.get(node);
      nodes.push({ ...(graph.nodes[node] as DependencyNode), ...(together && { members: together }) });
    } else {
      const place = table[first[node] as number] as number;
      const [one, other] = [nodes[place] as DependencyNode, graph.nodes[node] as DependencyNode];
      const app = one.app === other.app ? one.app : null;
      nodes[place] = { ...one, app, functions: addCounts(one.functions, other.functions) };
      table[node] = place;
    }
  }
  return mapNodes(graph, nodes, table);
}

/** Returns 1 at the rows of an acyclic relation (but for loops) that its reduction keeps. */
function keptEdges(size: number, relation: Relation): Uint8Array {
  const order = topologicalOrder(size, strictRelation(relation));
  const places = new Int32Array(size);
  order.forEach((node, place) => {
    places[node] = place;
  });
  const firstRow = rowsOfNodes(size, relation.sources);
  const keep = new Uint8Array(relation.sources.length).fill(1);
  const reach = new Int32Array(size * WORDS);
  for (let block = 0; block < size; block += BLOCK) dropRedundant({ relation, order, places, firstRow, keep, reach }, block);
  return keep;
}

interface Reduction {
  readonly relation: Relation;
  readonly order: Int32Array;
  readonly places: Int32Array;
  readonly firstRow: Int32Array;
  readonly keep: Uint8Array;
  /** By place, WORDS words: what can be reached of the block. */
  readonly reach: Int32Array;
}

/** Drops the edges into nodes at the places from `block` on that have a detour. */
function dropRedundant(reduction: Reduction, block: number): void {
  const { order, keep, reach } = reduction;
  // Nodes behind the block reach nothing of it: an edge leads to a later place.
  for (let place = Math.min(block + BLOCK, order.length) - 1; place >= 0; place--) {
    const bits = reach.subarray(place * WORDS, (place + 1) * WORDS).fill(0);
    joinTargets(reduction, block, place, bits);
    visitTargets(reduction, block, place, (bit, row) => {
      if (((bits[bit >> 5] as number) & (1 << (bit & 31))) !== 0) keep[row] = 0;
    });
    visitTargets(reduction, block, place, (bit) => {
      bits[bit >> 5] = (bits[bit >> 5] as number) | (1 << (bit & 31));
    });
  }
}

/** Adds what the targets of a node reach. */
function joinTargets({ relation, order, places, firstRow, reach }: Reduction, block: number, place: number, bits: Int32Array) {
  const node = order[place] as number;
  for (let row = firstRow[node] as number; row < (firstRow[node + 1] as number); row++) {
    const target = places[relation.targets[row] as number] as number;
    if (target >= block + BLOCK || target === place) continue;
    const first = target * WORDS;
    for (let word = 0; word < WORDS; word++) bits[word] = (bits[word] as number) | (reach[first + word] as number);
  }
}

/** Calls `visit` with the targets of a node that are in the block, by their bit. */
function visitTargets(
  { relation, order, places, firstRow }: Reduction,
  block: number,
  place: number,
  visit: (bit: number, row: number) => void,
): void {
  const node = order[place] as number;
  for (let row = firstRow[node] as number; row < (firstRow[node + 1] as number); row++) {
    const target = places[relation.targets[row] as number] as number;
    if (target >= block && target < block + BLOCK && target !== place) visit(target - block, row);
  }
}

function rowsOfNodes(size: number, sources: Int32Array): Int32Array {
  const first = new Int32Array(size + 1);
  for (const source of sources) first[source + 1] = (first[source + 1] as number) + 1;
  for (let node = 0; node < size; node++) first[node + 1] = (first[node + 1] as number) + (first[node] as number);
  return first;
}

/** Orders the nodes of an acyclic relation so that every edge leads to a later one. */
function topologicalOrder(size: number, { sources, targets }: Relation): Int32Array {
  const firstRow = rowsOfNodes(size, sources);
  const waiting = new Int32Array(size);
  for (const target of targets) waiting[target] = (waiting[target] as number) + 1;
  const order = new Int32Array(size);
  let found = 0;
  for (let node = 0; node < size; node++) if (waiting[node] === 0) order[found++] = node;
  for (let next = 0; next < found; next++) {
    const node = order[next] as number;
    for (let row = firstRow[node] as number; row < (firstRow[node + 1] as number); row++) {
      const target = targets[row] as number;
      waiting[target] = (waiting[target] as number) - 1;
      if (waiting[target] === 0) order[found++] = target;
    }
  }
  return order;
}
