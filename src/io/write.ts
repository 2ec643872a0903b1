// Writing files so that nobody ever sees half of one: the bytes go to a new file in the same folder, are forced to disk, and take the old
// file's place by rename. Several files are all prepared before the first rename, and the old ones are kept under a second name until the
// last is in place: if a rename fails, those before it are taken back.

import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { systemCode } from './read-file.js';

/** A file to be written. */
export interface OutputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
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

/** Writes all files or none of them, each as {@link writeFileAtomically} does; throws UsageError for the first that can't be written. */
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
    throw stuck.length === 0 ? error : reportStuck(error, stuck);
  }
  clear(prepared);
  for (const folder of new Set(prepared.map(({ target }) => dirname(target)))) syncFolder(folder);
}

function prepare({ path, bytes }: OutputFile, before: readonly Prepared[], keepOld: boolean): Prepared {
  const target = followLinks(path);
  if (before.some((file) => file.target === target)) throw new UsageError(`${path}: can't be written twice at once`);
  const old = statSync(target, { throwIfNoEntry: false });
  if (old !== undefined && !old.isFile()) throw new UsageError(`${path}: can't be written: not a regular file`);
  if (old !== undefined) accessSync(target, constants.W_OK);
  const temporary = writeTemporary(target, bytes, old);
  try {
    return { path, target, temporary, kept: old === undefined || !keepOld ? undefined : keep(target) };
  } catch (error) {
    remove(temporary);
    throw error;
  }
}

// A link may lead to a file that isn't there yet: that file is the one to make.
function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const folder = realpathSync(dirname(path));
  return isLink ? followLinks(resolve(folder, readlinkSync(path))) : join(folder, basename(path));
}

function writeTemporary(target: string, bytes: Uint8Array, old: Stats | undefined): string {
  const temporary = besides(target);
  const fd = openSync(temporary, 'wx');
  try {
    writeFileSync(fd, bytes);
    if (old !== undefined) copyOwnerAndMode(fd, old);
    fsyncSync(fd);
    return temporary;
  } catch (error) {
    remove(temporary);
    throw error;
  } finally {
    closeSync(fd);
  }
}

// Only root may give files away; for others the new file is theirs, as with any editor. The mode comes second: a new owner clears bits.
function copyOwnerAndMode(fd: number, old: Stats): void {
  try {
    fchownSync(fd, old.uid, old.gid);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
  fchmodSync(fd, old.mode & 0o7777);
}

function keep(target: string): string {
  const kept = besides(target);
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
    if (kept === undefined) remove(target);
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
    remove(temporary);
    if (kept !== undefined) remove(kept);
  }
}

function besides(target: string): string {
  return join(dirname(target), `.beamtool-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
}

function remove(path: string): void {
  rmSync(path, { force: true });
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

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOENT: 'no such folder',
  ENOTDIR: 'no such folder',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  ELOOP: 'a loop of symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ERR_INVALID_ARG_VALUE: 'not a name for a file',
};

function naming<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${path}: can't be written: ${REASONS[code] ?? code}`);
  }
}
