// Temporary files beside those that they are to replace: `.beamtool-PID-RANDOM.tmp`. They have the bytes, the mode and the owner before they
// take the place.

import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { systemCode } from './read-file.js';

/** A file whose new bytes are on disk already, under another name in the same folder. */
export interface WrittenFile {
  readonly path: string;
  readonly temporary: string;
}

/**
 * Writes a temporary file beside `path` step by step, with the mode and owner of the file `like`, for `writeAllOrNothing` to put in its
 * place. Throws UsageError where it can't be written, and what `steps` throws; nothing is left then.
 */
export async function writeBeside(path: string, steps: AsyncIterable<Uint8Array>, like: string): Promise<WrittenFile> {
  const temporary = naming(path, () => temporaryName(followLinks(path)));
  const fd = naming(path, () => openSync(temporary, 'wx'));
  try {
    for await (const bytes of steps) naming(path, () => writeFileSync(fd, bytes));
    naming(path, () => finish(fd, statSync(like)));
    return { path, temporary };
  } catch (error) {
    removeFile(temporary);
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** Writes a temporary file beside `target`, with mode and owner of `like`, forces it to disk and returns its path. */
export function writeTemporary(target: string, bytes: Uint8Array, like: Stats | undefined): string {
  const temporary = temporaryName(target);
  const fd = openSync(temporary, 'wx');
  try {
    writeFileSync(fd, bytes);
    finish(fd, like);
    return temporary;
  } catch (error) {
    removeFile(temporary);
    throw error;
  } finally {
    closeSync(fd);
  }
}

function finish(fd: number, like: Stats | undefined): void {
  if (like !== undefined) copyOwnerAndMode(fd, like);
  fsyncSync(fd);
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

/** Returns `path` with its links followed; the file need not be there, its folder must. */
export function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  // A link may lead to a file that isn't there yet: that file is the one to make.
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const folder = realpathSync(dirname(path));
  return isLink ? followLinks(resolve(folder, readlinkSync(path))) : join(folder, basename(path));
}

/**
 * Returns a name in the folder of `target` that nothing has and that says whose it is. Who guesses it gains nothing, since the file has to be new
 * when it is opened; node:crypto would take 3 ms to load.
 */
export function temporaryName(target: string): string {
  const random = Math.floor(Math.random() * 2 ** 48);
  return join(dirname(target), `.beamtool-${process.pid}-${random.toString(16).padStart(12, '0')}.tmp`);
}

/** Removes a file if it is there. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOENT: 'no such folder',
  ENOTDIR: 'no such folder',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the system allows',
  ELOOP: 'a loop of symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ERR_INVALID_ARG_VALUE: 'not a name for a file',
};

/** Runs `write` and turns an error of the system into a UsageError about `path`. */
export function naming<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${path}: can't be written: ${REASONS[code] ?? code}`);
  }
}
