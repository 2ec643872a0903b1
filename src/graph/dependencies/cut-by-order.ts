// A small set of edges without which a large graph has no cycle. To find a smallest one takes exponential time, so:
//
//   1. an order of the nodes by greedy choice: what calls nobody goes last, what nobody calls first, then whoever calls most and is called
//      least (Eades, Lin and Smyth, 1993); the edges that lead backwards are the cut
//   2. nodes are moved to better places while there are any, and then a few of them to any place, to get away from an order that only seems best
//   3. edges are put back that close no cycle, so that none of those that stay removed can be left out; the order of nodes follows
//      (Pearce and Kelly, 2006)
//
// All choices among equals go by the number of nodes and edges, so that the answer is the same for the same graph.

import { type ArcGraph, type Incidence, incidence } from './arc-graph.js';
import { greedyOrder } from './greedy-order.js';

/** Moving nodes about is for graphs of this many nodes; each round is a few times their square. */
const MAX_MOVED_NODES = 2000;
const MAX_ROUNDS = 20;

/** Shaking is for graphs of this many nodes, so many times at most, as long as all edges shaken are no more than this. */
const MAX_SHAKEN_NODES = 200;
const MAX_SHAKES = 40;
const MAX_SHAKEN_EDGES = 20_000;
const MOVED_A_SHAKE = 4;

/** How much work cuts may still take, all graphs together. */
export interface CutBudget {
  /** Edges looked at in putting edges back. */
  steps: number;
  /** Edges of the graphs that are shaken. */
  shaken: number;
}

/** Returns a cut, ascending, of which no edge can be left out; undefined where that takes more than the budget, which it spends. */
export function cutByOrder(graph: ArcGraph, budget: CutBudget): readonly number[] | undefined {
  const order = greedyOrder(graph);
  const out = incidence(graph.size, graph.sources);
  const into = incidence(graph.size, graph.targets);
  if (graph.size <= MAX_MOVED_NODES) moveNodes(graph, order, out, into);
  const cut = putBack(graph, order, budget);
  if (cut === undefined || graph.size > MAX_SHAKEN_NODES) return cut;
  const edges = graph.sources.length;
  const shakes = Math.min(MAX_SHAKES, Math.floor(Math.min(MAX_SHAKEN_EDGES, budget.shaken) / edges));
  budget.shaken -= shakes * edges;
  const other = putBack(graph, shakeNodes(graph, order, out, into, shakes), budget);
  return other !== undefined && costOfCut(graph, other) < costOfCut(graph, cut) ? other : cut;
}

function costOfCut({ costs }: ArcGraph, cut: readonly number[]): number {
  return cut.reduce((sum, arc) => sum + (costs[arc] as number), 0);
}

/** Moves a few nodes anywhere and the others after them, again and again, and returns the best order that this led to. */
function shakeNodes(
  graph: ArcGraph,
  order: readonly number[],
  out: Incidence,
  into: Incidence,
  shakes: number,
): readonly number[] {
  let best = order;
  let bestCost = costOf(graph, order);
  // The same numbers each time: an answer must not depend on chance.
  let state = 1;
  const below = (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
  for (let shake = 0; shake < shakes; shake++) {
    const tried = [...best];
    for (let moves = 0; moves < MOVED_A_SHAKE; moves++) tried.splice(below(graph.size), 0, ...tried.splice(below(graph.size), 1));
    moveNodes(graph, tried, out, into);
    const cost = costOf(graph, tried);
    if (cost <= bestCost) [best, bestCost] = [tried, cost];
  }
  return best;
}

/** Adds up the edges that lead backwards. */
function costOf({ sources, targets, costs }: ArcGraph, order: readonly number[]): number {
  const places = placesOf(order);
  return costs.reduce((sum, cost, arc) => {
    const isBack = (places[targets[arc] as number] as number) < (places[sources[arc] as number] as number);
    return isBack ? sum + cost : sum;
  }, 0);
}

function placesOf(order: readonly number[]): Int32Array {
  const places = new Int32Array(order.length);
  order.forEach((node, place) => {
    places[node] = place;
  });
  return places;
}

function moveNodes(graph: ArcGraph, order: number[], out: Incidence, into: Incidence): void {
  const places = placesOf(order);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let moved = false;
    for (let node = 0; node < graph.size; node++) {
      const place = bestPlace({ graph, places, out, into }, node);
      if (place === places[node]) continue;
      order.splice(places[node] as number, 1);
      order.splice(place, 0, node);
      order.forEach((one, at) => {
        places[one] = at;
      });
      moved = true;
    }
    if (!moved) return;
  }
}

