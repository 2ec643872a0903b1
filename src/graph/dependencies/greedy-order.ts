// An order of the nodes of a graph in which few edges lead backwards, in time linear in edges (P. Eades, X. Lin, W. F. Smyth: A fast and
// effective heuristic for the feedback arc set problem, 1993): nodes without edges out go to the end, those without edges in to the
// front, else the one with most edges out less edges in.

import { type ArcGraph, incidence } from './arc-graph.js';

interface Choice {
  readonly graph: ArcGraph;
  readonly outdegree: Int32Array;
  readonly indegree: Int32Array;
  /** 1 at nodes that have their place. */
  readonly placed: Uint8Array;
  /** Nodes by edges out less edges in, plus `size`; a node may stand in several, and counts in that of its present difference. */
  readonly buckets: number[][];
  readonly sinks: number[];
  readonly sources: number[];
  /** No bucket above it has a node. */
  highest: number;
}

/** Returns the nodes in order. */
export function greedyOrder(graph: ArcGraph): number[] {
  const { size, sources, targets } = graph;
  const [out, into] = [incidence(size, sources), incidence(size, targets)];
  const choice: Choice = {
    graph,
    outdegree: Int32Array.from({ length: size }, (_, node) => (out.starts[node + 1] as number) - (out.starts[node] as number)),
    indegree: Int32Array.from({ length: size }, (_, node) => (into.starts[node + 1] as number) - (into.starts[node] as number)),
    placed: new Uint8Array(size),
    buckets: Array.from({ length: 2 * size + 1 }, () => []),
    sinks: [],
    sources: [],
    highest: 2 * size,
  };
  // From the last, so that the smallest is on top.
  for (let node = size - 1; node >= 0; node--) list(choice, node);
  const front: number[] = [];
  const back: number[] = [];
  for (let left = size; left > 0; left--) {
    const sink = takeFrom(choice, choice.sinks);
    const node = sink ?? takeFrom(choice, choice.sources) ?? takeHighest(choice);
    if (sink === undefined) front.push(node);
    else back.push(node);
    choice.placed[node] = 1;
    for (let at = out.starts[node] as number; at < (out.starts[node + 1] as number); at++) {
      loseEdge(choice, choice.indegree, targets[out.arcs[at] as number] as number);
    }
    for (let at = into.starts[node] as number; at < (into.starts[node + 1] as number); at++) {
      loseEdge(choice, choice.outdegree, sources[into.arcs[at] as number] as number);
    }
  }
  return [...front, ...back.reverse()];
}

function list(choice: Choice, node: number): void {
  const { outdegree, indegree, sinks, sources, buckets, graph } = choice;
  if (outdegree[node] === 0) sinks.push(node);
  else if (indegree[node] === 0) sources.push(node);
  else {
    const bucket = (outdegree[node] as number) - (indegree[node] as number) + graph.size;
    buckets[bucket]?.push(node);
    if (bucket > choice.highest) choice.highest = bucket;
  }
}

function loseEdge(choice: Choice, degree: Int32Array, node: number): void {
  if (choice.placed[node] === 1) return;
  degree[node] = (degree[node] as number) - 1;
  list(choice, node);
}

function takeFrom({ placed }: Choice, nodes: number[]): number | undefined {
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) if (placed[node] === 0) return node;
  return undefined;
}

function takeHighest(choice: Choice): number {
  const { buckets, placed, outdegree, indegree, graph } = choice;
  for (;;) {
    const node = buckets[choice.highest]?.pop();
    if (node === undefined) choice.highest--;
    else if (placed[node] === 0 && (outdegree[node] as number) - (indegree[node] as number) + graph.size === choice.highest) {
      return node;
    }
  }
}
