// Injections into the modules of a new release that are in memory: what `inject-migration` does, without writing.

import type { KeyLookup } from '../../beam/debug-info-key.js';
import { readBeam } from '../../beam/module.js';
import type { Build, BuiltApplication } from '../../changes/build.js';
import { generalWarnings, type ModuleWork, mayConcern, planWorks } from '../migration/answer-modules.js';
import { type NamedModule, type NamedModules, readNamedModules } from '../migration/named-modules.js';
import { type Candidate, type NewBuild, rolesOf, type Witness } from '../migration/new-build.js';
import type { MigrationArgs } from '../migration/options.js';
import type { ReleaseBuild } from './read-build.js';

/** What is injected. */
export interface PlannedInjections {
  /** One for each module that declares a state. */
  readonly works: readonly ModuleWork[];
  /** The new build, with the injected modules in it. */
  readonly build: Build;
  /** The modules that are other than in the new release, with their bytes. */
  readonly injected: ReadonlyMap<string, Uint8Array>;
  readonly warnings: readonly string[];
}

/** An older release and what is in it. */
export interface OlderBuild {
  readonly path: string;
  readonly build: Build;
}

/** Plans the injections of all modules that declare a state; throws ParseError for a path of debug info that gives nothing. */
export async function planInjections(
  olds: readonly OlderBuild[],
  now: ReleaseBuild,
  choices: Pick<MigrationArgs, 'rename' | 'debugInfo'>,
  key: KeyLookup | undefined,
): Promise<PlannedInjections> {
  const build = newBuildOf(now);
  const older = olds.map(namedModules);
  const names = new Set(build.candidates.map(({ module }) => module));
  const twins: NamedModules[] = [];
  for (const path of choices.debugInfo) twins.push(await readNamedModules(path, names, key));
  const sources = { build, older, twins, checksAppups: false };
  const works = planWorks(sources, { ...NOT_ASKED, rename: choices.rename });
  const injected = new Map(works.flatMap(({ candidate, bytes }) => (bytes === undefined ? [] : [[candidate.module, bytes]])));
  return { works, injected, build: withInjected(now.build, injected, key), warnings: generalWarnings(build, older) };
}

/** The modules go into the package, so that no link on the way to one matters. */
const NOT_ASKED = {
  record: undefined,
  callback: undefined,
  remove: false,
  print: false,
  follow: true,
  output: undefined,
} as const;

/** A module that can't be told anything of was counted among the faults. */
function newBuildOf({ build }: ReleaseBuild): NewBuild {
  const candidates: Candidate[] = [];
  const supervisors: Witness[] = [];
  const statems: Witness[] = [];
  const withoutAttributes: string[] = [];
  let files = 0;
  for (const [name, { modules }] of build.applications) {
    for (const [module, beam] of modules) {
      if (beam === undefined) continue;
      files++;
      const file = beam.file ?? module;
      const witness = { beam, file, application: name ?? undefined };
      const roles = rolesOf(beam, { module: undefined, isWanted: mayConcern });
      if (roles.has('supervisor')) supervisors.push(witness);
      if (roles.has('statem')) statems.push(witness);
      if (roles.has('withoutAttributes')) withoutAttributes.push(file);
      if (roles.has('candidate')) candidates.push({ ...witness, module, place: { kind: 'file', path: file, relative: file } });
    }
  }
  const coverage = { files, failed: [], skipped: [] };
  return { candidates, supervisors, statems, appups: new Map(), withoutAttributes, coverage };
}

function namedModules({ path, build }: OlderBuild): NamedModules {
  const found = new Map<string, readonly NamedModule[]>();
  for (const { name, vsn, modules } of build.applications.values()) {
    for (const [module, beam] of modules) {
      if (beam === undefined) continue;
      const file = beam.file ?? module;
      found.set(module, [{ kind: 'beam', beam, file, application: name ?? undefined, vsn: vsn ?? undefined }]);
    }
  }
  return { path, found, skipped: [] };
}

function withInjected(build: Build, injected: ReadonlyMap<string, Uint8Array>, key: KeyLookup | undefined): Build {
  const replaced = (application: BuiltApplication): BuiltApplication => {
    const modules = new Map(application.modules);
    for (const [name, beam] of application.modules) {
      const bytes = injected.get(name);
      if (bytes !== undefined) modules.set(name, readBeam(bytes, { file: beam?.file, key }));
    }
    return { ...application, modules };
  };
  return { ...build, applications: new Map([...build.applications].map(([name, one]) => [name, replaced(one)])) };
}
