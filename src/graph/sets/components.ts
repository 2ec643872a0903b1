// Strong components: Tarjan's algorithm with a stack of its own, since call chains are longer than the machine's stack.

import type { Digraph } from './digraph.js';
import { mapRelation, type Relation, strictRelation } from './relation.js';
import { markedSet, type VertexSet } from './vertex-set.js';

/** Disjoint sets of vertices, ordered by their smallest member; group `g` is `members[starts[g]]` up to `members[starts[g + 1]]`, ascending. */
export interface Groups {
  readonly starts: Int32Array;
  readonly members: Int32Array;
}

/** Returns how many groups there are. */
export function countGroups({ starts }: Groups): number {
  return starts.length - 1;
}

/** Returns the members of a group. */
export function groupAt({ starts, members }: Groups, group: number): VertexSet {
  return members.subarray(starts[group], starts[group + 1]);
}

/** Returns some of the groups; `chosen` holds their positions. */
export function selectGroups(groups: Groups, chosen: VertexSet): Groups {
  const starts = new Int32Array(chosen.length + 1);
  for (let at = 0; at < chosen.length; at++)
    starts[at + 1] = (starts[at] as number) + groupAt(groups, chosen[at] as number).length;
  const members = new Int32Array(starts[chosen.length] as number);
  for (let at = 0; at < chosen.length; at++) members.set(groupAt(groups, chosen[at] as number), starts[at]);
  return { starts, members };
}

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
    const component = components.of[node] as number;
    for (let at = graph.starts[node] as number; at < (graph.starts[node + 1] as number); at++) {
      // Two nodes of one component lie on a cycle, and so does a loop's only one.
      if (components.of[graph.targets[at] as number] === component) isCyclic[component] = 1;
    }
  }
  return selectGroups(groupsOf(graph, components), markedSet(isCyclic));
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
  const starts = new Int32Array(count + 1);
  for (const component of of) starts[component + 1] = (starts[component + 1] as number) + 1;
  for (let group = 0; group < count; group++) starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  const next = starts.slice();
  const members = new Int32Array(of.length);
  for (let node = 0; node < of.length; node++) {
    const component = of[node] as number;
    const at = next[component] as number;
    members[at] = graph.vertices[node] as number;
    next[component] = at + 1;
  }
  return { starts, members };
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
