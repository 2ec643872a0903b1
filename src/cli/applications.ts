// From the paths of the command line to the `.app` and `.rel` files they mean, and to what a library path has: application by application,
// which modules lie where.

import { ParseError } from '../errors.js';
import { type AppFile, readAppFile } from '../graph/applications/app-file.js';
import {
  type ApplicationSet,
  arrangeApplications,
  type FoundAppFile,
  type FoundBeam,
  type FoundFiles,
} from '../graph/applications/application-set.js';
import { knownApplications } from '../graph/applications/known-applications.js';
import { type RelFile, readRelFile } from '../graph/applications/rel-file.js';
import type { Program } from '../graph/program/program.js';
import { findInputs, type InputFile, readInputs } from '../io/input.js';
import { visible } from '../report/visible.js';
import type { SkippedFile } from './modules.js';
import type { ProgramCoverage } from './program.js';
import type { Terminal } from './terminal.js';

/** The resource files of some paths. */
export interface ResourceFiles {
  readonly appFiles: readonly FoundAppFile[];
  readonly relFiles: readonly RelFile[];
  /** Those that can't be read. */
  readonly failed: readonly SkippedFile[];
}

/** Reads the `.app` and `.rel` files; one that can't be read is named on standard error and counted. */
export async function readResourceFiles(paths: readonly string[], terminal: Terminal): Promise<ResourceFiles> {
  const appFiles: FoundAppFile[] = [];
  const relFiles: RelFile[] = [];
  const failed: SkippedFile[] = [];
  const wanted = ['app', 'rel'] as const;
  for await (const input of readInputs(findInputs(paths, { wanted }), { wanted, lend: true })) {
    // What is wrong with folders and archives is said by who reads the beams.
    if (input.kind === 'fault' && /\.(app|rel)$/.test(input.path)) fail(input.error, input.path);
    if (input.kind !== 'file') continue;
    if (input.type === 'rel') read(input, (bytes, path) => relFiles.push(readRelFile(bytes, path)));
    if (input.type !== 'app') continue;
    const found = { path: input.path, app: input.app ?? null, vsn: input.vsn ?? null, isNamed: paths.includes(input.path) };
    const facts: AppFile | null = read(input, readAppFile) ?? null;
    appFiles.push({ ...found, facts });
  }
  return { appFiles, relFiles, failed };

  function read<T>({ bytes, path }: InputFile, reader: (bytes: Uint8Array, path: string) => T): T | undefined {
    try {
      return reader(bytes, path);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      fail(error, path);
      return undefined;
    }
  }

  function fail(error: ParseError, path: string): void {
    const { message } = error.inFile(path);
    terminal.warn(`beamtool: ${visible(message)}`);
    failed.push({ file: path, reason: message });
  }
}

/** Returns the paths without those that have resource files and no beams: to read beams of them would be a fault. */
export function pathsWithBeams(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    const isEmpty = findInputs([path]).every((source) => source.kind === 'skipped' || isMissing(source));
    return !isEmpty || findInputs([path], { wanted: ['app', 'rel'] }).every(isMissing);
  });
}

function isMissing(source: { readonly kind: string; readonly error?: ParseError }): boolean {
  return source.kind === 'fault' && source.error?.code === 'missing';
}

/** Lists the applications of a library path and their modules; of these only the names are looked at, but in archives. */
export async function findLibraryApplications(paths: readonly string[], terminal: Terminal): Promise<FoundFiles> {
  if (paths.length === 0) return { appFiles: [], beams: [] };
  const { appFiles } = await readResourceFiles(paths, terminal);
  const beams: FoundBeam[] = [];
  const sources = findInputs(paths);
  for (const source of sources) if (source.kind === 'plain') beams.push({ path: source.path, app: source.app ?? null });
  for await (const input of readInputs(sources.filter(({ kind }) => kind === 'archive'))) {
    if (input.kind === 'file') beams.push({ path: input.path, app: input.app ?? null });
  }
  return { appFiles, beams };
}

/** The applications of a program, and the resource files that they were made of. */
export interface FoundApplications {
  readonly set: ApplicationSet;
  readonly resources: ResourceFiles;
}

/** Puts the applications of a program together, from its paths, a library path and the table of OTP and Elixir. */
export async function findApplications(
  { path, libraryPath }: { readonly path: readonly string[]; readonly libraryPath: readonly string[] },
  program: Program,
  { failed, duplicates }: Pick<ProgramCoverage, 'failed' | 'duplicates'>,
  terminal: Terminal,
): Promise<FoundApplications> {
  const resources = await readResourceFiles(path, terminal);
  const others = [...failed, ...duplicates].filter(({ file }) => file.endsWith('.beam'));
  const beams = others.map(({ file }) => ({ path: file, app: null }));
  const library = await findLibraryApplications(libraryPath, terminal);
  const files = { input: { appFiles: resources.appFiles, beams }, library, table: knownApplications() };
  return { set: arrangeApplications(program, files), resources };
}
