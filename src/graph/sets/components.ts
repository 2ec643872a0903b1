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

/**
 * Tarjan's walk, in one loop over columns: it visits a graph once, and a call for each of its edges would cost more than the walk. A node's
 * number is that of its discovery, from 1, and 0 before; its low is the smallest number that the walk below it leads back to.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop, see above
function tarjan({ vertices, starts, targets }: Digraph): Components {
  const size = vertices.length;
  const numbers = new Int32Array(size);
  const lows = new Int32Array(size);
  const of = new Int32Array(size).fill(-1);
  const next = starts.slice(0, size);
  // Nodes whose component isn't complete, in the order of discovery; and those on the way to where the walk is.
  const open = new Int32Array(size);
  const way = new Int32Array(size);
  let opened = 0;
  let number = 0;
  let count = 0;
  for (let root = 0; root < size; root++) {
    if (numbers[root] !== 0) continue;
    let depth = 0;
    let node = root;
    let isNew = true;
    for (;;) {
      if (isNew) {
        way[depth++] = node;
        open[opened++] = node;
        numbers[node] = lows[node] = ++number;
        isNew = false;
      }
      const end = starts[node + 1] as number;
      let at = next[node] as number;
      let low = lows[node] as number;
      for (; at < end; at++) {
        const target = targets[at] as number;
        const seen = numbers[target] as number;
        if (seen === 0) break;
        if (seen < low && of[target] === -1) low = seen;
      }
      lows[node] = low;
      next[node] = at + 1;
      if (at < end) {
        node = targets[at] as number;
        isNew = true;
        continue;
      }
      if (low === numbers[node]) {
        let member: number;
        do {
          member = open[--opened] as number;
          of[member] = count;
        } while (member !== node);
        count++;
      }
      if (--depth === 0) break;
      node = way[depth - 1] as number;
      if (low < (lows[node] as number)) lows[node] = low;
    }
  }
  return { count, of };
}