interface Arrangement {
  readonly graph: ArcGraph;
  readonly places: Int32Array;
  readonly out: Incidence;
  readonly into: Incidence;
}

/** Returns the place where the fewest edges of a node lead backwards, its own if no other is better. */
function bestPlace({ graph, places, out, into }: Arrangement, node: number): number {
  const { costs } = graph;
  const place = places[node] as number;
  // To move past a target makes its edge lead backwards, to move past a source makes it lead forwards.
  const passed: { readonly place: number; readonly cost: number }[] = [];
  for (let at = out.starts[node] as number; at < (out.starts[node + 1] as number); at++) {
    const arc = out.arcs[at] as number;
    passed.push({ place: places[graph.targets[arc] as number] as number, cost: costs[arc] as number });
  }
  for (let at = into.starts[node] as number; at < (into.starts[node + 1] as number); at++) {
    const arc = into.arcs[at] as number;
    passed.push({ place: places[graph.sources[arc] as number] as number, cost: -(costs[arc] as number) });
  }
  passed.sort((left, right) => left.place - right.place);
  const own = passed.reduce((sum, one) => (one.place < place ? sum + one.cost : sum), 0);
  let [best, bestCost, cost] = [place, own, 0];
  if (bestCost > 0) [best, bestCost] = [0, 0];
  for (let at = 0; at < passed.length; at++) {
    const { place: reached, cost: change } = passed[at] as (typeof passed)[number];
    cost += change;
    if (passed[at + 1]?.place === reached || cost >= bestCost) continue;
    // Behind the passed one; where the node stood before it, that one moves up.
    [best, bestCost] = [reached > place ? reached : reached + 1, cost];
  }
  return best;
}

/** The edges that are kept, and an order in which all of them lead forwards. */
interface Kept {
  readonly graph: ArcGraph;
  readonly places: Int32Array;
  readonly after: number[][];
  readonly before: number[][];
  /** The number of the last search that met a node. */
  readonly met: Int32Array;
  search: number;
  steps: number;
}

function putBack(graph: ArcGraph, order: readonly number[], budget: CutBudget): readonly number[] | undefined {
  const lists = () => Array.from({ length: graph.size }, (): number[] => []);
  const kept: Kept = {
    graph,
    places: placesOf(order),
    after: lists(),
    before: lists(),
    met: new Int32Array(graph.size),
    search: 0,
    steps: 0,
  };
  const removed: number[] = [];
  graph.sources.forEach((source, arc) => {
    const target = graph.targets[arc] as number;
    if ((kept.places[source] as number) < (kept.places[target] as number)) keep(kept, source, target);
    else removed.push(arc);
  });
  removed.sort((left, right) => (graph.costs[right] as number) - (graph.costs[left] as number) || left - right);
  const cut: number[] = [];
  for (const arc of removed) {
    if (!keepIfAcyclic(kept, graph.sources[arc] as number, graph.targets[arc] as number)) cut.push(arc);
    if (kept.steps > budget.steps) break;
  }
  budget.steps -= kept.steps;
  return budget.steps < 0 ? undefined : cut.sort((left, right) => left - right);
}

function keep({ after, before }: Kept, source: number, target: number): void {
  after[source]?.push(target);
  before[target]?.push(source);
}

/** Keeps an edge and mends the order, unless a way leads back from its target to its source. */
function keepIfAcyclic(kept: Kept, source: number, target: number): boolean {
  const { places } = kept;
  const [first, last] = [places[target] as number, places[source] as number];
  if (first > last) {
    keep(kept, source, target);
    return true;
  }
  const behind = search(kept, target, kept.after, (node) => (places[node] as number) <= last);
  if (kept.met[source] === kept.search) return false;
  const ahead = search(kept, source, kept.before, (node) => (places[node] as number) >= first);
  const byPlace = (left: number, right: number) => (places[left] as number) - (places[right] as number);
  const nodes = [...ahead.sort(byPlace), ...behind.sort(byPlace)];
  const free = nodes.map((node) => places[node] as number).sort((left, right) => left - right);
  nodes.forEach((node, at) => {
    places[node] = free[at] as number;
  });
  keep(kept, source, target);
  return true;
}

/** Returns all nodes that a walk meets which doesn't leave the part of the order between the two ends. */
function search(kept: Kept, start: number, next: readonly (readonly number[])[], isBetween: (node: number) => boolean): number[] {
  const found = [start];
  kept.search++;
  kept.met[start] = kept.search;
  for (const node of found) {
    for (const neighbour of next[node] as readonly number[]) {
      kept.steps++;
      if (kept.met[neighbour] === kept.search || !isBetween(neighbour)) continue;
      kept.met[neighbour] = kept.search;
      found.push(neighbour);
    }
  }
  return found;
}
