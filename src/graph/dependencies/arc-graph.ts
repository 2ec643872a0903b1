// One strong component as the algorithms that cut cycles take it: nodes from 0, edges with a cost, and no loops.

/** Edge `e` leads from `sources[e]` to `targets[e]`; edges are in order of source, then target, and distinct. */
export interface ArcGraph {
  readonly size: number;
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  /** What it costs to remove an edge, 1 or more. */
  readonly costs: Float64Array;
}

/** What there shall be few of in a cut: edges, and of cuts with as many those with fewest call sites; or call sites, and then edges. */
export type CutGoal = 'edges' | 'calls';

/** Returns costs by the call sites of edges. Sums stay exact integers for any graph that fits into memory. */
export function arcCosts(sites: Float64Array, goal: CutGoal): Float64Array {
  if (goal === 'calls') return sites.map((count) => count * (sites.length + 1) + 1);
  let total = 1;
  for (const count of sites) total += count;
  return sites.map((count) => total + count);
}

/** Positions of edges by one of their ends: those of node `n` are `arcs[starts[n]]` up to `arcs[starts[n + 1]]`. */
export interface Incidence {
  readonly starts: Int32Array;
  readonly arcs: Int32Array;
}

/** Lists the edges that begin (or end) at each node. */
export function incidence(size: number, ends: Int32Array): Incidence {
  const starts = new Int32Array(size + 1);
  for (const end of ends) starts[end + 1] = (starts[end + 1] as number) + 1;
  for (let node = 0; node < size; node++) starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number);
  const next = starts.slice();
  const arcs = new Int32Array(ends.length);
  ends.forEach((end, arc) => {
    arcs[next[end] as number] = arc;
    next[end] = (next[end] as number) + 1;
  });
  return { starts, arcs };
}
