// A gzipped tar, the same bytes for the same members on every machine: no owners, modes of two kinds, times as given, and
// deflated in one way (gzip-write.ts).
//
// Headers are those of POSIX.1 (tar-header.ts has the layout); a name that fits nowhere gets a PAX record. Sizes always fit: an archive may have 2 GiB.

import { UsageError } from '../errors.js';
import { MAX_ARCHIVE_BYTES } from '../limits.js';
import { startGzip } from './gzip-write.js';
import {
  BLOCK_BYTES,
  cutTarName,
  encodePaxRecord,
  encodeTarHeader,
  padding,
  RECORD_BYTES,
  type SplitName,
  splitTarName,
} from './tar-header.js';

/** A member to be written. */
export interface NewTarMember {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly bytes: Uint8Array;
  /** Seconds since 1970. */
  readonly time: number;
  readonly isExecutable: boolean;
  /** Ranges of the bytes that are compressed already, in order. */
  readonly packed?: readonly (readonly [start: number, end: number])[];
}

/** Writes the members one after the other; throws UsageError where they are more than an archive may have. */
export function writeTarGz(members: Iterable<NewTarMember>): Uint8Array {
  const gzip = startGzip();
  let written = 0;
  const count = (bytes: Uint8Array) => {
    written += bytes.length;
    if (written > MAX_ARCHIVE_BYTES) throw new UsageError(`a tar of more than ${MAX_ARCHIVE_BYTES} bytes`);
    return bytes;
  };
  for (const member of members) {
    for (const block of encodeTarHeaders(member)) gzip.put(count(block));
    let at = 0;
    for (const [start, end] of member.packed ?? []) {
      gzip.put(count(member.bytes.subarray(at, start)));
      gzip.store(count(member.bytes.subarray(start, end)));
      at = end;
    }
    gzip.put(count(member.bytes.subarray(at)));
    gzip.put(count(padding(member.bytes.length)));
  }
  gzip.put(new Uint8Array(Math.ceil((written + 2 * BLOCK_BYTES) / RECORD_BYTES) * RECORD_BYTES - written));
  return gzip.finish();
}

/** Encodes the header of a member, after those that extend it. */
export function encodeTarHeaders({ name, kind, bytes, time, isExecutable }: NewTarMember): readonly Uint8Array[] {
  const whole = new TextEncoder().encode(kind === 'folder' ? `${name}/` : name);
  const type = kind === 'folder' ? '5' : '0';
  const mode = isExecutable || kind === 'folder' ? 0o755 : 0o644;
  const own = (split: SplitName) => encodeTarHeader({ ...split, type, mode, size: bytes.length, time });
  const split = splitTarName(whole);
  if (split !== undefined) return [own(split)];
  const record = encodePaxRecord('path', whole);
  const about = cutTarName(new TextEncoder().encode('PaxHeaders/name'));
  const extension = encodeTarHeader({ ...about, type: 'x', mode, size: record.length, time });
  return [extension, record, padding(record.length), own(cutTarName(whole))];
}
