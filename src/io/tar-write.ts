// A gzipped tar, the same bytes for the same members on every machine: no owners, modes of two kinds, times as given, and
// deflated in one way (gzip-write.ts).
//
// Headers are those of POSIX.1 (tar-header.ts has the layout); a name that fits nowhere gets a PAX record. Sizes always fit: an archive may have 2 GiB.

import { UsageError } from '../errors.js';
import { MAX_ARCHIVE_BYTES } from '../limits.js';
import { startGzip } from './gzip-write.js';
import { BLOCK_BYTES } from './tar-header.js';

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

const NAME_BYTES = 100;
const PREFIX_BYTES = 155;
const RECORD_BLOCKS = 20;

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
  const record = RECORD_BLOCKS * BLOCK_BYTES;
  gzip.put(new Uint8Array(Math.ceil((written + 2 * BLOCK_BYTES) / record) * record - written));
  return gzip.finish();
}

/** Encodes the header of a member, after those that extend it. */
export function encodeTarHeaders(member: NewTarMember): readonly Uint8Array[] {
  const name = encode(member.kind === 'folder' ? `${member.name}/` : member.name);
  const split = splitName(name);
  if (split !== undefined) return [header(member, split, member.kind === 'folder' ? '5' : '0', member.bytes.length)];
  const record = paxRecord('path', name);
  const own = { name: name.subarray(0, NAME_BYTES), prefix: new Uint8Array(0) };
  return [
    header(member, { name: encode('PaxHeaders/name'), prefix: own.prefix }, 'x', record.length),
    record,
    padding(record.length),
    header(member, own, member.kind === 'folder' ? '5' : '0', member.bytes.length),
  ];
}

interface SplitName {
  readonly name: Uint8Array;
  readonly prefix: Uint8Array;
}

/** Splits a long name at a slash; only plain ASCII is the same to all readers. */
function splitName(name: Uint8Array): SplitName | undefined {
  if (name.some((byte) => byte > 0x7f)) return undefined;
  if (name.length <= NAME_BYTES) return { name, prefix: new Uint8Array(0) };
  const slash = name.subarray(0, PREFIX_BYTES + 1).lastIndexOf(0x2f, name.length - 2);
  if (slash <= 0 || name.length - slash - 1 > NAME_BYTES) return undefined;
  return { name: name.subarray(slash + 1), prefix: name.subarray(0, slash) };
}

function header({ time, isExecutable, kind }: NewTarMember, { name, prefix }: SplitName, type: string, size: number): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  const octal = (at: number, digits: number, value: number) => block.set(encode(value.toString(8).padStart(digits, '0')), at);
  block.set(name, 0);
  octal(100, 7, isExecutable || kind === 'folder' ? 0o755 : 0o644);
  octal(108, 7, 0);
  octal(116, 7, 0);
  octal(124, 11, size);
  octal(136, 11, Math.min(Math.max(Math.floor(time), 0), 8 ** 11 - 1));
  block.set(encode(type), 156);
  block.set(encode('ustar\x0000'), 257);
  block.set(prefix, 345);
  block.fill(0x20, 148, 156);
  octal(
    148,
    6,
    block.reduce((sum, byte) => sum + byte, 0),
  );
  block[154] = 0;
  return block;
}

/** The length counts itself. */
function paxRecord(key: string, value: Uint8Array): Uint8Array {
  const rest = key.length + value.length + 3;
  let length = rest + 1;
  while (rest + String(length).length !== length) length = rest + String(length).length;
  const record = new Uint8Array(length);
  const head = encode(`${length} ${key}=`);
  record.set(head);
  record.set(value, head.length);
  record[length - 1] = 0x0a;
  return record;
}

function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
