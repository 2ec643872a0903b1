// From paths of the command line to the builds that `appup check` is about: releases, applications and ebin folders, and appups alone, which
// belong to what lies beside them.

import { readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Build } from '../../changes/build.js';
import { UsageError } from '../../errors.js';
import { accessFolder } from '../../io/folder-access.js';
import { findInputs, readInputs } from '../../io/input.js';
import { readFileBytes } from '../../io/read-file.js';
import type { CheckedBuild } from '../../release/appup/check/check-builds.js';
import { overlayFiles } from '../../release/overlay-files.js';
import { cleanPath, type ReleaseFiles } from '../../release/release-files.js';
import type { CheckCoverage } from '../../report/release/appup-check.js';
import { readBuild } from '../builds.js';
import type { CommonArgs } from '../command.js';
import { nameRelease } from '../release-paths.js';
import type { Terminal } from '../terminal.js';

/** A build to be checked, and how much of it was read. */
export interface CheckedRun {
  readonly checked: CheckedBuild;
  readonly coverage: CheckCoverage;
  /** The appups that were named; null where all were. */
  readonly only: ReadonlySet<string> | null;
}

const WANTED = ['app', 'appup', 'rel'] as const;

const NOTHING: ReleaseFiles = {
  read: () => ({ kind: 'fault', posix: 'enoent' }),
  kindOf: () => 'nothing',
  list: () => undefined,
};

/** Reads the build that paths mean together. A file that can't be read is named on standard error and counted. */
export async function readCheckedBuild(paths: readonly string[], args: CommonArgs, terminal: Terminal): Promise<CheckedRun> {
  const appups = paths.filter((path) => path.endsWith('.appup') && isFile(path)).map(cleanPath);
  const others = paths.filter((path) => !appups.includes(cleanPath(path)));
  const folders = [...new Set(appups.map((path) => dirname(path)))].filter(holdsApplication);
  const applications: Build['applications'] = new Map();
  const releases: Build['releases'][number][] = [];
  const coverage = { files: 0, failed: [] as CheckCoverage['failed'], skipped: [] as CheckCoverage['skipped'] };
  const files = new Map<string, Uint8Array>(appups.map((path) => [path, readFileBytes(path)]));
  for (const path of [...others, ...folders]) {
    const run = await readBuild(path, args, terminal);
    const [twice] = run.repeated;
    if (twice !== undefined) throw new UsageError(`${path}: one application has several .app files: ${twice.join(' and ')}`);
    for (const [name, application] of run.build.applications) if (!applications.has(name)) applications.set(name, application);
    releases.push(...run.build.releases);
    coverage.files += run.coverage.files;
    coverage.failed = [...coverage.failed, ...run.coverage.failed];
    coverage.skipped = [...coverage.skipped, ...run.coverage.skipped];
    for (const [file, bytes] of await readFiles(path)) files.set(file, bytes);
  }
  return {
    checked: {
      build: { applications, releases },
      appups: new Map([...files].filter(([path]) => path.endsWith('.appup'))),
      rel: others.length === 1 ? relOf(others[0] as string, releases, files) : null,
      files: overlayFiles(NOTHING, files),
    },
    coverage,
    only: appups.length === 0 || others.length > 0 ? null : new Set(appups),
  };
}

/** What can't be read was named when the build was read. */
async function readFiles(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const input of readInputs(findInputs([path], { wanted: WANTED }), { wanted: WANTED })) {
    if (input.kind === 'file' && input.type !== 'beam') files.set(cleanPath(input.path), input.bytes);
  }
  return files;
}

/** Returns the `.rel` of the only release of a build, or of the one that was built last; without its extension. */
function relOf(path: string, releases: Build['releases'], files: ReadonlyMap<string, Uint8Array>): string | null {
  const rels = [...files.keys()].filter((file) => file.endsWith('.rel')).sort((left, right) => left.length - right.length);
  const isOne = releases.every(({ name, vsn }) => name === releases[0]?.name && vsn === releases[0].vsn);
  if (isOne) return rels[0]?.replace(/\.rel$/, '') ?? null;
  try {
    const { rel } = nameRelease(accessFolder('.'), path);
    return files.has(`${rel}.rel`) ? rel : null;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function holdsApplication(folder: string): boolean {
  return readdirSync(folder).some((name) => name.endsWith('.beam') || name.endsWith('.app'));
}
