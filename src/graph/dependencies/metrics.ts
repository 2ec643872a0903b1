// How nodes are coupled. Fan-in (Ca) counts the other nodes that depend on one, fan-out (Ce) those that it depends on; instability is
// Ce / (Ca + Ce): 0 where much depends on it and it on nothing, 1 where it is the other way (R. C. Martin).

import { countGroups, cyclicComponents } from '../sets/components.js';
import { digraphOf } from '../sets/digraph.js';
import { strictRelation } from '../sets/relation.js';
import type { DependencyGraph } from './dependency-graph.js';
import type { EdgeCounts } from './edge-facts.js';

/** The figures of a node. */
export interface NodeMetrics {
  readonly id: string;
  readonly fanIn: number;
  readonly fanOut: number;
  /** null where nothing depends on it and it on nothing. */
  readonly instability: number | null;
  /** How many functions it defines; null where it wasn't read. */
  readonly functions: number | null;
  /** Call sites within it, of edges to itself. */
  readonly inner: number;
}

/** The figures of the whole. */
export interface TotalMetrics {
  readonly nodes: number;
  /** Without those of a node to itself. */
  readonly edges: number;
  /** Strong components of two nodes or more, and how many nodes they have in all. */
  readonly cycles: number;
  readonly nodesInCycles: number;
  /** The mean of fan-out, which is that of fan-in. */
  readonly meanFan: number;
}

/** Measures all nodes: those that most depend on first, then by their order. `count` counts the edge of a row. */
export function measureNodes(graph: DependencyGraph, count: (row: number) => EdgeCounts): readonly NodeMetrics[] {
  const { sources, targets } = graph.edges;
  const fanIn = new Int32Array(graph.nodes.length);
  const fanOut = new Int32Array(graph.nodes.length);
  const inner = new Int32Array(graph.nodes.length);
  for (let row = 0; row < sources.length; row++) {
    const [source, target] = [sources[row] as number, targets[row] as number];
    if (source === target) inner[source] = count(row).sites;
    else {
      fanOut[source] = (fanOut[source] as number) + 1;
      fanIn[target] = (fanIn[target] as number) + 1;
    }
  }
  const measured = graph.nodes.map(({ id, functions }, node): NodeMetrics => {
    const [ca, ce] = [fanIn[node] as number, fanOut[node] as number];
    const instability = ca + ce === 0 ? null : ce / (ca + ce);
    return { id, fanIn: ca, fanOut: ce, instability, functions, inner: inner[node] as number };
  });
  return measured.sort((left, right) => right.fanIn - left.fanIn);
}

/** Measures the graph as a whole. */
export function measureTotals(graph: DependencyGraph): TotalMetrics {
  const strict = strictRelation(graph.edges);
  const components = cyclicComponents(digraphOf(strict));
  const [nodes, edges] = [graph.nodes.length, strict.sources.length];
  return {
    nodes,
    edges,
    cycles: countGroups(components),
    nodesInCycles: components.members.length,
    meanFan: nodes === 0 ? 0 : edges / nodes,
  };
}
