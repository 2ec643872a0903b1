// The options that the commands share which make something of one release: `boot` and `tar`.

import type { Argv } from 'yargs';
import { UsageError } from '../errors.js';
import { accessFolder } from '../io/folder-access.js';
import type { ReleaseFolder } from '../release/folder/release-folder.js';
import { getRelease } from '../release/get-release.js';
import { listedFiles } from '../release/listed-files.js';
import type { Release } from '../release/model.js';
import { ReleaseError } from '../release/release-error.js';
import type { ReleaseFiles } from '../release/release-files.js';
import { expandSearchPath } from '../release/search-path.js';
import type { PathVariable } from '../release/variables.js';
import { renderJson } from '../report/json.js';
import { buildErrorReport, renderReleaseError } from '../report/release/relup.js';
import type { CommonArgs } from './command.js';
import { EXIT_FINDINGS } from './exit-codes.js';
import { nameRelease, searchPathOf } from './release-paths.js';
import type { Terminal } from './terminal.js';

/** What the options give. */
export interface ReleaseArgs extends CommonArgs {
  readonly rel: string;
  readonly path: readonly string[];
  readonly output: string | undefined;
  readonly otp: number | undefined;
  readonly variable: readonly string[] | undefined;
}

/** The release that the options mean. */
export interface OpenRelease {
  readonly files: ReleaseFiles;
  /** Path of the `.rel` without its extension. */
  readonly rel: string;
  /** The release folder, if one was named. */
  readonly folder: ReleaseFolder | undefined;
  readonly path: readonly string[];
  readonly release: Release;
  readonly variables: readonly PathVariable[];
}

/** How a release is named. */
export const REL_DESCRIBED = 'the .rel, the release folder of rebar3 or mix, or releases/VSN in it';

/** Adds the options. */
export function releaseOptions(yargs: Argv<CommonArgs>): Argv<ReleaseArgs> {
  return yargs
    .option('rel', { type: 'string', demandOption: true, requiresArg: true, describe: REL_DESCRIBED })
    .option('path', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: "folders of applications, as 'lib/*/ebin' (default: lib of the release folder)",
    })
    .option('output', {
      type: 'string',
      requiresArg: true,
      describe: 'folder to write to (default: that of the release or .rel)',
    })
    .option('otp', {
      type: 'number',
      requiresArg: true,
      describe: 'the release of OTP, 25 to 29 (default: as the erts of the .rel says)',
    })
    .option('variable', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'NAME=DIR: applications below DIR lie below $NAME on the target',
    }) as unknown as Argv<ReleaseArgs>;
}

/** Reads the release; throws ReleaseError, and UsageError for options that mean nothing. */
export function openRelease(args: ReleaseArgs): OpenRelease {
  if (args.otp !== undefined && !(args.otp >= 25 && args.otp <= 29)) throw new UsageError('--otp is 25 to 29');
  const variables = (args.variable ?? []).map((text) => {
    const [name, path] = splitAtEquals(text, '--variable');
    return { name, path };
  });
  const files = accessFolder('.');
  const { rel, folder } = nameRelease(files, args.rel);
  const path = expandSearchPath(files, searchPathOf(args.path, [rel]));
  return { files, rel, folder, path, release: getRelease(listedFiles(files), rel, path, args.otp), variables };
}

/** Splits `LEFT=RIGHT`; throws UsageError that names the option. */
export function splitAtEquals(text: string, option: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1) throw new UsageError(`${option} ${text}: two parts with = between are expected`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Runs what makes something; says why where it can't be made. Resolves to the exit code. */
export async function orExplain(
  { format }: CommonArgs,
  terminal: Terminal,
  schema: string,
  make: () => Promise<number>,
): Promise<number> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    terminal.warn(`beamtool: ${renderReleaseError(error)}`);
    if (format === 'json') await terminal.write(renderJson({ schema, files: [], warnings: [], error: buildErrorReport(error) }));
    return EXIT_FINDINGS;
  }
}

/** What is told of files that were written; a command may tell more. */
export interface WrittenReport {
  readonly schema: string;
  readonly files: readonly unknown[];
  readonly warnings: readonly string[];
  readonly [more: string]: unknown;
}

/** Tells what was written. */
export async function printWritten(
  { format }: CommonArgs,
  terminal: Terminal,
  report: WrittenReport,
  text: string,
): Promise<void> {
  for (const warning of report.warnings) terminal.warn(`beamtool: warning: ${warning}`);
  await terminal.write(format === 'json' ? renderJson({ ...report, error: null }) : text);
}

/** Returns the warnings about a release. */
export function releaseWarnings({ lacksSasl }: Release): readonly string[] {
  return lacksSasl ? ['there is no sasl, so that this release can never be upgraded'] : [];
}
