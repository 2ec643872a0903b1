// The dependency graph of modules or applications, from the facts of import tables: a pure function of them, in a stable order.

import type { ImportFacts } from './import-facts.js';

/** What the nodes are. */
export type ImportLevel = 'module' | 'application';

/** A module or an application. */
export interface GraphNode {
  readonly id: string;
  /** The application of a module in the input (of an application: itself); null outside of it or where none is known. */
  readonly app: string | null;
}

/** One node's use of another, or of itself. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** How many distinct functions of `to` are imported. */
  readonly functions: number;
}

/** Nodes sorted by id, edges by from and to. */
export interface ImportGraph {
  readonly level: ImportLevel;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/**
 * Builds the graph; each module must stand in the facts once. The application level needs facts with the names of functions; calls of
 * modules without an application are no edges there.
 */
export function buildImportGraph(facts: readonly ImportFacts[], level: ImportLevel): ImportGraph {
  return level === 'module' ? moduleGraph(facts) : applicationGraph(facts);
}

function moduleGraph(facts: readonly ImportFacts[]): ImportGraph {
  const nodes = new Map<string, GraphNode>();
  for (const { module, app } of facts) nodes.set(module, { id: module, app });
  // Sorted in two steps: all edges at once would compare the same two names again and again.
  const edges = [...facts]
    .sort((left, right) => compareText(left.module, right.module))
    .flatMap(({ module: from, imports }) => {
      const targets = [...imports].sort((left, right) => compareText(left.module, right.module));
      return targets.map(({ module: to, count }) => ({ from, to, functions: count }));
    });
  for (const { to } of edges) if (!nodes.has(to)) nodes.set(to, { id: to, app: null });
  return { level: 'module', nodes: sortedNodes(nodes.values()), edges };
}

function applicationGraph(facts: readonly ImportFacts[]): ImportGraph {
  const applications = new Map<string, string>();
  for (const { module, app } of facts) if (app !== null) applications.set(module, app);
  const used = new Map<string, Map<string, Set<string>>>();
  for (const { app, imports } of facts) {
    if (app === null) continue;
    for (const { module, functions = [] } of imports) {
      const to = applications.get(module);
      if (to !== undefined) addFunctions(used, [app, to], module, functions);
    }
  }
  const edges = [...used].flatMap(([from, targets]) =>
    [...targets].map(([to, functions]) => ({ from, to, functions: functions.size })),
  );
  const nodes = [...new Set(applications.values())].map((app) => ({ id: app, app }));
  const sorted = edges.sort((left, right) => compareText(left.from, right.from) || compareText(left.to, right.to));
  return { level: 'application', nodes: sortedNodes(nodes), edges: sorted };
}

function addFunctions(
  used: Map<string, Map<string, Set<string>>>,
  [from, to]: readonly [string, string],
  module: string,
  functions: readonly string[],
): void {
  const targets = used.get(from) ?? new Map<string, Set<string>>();
  used.set(from, targets);
  const names = targets.get(to) ?? new Set<string>();
  targets.set(to, names);
  for (const name of functions) names.add(`${module}:${name}`);
}

function sortedNodes(nodes: Iterable<GraphNode>): readonly GraphNode[] {
  return [...nodes].sort((left, right) => compareText(left.id, right.id));
}

/** By UTF-16 units: the same order on every machine, whatever its locale. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
