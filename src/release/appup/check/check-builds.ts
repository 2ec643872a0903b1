// Checks all appups of a build against older builds: each by itself, then all together by the relups that they make.

import type { BeamModule } from '../../../beam/module.js';
import type { Build, BuiltApplication } from '../../../changes/build.js';
import type { ApplicationChange, BuildChanges } from '../../../changes/build-changes.js';
import { isSupervisor, readSupervisorName } from '../../../changes/children/read-children.js';
import { compareBuilds } from '../../../changes/compare-builds.js';
import { ParseError } from '../../../errors.js';
import { ReleaseError } from '../../release-error.js';
import { baseName, folderOf, joinPath, type ReleaseFiles } from '../../release-files.js';
import { releasedBuild } from '../generate/released-modules.js';
import { openAppup, parseAppup } from '../read-appup.js';
import { checkAppup, distinct, further } from './check-appup.js';
import { hasModule } from './check-modules.js';
import { checkRelups } from './check-relups.js';
import type { AppupFinding, CheckedAppup, OlderApplication } from './model.js';
import { errorFinding } from './systools-finding.js';

/** A build with its files. */
export interface CheckedBuild {
  readonly build: Build;
  /** Its appups, by path. */
  readonly appups: ReadonlyMap<string, Uint8Array>;
  /** Path of its `.rel` without the extension; null where it has none, or several. */
  readonly rel: string | null;
  /** Its `.app`, `.appup` and `.rel` files. */
  readonly files: ReleaseFiles;
}

/** What is asked for. */
export interface CheckRequest {
  readonly now: CheckedBuild;
  readonly olds: readonly CheckedBuild[];
  /** Paths of the only appups to look at; all of the new build where it is null, and those that are missing. */
  readonly only: ReadonlySet<string> | null;
  /** Is told of a module that turns out to be damaged. */
  readonly onFault: (error: ParseError) => void;
}

/** An appup that was looked at. */
export interface SeenAppup {
  readonly file: string;
  readonly application: string;
  /** null where it can't be read. */
  readonly vsn: string | null;
  /** The older versions that it was held against. */
  readonly olds: readonly string[];
}

/** The answer. */
export interface CheckAnswer {
  /** By path. */
  readonly appups: readonly SeenAppup[];
  /** By file, entry and instruction. */
  readonly findings: readonly AppupFinding[];
  /** Why no relup was tried, as a phrase for each older build; null where one was. */
  readonly relups: readonly (string | null)[];
}

/** Checks the appups of a build. */
export function checkBuilds(request: CheckRequest): CheckAnswer {
  const released = { ...request.now, build: releasedBuild(request.now.build) };
  const olds = request.olds.map((old) => comparedWith({ ...old, build: releasedBuild(old.build) }, released, request));
  const surroundings = surroundingsOf([released.build, ...olds.map(({ build }) => build)]);
  const appups: SeenAppup[] = [];
  const findings: AppupFinding[] = [];
  for (const [file, bytes] of [...request.now.appups].sort(([left], [right]) => (left < right ? -1 : 1))) {
    if (request.only !== null && !request.only.has(file)) continue;
    const application = baseName(file).replace(/\.appup$/, '');
    const now = released.build.applications.get(application) ?? null;
    const older = olderApplications(olds, application, now);
    const seen = { file, application, olds: older.map(({ vsn }) => vsn) };
    const read = readChecked(request.now.files, file, bytes, application);
    appups.push({ ...seen, vsn: read.kind === 'appup' ? read.appup.vsn : null });
    if (read.kind === 'faults') findings.push(...read.findings);
    else {
      const around = surroundings(application);
      findings.push(...checkAppup({ file, application, appup: read.appup, now, olds: older, ...around }));
    }
  }
  if (request.only === null) findings.push(...olds.flatMap((old) => missingAppups(old, released)));
  const relups = olds.map((old) => checkRelups(released, old));
  for (const relup of relups) {
    if (relup.kind === 'checked') findings.push(...relup.findings.filter((one) => isNew(one, findings, request)));
  }
  const byFile = distinct(findings).sort((left, right) => (left.file < right.file ? -1 : left.file > right.file ? 1 : 0));
  return { appups, findings: byFile, relups: relups.map((one) => (one.kind === 'checked' ? null : one.because)) };
}

interface ComparedBuild extends CheckedBuild {
  readonly changes: BuildChanges;
}

function comparedWith(old: CheckedBuild, now: CheckedBuild, { onFault }: CheckRequest): ComparedBuild {
  return { ...old, changes: compareBuilds(old.build, now.build, { isStrict: false, onFault }) };
}

