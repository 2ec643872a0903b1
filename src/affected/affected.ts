// What a change affects: the modules that differ, those that depend on them, and the suites among all of these.

import type { DependencyGraph } from '../graph/dependencies/dependency-graph.js';
import type { DifferentModule } from './compare-sides.js';
import { type Dependant, findDependants } from './find-dependants.js';
import type { Suite } from './find-suites.js';

/** A suite that differs, or depends on what does. */
export interface ReachedSuite extends Suite {
  /** 0 for one that differs itself. */
  readonly distance: number;
  /** As of a {@link Dependant}; the suite alone where it differs itself. */
  readonly chain: readonly string[];
}

/** What a change affects. */
export interface Affected {
  /** By name. */
  readonly changed: readonly DifferentModule[];
  /** Modules that differ in the lines and files alone that macros put into their code, by name: nobody is affected by that. */
  readonly lineLiterals: readonly DifferentModule[];
  /** From the nearest, by name. */
  readonly dependants: readonly Dependant[];
  /** However far they are. */
  readonly suites: readonly ReachedSuite[];
}

/** Returns what the modules that differ affect; `graph` is of modules, those of the tests included, `depth` how many edges away a dependant may be. */
export function findAffected(
  different: readonly DifferentModule[],
  graph: DependencyGraph,
  suites: readonly Suite[],
  depth: number,
): Affected {
  const changed = different.filter(({ fate }) => fate !== 'lines');
  const names = new Set(changed.map(({ module }) => module));
  const dependants = findDependants(graph, names);
  const byName = new Map(dependants.map((one) => [one.module, one]));
  return {
    changed,
    lineLiterals: different.filter(({ fate }) => fate === 'lines'),
    dependants: dependants.filter(({ distance }) => distance <= depth),
    suites: suites.flatMap((suite) => {
      if (names.has(suite.module)) return [{ ...suite, distance: 0, chain: [suite.module] }];
      const found = byName.get(suite.module);
      return found === undefined ? [] : [{ ...suite, distance: found.distance, chain: found.chain }];
    }),
  };
}
