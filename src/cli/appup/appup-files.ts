// The files that generated appups come from and go to: appups that are there already, and what a person adds to them.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Build } from '../../changes/build.js';
import { UsageError } from '../../errors.js';
import { findNamed } from '../../io/find-named.js';
import { findInputs, readInputs } from '../../io/input.js';
import { readFileBytes } from '../../io/read-file.js';
import type { AppupScript, AppupScripts, ExistingAppup } from '../../release/appup/generate/model.js';
import { parseAppupScript } from '../../release/appup/generate/scripts.js';
import { parseMadeEntries } from '../../release/appup/made-entries.js';
import { parseAppup } from '../../release/appup/read-appup.js';

/** What stands in a path between an archive and its member. */
const IN_ARCHIVE = '!/';

/** Returns by application the path of its appup: in `target`, or beside its `.app` where that is a file of its own. */
export function appupFiles({ applications }: Build, target: string | undefined): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { name, app } of applications.values()) {
    if (name === null || app === undefined) continue;
    if (target !== undefined) files.set(name, join(target, `${name}.appup`));
    else if (!app.file.includes(IN_ARCHIVE)) files.set(name, join(dirname(app.file), `${name}.appup`));
  }
  return files;
}

/** Reads by application the appup that is there: where the new one goes, or else in the build. Throws ParseError. */
export async function existingAppups(
  path: string,
  { applications }: Build,
  files: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, ExistingAppup>> {
  const found = new Map<string, ExistingAppup>();
  const beside = new Map(
    [...applications.values()].map(({ name, app }) => [app && join(dirname(app.file), `${name}.appup`), name]),
  );
  for await (const input of readInputs(findInputs([path], { wanted: ['appup'] }), { wanted: ['appup'] })) {
    const application = input.kind === 'file' ? beside.get(join(input.path)) : undefined;
    if (input.kind === 'file' && application) found.set(application, readExisting(input.bytes, input.path));
  }
  for (const [application, file] of files) {
    if (existsSync(file)) found.set(application, readExisting(readFileBytes(file), file));
  }
  return found;
}

function readExisting(bytes: Uint8Array, file: string): ExistingAppup {
  return { appup: parseAppup(bytes, file), made: parseMadeEntries(bytes) };
}

const PRE = '.appup.pre.src';
const POST = '.appup.post.src';

/** Reads by application what a person adds, from the folder of the application and from `folders`. Throws ParseError. */
export function scriptsOf({ applications }: Build, folders: readonly string[]): ReadonlyMap<string, AppupScripts> {
  const scripts = new Map<string, AppupScripts>();
  const shared = folders.flatMap((folder) => findNamed(folder, [PRE, POST]));
  for (const { name, app } of applications.values()) {
    if (name === null) continue;
    const isOnDisk = app !== undefined && !app.file.includes(IN_ARCHIVE);
    const own = isOnDisk ? findNamed(dirname(dirname(app.file)), [`${name}${PRE}`, `${name}${POST}`]) : [];
    const files = [...new Set([...own, ...shared])];
    const pre = theOnly(files, `${name}${PRE}`);
    const post = theOnly(files, `${name}${POST}`);
    if (pre === undefined && post === undefined) continue;
    scripts.set(name, { pre: readScript(pre), post: readScript(post) });
  }
  return scripts;
}

function theOnly(files: readonly string[], name: string): string | undefined {
  const named = files.filter((file) => file === name || file.endsWith(`/${name}`));
  if (named.length > 1) throw new UsageError(`which of these is meant: ${named.join(', ')}?`);
  return named[0];
}

function readScript(file: string | undefined): AppupScript | undefined {
  return file === undefined ? undefined : parseAppupScript(readFileBytes(file), file);
}
