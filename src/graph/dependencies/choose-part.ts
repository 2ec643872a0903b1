// A part of a graph: nodes that match patterns, the neighbourhood of some, what is reachable, what lies between.

import { digraphOf } from '../sets/digraph.js';
import { reachableFrom, reaching } from '../sets/reach.js';
import { marksOf, type VertexSet } from '../sets/vertex-set.js';
import { type DependencyGraph, keepNodes } from './dependency-graph.js';
import { matchesNode, type NamePattern } from './name-pattern.js';

/** Returns the graph without nodes that `include` lacks (if it has any) or `exclude` has. */
export function filterNodes(
  graph: DependencyGraph,
  include: readonly NamePattern[],
  exclude: readonly NamePattern[],
): DependencyGraph {
  if (include.length === 0 && exclude.length === 0) return graph;
  const marks = Uint8Array.from(graph.nodes, (node) => {
    const isIn = include.length === 0 || include.some((pattern) => matchesNode(pattern, node));
    return isIn && !exclude.some((pattern) => matchesNode(pattern, node)) ? 1 : 0;
  });
  return keepNodes(graph, marks);
}

/** Returns what is within so many edges of some nodes, whichever way these point: the edges that begin or end nearer than that. */
export function neighbourhood(graph: DependencyGraph, centres: VertexSet, hops: number): DependencyGraph {
  const distances = distancesFrom(graph, centres, hops);
  const marks = distances.map((distance) => (distance < 0 ? 0 : 1));
  const isNear = (node: number) => (distances[node] as number) < hops;
  const { sources, targets } = graph.edges;
  return keepNodes(graph, Uint8Array.from(marks), (row) => isNear(sources[row] as number) || isNear(targets[row] as number));
}

/** Distances up to `hops`, by node; -1 beyond. */
function distancesFrom(graph: DependencyGraph, centres: VertexSet, hops: number): Int32Array {
  const distances = new Int32Array(graph.nodes.length).fill(-1);
  for (const centre of centres) distances[centre] = 0;
  const neighbours = undirected(graph);
  let ring = Array.from(centres);
  for (let distance = 1; distance <= hops && ring.length > 0; distance++) {
    const next: number[] = [];
    for (const node of ring) {
      for (let at = neighbours.starts[node] as number; at < (neighbours.starts[node + 1] as number); at++) {
        const neighbour = neighbours.targets[at] as number;
        if (distances[neighbour] !== -1) continue;
        distances[neighbour] = distance;
        next.push(neighbour);
      }
    }
    ring = next;
  }
  return distances;
}

/** Both ends of each edge as neighbours of each other: those of node `n` are `targets[starts[n]]` up to `targets[starts[n + 1]]`. */
function undirected({ nodes, edges }: DependencyGraph): { readonly starts: Int32Array; readonly targets: Int32Array } {
  const { sources, targets } = edges;
  const starts = new Int32Array(nodes.length + 1);
  for (const ends of [sources, targets]) for (const node of ends) starts[node + 1] = (starts[node + 1] as number) + 1;
  for (let node = 0; node < nodes.length; node++) starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number);
  const next = starts.slice();
  const neighbours = new Int32Array(sources.length * 2);
  const add = (node: number, neighbour: number) => {
    const at = next[node] as number;
    neighbours[at] = neighbour;
    next[node] = at + 1;
  };
  for (let row = 0; row < sources.length; row++) {
    add(sources[row] as number, targets[row] as number);
    add(targets[row] as number, sources[row] as number);
  }
  return { starts, targets: neighbours };
}

/** Returns `from` and what can be reached from it; with `to`, only what also reaches that: all that lies on a way between them. */
export function reachablePart(graph: DependencyGraph, from: VertexSet | undefined, to: VertexSet | undefined): DependencyGraph {
  const digraph = digraphOf(graph.edges);
  const size = graph.nodes.length;
  const after = from === undefined ? undefined : joined(size, from, reachableFrom(digraph, from));
  const before = to === undefined ? undefined : joined(size, to, reaching(digraph, to));
  return keepNodes(
    graph,
    Uint8Array.from({ length: size }, (_, node) => (after?.[node] ?? 1) & (before?.[node] ?? 1)),
  );
}

function joined(size: number, one: VertexSet, other: VertexSet): Uint8Array {
  const marks = marksOf(one, size);
  for (const node of other) marks[node] = 1;
  return marks;
}

/** Returns the edges that begin at one of `users`, and those that end at one of `used`, with their ends. */
export function directPart(graph: DependencyGraph, users: VertexSet, used: VertexSet): DependencyGraph {
  const size = graph.nodes.length;
  const [isUser, isUsed] = [marksOf(users, size), marksOf(used, size)];
  const { sources, targets } = graph.edges;
  const marks = joined(size, users, used);
  const isKept = (row: number) => isUser[sources[row] as number] === 1 || isUsed[targets[row] as number] === 1;
  for (let row = 0; row < sources.length; row++) {
    if (!isKept(row)) continue;
    marks[sources[row] as number] = 1;
    marks[targets[row] as number] = 1;
  }
  return keepNodes(graph, marks, isKept);
}
