// Strong components of two nodes or more, each with a cut: edges without which it has no cycle, and none of which can be left out. Up to
// MAX_EXACT_NODES nodes it is one of the fewest edges, and of these one of the fewest call sites; or the other way around.

import { countGroups, cyclicComponents, groupAt } from '../sets/components.js';
import { digraphOf } from '../sets/digraph.js';
import { strictRelation } from '../sets/relation.js';
import type { VertexSet } from '../sets/vertex-set.js';
import { type ArcGraph, arcCosts, type CutGoal } from './arc-graph.js';
import { cutByDepth } from './cut-by-depth.js';
import { type CutBudget, cutByOrder } from './cut-by-order.js';
import { cutExactly, MAX_EXACT_NODES } from './cut-exactly.js';
import type { DependencyGraph } from './dependency-graph.js';

/** What looking for small cuts may take, all components together; then the linear way is taken. */
const CUT_BUDGET: Readonly<CutBudget> = { steps: 50_000_000, shaken: 300_000 };

/** A component of the strict graph. */
export interface Cycle {
  /** Positions of nodes, ascending. */
  readonly nodes: VertexSet;
  /** Rows of all edges between two different ones of them. */
  readonly edges: readonly number[];
  /** Rows of the edges to remove. */
  readonly cut: readonly number[];
  /** Whether there is proof that no cut has fewer of what was to be few. */
  readonly isFewest: boolean;
}

/** Finds the components in order of their first nodes; `sites` says how many call sites an edge has, by row. */
export function findCycles(graph: DependencyGraph, goal: CutGoal, sites: (row: number) => number): readonly Cycle[] {
  const groups = cyclicComponents(digraphOf(strictRelation(graph.edges)));
  const count = countGroups(groups);
  const componentOf = new Int32Array(graph.nodes.length).fill(-1);
  const placeOf = new Int32Array(graph.nodes.length);
  for (let component = 0; component < count; component++) {
    groupAt(groups, component).forEach((node, place) => {
      componentOf[node] = component;
      placeOf[node] = place;
    });
  }
  const rows = rowsOfComponents(graph, componentOf, count);
  const budget = { ...CUT_BUDGET };
  return rows.map((edges, component) => {
    const nodes = groupAt(groups, component);
    const costs = arcCosts(Float64Array.from(edges, sites), goal);
    const arcs = { size: nodes.length, ...endsOf(graph, edges, placeOf), costs };
    const cut = arcs.size <= MAX_EXACT_NODES ? cutExactly(arcs) : (cutByOrder(arcs, budget) ?? cutByDepth(arcs));
    const isFewest = nodes.length <= MAX_EXACT_NODES || (goal === 'edges' && cut.length === 1);
    return { nodes, edges, cut: cut.map((arc) => edges[arc] as number), isFewest };
  });
}

function rowsOfComponents({ edges }: DependencyGraph, componentOf: Int32Array, count: number): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  for (let row = 0; row < edges.sources.length; row++) {
    const [source, target] = [edges.sources[row] as number, edges.targets[row] as number];
    const component = componentOf[source] as number;
    if (component >= 0 && source !== target && componentOf[target] === component) rows[component]?.push(row);
  }
  return rows;
}

function endsOf({ edges }: DependencyGraph, rows: readonly number[], placeOf: Int32Array): Pick<ArcGraph, 'sources' | 'targets'> {
  return {
    sources: Int32Array.from(rows, (row) => placeOf[edges.sources[row] as number] as number),
    targets: Int32Array.from(rows, (row) => placeOf[edges.targets[row] as number] as number),
  };
}
