// Rules about what can be reached: chains from one set of nodes to another one whose inner nodes are in neither. Any chain between the two
// has such a chain in it, and to list all would say one thing many times.

import { type Digraph, digraphOf, reverseOf } from '../../graph/sets/digraph.js';
import { positionIn } from '../../graph/sets/vertex-set.js';
import type { RuleGraph } from '../rule-graph.js';

/** The ends of a rule. */
export interface ChainEnds {
  readonly isFrom: (node: number) => boolean;
  readonly isTo: (node: number) => boolean;
}

/** Calls `visit` with a shortest chain for each pair that has one, both ends included, in order of the pairs. */
export function forEachChain(graph: RuleGraph, { isFrom, isTo }: ChainEnds, visit: (chain: readonly number[]) => void): void {
  const forward = digraphOf(graph.edges);
  const size = forward.vertices.length;
  const [from, to] = [new Uint8Array(size), new Uint8Array(size)];
  const [sources, targets]: [number[], number[]] = [[], []];
  forward.vertices.forEach((node, place) => {
    if (isFrom(node)) {
      from[place] = 1;
      sources.push(place);
    }
    if (isTo(node)) {
      to[place] = 1;
      targets.push(place);
    }
  });
  const isForward = sources.length <= targets.length;
  const [starts, ends] = isForward ? [sources, to] : [targets, from];
  const isInner = from.map((mark, place) => (mark === 0 && to[place] === 0 ? 1 : 0));
  const walk = startWalk(isForward ? forward : reverseOf(forward));
  const chains = starts.flatMap((start) => chainsFrom(walk, start, ends, isInner));
  const named = chains.map((chain) => (isForward ? chain : chain.reverse()).map((place) => forward.vertices[place] as number));
  for (const chain of named.sort(byEnds)) visit(chain);
}

function byEnds(left: readonly number[], right: readonly number[]): number {
  return (left[0] as number) - (right[0] as number) || (left.at(-1) as number) - (right.at(-1) as number);
}

interface Walk {
  readonly graph: Digraph;
  readonly parents: Int32Array;
  /** The last walk that met each vertex. */
  readonly met: Int32Array;
  count: number;
}

function startWalk(graph: Digraph): Walk {
  const size = graph.vertices.length;
  return { graph, parents: new Int32Array(size), met: new Int32Array(size), count: 0 };
}

/** Breadth first; ends are met and not walked through. */
function chainsFrom(walk: Walk, start: number, ends: Uint8Array, isInner: Uint8Array): number[][] {
  const { graph, parents, met } = walk;
  const count = ++walk.count;
  const chains: number[][] = [];
  const queue = [start];
  met[start] = count;
  for (const place of queue) {
    for (let at = graph.starts[place] as number; at < (graph.starts[place + 1] as number); at++) {
      const next = graph.targets[at] as number;
      if (met[next] === count) continue;
      met[next] = count;
      parents[next] = place;
      if (isInner[next] === 1) queue.push(next);
      if (ends[next] === 1) chains.push(chainTo(next, start, parents));
    }
  }
  return chains;
}

function chainTo(end: number, start: number, parents: Int32Array): number[] {
  const chain = [end];
  for (let place = end; place !== start; ) {
    place = parents[place] as number;
    chain.push(place);
  }
  return chain.reverse();
}

/** Returns 1 at the nodes from which some node of `isTo` can be reached. */
export function reachesSome(graph: RuleGraph, isTo: (node: number) => boolean): Uint8Array {
  const backward = reverseOf(digraphOf(graph.edges));
  const marks = new Uint8Array(graph.nodes.length);
  const queue = Array.from(backward.vertices).flatMap((node) => (isTo(node) ? [node] : []));
  const isMet = new Uint8Array(graph.nodes.length);
  for (const node of queue) {
    const place = positionIn(backward.vertices, node);
    for (let at = backward.starts[place] as number; at < (backward.starts[place + 1] as number); at++) {
      const source = backward.vertices[backward.targets[at] as number] as number;
      marks[source] = 1;
      if (isMet[source] === 1) continue;
      isMet[source] = 1;
      queue.push(source);
    }
  }
  return marks;
}
