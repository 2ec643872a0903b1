// Writing files so that nobody ever sees half of one: the bytes go to a new file in the same folder, are forced to disk, and take the old
// file's place by rename. Several files are all prepared before the first rename, and the old ones are kept under a second name until the
// last is in place: if a rename fails, those before it are taken back.

import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';
import { systemCode } from './read-file.js';
import { followLinks, naming, removeFile, temporaryName, type WrittenFile, writeTemporary } from './temporary-file.js';

/** A file to be written: its bytes, or a temporary file beside it that holds them already. */
export type OutputFile = OutputBytes | WrittenFile;

/** A file to be written, with its bytes. */
export interface OutputBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** A file whose mode and owner a new file gets. */
  readonly like?: string;
}

interface Prepared {
  readonly path: string;
  /** The file that is replaced: `path` with its links followed. */
  readonly target: string;
  readonly temporary: string;
  /** A second name of the old file, for the way back; absent if there was none or no way back is needed. */
  readonly kept: string | undefined;
}

/**
 * Writes a file whole or not at all. An existing file keeps its mode and, where the system lets us, its owner; a symbolic link goes on
 * pointing to the file that is replaced. Throws UsageError that names `path`.
 */
export function writeFileAtomically(path: string, bytes: Uint8Array): void {
  writeAllOrNothing([{ path, bytes }]);
}

/**
 * Writes all files or none of them, each as {@link writeFileAtomically} does; throws UsageError for the first that can't be written. What
 * was written beforehand is gone then.
 */
export function writeAllOrNothing(files: readonly OutputFile[]): void {
  const prepared: Prepared[] = [];
  const replaced: Prepared[] = [];
  try {
    for (const file of files) prepared.push(naming(file.path, () => prepare(file, prepared, files.length > 1)));
    for (const file of prepared) {
      naming(file.path, () => renameSync(file.temporary, file.target));
      replaced.push(file);
    }
  } catch (error) {
    const stuck = replaced.reverse().filter((file) => !takeBack(file));
    clear(prepared.filter((file) => !stuck.includes(file)));
    for (const file of files) if ('temporary' in file) removeFile(file.temporary);
    throw stuck.length === 0 ? error : reportStuck(error, stuck);
  }
  clear(prepared);
  for (const folder of new Set(prepared.map(({ target }) => dirname(target)))) syncFolder(folder);
}

function prepare(file: OutputFile, before: readonly Prepared[], keepOld: boolean): Prepared {
  const { path } = file;
  const target = followLinks(path);
  if (before.some((other) => other.target === target)) throw new UsageError(`${path}: can't be written twice at once`);
  const old = statSync(target, { throwIfNoEntry: false });
  if (old !== undefined && !old.isFile()) throw new UsageError(`${path}: can't be written: not a regular file`);
  if (old !== undefined) accessSync(target, constants.W_OK);
  const temporary = 'temporary' in file ? file.temporary : writeTemporary(target, file.bytes, old ?? statOf(file.like));
  try {
    return { path, target, temporary, kept: old === undefined || !keepOld ? undefined : keep(target) };
  } catch (error) {
    removeFile(temporary);
    throw error;
  }
}

function statOf(path: string | undefined): Stats | undefined {
  return path === undefined ? undefined : statSync(path);
}

function keep(target: string): string {
  const kept = temporaryName(target);
  try {
    linkSync(target, kept);
  } catch (error) {
    // Some file systems have no hard links.
    if (systemCode(error) === undefined) throw error;
    copyFileSync(target, kept, constants.COPYFILE_EXCL);
  }
  return kept;
}

function takeBack({ target, kept }: Prepared): boolean {
  try {
    if (kept === undefined) removeFile(target);
    else renameSync(kept, target);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

function reportStuck(error: unknown, stuck: readonly Prepared[]): UsageError {
  const places = stuck.map(({ path, kept }) => (kept === undefined ? `${path} is new` : `the old ${path} is ${kept}`));
  return new UsageError(`${error instanceof Error ? error.message : error}; not taken back: ${places.join(', ')}`);
}

function clear(files: readonly Prepared[]): void {
  for (const { temporary, kept } of files) {
    removeFile(temporary);
    if (kept !== undefined) removeFile(kept);
  }
}

// The rename itself is on disk only when the folder is. Not every system opens folders; then there is nothing to do.
function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}
