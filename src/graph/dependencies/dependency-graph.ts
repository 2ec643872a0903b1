// The graph that `deps` asks about: nodes of one level in order, and edges that remember what they stand for (calls, imports, references
// of the program), so that a question can be answered with its call sites however the nodes were put together.

import { pairOrder, type Relation } from '../sets/relation.js';

/** What the nodes are. */
export type DependencyLevel = 'function' | 'module' | 'application' | 'release' | 'group';

/** A node, as answers name it. */
export interface DependencyNode {
  /** The name of a module, application, release or group; `module:name/arity` of a function. */
  readonly id: string;
  /** The application that it belongs to, or is; null where none is known, or there are several. */
  readonly app: string | null;
  /** How many functions it defines; null where it wasn't read, or only its tables. */
  readonly functions: number | null;
  /** The smallest and other nodes that were made one, where `reduce` did; absent elsewhere. */
  readonly members?: readonly string[];
}

/**
 * Nodes by position, and edges between positions. Row `r` of `edges` stands for `facts[firstFact[r]]` up to `facts[firstFact[r + 1]]`:
 * ascending, each a row of the program's calls (or imports, in modules mode), or `-1 - i` for the reference at `i`.
 */
export interface DependencyGraph {
  readonly level: DependencyLevel;
  readonly nodes: readonly DependencyNode[];
  readonly edges: Relation;
  readonly firstFact: Int32Array;
  readonly facts: Int32Array;
}

/** Facts with the nodes that they lead from and to, in any order. */
export interface PlacedFacts {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly facts: Int32Array;
}

/** Adds what two nodes that become one define. */
export function addCounts(left: number | null, right: number | null): number | null {
  return left === null ? right : left + (right ?? 0);
}

/** Puts facts together: one edge for each pair of nodes. */
export function groupFacts({ sources, targets, facts }: PlacedFacts): Pick<DependencyGraph, 'edges' | 'firstFact' | 'facts'> {
  const order = pairOrder(sources, targets);
  const edges = { sources: new Int32Array(order.length), targets: new Int32Array(order.length) };
  const firstFact = new Int32Array(order.length + 1);
  let size = 0;
  for (let at = 0; at < order.length; at++) {
    const source = sources[order[at] as number] as number;
    const target = targets[order[at] as number] as number;
    if (size > 0 && edges.sources[size - 1] === source && edges.targets[size - 1] === target) continue;
    edges.sources[size] = source;
    edges.targets[size] = target;
    firstFact[size++] = at;
  }
  firstFact[size] = order.length;
  const grouped = order.map((row) => facts[row] as number);
  for (let row = 0; row < size; row++) grouped.subarray(firstFact[row], firstFact[row + 1]).sort();
  return {
    edges: { sources: edges.sources.slice(0, size), targets: edges.targets.slice(0, size) },
    firstFact: firstFact.slice(0, size + 1),
    facts: grouped,
  };
}

/** Returns the graph with each node made the one that `table` names; an edge with an end that becomes -1 is left out. */
export function mapNodes(graph: DependencyGraph, nodes: readonly DependencyNode[], table: Int32Array): DependencyGraph {
  const sources = new Int32Array(graph.facts.length);
  const targets = new Int32Array(graph.facts.length);
  const facts = new Int32Array(graph.facts.length);
  let size = 0;
  for (let row = 0; row < graph.edges.sources.length; row++) {
    const source = table[graph.edges.sources[row] as number] as number;
    const target = table[graph.edges.targets[row] as number] as number;
    if (source < 0 || target < 0) continue;
    for (let at = graph.firstFact[row] as number; at < (graph.firstFact[row + 1] as number); at++) {
      sources[size] = source;
      targets[size] = target;
      facts[size++] = graph.facts[at] as number;
    }
  }
  const placed = { sources: sources.subarray(0, size), targets: targets.subarray(0, size), facts: facts.subarray(0, size) };
  return { level: graph.level, nodes, ...groupFacts(placed) };
}

/** Returns the nodes whose mark isn't 0, with the edges among them that `keepEdge` says yes to. */
export function keepNodes(
  graph: DependencyGraph,
  marks: Uint8Array,
  keepEdge: (row: number) => boolean = () => true,
): DependencyGraph {
  const table = new Int32Array(graph.nodes.length).fill(-1);
  const nodes = graph.nodes.filter((_, node) => marks[node] !== 0);
  let next = 0;
  for (let node = 0; node < table.length; node++) if (marks[node] !== 0) table[node] = next++;
  const { sources, targets } = graph.edges;
  const kept: number[] = [];
  for (let row = 0; row < sources.length; row++) {
    if (marks[sources[row] as number] !== 0 && marks[targets[row] as number] !== 0 && keepEdge(row)) kept.push(row);
  }
  return { level: graph.level, nodes, ...keepRows(graph, kept, table) };
}

/** A mapping that keeps the order of nodes keeps that of edges. */
function keepRows(
  { edges, firstFact, facts }: DependencyGraph,
  rows: readonly number[],
  table: Int32Array,
): Pick<DependencyGraph, 'edges' | 'firstFact' | 'facts'> {
  const first = new Int32Array(rows.length + 1);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    first[at + 1] = (first[at] as number) + (firstFact[row + 1] as number) - (firstFact[row] as number);
  }
  const kept = new Int32Array(first[rows.length] as number);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    kept.set(facts.subarray(firstFact[row], firstFact[row + 1]), first[at]);
  }
  return {
    edges: {
      sources: Int32Array.from(rows, (row) => table[edges.sources[row] as number] as number),
      targets: Int32Array.from(rows, (row) => table[edges.targets[row] as number] as number),
    },
    firstFact: first,
    facts: kept,
  };
}
