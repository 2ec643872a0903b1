// In which order applications start: each after those that it declares, in `applications` or `optional_applications`. What stands on a
// circle of these can never start.

import { countGroups, cyclicComponents, groupAt } from '../sets/components.js';
import { digraphOf } from '../sets/digraph.js';
import { shortestPath } from '../sets/reach.js';
import { type Relation, relationOf } from '../sets/relation.js';
import type { AppFile } from './app-file.js';
import type { ApplicationSet } from './application-set.js';

/** Applications of which each is to start before each. */
export interface StartCycle {
  /** In Erlang's order. */
  readonly applications: readonly string[];
  /** A shortest way around from the first one, which ends it too. */
  readonly path: readonly string[];
}

/** Returns what is started before an application: each name once, in the order of the file. */
export function startedBefore({ applications, optional }: AppFile): readonly string[] {
  return [...new Set([...(applications ?? []), ...optional])];
}

/** Returns all that an application declares: what is started before it, and what it includes. */
export function declaredBy(file: AppFile): readonly string[] {
  return [...new Set([...startedBefore(file), ...file.included])];
}

/** Returns, of the applications that are known, which one names which other one as `names` has it. */
export function declaredRelation(
  { applications, numbers }: ApplicationSet,
  names: (file: AppFile) => readonly string[],
): Relation {
  const sources: number[] = [];
  const targets: number[] = [];
  applications.forEach(({ file }, number) => {
    for (const name of file === null ? [] : names(file)) {
      const target = numbers.get(name);
      if (target === undefined) continue;
      sources.push(number);
      targets.push(target);
    }
  });
  return relationOf(sources, targets);
}

/** Returns the circles in the order of starting, by their first application. */
export function startCycles({ applications }: ApplicationSet, order: Relation): readonly StartCycle[] {
  const graph = digraphOf(order);
  const groups = cyclicComponents(graph);
  const nameOf = (number: number) => applications[number]?.name as string;
  return Array.from({ length: countGroups(groups) }, (_, at) => {
    const members = groupAt(groups, at);
    const first = members[0] as number;
    const path = shortestPath(graph, first, first) ?? [];
    return { applications: Array.from(members, nameOf), path: Array.from(path, nameOf) };
  });
}
