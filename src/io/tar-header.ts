// One 512-byte header of a tar archive, and the extension headers that precede it where a name or size doesn't fit.
//
//   0 name[100]   124 size[12]   148 checksum[8]   156 type   257 "ustar"   345 prefix[155]      (numbers are octal text)
//   type: "0", NUL or "7" a file; "x" PAX records for the next member, "g" for all that follow; "L" GNU long name of the next member
//
// POSIX.1 (pax) defines them; GNU tar adds "L" and sizes in base 256, marked by the top bit of the field.

import { ParseError } from '../errors.js';

/** Length of a header and of what all data is padded to. */
export const BLOCK_BYTES = 512;

/** Returns how many bytes data of that size takes in an archive. */
export function padded(size: number): number {
  return Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
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
const SIZE_START = 124;
const SIZE_END = 136;
const CHECKSUM_START = 148;
const CHECKSUM_END = 156;
const SPACE = 0x20;

/** Decodes a header; undefined for a block of zeros, which ends the archive. Throws ParseError, with offsets counted from `offset`. */
export function decodeTarHeader(block: Uint8Array, offset: number): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  checkChecksum(block, offset);
  const flag = String.fromCharCode(block[156] as number);
  const size = DATALESS.includes(flag) ? 0 : decodeNumber(block.subarray(SIZE_START, SIZE_END));
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new ParseError({ code: 'range', reason: 'size of a tar member is not a length', offset: offset + SIZE_START });
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

// Old writers summed signed bytes; both sums are accepted.
function checkChecksum(block: Uint8Array, offset: number): void {
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = i >= CHECKSUM_START && i < CHECKSUM_END ? SPACE : (block[i] as number);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const expected = decodeNumber(block.subarray(CHECKSUM_START, CHECKSUM_END));
  if (expected === unsigned || expected === signed) return;
  throw new ParseError({ code: 'malformed', reason: 'not a tar header: its checksum is wrong', offset });
}

function decodeName(block: Uint8Array): string {
  const name = decodeText(block.subarray(0, 100));
  // GNU's own format keeps times where POSIX has the prefix; it is told by what follows "ustar".
  const isPosix = latin1(block.subarray(257, 263)) === 'ustar\0';
  const prefix = isPosix ? decodeText(block.subarray(345, 500)) : '';
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
  writeNumber(changed.subarray(SIZE_START, SIZE_END), size);
  changed.fill(SPACE, CHECKSUM_START, CHECKSUM_END);
  const sum = changed.reduce((total, byte) => total + byte, 0);
  changed.set(block.subarray(CHECKSUM_START, CHECKSUM_END), CHECKSUM_START);
  writeNumber(changed.subarray(CHECKSUM_START, CHECKSUM_END), sum);
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
