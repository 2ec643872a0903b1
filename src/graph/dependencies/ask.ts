// One question of `deps` from a program to its answer, as plain data: the graph is built, cut down to the part that is asked for, and then
// shown, searched for cycles or a chain, or measured.

import type { Program } from '../program/program.js';
import type { CutGoal } from './arc-graph.js';
import { buildDependencies, countUnresolved, type EdgeChoice } from './build-dependencies.js';
import { shortestChain } from './chain.js';
import { directPart, filterNodes, neighbourhood, reachablePart } from './choose-part.js';
import { collapseNodes } from './collapse.js';
import { findCycles } from './cycles.js';
import { type DependencyGraph, type DependencyLevel, type DependencyNode, keepNodes } from './dependency-graph.js';
import { type EdgeCounts, type EdgeSite, edgeCounter, sitesOfRow } from './edge-facts.js';
import { measureNodes, measureTotals, type NodeMetrics, type TotalMetrics } from './metrics.js';
import { parsePattern } from './name-pattern.js';
import { findAllNodes, findNodes } from './named-nodes.js';
import { reduceGraph } from './reduce.js';

/** What to show of the part that was chosen. */
export type DependencyView =
  | { readonly kind: 'graph' }
  | { readonly kind: 'cycles'; readonly fewest: CutGoal }
  | { readonly kind: 'metrics' }
  | { readonly kind: 'why'; readonly from: string; readonly to: string };

/** What is asked. Parts are chosen in the order of these fields; names and patterns are texts as a user gives them. */
export interface DependencyQuestion {
  readonly edges: EdgeChoice;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly collapse: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly focus: readonly string[];
  readonly hops: number;
  readonly uses: readonly string[];
  readonly usedBy: readonly string[];
  readonly reduce: boolean;
  readonly view: DependencyView;
  /** Whether each edge of the graph comes with its call sites; those that answer `cycles` and `why` always do. */
  readonly sites: boolean;
}

/** An edge between nodes by their ids. */
export interface AnswerEdge extends EdgeCounts {
  readonly from: string;
  readonly to: string;
  readonly places?: readonly EdgeSite[];
}

/** Edges in order, each made when it is come to: between functions there are hundreds of thousands, with more places. */
export interface AnswerEdges extends Iterable<AnswerEdge> {
  readonly length: number;
}

/** A strong component of two nodes or more. */
export interface AnswerCycle {
  readonly nodes: readonly string[];
  /** How many edges there are between different ones of them. */
  readonly edges: number;
  /** Edges without which there is no cycle; with any of them left in there is one. */
  readonly cut: readonly AnswerEdge[];
  /** What the cut has few of, and whether no cut has fewer. */
  readonly few: CutGoal;
  readonly fewest: boolean;
}

/** What `deps` answers but for what was read. With `cycles` and `why`, nodes and edges are those of the cycles or the chain. */
export interface DependencyAnswer {
  readonly level: DependencyLevel;
  readonly nodes: readonly DependencyNode[];
  readonly edges: AnswerEdges;
  /** Calls whose target is only known at run time, in all that was read; null where calls weren't read. */
  readonly unresolved: { readonly calls: number; readonly sites: number } | null;
  readonly cycles?: readonly AnswerCycle[];
  /** `steps` is null where there is no chain. */
  readonly why?: { readonly from: string; readonly to: string; readonly steps: readonly AnswerEdge[] | null };
  readonly metrics?: readonly NodeMetrics[];
  readonly totals?: TotalMetrics;
}

/** Answers a question; throws UsageError for a name that isn't in the graph, and for a pattern that is none. */
export function askDependencies(program: Program, question: DependencyQuestion): DependencyAnswer {
  const graph = choosePart(buildDependencies(program, question.edges), question);
  const common = { level: graph.level, unresolved: program.mode === 'functions' ? countUnresolved(program) : null };
  const { view } = question;
  switch (view.kind) {
    case 'graph':
      return { ...common, ...showGraph(program, graph, question.sites) };
    case 'cycles':
      return { ...common, ...showCycles(program, graph, view.fewest, question.sites) };
    case 'metrics':
      return { ...common, ...showMetrics(program, graph) };
    case 'why':
      return { ...common, ...showChain(program, graph, view.from, view.to) };
  }
}

