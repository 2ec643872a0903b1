// Reading one file whole: only regular files, never more than the cap, never waiting for a pipe. What the system refuses becomes a
// ParseError that names the file.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { ParseError } from '../errors.js';
import { MAX_FILE_BYTES } from '../limits.js';

// Opening a pipe that nobody writes to waits for ever without O_NONBLOCK; for regular files the flag means nothing.
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const STDIN = 0;
const STDIN_STEP = 65_536;

/** Reads a regular file whole, or the standard input for `-`; throws ParseError `missing`, `unreadable` or `limit`. */
export function readFileBytes(path: string): Uint8Array {
  return path === '-' ? readStdin() : withOpenFile(path, (fd, size) => readUpTo(fd, checkSize(path, size)));
}

/** A buffer that is used for one file after the other. */
export interface Lending {
  buffer: Uint8Array;
}

const FIRST_LENDING_BYTES = 1024 * 1024;

/** Makes a buffer for {@link lendFileBytes}. */
export function startLending(): Lending {
  return { buffer: new Uint8Array(FIRST_LENDING_BYTES) };
}

/**
 * Reads a regular file whole, as {@link readFileBytes} does, into the lending's buffer: the result is good until the next call. Touching no
 * new memory halves the time of reading many files, and so does not asking for the size of each: a read that leaves the buffer unfilled
 * has met the end of the file. That the path is a regular file, the search for input has seen.
 */
export function lendFileBytes(path: string, lending: Lending): Uint8Array {
  if (path === '-') return readStdin();
  const fd = openForReading(path);
  try {
    const count = readSync(fd, lending.buffer, 0, lending.buffer.length, 0);
    if (count < lending.buffer.length) return lending.buffer.subarray(0, count);
  } catch (error) {
    throw systemFault(error, path);
  } finally {
    closeSync(fd);
  }
  return withOpenFile(path, (large, size) => {
    if (checkSize(path, size) >= lending.buffer.length) lending.buffer = new Uint8Array(size * 2);
    return fill(large, lending.buffer.subarray(0, size));
  });
}

function openForReading(path: string): number {
  try {
    return openSync(path, OPEN_FLAGS);
  } catch (error) {
    throw systemFault(error, path);
  }
}

/** Reads the first `count` bytes of a regular file, or all of a shorter one; throws as {@link readFileBytes}. */
export function readHead(path: string, count: number): Uint8Array {
  return withOpenFile(path, (fd, size) => readUpTo(fd, Math.min(size, count)));
}

/** Turns an error of `node:fs` into a ParseError about `path`; passes anything else through. */
export function systemFault(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const [kind, reason] = REASONS[code] ?? (['unreadable', `can't be read (${code})`] as const);
  return new ParseError({ code: kind, reason, file: path });
}

/** Returns the name that Node or the system gives an error, such as `ENOENT`; undefined for an error of another origin. */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof ParseError) return undefined;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Readonly<Record<string, readonly [kind: 'missing' | 'unreadable', reason: string]>> = {
  ENOENT: ['missing', 'no such file or folder'],
  ENOTDIR: ['missing', 'no such file or folder'],
  ERR_INVALID_ARG_VALUE: ['missing', 'no such file or folder'],
  ENAMETOOLONG: ['missing', 'the name is too long'],
  EACCES: ['unreadable', 'no permission to read it'],
  EPERM: ['unreadable', 'no permission to read it'],
  ELOOP: ['unreadable', 'a loop of symbolic links'],
  EISDIR: ['unreadable', 'a folder, not a file'],
};

/** Opens a regular file for reading, and nothing else; the caller closes `fd`. Throws ParseError `missing` or `unreadable`. */
export function openRegularFile(path: string): { readonly fd: number; readonly size: number } {
  let fd: number | undefined;
  try {
    fd = openSync(path, OPEN_FLAGS);
    const stat = fstatSync(fd);
    if (stat.isFile()) return { fd, size: stat.size };
    throw new ParseError({
      code: 'unreadable',
      reason: stat.isDirectory() ? 'a folder, not a file' : 'not a regular file',
      file: path,
    });
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    throw systemFault(error, path);
  }
}

function withOpenFile<T>(path: string, read: (fd: number, size: number) => T): T {
  const { fd, size } = openRegularFile(path);
  try {
    return read(fd, size);
  } catch (error) {
    throw systemFault(error, path);
  } finally {
    closeSync(fd);
  }
}

// Not zeroed: every byte that is given out has been read over.
function readUpTo(fd: number, size: number): Uint8Array {
  return fill(fd, new Uint8Array(Buffer.allocUnsafeSlow(size).buffer));
}

// A file that shrinks while it is read gives what there was.
function fill(fd: number, bytes: Uint8Array): Uint8Array {
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(fd, bytes, filled, bytes.length - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return filled === bytes.length ? bytes : bytes.subarray(0, filled);
}

function readStdin(): Uint8Array {
  const steps: Buffer[] = [];
  let size = 0;
  for (;;) {
    const step = Buffer.allocUnsafeSlow(STDIN_STEP);
    const count = readStdinStep(step);
    if (count === 0) return Buffer.concat(steps, size);
    steps.push(step.subarray(0, count));
    size += count;
    if (size > MAX_FILE_BYTES) throw tooLarge('-');
  }
}

function readStdinStep(step: Buffer): number {
  for (;;) {
    try {
      return readSync(STDIN, step);
    } catch (error) {
      // EOF is how Windows ends a console; EAGAIN is a pipe or terminal in non-blocking mode with nothing to give yet.
      const code = systemCode(error);
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw systemFault(error, '-');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function checkSize(path: string, size: number): number {
  if (size > MAX_FILE_BYTES) throw tooLarge(path);
  return size;
}

function tooLarge(path: string): ParseError {
  return new ParseError({ code: 'limit', reason: `larger than ${MAX_FILE_BYTES} bytes`, file: path });
}
