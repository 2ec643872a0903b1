// From the paths of the command line to modules, one at a time: a file that can't be read is named on standard error and counted, and
// the rest is answered.

import type { KeyLookup } from '../beam/debug-info-key.js';
import { type BeamModule, readBeam } from '../beam/module.js';
import { ParseError } from '../errors.js';
import { findInputs, type InputFile, readInputs } from '../io/input.js';
import { visible } from '../report/visible.js';
import type { CommonArgs } from './command.js';
import { EXIT_INPUT, EXIT_OK } from './exit-codes.js';
import { findKeys } from './keys.js';
import { startProgress } from './progress.js';
import type { Terminal } from './terminal.js';

/** A file that was left out, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** What was read and what wasn't: every answer over many files carries it. */
export interface Coverage {
  /** Files that were read. */
  readonly files: number;
  /** Files and folders that couldn't be read. */
  readonly failed: readonly SkippedFile[];
  /** Files that were left out on purpose, such as those of an older version of an application. */
  readonly skipped: readonly SkippedFile[];
}

/** Reads modules and keeps count. */
export interface ModuleRun {
  readonly coverage: Coverage;
  /** The exit code for what could be read. */
  readonly exit: number;
}

/** Opens a file that `read` is given; by default as a module. */
type Visit = (module: BeamModule, file: InputFile) => void | Promise<void>;

/**
 * Calls `visit` for each module that the paths mean, in their order. The module's bytes are lent: what a visit keeps, it must copy. A
 * ParseError of a file, be it from opening it or from `visit`, is reported and counted; other errors pass through.
 */
export async function forEachModule(args: CommonArgs, terminal: Terminal, visit: Visit): Promise<ModuleRun> {
  const key = await findKeys(args.keyFile);
  return forEachFile(args, terminal, async (file) => {
    const module = openModule(file, key);
    await visit(module, file);
  });
}

function openModule(file: InputFile, key: KeyLookup | undefined): BeamModule {
  return readBeam(file.bytes, { file: file.path, key });
}

/** Calls `visit` for each file that the paths mean: as {@link forEachModule}, without opening it. */
export async function forEachFile(
  args: CommonArgs,
  terminal: Terminal,
  visit: (file: InputFile) => void | Promise<void>,
): Promise<ModuleRun> {
  const failed: SkippedFile[] = [];
  const skipped: SkippedFile[] = [];
  let files = 0;
  const sources = findInputs(args.path);
  const progress = await startProgress(sources.length, terminal);
  for await (const input of readInputs(sources, { lend: true })) {
    progress?.advance();
    if (input.kind === 'skipped') skipped.push({ file: input.path, reason: input.reason });
    else if (input.kind === 'fault') fail(input.error, input.path);
    else {
      try {
        const result = visit(input);
        if (result !== undefined) await result;
        files++;
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        fail(error, input.path);
      }
    }
  }
  progress?.stop();
  const exit = files === 0 || (args.strictInput && failed.length > 0) ? EXIT_INPUT : EXIT_OK;
  // By name, so that the order of the paths makes no difference to the answer.
  return { coverage: { files, failed: failed.sort(byFile), skipped: skipped.sort(byFile) }, exit };

  function fail(error: ParseError, path: string): void {
    const located = error.inFile(path);
    terminal.warn(`beamtool: ${visible(located.message)}`);
    failed.push({ file: path, reason: located.message });
  }
}

/** Orders what is said of files by their paths, in UTF-16 units. */
export function byFile(left: { readonly file: string }, right: { readonly file: string }): number {
  return left.file < right.file ? -1 : left.file > right.file ? 1 : 0;
}
