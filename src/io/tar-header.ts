// One 512-byte header of a tar archive, and the extension headers that precede it where a name or size doesn't fit.
//
//   0 name[100]   124 size[12]   148 checksum[8]   156 type   257 "ustar"   345 prefix[155]      (numbers are octal text)
//   type: "0", NUL or "7" a file; "x" PAX records for the next member, "g" for all that follow; "L" GNU long name of the next member
//
// POSIX.1 (pax) defines them; GNU tar adds "L" and sizes in base 256, marked by the top bit of the field.

import { ParseError } from '../errors.js';

/** Length of a header and of what all data is padded to. */
export const BLOCK_BYTES = 512;

/** Archives are filled up to whole records of so many bytes, where their writer does that. */
export const RECORD_BYTES = 20 * BLOCK_BYTES;

/** Returns how many bytes data of that size takes in an archive. */
export function padded(size: number): number {
  return Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
}

/** Returns the zeros that follow data of that size. */
export function padding(size: number): Uint8Array {
  return new Uint8Array(padded(size) - size);
}

/** What a header says; `name` and `size` may be overruled by an extension header. */
export interface TarHeader {
  readonly name: string;
  readonly size: number;
  readonly type: 'file' | 'pax' | 'pax-global' | 'gnu-long-name' | 'other';
}

/** What extension headers say about the next member. */
export interface TarExtension {
  readonly name?: string;
  readonly size?: number;
}

const TYPES: Readonly<Record<string, TarHeader['type']>> = {
  '\0': 'file',
  '0': 'file',
  '7': 'file',
  x: 'pax',
  g: 'pax-global',
  L: 'gnu-long-name',
};
// Links, devices, folders and pipes have no data, whatever their size says.
const DATALESS = '123456';
const SPACE = 0x20;

/** Where each field begins and ends. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 108],
  owner: [108, 116],
  group: [116, 124],
  size: [124, 136],
  time: [136, 148],
  checksum: [148, 156],
  type: [156, 157],
  magic: [257, 265],
  prefix: [345, 500],
} as const;

function field(block: Uint8Array, name: keyof typeof FIELDS): Uint8Array {
  return block.subarray(...FIELDS[name]);
}

/** Decodes a header; undefined for a block of zeros, which ends the archive. Throws ParseError, with offsets counted from `offset`. */
export function decodeTarHeader(block: Uint8Array, offset: number): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  checkChecksum(block, offset);
  const flag = latin1(field(block, 'type'));
  const size = DATALESS.includes(flag) ? 0 : decodeNumber(field(block, 'size'));
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new ParseError({ code: 'range', reason: 'size of a tar member is not a length', offset: offset + FIELDS.size[0] });
  }
  return { name: decodeName(block), size, type: TYPES[flag] ?? 'other' };
}

/** Decodes the data of a GNU long name. */
export function decodeLongName(data: Uint8Array): TarExtension {
  return { name: decodeText(data) };
}

/** Decodes PAX records, each `LENGTH KEYWORD=VALUE\n` with LENGTH counting all of it. Throws ParseError. */
export function decodePaxRecords(data: Uint8Array, offset: number): TarExtension {
  let extension: TarExtension = {};
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(SPACE, at);
    const end = at + (space < 0 ? Number.NaN : parseDigits(latin1(data.subarray(at, space)), 10));
    if (!(end > space && end <= data.length)) {
      throw new ParseError({ code: 'malformed', reason: 'PAX record with a wrong length', offset: offset + at });
    }
    extension = { ...extension, ...decodePaxRecord(data.subarray(space + 1, end - 1)) };
    at = end;
  }
  return extension;
}

function decodePaxRecord(record: Uint8Array): TarExtension {
  const equals = record.indexOf(0x3d);
  const keyword = latin1(record.subarray(0, Math.max(equals, 0)));
  const value = record.subarray(equals + 1);
  if (keyword === 'path') return { name: decodeText(value) };
  if (keyword !== 'size') return {};
  const size = parseDigits(latin1(value), 10);
  return Number.isSafeInteger(size) ? { size } : {};
}

function checkChecksum(block: Uint8Array, offset: number): void {
  const expected = decodeNumber(field(block, 'checksum'));
  // Old writers summed signed bytes; both sums are accepted.
  if (expected === sumOf(block) || expected === sumOf(new Int8Array(block.buffer, block.byteOffset, block.length))) return;
  throw new ParseError({ code: 'malformed', reason: 'not a tar header: its checksum is wrong', offset });
}

/** Sums the bytes with the field of the sum as spaces. */
function sumOf(bytes: ArrayLike<number>): number {
  const [start, end] = FIELDS.checksum;
  let sum = 0;
  for (let at = 0; at < BLOCK_BYTES; at++) sum += at >= start && at < end ? SPACE : (bytes[at] as number);
  return sum;
}

