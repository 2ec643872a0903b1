// The applications and releases of a program in order, and which module belongs to which.

import { findName, rankNames } from './function-table.js';
import type { ApplicationFacts, Program } from './program.js';
import type { ProgramBuilder } from './program-builder.js';

/** Arranges those that are given and those that modules name; `modules` says what became of each module of the index. */
export function arrangeApplications(
  builder: ProgramBuilder,
  moduleCount: number,
  modules: Int32Array,
  given: Iterable<ApplicationFacts>,
): Pick<Program, 'applications' | 'releases' | 'applicationOf' | 'releaseOf'> {
  const releaseNames = new Map<string, string | null>();
  for (const { name, release } of given) releaseNames.set(name, release);
  for (const { app } of builder.analysed.values()) if (app !== null && !releaseNames.has(app)) releaseNames.set(app, null);
  const applications = rankNames([...releaseNames.keys()]).sorted;
  const releases = rankNames([...new Set([...releaseNames.values()].filter((name) => name !== null))]).sorted;
  const applicationOf = new Int32Array(moduleCount).fill(-1);
  const positions = new Map(applications.map((name, position) => [name, position]));
  for (const [module, { app }] of builder.analysed) {
    if (app !== null) applicationOf[modules[module] as number] = positions.get(app) as number;
  }
  const releaseOf = Int32Array.from(applications, (name) => {
    const release = releaseNames.get(name) ?? null;
    return release === null ? -1 : findName(releases, release);
  });
  return { applications, releases, applicationOf, releaseOf };
}
