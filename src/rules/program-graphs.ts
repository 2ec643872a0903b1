// The graphs of a program, as rules see them.

import { buildDependencies } from '../graph/dependencies/build-dependencies.js';
import type { DependencyGraph, DependencyLevel } from '../graph/dependencies/dependency-graph.js';
import type { ModuleGroup } from '../graph/dependencies/groups.js';
import type { Confidence } from '../graph/module-facts.js';
import type { Program } from '../graph/program/program.js';
import { strictRelation } from '../graph/sets/relation.js';
import { knownApplication, type RuleGraph } from './rule-graph.js';
import { type EdgeKinds, graphsOf, moduleOfFunction, type RuleGraphs } from './rule-graphs.js';

/** How a program's references become edges, and how modules are grouped. */
export interface ProgramView {
  readonly groups: readonly ModuleGroup[];
  readonly minConfidence: Confidence;
}

/** Returns the graphs of a program; that of functions needs their calls. */
export function graphsOfProgram(program: Program, { groups, minConfidence }: ProgramView): RuleGraphs {
  const choice = { minConfidence, unresolved: false, groups: [] };
  const base = (level: DependencyLevel, kinds: EdgeKinds) =>
    graphOfDependencies(program, buildDependencies(program, { ...choice, level, kinds }));
  const releases = new Map(
    Array.from(program.analysed, (module) => {
      const application = program.applicationOf[module] as number;
      const release = application < 0 ? -1 : (program.releaseOf[application] as number);
      return [program.functions.modules[module] as string, program.releases[release] ?? null];
    }),
  );
  return graphsOf(base, { groups, releaseOf: (module) => releases.get(module) ?? null });
}

/** Returns the graph of modules or functions as rules see it: without loops, with the applications of OTP where nothing was read of them. */
function graphOfDependencies(program: Program, { level, nodes, edges }: DependencyGraph): RuleGraph {
  const analysed = new Set(Array.from(program.analysed, (module) => program.functions.modules[module] as string));
  return {
    level,
    nodes: nodes.map(({ id, app, functions }) => {
      const module = level === 'function' ? moduleOfFunction(id) : id;
      const isRead = analysed.has(module);
      const isOwn = level === 'function' ? functions === 1 : isRead;
      return { id, app: app ?? (isRead ? null : knownApplication(module)), module, isOwn, functions };
    }),
    edges: strictRelation(edges),
  };
}
