// Strong components: Tarjan's algorithm with a stack of its own, since call chains are longer than the machine's stack.

import type { Digraph } from './digraph.js';
import { mapRelation, type Relation, strictRelation } from './relation.js';
import type { VertexSet } from './vertex-set.js';

/** Disjoint sets of vertices, ordered by their smallest member. */
export type Groups = readonly VertexSet[];

/** The strong components of a graph, ordered by their smallest member. */
interface Components {
  readonly count: number;
  /** The component of each node. */
  readonly of: Int32Array;
}

/** Returns the strong components that have a cycle: those of several vertices, and single ones with a loop. */
export function cyclicComponents(graph: Digraph): Groups {
  const components = strongComponents(graph);
  const isCyclic = new Uint8Array(components.count);
  for (let node = 0; node < graph.vertices.length; node++) {
    for (let at = graph.starts[node] as number; at < (graph.starts[node + 1] as number); at++) {
      // Two nodes of one component lie on a cycle, and so does a loop's only one.
      const component = components.of[node] as number;
      if (components.of[graph.targets[at] as number] === component) isCyclic[component] = 1;
    }
  }
  return groupsOf(graph, components).filter((_group, component) => isCyclic[component] === 1);
}

/** Strong components, and which has an edge to which other one. */
export interface Condensation {
  readonly groups: Groups;
  /** Between positions in `groups`; without loops. */
  readonly relation: Relation;
}

/** Returns the graph of all strong components. */
export function condensationOf(graph: Digraph): Condensation {
  const components = strongComponents(graph);
  const sources = new Int32Array(graph.targets.length);
  for (let node = 0; node < graph.vertices.length; node++) {
    sources.fill(node, graph.starts[node] as number, graph.starts[node + 1] as number);
  }
  const relation = mapRelation({ sources, targets: graph.targets }, components.of);
  return { groups: groupsOf(graph, components), relation: strictRelation(relation) };
}

function groupsOf(graph: Digraph, { count, of }: Components): Groups {
  const sizes = new Int32Array(count);
  for (const component of of) sizes[component] = (sizes[component] as number) + 1;
  const groups = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let node = 0; node < of.length; node++) {
    const component = of[node] as number;
    const at = sizes[component] as number;
    (groups[component] as Int32Array)[at] = graph.vertices[node] as number;
    sizes[component] = at + 1;
  }
  return groups;
}

function strongComponents(graph: Digraph): Components {
  const found = tarjan(graph);
  // Components come out in the order of the walk; they are numbered anew by their smallest node.
  const numbers = new Int32Array(found.count).fill(-1);
  const of = new Int32Array(found.of.length);
  let count = 0;
  for (let node = 0; node < of.length; node++) {
    const component = found.of[node] as number;
    if (numbers[component] === -1) numbers[component] = count++;
    of[node] = numbers[component] as number;
  }
  return { count, of };
}

/** The state of Tarjan's walk; all arrays but `targets` are by node. */
interface Walk {
  readonly graph: Digraph;
  /** In the order of discovery, from 1; 0 where a node isn't discovered yet. */
  readonly numbers: Int32Array;
  /** The smallest number that the walk below a node leads back to. */
  readonly lows: Int32Array;
  /** The component, -1 until it is complete. */
  readonly of: Int32Array;
  /** The next edge to follow. */
  readonly next: Int32Array;
  /** Nodes whose component isn't complete, in the order of discovery. */
  readonly open: Int32Array;
  /** Nodes on the way to where the walk is. */
  readonly way: Int32Array;
  opened: number;
  depth: number;
  number: number;
  count: number;
}

function tarjan(graph: Digraph): Components {
  const size = graph.vertices.length;
  const walk: Walk = {
    graph,
    numbers: new Int32Array(size),
    lows: new Int32Array(size),
    of: new Int32Array(size).fill(-1),
    next: graph.starts.slice(0, size),
    open: new Int32Array(size),
    way: new Int32Array(size),
    opened: 0,
    depth: 0,
    number: 0,
    count: 0,
  };
  for (let root = 0; root < size; root++) {
    if (walk.numbers[root] !== 0) continue;
    discover(walk, root);
    while (walk.depth > 0) step(walk, walk.way[walk.depth - 1] as number);
  }
  return walk;
}

function discover(walk: Walk, node: number): void {
  walk.way[walk.depth++] = node;
  walk.open[walk.opened++] = node;
  walk.numbers[node] = ++walk.number;
  walk.lows[node] = walk.number;
}

/** Follows a node's next edge, or leaves it. */
function step(walk: Walk, node: number): void {
  const { graph, numbers, lows, of, next } = walk;
  const at = next[node] as number;
  if (at === graph.starts[node + 1]) {
    leave(walk, node);
    return;
  }
  next[node] = at + 1;
  const target = graph.targets[at] as number;
  if (numbers[target] === 0) discover(walk, target);
  else if (of[target] === -1) lows[node] = Math.min(lows[node] as number, numbers[target] as number);
}

function leave(walk: Walk, node: number): void {
  const { numbers, lows, of, open, way } = walk;
  walk.depth--;
  if (walk.depth > 0) {
    const caller = way[walk.depth - 1] as number;
    lows[caller] = Math.min(lows[caller] as number, lows[node] as number);
  }
  if (lows[node] !== numbers[node]) return;
  let member: number;
  do {
    member = open[--walk.opened] as number;
    of[member] = walk.count;
  } while (member !== node);
  walk.count++;
}
