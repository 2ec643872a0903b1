// Why one thing depends on another: a shortest chain of edges between two sets of nodes.

import { digraphOf } from '../sets/digraph.js';
import { rowOf } from '../sets/relation.js';
import { marksOf, positionIn, type VertexSet } from '../sets/vertex-set.js';
import type { DependencyGraph } from './dependency-graph.js';

/**
 * Returns the rows of a shortest chain of at least one edge from a member of `from` to a member of `to`, in order; undefined where there is
 * none. Of several it is that which a breadth-first search finds first which takes nodes in their order.
 */
export function shortestChain({ nodes, edges }: DependencyGraph, from: VertexSet, to: VertexSet): readonly number[] | undefined {
  const { vertices, starts, targets } = digraphOf(edges);
  const isEnd = marksOf(to, nodes.length);
  const parents = new Int32Array(vertices.length).fill(-1);
  const isMet = new Uint8Array(vertices.length);
  const queue = Array.from(from, (node) => positionIn(vertices, node)).filter((place) => place >= 0);
  for (const place of queue) isMet[place] = 1;
  for (const place of queue) {
    for (let at = starts[place] as number; at < (starts[place + 1] as number); at++) {
      const target = targets[at] as number;
      if (isEnd[vertices[target] as number] === 1) return rowsTo(place, target);
      if (isMet[target] === 1) continue;
      isMet[target] = 1;
      parents[target] = place;
      queue.push(target);
    }
  }
  return undefined;

  function rowsTo(last: number, end: number): readonly number[] {
    const places = [end];
    for (let place = last; place !== -1; place = parents[place] as number) places.push(place);
    places.reverse();
    const row = (place: number, next: number) => rowOf(edges, vertices[place] as number, vertices[next] as number);
    return places.slice(1).map((next, at) => row(places[at] as number, next));
  }
}
