// An upgrade from releases to the files that it needs, in memory: compare, inject, generate appups, make the relup, plan the tar. Nothing is
// written, so that a fault in any step leaves all as it was.

import type { KeyLookup } from '../../beam/debug-info-key.js';
import type { Build } from '../../changes/build.js';
import { type ParseError, UsageError } from '../../errors.js';
import type { FieldRename } from '../../migrate/model.js';
import { generateAppups } from '../../release/appup/generate/generate-appups.js';
import type { GenerateChoices, GeneratedAppups } from '../../release/appup/generate/model.js';
import { overlayFiles } from '../../release/overlay-files.js';
import { joinPath } from '../../release/release-files.js';
import { formatRelup } from '../../release/relup/format-relup.js';
import { makeRelup, type RelupAnswer } from '../../release/relup/make-relup.js';
import { scriptsOf } from '../appup/appup-files.js';
import { type NamedUpgrade, type OpenedReleases, openReleases } from './open-releases.js';
import { type PlannedInjections, planInjections } from './plan-injections.js';
import { type ReleaseBuild, readReleaseBuild } from './read-build.js';
import { existingAppupsOf, madeAppups } from './release-appups.js';

/** What is asked for beside the releases. */
export interface UpgradeChoices {
  readonly injects: boolean;
  /** Go on though a module can't be injected into. */
  readonly keepsGoing: boolean;
  readonly rename: readonly FieldRename[];
  readonly debugInfo: readonly string[];
  readonly appups: Pick<GenerateChoices, 'purge' | 'timeout' | 'restartsChanged' | 'restarted' | 'replacesAll'>;
  /** Folders of what a person adds to appups. */
  readonly scripts: readonly string[];
  readonly checkNames: (builds: readonly Build[]) => void;
  readonly restartEmulator: boolean;
  readonly key: KeyLookup | undefined;
  /** Is told of the releases and of the new one's modules, by path, as soon as they are read. */
  readonly onRead: (read: Pick<UpgradePlan, 'releases' | 'bytes'>) => void;
}

/** All that there is to write, or why there is nothing. */
export interface UpgradePlan {
  readonly releases: OpenedReleases;
  readonly injections: PlannedInjections;
  readonly generated: GeneratedAppups;
  /** Absent where a conflict or a refusal stands against it. */
  readonly relup: (RelupAnswer & { readonly kind: 'ok' }) | undefined;
  /** By path, bytes of the new release: those that are made, and those that were read. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

/** Reports that modules can't be read, each for its own reason. */
export class UnreadableModules extends Error {
  readonly faults: readonly ParseError[];

  constructor(faults: readonly ParseError[]) {
    super(`${faults.length} modules can't be read`);
    this.name = 'UnreadableModules';
    this.faults = faults;
  }
}

/** Plans an upgrade; throws UsageError, ParseError, ReleaseError, and UnreadableModules. */
export async function planUpgrade(named: NamedUpgrade, choices: UpgradeChoices): Promise<UpgradePlan> {
  const releases = await openReleases(named);
  checkReleases(releases);
  const { olds, now } = releases;
  const current = readReleaseBuild(releases.files, now.release, choices.key);
  const older = olds.map(({ release }) => readReleaseBuild(releases.files, release, choices.key, current));
  const faults = [...older, current].flatMap((one) => one.faults);
  if (faults.length > 0) throw new UnreadableModules(faults);
  const builds = older.map(({ build }) => build);
  choices.checkNames([...builds, current.build]);
  const bytes = modulesOf(current);
  choices.onRead({ releases, bytes });
  const injections = await inject(releases, builds, current, choices);
  const generated = generate(releases, builds, injections, choices);
  for (const [module, injected] of injections.injected) bytes.set(current.paths.get(module) as string, injected);
  for (const [path, appup] of madeAppups(generated, now.release)) bytes.set(path, appup);
  const isRefused = generated.conflicts.length > 0 || (hasRefusal(injections) && !choices.keepsGoing);
  const relup = isRefused ? undefined : relupOf(releases, bytes, choices);
  if (relup !== undefined) bytes.set(joinPath(now.folder.versionFolder, 'relup'), formatRelup(relup.relup));
  return { releases, injections, generated, relup, bytes };
}

/** Tells whether a module with a state that changed can't be injected into. */
export function hasRefusal({ works }: PlannedInjections): boolean {
  return works.some(({ answer }) => answer.outcome === 'refused');
}

function checkReleases({ olds, now }: OpenedReleases): void {
  const { name, vsn } = now.release.file;
  const seen = new Map([[vsn, now.path]]);
  for (const { path, release } of olds) {
    const { file } = release;
    const same = seen.get(file.vsn);
    if (file.name !== name) throw new UsageError(`${path} is the release ${file.name}, ${now.path} the release ${name}`);
    if (same !== undefined) throw new UsageError(`${path} and ${same} are both ${name} ${file.vsn}: nothing tells them apart`);
    seen.set(file.vsn, path);
  }
}

async function inject(
  { olds }: OpenedReleases,
  builds: readonly Build[],
  current: ReleaseBuild,
  { injects, key, ...choices }: UpgradeChoices,
): Promise<PlannedInjections> {
  if (!injects) return { works: [], injected: new Map(), build: current.build, warnings: [] };
  const older = olds.map(({ path }, at) => ({ path, build: builds[at] as Build }));
  return planInjections(older, current, choices, key);
}

function generate(
  { files, now }: OpenedReleases,
  olds: readonly Build[],
  { build, injected }: PlannedInjections,
  { appups, scripts }: UpgradeChoices,
): GeneratedAppups {
  return generateAppups({
    olds,
    now: build,
    choices: {
      ...appups,
      isStrict: false,
      injected: new Set(injected.keys()),
      existing: existingAppupsOf(files, now.release, olds),
      scripts: scriptsOf(build, scripts),
      onFault: (error) => {
        throw error;
      },
    },
  });
}

/** Returns the modules by path as they were read. */
function modulesOf({ build, paths }: ReleaseBuild): Map<string, Uint8Array> {
  const bytes = new Map<string, Uint8Array>();
  for (const { modules } of build.applications.values()) {
    for (const [name, beam] of modules) {
      const path = paths.get(name);
      if (path !== undefined && beam !== undefined) bytes.set(path, beam.bytes);
    }
  }
  return bytes;
}

function relupOf(
  { files, olds, now, path }: OpenedReleases,
  bytes: ReadonlyMap<string, Uint8Array>,
  { restartEmulator }: UpgradeChoices,
): RelupAnswer & { readonly kind: 'ok' } {
  const bases = olds.map(({ folder }) => ({ rel: folder.rel }));
  const request = { top: now.folder.rel, upFrom: bases, downTo: bases, path, restartEmulator };
  const answer = makeRelup(overlayFiles(files, bytes), request);
  if (answer.kind === 'error') throw answer.error;
  return answer;
}
