// From a path of the command line to a build: a release, an application, an ebin folder, an archive, or one beam.

import { readBeam } from '../beam/module.js';
import type { Build, BuiltApplication, BuiltRelease } from '../changes/build.js';
import { ParseError } from '../errors.js';
import { type AppFile, readAppFile } from '../graph/applications/app-file.js';
import { readRelFile } from '../graph/applications/rel-file.js';
import { findInputs, type InputFile, readInputs } from '../io/input.js';
import { visible } from '../report/visible.js';
import type { CommonArgs } from './command.js';
import { inlineLess } from './inline-less.js';
import { findKeys } from './keys.js';
import type { Coverage, SkippedFile } from './modules.js';
import type { Terminal } from './terminal.js';

/** A build and how much of it could be read. */
export interface BuildRun {
  readonly build: Build;
  readonly coverage: Coverage;
  /** The `.app` files of applications that have several: their modules can't be told apart. */
  readonly repeated: readonly (readonly string[])[];
}

const WANTED = ['beam', 'app', 'rel'] as const;

/** So many modules take longer than what it takes to have them read and compared faster. */
const MANY = 100;

/** Reads a build whole, of one path or of several. A file that can't be read is named on standard error and counted. */
export async function readBuild(
  path: string | readonly string[],
  { keyFile }: Pick<CommonArgs, 'keyFile'>,
  terminal: Terminal,
): Promise<BuildRun> {
  const key = await findKeys(keyFile);
  const failed: SkippedFile[] = [];
  const skipped: SkippedFile[] = [];
  const beams: InputFile[] = [];
  const apps = new Map<string, AppFile>();
  const releases: BuiltRelease[] = [];
  for await (const input of readInputs(findInputs([path].flat(), { wanted: WANTED }), { wanted: WANTED })) {
    if (input.kind === 'skipped') skipped.push({ file: input.path, reason: input.reason });
    else if (input.kind === 'fault') fail(input.error, input.path);
    else if (input.type === 'beam') beams.push(input);
    else if (input.type === 'app') attempt(input, () => apps.set(folderOf(input.path), readAppFile(input.bytes, input.path)));
    else attempt(input, () => releases.push(readRelFile(input.bytes, input.path)));
  }
  if (beams.length > MANY) inlineLess();
  const applications = new Map<string | null, BuiltApplication>();
  for (const app of apps.values()) applications.set(app.name, builtApplication(app));
  let files = 0;
  for (const beam of beams) {
    const { modules } = applicationOf(beam);
    attempt(beam, () => {
      const module = readBeam(beam.bytes, { file: beam.path, key });
      if (modules.get(module.name) === undefined) modules.set(module.name, module);
      files++;
    });
  }
  return { build: { applications, releases }, coverage: { files, failed, skipped }, repeated: repeatedFiles([...apps.values()]) };

  function applicationOf({ path: file, app, vsn }: InputFile): BuiltApplication {
    const beside = apps.get(folderOf(file));
    const name = beside?.name ?? app ?? null;
    const known = applications.get(name) ?? { name, vsn: beside?.vsn ?? vsn ?? null, modules: new Map() };
    applications.set(name, known);
    return known;
  }

  function attempt(file: InputFile, read: () => unknown): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      fail(error, file.path);
      // It is there, though nothing can be said of it.
      if (file.type === 'beam') noteUnreadable(applicationOf(file).modules, moduleOf(file.path));
    }
  }

  function fail(error: ParseError, file: string): void {
    const { message } = error.inFile(file);
    terminal.warn(`beamtool: ${visible(message)}`);
    failed.push({ file, reason: message });
  }
}

function builtApplication({ file, name, vsn, modules, applications, included }: AppFile): BuiltApplication {
  return { name, vsn, modules: new Map(), app: { file, modules, uses: applications ?? [], includes: included } };
}

function repeatedFiles(apps: readonly AppFile[]): readonly (readonly string[])[] {
  const files = new Map<string, readonly string[]>();
  for (const { name, file } of apps) files.set(name, [...(files.get(name) ?? []), file]);
  return [...files.values()].filter(({ length }) => length > 1);
}

/** The file of a module has its name. */
function noteUnreadable(modules: BuiltApplication['modules'], name: string): void {
  if (!modules.has(name)) modules.set(name, undefined);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function moduleOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.beam$/, '');
}