type ReadAppup =
  | { readonly kind: 'appup'; readonly appup: CheckedAppup['appup'] }
  | { readonly kind: 'faults'; readonly findings: readonly AppupFinding[] };

/** systools looks at the first term of the file, and of that at no more than it needs. */
function readChecked(files: ReleaseFiles, file: string, bytes: Uint8Array, application: string): ReadAppup {
  try {
    openAppup(files, file);
    return { kind: 'appup', appup: parseAppup(bytes, file) };
  } catch (error) {
    const about = { file, application };
    if (error instanceof ReleaseError) return { kind: 'faults', findings: [errorFinding(error, about)] };
    if (!(error instanceof ParseError)) throw error;
    const { path, reason } = error;
    const message = `systools takes no more of it than it understands: ${reason}`;
    return { kind: 'faults', findings: [further({ code: 'malformed-appup', severity: 'error', message }, about, path)] };
  }
}

function olderApplications(
  olds: readonly ComparedBuild[],
  name: string,
  now: BuiltApplication | null,
): readonly OlderApplication[] {
  const found = new Map<string, OlderApplication>();
  for (const { build, changes } of olds) {
    const application = build.applications.get(name);
    const vsn = application?.vsn ?? null;
    if (application === undefined || vsn === null || vsn === now?.vsn || found.has(vsn)) continue;
    found.set(vsn, { vsn, application, change: now === null ? null : changeOf(changes, name) });
  }
  return [...found.values()];
}

function changeOf({ applications }: BuildChanges, name: string): ApplicationChange | null {
  return applications.find(({ application }) => application === name) ?? null;
}

/** Applications that were upgraded and have no appup, and those that changed without another version. */
function missingAppups({ changes }: ComparedBuild, now: CheckedBuild): readonly AppupFinding[] {
  return changes.applications.flatMap(({ application, kind }): readonly AppupFinding[] => {
    const app = application === null ? undefined : now.build.applications.get(application)?.app;
    if (application === null || app === undefined) return [];
    const conflict = changes.conflicts.find((one) => one.application === application);
    if (conflict !== undefined) {
      const fault = { code: 'same-version', severity: 'error', message: conflict.reason } as const;
      return [further(fault, { file: app.file, application }, [])];
    }
    const file = joinPath(folderOf(app.file), `${application}.appup`);
    if (kind !== 'upgraded' || now.appups.has(file)) return [];
    return openFault(now.files, file, application);
  });
}

function openFault(files: ReleaseFiles, file: string, application: string): readonly AppupFinding[] {
  try {
    openAppup(files, file);
    return [];
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return [errorFinding(error, { file, application })];
  }
}

/** Of what a relup finds the appups have told most already; of one that they are not asked about nothing is told. */
function isNew(finding: AppupFinding, known: readonly AppupFinding[], { only }: CheckRequest): boolean {
  const { code, file, place, module } = finding;
  if (only !== null && !only.has(file)) return false;
  return !known.some((one) => {
    if (one.code !== code || one.file !== file) return false;
    if (code === 'no-relup' || code === 'file-problem') return true;
    return one.module === module && one.place.join('\0') === place.join('\0');
  });
}

type Surroundings = Pick<CheckedAppup, 'ownerOf' | 'find' | 'isRegisteredElsewhere'>;

/** Returns what an application has around it: the modules of all builds, the newest first. */
function surroundingsOf(builds: readonly Build[]): (application: string) => Surroundings {
  const owners = new Map<string, string>();
  const modules = new Map<string, BeamModule>();
  const applications = builds.flatMap((build) => [...build.applications.values()]);
  for (const { name, app, modules: own } of applications) {
    for (const module of [...own.keys(), ...(app?.modules ?? [])]) {
      if (name !== null && !owners.has(module)) owners.set(module, name);
    }
    for (const [module, beam] of own) if (beam !== undefined && !modules.has(module)) modules.set(module, beam);
  }
  const find = (module: string) => modules.get(module);
  let registered: ReadonlySet<string> | undefined;
  return (application) => {
    const own = applications.filter(({ name }) => name === application);
    return {
      find,
      ownerOf: (module) => (own.some((one) => hasModule(one, module)) ? undefined : owners.get(module)),
      isRegisteredElsewhere: (name) => {
        registered ??= registeredNames([...modules.values()]);
        return registered.has(name);
      },
    };
  };
}

function registeredNames(modules: readonly BeamModule[]): ReadonlySet<string> {
  return new Set(
    modules.flatMap((module) => {
      try {
        const name = isSupervisor(module) ? readSupervisorName(module) : undefined;
        return name?.kind === 'known' ? [name.name] : [];
      } catch (error) {
        // A module that is damaged is told of elsewhere.
        if (error instanceof ParseError) return [];
        throw error;
      }
    }),
  );
}
