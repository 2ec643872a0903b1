// What kind of file an argument names, told by its name where that is plain, otherwise by its first bytes:
//
//   "FOR1"                a beam              1f 8b             gzip, of a tar or a beam
//   "PK" 3 4 | "PK" 5 6   a zip (`.ez`)       "ustar" at 257    a tar
//   "#!"                  an escript, whose body is a zip, a beam or Erlang source
//
// Anything else is taken for a beam, so that the reader of beams tells what is wrong with it.

import type { ArchiveFormat } from './source.js';

/** Bytes of a file that {@link classifyHead} wants to see. */
export const HEAD_BYTES = 512;

const USTAR_OFFSET = 257;

/** Returns the format of an archive by the first bytes and the name of its file; undefined if the file is no archive. */
export function classifyHead(head: Uint8Array, path: string): ArchiveFormat | undefined {
  if (startsWith(head, 'FOR1')) return undefined;
  if (startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06') || path.endsWith('.ez')) return 'zip';
  if (startsWith(head, '#!')) return 'escript';
  if (isGzip(head)) return 'gzip';
  if (startsWith(head, 'ustar', USTAR_OFFSET)) return 'tar';
  return /\.(tar|tgz|tar\.gz)$/.test(path) ? 'tar' : undefined;
}

/** Tells whether bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Tells whether the bytes at `offset` are the Latin-1 characters of `text`. */
export function startsWith(bytes: Uint8Array, text: string, offset = 0): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}
