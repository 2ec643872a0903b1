// Files reached by paths relative to one folder, for code that knows no machine: what is there, bytes, names. What can't be had is told by
// the name that POSIX gives the reason, as Erlang does.

import { readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ParseError } from '../errors.js';
import { readFileBytes } from './read-file.js';
import type { NewTarMember } from './tar-write.js';

/** Access to files by path. */
export interface FolderAccess {
  readonly read: (
    path: string,
  ) => { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'fault'; readonly posix: string };
  /** Links are followed. */
  readonly kindOf: (path: string) => 'file' | 'folder' | 'nothing';
  /** Names in a folder in the order of their code points; undefined where it can't be listed. */
  readonly list: (folder: string) => readonly string[] | undefined;
}

/** Returns the access to files as seen from `root`. */
export function accessFolder(root: string): FolderAccess {
  return {
    read: (path) => readBytes(resolve(root, path)),
    kindOf: (path) => kindOf(resolve(root, path)),
    list: (folder) => listNames(resolve(root, folder)),
  };
}

const POSIX = { missing: 'enoent', unreadable: 'eacces', limit: 'efbig' } as const;

function readBytes(path: string): ReturnType<FolderAccess['read']> {
  const kind = kindOf(path);
  if (kind === 'folder') return { kind: 'fault', posix: 'eisdir' };
  try {
    return { kind: 'bytes', bytes: readFileBytes(path) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { kind: 'fault', posix: POSIX[error.code as keyof typeof POSIX] ?? 'eio' };
  }
}

function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return 'nothing';
    return stats.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}

function listNames(folder: string): readonly string[] | undefined {
  try {
    // UTF-16 has the order of code points but for characters beyond the first plane, which no name of a library has.
    return readdirSync(folder).sort();
  } catch {
    return undefined;
  }
}

/**
 * Reads a file or an empty folder as a member of a tar; `time` is its own where none is given, `known` its bytes where they needn't be read. A
 * file that isn't there yet is as old as can be. Throws ParseError.
 */
export function readTarMember(path: string, name: string, time: number | undefined, known?: Uint8Array): NewTarMember {
  const stats = statSync(path, { throwIfNoEntry: false });
  const bytes = known ?? (stats?.isDirectory() === true ? undefined : readFileBytes(path));
  return {
    name,
    kind: bytes === undefined ? 'folder' : 'file',
    bytes: bytes ?? new Uint8Array(0),
    time: time ?? (stats?.mtimeMs ?? 0) / 1000,
    isExecutable: ((stats?.mode ?? 0) & 0o100) !== 0,
  };
}
