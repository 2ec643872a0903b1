// The graph that rules are asked about: the nodes of one level in Erlang's order, with what patterns are held against, and which depends on
// which. It comes from import tables alone, where these are enough, or from a program; levels above modules are modules put together.

import { knownApplications } from '../graph/applications/known-applications.js';
import type { DependencyLevel } from '../graph/dependencies/dependency-graph.js';
import { groupOf, type ModuleGroup, NO_GROUP } from '../graph/dependencies/groups.js';
import type { ImportFacts } from '../graph/import-facts.js';
import { rankNames } from '../graph/program/function-table.js';
import { mapRelation, type Relation, relationOf, strictRelation } from '../graph/sets/relation.js';

/** A node and what it belongs to. */
export interface RuleNode {
  readonly id: string;
  /** null where it isn't known, or there are several. */
  readonly app: string | null;
  /** Of a module or function; null elsewhere. */
  readonly module: string | null;
  /** Whether it is part of what was read: what is only called is not. */
  readonly isOwn: boolean;
  /** How many functions it defines; null where that wasn't read. */
  readonly functions: number | null;
}

/** Nodes by position, and edges between different ones of them. */
export interface RuleGraph {
  readonly level: DependencyLevel;
  readonly nodes: readonly RuleNode[];
  readonly edges: Relation;
}

/** Makes the graph of modules from what they import. */
export function graphOfImports(facts: readonly ImportFacts[]): RuleGraph {
  const own = new Map(facts.map((one) => [one.module, one]));
  const outside = new Set(facts.flatMap(({ imports }) => imports.map(({ module }) => module)));
  const { sorted } = rankNames([...new Set([...own.keys(), ...outside])]);
  const positions = new Map(sorted.map((name, at) => [name, at]));
  const [sources, targets]: [number[], number[]] = [[], []];
  for (const { module, imports } of facts) {
    for (const { module: target } of imports) {
      sources.push(positions.get(module) as number);
      targets.push(positions.get(target) as number);
    }
  }
  const nodes = sorted.map((id): RuleNode => {
    const one = own.get(id);
    const isOwn = one !== undefined;
    return { id, app: isOwn ? one.app : knownApplication(id), module: id, isOwn, functions: null };
  });
  return { level: 'module', nodes, edges: strictRelation(relationOf(sources, targets)) };
}

let applicationOfModule: ReadonlyMap<string, string> | undefined;

/** Returns the application of OTP or Elixir that a module is in; null for any other. */
export function knownApplication(module: string): string | null {
  applicationOfModule ??= new Map(
    Array.from(knownApplications(), ([name, modules]) => modules.map((one) => [one, name] as const)).flat(),
  );
  return applicationOfModule.get(module) ?? null;
}

/** A graph of modules put together, and which node each became; -1 for none. */
export interface CoarseGraph {
  readonly graph: RuleGraph;
  readonly nodeOf: Int32Array;
  /** Positions of nodes by their ids. */
  readonly positions: ReadonlyMap<string, number>;
  /** The modules of each node. */
  readonly members: readonly (readonly RuleNode[])[];
}

/** Puts modules together: to a node of the name that `nameOf` gives each, none for null. */
export function coarsen(modules: RuleGraph, level: DependencyLevel, nameOf: (module: RuleNode) => string | null): CoarseGraph {
  const names = modules.nodes.map(nameOf);
  const { sorted } = rankNames([...new Set(names.filter((name) => name !== null))]);
  const positions = new Map(sorted.map((name, at) => [name, at]));
  const nodeOf = Int32Array.from(names, (name) => (name === null ? -1 : (positions.get(name) as number)));
  const members: RuleNode[][] = sorted.map(() => []);
  modules.nodes.forEach((node, at) => {
    members[nodeOf[at] as number]?.push(node);
  });
  const nodes = sorted.map((id, at) => joinedNode(id, level, members[at] as RuleNode[]));
  return { graph: { level, nodes, edges: strictRelation(mapRelation(modules.edges, nodeOf)) }, nodeOf, positions, members };
}

function joinedNode(id: string, level: DependencyLevel, members: readonly RuleNode[]): RuleNode {
  const [first] = members;
  const own = members.filter(({ isOwn }) => isOwn);
  const isOneApp = members.every(({ app }) => app === first?.app);
  const counts = own.flatMap(({ functions }) => (functions === null ? [] : [functions]));
  return {
    id,
    app: level === 'application' ? id : isOneApp ? (first?.app ?? null) : null,
    module: null,
    isOwn: own.length > 0,
    functions: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
  };
}

/** Returns the group of a module, `(none)` where it is in none and part of what was read; modules from elsewhere may be in no group. */
export function groupName(groups: readonly ModuleGroup[], { id, app, isOwn }: RuleNode): string | null {
  return groups[groupOf(groups, id, app)]?.name ?? (isOwn ? NO_GROUP : null);
}
