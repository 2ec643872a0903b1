// `beamtool relup`: what systools:make_relup/4 makes of `.rel`, `.app` and `.appup` files.

import { join } from 'node:path';
import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import { accessFolder } from '../../io/folder-access.js';
import { writeFileAtomically } from '../../io/write.js';
import { noteRelease, noteUpgrade } from '../../release/folder/folder-notes.js';
import type { ReleaseFolder } from '../../release/folder/release-folder.js';
import { getRelease } from '../../release/get-release.js';
import { listedFiles } from '../../release/listed-files.js';
import { ReleaseError } from '../../release/release-error.js';
import type { ReleaseFiles } from '../../release/release-files.js';
import { formatRelup } from '../../release/relup/format-relup.js';
import { makeRelup, type RelupAnswer, type RelupRequest } from '../../release/relup/make-relup.js';
import { expandSearchPath } from '../../release/search-path.js';
import { renderJson } from '../../report/json.js';
import { explainFolderNote } from '../../report/release/folder-notes.js';
import { buildRelupReport, renderReleaseError, renderRelupErl, renderRelupText } from '../../report/release/relup.js';
import { visible } from '../../report/visible.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_OK } from '../exit-codes.js';
import { REL_DESCRIBED } from '../release-options.js';
import { type NamedRelease, nameRelease, searchPathOf } from '../release-paths.js';
import type { Terminal } from '../terminal.js';

interface RelupArgs extends CommonArgs {
  readonly to: string;
  readonly from: readonly string[] | undefined;
  readonly up: readonly string[] | undefined;
  readonly down: readonly string[] | undefined;
  readonly path: readonly string[];
  readonly restartEmulator: boolean;
  readonly warningsAsErrors: boolean;
  readonly output: string | undefined;
  readonly dryRun: boolean;
}

const REL = { type: 'string', array: true, requiresArg: true } as const;

export const relup: Command<RelupArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('to', { type: 'string', demandOption: true, requiresArg: true, describe: `the new release: ${REL_DESCRIBED}` })
      .option('from', { ...REL, describe: 'a release, named in the same ways, to upgrade from and to go back to' })
      .option('up', { ...REL, describe: 'a release to upgrade from only' })
      .option('down', { ...REL, describe: 'a release to go back to only' })
      .option('path', {
        ...REL,
        describe: "folders of .app and .appup files, as 'lib/*/ebin' (default: lib of the release folder)",
      })
      .option('restart-emulator', { type: 'boolean', default: false, describe: 'restart the emulator at the end' })
      .option('warnings-as-errors', { type: 'boolean', default: false, describe: 'refuse what there are warnings about' })
      .option('output', {
        type: 'string',
        requiresArg: true,
        describe: 'folder for the file `relup` (default: here, or releases/VSN of a release folder; with --format erl nowhere)',
      })
      .option('dry-run', { type: 'boolean', default: false, describe: 'write nothing' })
      .example("$0 relup --to shop-2.rel --from shop-1.rel --path 'lib/*/ebin'", 'write relup for both directions')
      .example(
        '$0 relup --to _build/default/rel/shop --from _build/default/rel/shop/releases/1',
        'two releases in a folder of rebar3',
      )
      .example(
        "$0 relup --to shop-2.rel --up shop-1.rel --path 'lib/*/ebin' --format erl",
        'what make_relup/4 returns',
      ) as unknown as Argv<RelupArgs>,

  async run(args, terminal) {
    const files = accessFolder('.');
    const named = nameReleases(files, args);
    const request = requestOf(args, named);
    const answer = makeRelup(files, request);
    const file = answer.kind === 'ok' ? writeRelup(args, answer, named.to) : null;
    await print(args, terminal, answer, { file, notes: notesOf(files, request, named) });
    return answer.kind === 'ok' ? EXIT_OK : EXIT_FINDINGS;
  },
};

interface NamedReleases {
  readonly to: NamedRelease;
  readonly up: readonly NamedRelease[];
  readonly down: readonly NamedRelease[];
}

function nameReleases(files: ReleaseFiles, { to, from = [], up = [], down = [] }: RelupArgs): NamedReleases {
  if (from.length + up.length + down.length === 0) throw new UsageError('from which release? --from, --up or --down');
  const all = (paths: readonly string[]) => paths.map((path) => nameRelease(files, path));
  const both = all(from);
  return { to: nameRelease(files, to), up: [...both, ...all(up)], down: [...both, ...all(down)] };
}

function requestOf(args: RelupArgs, { to, up, down }: NamedReleases): RelupRequest {
  return {
    top: to.rel,
    upFrom: up,
    downTo: down,
    path: searchPathOf(
      args.path,
      [to, ...up, ...down].map(({ rel }) => rel),
    ),
    restartEmulator: args.restartEmulator,
    warningsAsErrors: args.warningsAsErrors,
  };
}

/** Beside the relup, what the folders say; a release that can't be read is told of by the relup. */
function notesOf(files: ReleaseFiles, request: RelupRequest, { to, down }: NamedReleases): readonly string[] {
  if (to.folder === undefined) return [];
  const listed = listedFiles(files);
  const path = expandSearchPath(files, request.path);
  try {
    const now = { folder: to.folder, release: getRelease(listed, to.rel, path) };
    const older = [...new Set(down)]
      .map(({ rel, folder }) => ({ folder, release: getRelease(listed, rel, path) }))
      .filter(hasFolder);
    return [...noteRelease(files, now), ...older.flatMap((old) => noteUpgrade(files, old, now))].map(explainFolderNote);
  } catch (error) {
    if (error instanceof ReleaseError) return [];
    throw error;
  }
}

function hasFolder<T extends { readonly folder: ReleaseFolder | undefined }>(
  one: T,
): one is T & { readonly folder: ReleaseFolder } {
  return one.folder !== undefined;
}

function writeRelup(
  { output, dryRun, format }: RelupArgs,
  { relup }: RelupAnswer & { kind: 'ok' },
  to: NamedRelease,
): string | null {
  if (dryRun || (format === 'erl' && output === undefined)) return null;
  const file = join(output ?? to.folder?.versionFolder ?? '.', 'relup');
  writeFileAtomically(file, formatRelup(relup));
  return file;
}

interface Told {
  readonly file: string | null;
  readonly notes: readonly string[];
}

async function print(args: RelupArgs, terminal: Terminal, answer: RelupAnswer, told: Told): Promise<void> {
  const report = buildRelupReport(answer, told.file, told.notes);
  for (const note of told.notes) terminal.warn(`beamtool: warning: ${visible(note)}`);
  for (const { message } of report.warnings) terminal.warn(`beamtool: warning: ${message}`);
  if (answer.kind === 'error') terminal.warn(`beamtool: ${renderReleaseError(answer.error)}`);
  if (args.format === 'erl') await terminal.write(renderRelupErl(answer));
  else if (args.format === 'json') await terminal.write(renderJson(report));
  else if (answer.kind === 'ok') await terminal.write(renderRelupText(report));
}
