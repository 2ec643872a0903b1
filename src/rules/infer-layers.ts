// Today's layering, for a first config: nodes that depend on each other in a circle are one item, and an item stands one layer above the highest one
// that it depends on. So each item depends on layers below alone, and those of one layer not on each other.

import { condensationOf, countGroups, groupAt } from '../graph/sets/components.js';
import { digraphOf } from '../graph/sets/digraph.js';
import { filterRelation } from '../graph/sets/relation.js';
import type { RuleGraph } from './rule-graph.js';

/** Layers from the top; each has items, and an item the ids of its nodes. */
export type InferredLayers = readonly (readonly (readonly string[])[])[];

/** Infers the layers of what was read. */
export function inferLayers({ nodes, edges }: RuleGraph): InferredLayers {
  const isOwn = (node: number) => nodes[node]?.isOwn === true;
  const own = filterRelation(edges, (_row, source, target) => isOwn(source) && isOwn(target));
  const items: number[][] = [];
  const itemOf = new Int32Array(nodes.length).fill(-1);
  const add = (members: number[]) => {
    for (const member of members) itemOf[member] = items.length;
    items.push(members);
  };
  const { groups } = condensationOf(digraphOf(own));
  for (let at = 0; at < countGroups(groups); at++) add(Array.from(groupAt(groups, at)));
  for (let node = 0; node < nodes.length; node++) if (isOwn(node) && itemOf[node] === -1) add([node]);
  const heights = heightsOf(
    items.length,
    Array.from(own.sources, (source, row) => [itemOf[source], itemOf[own.targets[row] as number]] as [number, number]),
  );
  const layers: (readonly string[])[][] = [];
  items.forEach((members, item) => {
    const height = heights[item] as number;
    while (layers.length <= height) layers.push([]);
    layers[height]?.push(members.map((node) => nodes[node]?.id as string));
  });
  const named = layers.map((layer) => layer.sort(([left = ''], [right = '']) => (left < right ? -1 : 1)));
  return named.reverse();
}

/** The longest way down from each item; there are no circles between items. */
function heightsOf(count: number, edges: readonly (readonly [number, number])[]): Int32Array {
  const heights = new Int32Array(count);
  const users: number[][] = Array.from({ length: count }, () => []);
  const waiting = new Int32Array(count);
  for (const [from, to] of edges) {
    if (from === to) continue;
    users[to]?.push(from);
    waiting[from] = (waiting[from] as number) + 1;
  }
  const ready = Array.from(waiting.keys()).filter((item) => waiting[item] === 0);
  for (const item of ready) {
    for (const user of users[item] as number[]) {
      heights[user] = Math.max(heights[user] as number, (heights[item] as number) + 1);
      waiting[user] = (waiting[user] as number) - 1;
      if (waiting[user] === 0) ready.push(user);
    }
  }
  return heights;
}

/** Returns the pattern that means exactly a name. */
export function patternOf(name: string): string {
  const isPlain = !/[*?$]/.test(name) && !/^(!|\/|app:|group:)/.test(name);
  return isPlain ? name : `/^${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$/`;
}
