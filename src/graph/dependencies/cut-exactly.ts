// The cheapest set of edges without which a small graph has no cycle (minimum feedback arc set). Any set of edges whose removal leaves no
// cycle are the edges that lead backwards in some order of the nodes, so the best order is looked for, by dynamic programming over sets:
//
//   best(S) = min over v in S of  best(S - v) + cost of the edges from v into S - v        the nodes of S stand first, v the last of them

import type { ArcGraph } from './arc-graph.js';

/** The most nodes that {@link cutExactly} takes: it looks at 2 ^ nodes sets. */
export const MAX_EXACT_NODES = 12;

/** Returns the edges of a cheapest cut, ascending; of several the same one for the same graph. */
export function cutExactly(graph: ArcGraph): readonly number[] {
  const places = bestOrder(graph);
  const isBack = (arc: number) =>
    (places[graph.targets[arc] as number] as number) < (places[graph.sources[arc] as number] as number);
  return Array.from(graph.sources.keys()).filter(isBack);
}

/** Returns the place of each node in a best order. */
function bestOrder(graph: ArcGraph): Int32Array {
  const { size } = graph;
  const into = costsInto(graph);
  const sets = 1 << size;
  const best = new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  const last = new Int8Array(sets).fill(-1);
  best[0] = 0;
  for (let set = 1; set < sets; set++) {
    for (let node = 0; node < size; node++) {
      if ((set & (1 << node)) === 0) continue;
      const rest = set & ~(1 << node);
      const cost = (best[rest] as number) + (into[node * sets + rest] as number);
      if (cost >= (best[set] as number)) continue;
      best[set] = cost;
      last[set] = node;
    }
  }
  const places = new Int32Array(size);
  for (let set = sets - 1, place = size - 1; set !== 0; place--) {
    const node = last[set] as number;
    places[node] = place;
    set &= ~(1 << node);
  }
  return places;
}

/** By node and set: the cost of all edges from the node into the set. */
function costsInto(graph: ArcGraph): Float64Array {
  const { size, sources, targets, costs } = graph;
  const sets = 1 << size;
  const into = new Float64Array(size * sets);
  sources.forEach((source, arc) => {
    into[source * sets + (1 << (targets[arc] as number))] = costs[arc] as number;
  });
  for (let node = 0; node < size; node++) {
    for (let set = 1; set < sets; set++) {
      const lowest = set & -set;
      if (lowest === set) continue;
      into[node * sets + set] = (into[node * sets + lowest] as number) + (into[node * sets + (set ^ lowest)] as number);
    }
  }
  return into;
}