function choosePart(whole: DependencyGraph, question: DependencyQuestion): DependencyGraph {
  const { include, exclude, collapse, from, to, focus, hops, uses, usedBy, reduce } = question;
  let graph = filterNodes(whole, include.map(parsePattern), exclude.map(parsePattern));
  graph = collapseNodes(graph, collapse.map(parsePattern));
  if (from.length + to.length > 0) {
    const ends = (names: readonly string[]) => (names.length === 0 ? undefined : findAllNodes(graph, names));
    graph = reachablePart(graph, ends(from), ends(to));
  }
  if (focus.length > 0) graph = neighbourhood(graph, findAllNodes(graph, focus), hops);
  if (uses.length + usedBy.length > 0) graph = directPart(graph, findAllNodes(graph, uses), findAllNodes(graph, usedBy));
  return reduce ? reduceGraph(graph) : graph;
}

type Shown = Omit<DependencyAnswer, 'level' | 'unresolved'>;

function showGraph(program: Program, graph: DependencyGraph, withSites: boolean): Shown {
  const edge = edgeMaker(program, graph);
  const { length } = graph.edges.sources;
  const edges = {
    length,
    *[Symbol.iterator]() {
      for (let row = 0; row < length; row++) yield edge(row, withSites);
    },
  };
  return { nodes: graph.nodes, edges };
}

/** Returns what makes the edge of a row, with its places or without. */
function edgeMaker(program: Program, graph: DependencyGraph): (row: number, withSites: boolean) => AnswerEdge {
  const { nodes, edges } = graph;
  const count = edgeCounter(program, graph);
  const id = (node: number | undefined) => nodes[node as number]?.id as string;
  return (row, withSites) => {
    const [from, to] = [id(edges.sources[row]), id(edges.targets[row])];
    const { functions, sites, kinds } = count(row);
    // Spelled out: to copy properties would take most of the time of a large answer.
    if (!withSites) return { from, to, functions, sites, kinds };
    return { from, to, functions, sites, kinds, places: sitesOfRow(program, graph, row) };
  };
}

function showCycles(program: Program, graph: DependencyGraph, goal: CutGoal, withSites: boolean): Shown {
  const count = edgeCounter(program, graph);
  const edge = edgeMaker(program, graph);
  const cycles = findCycles(graph, goal, (row) => count(row).sites);
  return {
    ...showRows(
      program,
      graph,
      cycles.flatMap(({ edges }) => edges),
      withSites,
    ),
    cycles: cycles.map(({ nodes, edges, cut, isFewest }) => ({
      nodes: Array.from(nodes, (node) => graph.nodes[node]?.id as string),
      edges: edges.length,
      cut: cut.map((row) => edge(row, true)),
      few: goal,
      fewest: isFewest,
    })),
  };
}

/** Shows only these edges, and their ends. */
function showRows(program: Program, graph: DependencyGraph, rows: readonly number[], withSites: boolean): Shown {
  const marks = new Uint8Array(graph.nodes.length);
  for (const row of rows) {
    marks[graph.edges.sources[row] as number] = 1;
    marks[graph.edges.targets[row] as number] = 1;
  }
  const isShown = new Set(rows);
  const part = keepNodes(graph, marks, (row) => isShown.has(row));
  return showGraph(program, part, withSites);
}

function showMetrics(program: Program, graph: DependencyGraph): Shown {
  const metrics = measureNodes(graph, edgeCounter(program, graph));
  return { ...showGraph(program, graph, false), metrics, totals: measureTotals(graph) };
}

function showChain(program: Program, graph: DependencyGraph, from: string, to: string): Shown {
  const rows = shortestChain(graph, findNodes(graph, from), findNodes(graph, to));
  if (rows === undefined) return { nodes: [], edges: [], why: { from, to, steps: null } };
  const edge = edgeMaker(program, graph);
  return { ...showRows(program, graph, rows, false), why: { from, to, steps: rows.map((row) => edge(row, true)) } };
}