function decodeName(block: Uint8Array): string {
  const name = decodeText(field(block, 'name'));
  // GNU's own format keeps times where POSIX has the prefix; it is told by what follows "ustar".
  const isPosix = latin1(field(block, 'magic')).startsWith('ustar\0');
  const prefix = isPosix ? decodeText(field(block, 'prefix')) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function decodeNumber(field: Uint8Array): number {
  const first = field[0] as number;
  if (first & 0x80) return decodeBase256(field);
  return parseDigits(
    latin1(field)
      .replace(/[ \0]+$/, '')
      .trimStart(),
    8,
  );
}

// Two's complement, the top bit of the first byte being a mark; 0x40 is the sign.
function decodeBase256(field: Uint8Array): number {
  let value = BigInt((field[0] as number) & 0x7f);
  if (value & 0x40n) value -= 0x80n;
  for (const byte of field.subarray(1)) value = value * 256n + BigInt(byte);
  return Number(value);
}

// Gives NaN unless all of `text` is digits; an empty text is 0, as writers leave unused fields.
function parseDigits(text: string, radix: 8 | 10): number {
  const digits = radix === 8 ? /^[0-7]*$/ : /^[0-9]*$/;
  if (!digits.test(text)) return Number.NaN;
  return text === '' ? 0 : Number.parseInt(text, radix);
}

function decodeText(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** Returns a copy of a header with another size, in the style that its numbers have, and the checksum of that. */
export function withTarSize(block: Uint8Array, size: number): Uint8Array {
  const changed = block.slice();
  writeNumber(field(changed, 'size'), size);
  writeNumber(field(changed, 'checksum'), sumOf(changed));
  return changed;
}

// Digits take the place that digits have, filled up as they are; a field in base 256, or without room, becomes plain digits.
function writeNumber(field: Uint8Array, value: number): void {
  const digits = value.toString(8);
  const old = /^( *)[0-7]+(?=[ \0]|$)/.exec(latin1(field));
  const width = old?.[0].length ?? 0;
  const text =
    digits.length <= width ? digits.padStart(width, old?.[1] === '' ? '0' : ' ') : `${digits.padStart(field.length - 1, '0')}\0`;
  for (let at = 0; at < text.length; at++) field[at] = text.charCodeAt(at);
}

/** A header that is made. */
export interface NewTarHeader extends SplitName {
  /** A file, a folder, PAX records. */
  readonly type: '0' | '5' | 'x';
  readonly mode: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly time: number;
}

/** Encodes a header, with nobody for its owner. */
export function encodeTarHeader({ name, prefix, type, mode, size, time }: NewTarHeader): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  field(block, 'name').set(name);
  writeOctal(field(block, 'mode'), mode);
  writeOctal(field(block, 'owner'), 0);
  writeOctal(field(block, 'group'), 0);
  writeOctal(field(block, 'size'), size);
  writeOctal(field(block, 'time'), Math.min(Math.max(Math.floor(time), 0), LATEST_TIME));
  field(block, 'type').set(encodeUtf8(type));
  field(block, 'magic').set(encodeUtf8('ustar\x0000'));
  field(block, 'prefix').set(prefix);
  // Six digits, NUL and a space, as all writers have it.
  writeOctal(field(block, 'checksum').subarray(0, -1), sumOf(block));
  field(block, 'checksum').fill(SPACE, -1);
  return block;
}

const LATEST_TIME = 8 ** 11 - 1;

/** Writes a number that fits, and NUL. */
function writeOctal(bytes: Uint8Array, value: number): void {
  bytes.set(encodeUtf8(value.toString(8).padStart(bytes.length - 1, '0')));
}

/** A name in the two fields that it may take. */
export interface SplitName {
  readonly name: Uint8Array;
  readonly prefix: Uint8Array;
}

/** Returns as much of a name as the first field holds, for a header after a PAX record that has all of it. */
export function cutTarName(name: Uint8Array): SplitName {
  return { name: name.subarray(0, NAME_BYTES), prefix: new Uint8Array(0) };
}

const NAME_BYTES = FIELDS.name[1] - FIELDS.name[0];
const PREFIX_BYTES = FIELDS.prefix[1] - FIELDS.prefix[0];

/** Splits a long name at a slash; undefined for one that doesn't fit so. Only plain ASCII is the same to all readers. */
export function splitTarName(name: Uint8Array): SplitName | undefined {
  if (name.some((byte) => byte > 0x7f)) return undefined;
  if (name.length <= NAME_BYTES) return cutTarName(name);
  const slash = name.subarray(0, PREFIX_BYTES + 1).lastIndexOf(0x2f, name.length - 2);
  if (slash <= 0 || name.length - slash - 1 > NAME_BYTES) return undefined;
  return { name: name.subarray(slash + 1), prefix: name.subarray(0, slash) };
}

/** Encodes a PAX record; the length in it counts itself. */
export function encodePaxRecord(keyword: string, value: Uint8Array): Uint8Array {
  const rest = keyword.length + value.length + 3;
  let length = rest + 1;
  while (rest + String(length).length !== length) length = rest + String(length).length;
  const record = new Uint8Array(length);
  const head = encodeUtf8(`${length} ${keyword}=`);
  record.set(head);
  record.set(value, head.length);
  record[length - 1] = 0x0a;
  return record;
}

function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
