// The graphs that rules ask about, by level and kinds of edges: each is made when it is first asked for.

import type { EdgeKind } from '../graph/dependencies/build-dependencies.js';
import type { DependencyLevel } from '../graph/dependencies/dependency-graph.js';
import type { ModuleGroup } from '../graph/dependencies/groups.js';
import type { ImportFacts } from '../graph/import-facts.js';
import { type CoarseGraph, coarsen, graphOfImports, groupName, type RuleGraph } from './rule-graph.js';

/** Kinds of edges. */
export type EdgeKinds = ReadonlySet<EdgeKind>;

/** Graphs on demand. */
export interface RuleGraphs {
  readonly graph: (level: DependencyLevel, kinds: EdgeKinds) => RuleGraph;
  /** Of a level above modules: the graph of modules, and which node each is part of. */
  readonly coarse: (level: CoarseLevel, kinds: EdgeKinds) => CoarseGraph & { readonly modules: RuleGraph };
}

/** Levels whose nodes are modules put together. */
export type CoarseLevel = Exclude<DependencyLevel, 'function' | 'module'>;

/** Tells whether the nodes of a level are modules put together. */
export function isCoarse(level: DependencyLevel): level is CoarseLevel {
  return level !== 'function' && level !== 'module';
}

/** Returns the graphs of what modules import; there is none of functions, nor of releases. */
export function graphsOfImports(facts: readonly ImportFacts[], groups: readonly ModuleGroup[]): RuleGraphs {
  let modules: RuleGraph | undefined;
  const base = (level: DependencyLevel) => {
    if (level === 'function') throw new Error('import tables know no functions');
    modules ??= graphOfImports(facts);
    return modules;
  };
  return graphsOf(base, { groups, releaseOf: () => null });
}

/** Returns the module of `module:name/arity`, where a module whose name would make it mean two things stands in quotes. */
export function moduleOfFunction(id: string): string {
  const quoted = /^'((?:[^'\\]|\\.)*)':/su.exec(id)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/gsu, '$1');
  const colon = id.indexOf(':');
  return colon < 0 ? id : id.slice(0, colon);
}

/** What modules are put together by. */
export interface Coarseness {
  readonly groups: readonly ModuleGroup[];
  readonly releaseOf: (module: string) => string | null;
}

/** Returns graphs that are made of those of modules and functions. */
export function graphsOf(
  base: (level: DependencyLevel, kinds: EdgeKinds) => RuleGraph,
  { groups, releaseOf }: Coarseness,
): RuleGraphs {
  const fine = remembered(base);
  const coarse = remembered((level, kinds) => {
    const modules = fine('module', kinds);
    const made = coarsen(modules, level, (node) => {
      if (level === 'application') return node.app;
      return level === 'release' ? releaseOf(node.id) : groupName(groups, node);
    });
    return { ...made, modules };
  });
  return {
    graph: (level, kinds) => (isCoarse(level) ? coarse(level, kinds).graph : fine(level, kinds)),
    coarse,
  };
}

function remembered<T>(make: (level: DependencyLevel, kinds: EdgeKinds) => T): (level: DependencyLevel, kinds: EdgeKinds) => T {
  const made = new Map<string, T>();
  return (level, kinds) => {
    const key = `${level} ${[...kinds].sort().join()}`;
    const known = made.get(key) ?? make(level, kinds);
    made.set(key, known);
    return known;
  };
}
