// What can be reached in a graph by one step or more, and shortest paths. The closure of a relation is never laid out: with 72 000
// functions it would have a thousand million pairs.

import { UsageError } from '../../errors.js';
import { MAX_CLOSURE_PAIRS } from '../../limits.js';
import { type Digraph, reverseOf } from './digraph.js';
import type { Relation } from './relation.js';
import { relationOf } from './relation.js';
import { intersectSets, markedSet, positionIn, type VertexSet } from './vertex-set.js';

/** Returns every vertex that a path of at least one edge leads to from a member of `sources`. */
export function reachableFrom(graph: Digraph, sources: VertexSet): VertexSet {
  const walk = startWalk(graph);
  for (const source of sources) walkFrom(walk, positionIn(graph.vertices, source));
  const found = new Uint8Array(graph.vertices.length);
  for (let at = 0; at < walk.size; at++) found[walk.queue[at] as number] = 1;
  return markedSet(found).map((node) => graph.vertices[node] as number);
}

/** Returns every vertex that a path of at least one edge leads from to a member of `targets`. */
export function reaching(graph: Digraph, targets: VertexSet): VertexSet {
  return reachableFrom(reverseOf(graph), targets);
}

/**
 * Returns the pairs of a member of `sources` and what can be reached from it (of `targets` alone, if they are given); throws UsageError
 * past MAX_CLOSURE_PAIRS.
 */
export function reachablePairs(graph: Digraph, sources: VertexSet, targets?: VertexSet): Relation {
  const parts = eachReach(graph, sources, targets);
  const relation = { sources: new Int32Array(parts.total), targets: new Int32Array(parts.total) };
  let at = 0;
  for (const { from, found } of parts.found) {
    relation.sources.fill(from, at, at + found.length);
    relation.targets.set(found, at);
    at += found.length;
  }
  return relation;
}

/** Returns the pairs of what can reach a member of `targets`, and that member; throws UsageError past MAX_CLOSURE_PAIRS. */
export function reachingPairs(graph: Digraph, targets: VertexSet): Relation {
  const { sources, targets: found } = reachablePairs(reverseOf(graph), targets);
  return relationOf(found, sources);
}

interface Reach {
  readonly from: number;
  readonly found: VertexSet;
}

function eachReach(
  graph: Digraph,
  sources: VertexSet,
  targets?: VertexSet,
): { readonly found: readonly Reach[]; readonly total: number } {
  const walk = startWalk(graph);
  const found: Reach[] = [];
  let total = 0;
  for (const from of sources) {
    walk.size = 0;
    walk.mark++;
    walkFrom(walk, positionIn(graph.vertices, from));
    const nodes = walk.queue.slice(0, walk.size).sort();
    const reached = nodes.map((node) => graph.vertices[node] as number);
    const kept = targets === undefined ? reached : intersectSets(reached, targets);
    total += kept.length;
    if (total > MAX_CLOSURE_PAIRS) {
      throw new UsageError(`this closure has more than ${MAX_CLOSURE_PAIRS} pairs: restrict it to fewer vertices`);
    }
    if (kept.length > 0) found.push({ from, found: kept });
  }
  return { found, total };
}

/** A breadth-first walk: what was found is in `queue` up to `size`, and `seen` has the number of the walk at each of it. */
interface Walk {
  readonly graph: Digraph;
  readonly seen: Int32Array;
  readonly queue: Int32Array;
  mark: number;
  size: number;
}

function startWalk(graph: Digraph): Walk {
  return { graph, seen: new Int32Array(graph.vertices.length), queue: new Int32Array(graph.vertices.length), mark: 1, size: 0 };
}

/** Adds to the walk what can be reached from `node` (-1 is nowhere); the node itself only where a cycle leads back. */
function walkFrom(walk: Walk, node: number): void {
  if (node < 0) return;
  let next = walk.size;
  visit(walk, node);
  while (next < walk.size) visit(walk, walk.queue[next++] as number);
}

function visit(walk: Walk, node: number): void {
  const { graph, seen, queue, mark } = walk;
  const end = graph.starts[node + 1] as number;
  for (let at = graph.starts[node] as number; at < end; at++) {
    const target = graph.targets[at] as number;
    if (seen[target] === mark) continue;
    seen[target] = mark;
    queue[walk.size++] = target;
  }
}

/**
 * Returns the vertices of a shortest path of at least one edge, both ends included, and undefined where there is none. Of several
 * it is the first that a breadth-first search finds which takes targets in ascending order.
 */
export function shortestPath(graph: Digraph, from: number, to: number): VertexSet | undefined {
  const start = positionIn(graph.vertices, from);
  const end = positionIn(graph.vertices, to);
  if (start < 0 || end < 0) return undefined;
  const parents = new Int32Array(graph.vertices.length).fill(-1);
  const queue = [start];
  for (const node of queue) {
    for (let at = graph.starts[node] as number; at < (graph.starts[node + 1] as number); at++) {
      const target = graph.targets[at] as number;
      if (target === end) return pathTo(graph, parents, node, end);
      if (target === start || parents[target] !== -1) continue;
      parents[target] = node;
      queue.push(target);
    }
  }
  return undefined;
}

function pathTo(graph: Digraph, parents: Int32Array, last: number, end: number): VertexSet {
  const nodes = [end];
  for (let node = last; node !== -1; node = parents[node] as number) nodes.push(node);
  return Int32Array.from(nodes.reverse(), (node) => graph.vertices[node] as number);
}
