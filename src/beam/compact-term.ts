// The compact term encoding: a tag of three bits and a number, in as few bytes as it takes. Operands of instructions (code/), the
// items of Line and the lengths of long atoms are written in it.
//
//   bits of the first byte  vvvvcttt
//   c=0                     value = v                                   0..15
//   c=1, bit 4 = 0          value = (top three bits << 8) | next byte   0..2047
//   c=1, bit 4 = 1          n = top three bits + 2 bytes follow (2..8), big-endian; two's complement where the tag is i
//   c=1, all five bits 1    n = 9 + a compact term of tag u, then n bytes
//
// Defined by lib/compiler/src/beam_asm.erl (encode) and erts/emulator/beam/beam_file.c (beamreader_read_tagged).

import type { Reader } from '../bytes/reader.js';
import type { Writer } from '../bytes/writer.js';
import { MAX_INTEGER_BYTES } from '../limits.js';

export const TAG_U = 0;
export const TAG_I = 1;
export const TAG_A = 2;
export const TAG_X = 3;
export const TAG_Y = 4;
export const TAG_F = 5;
export const TAG_H = 6;
export const TAG_Z = 7;

/** A tag and its number; exact at any size, a bigint only where a number isn't. */
export interface CompactTerm {
  /** 0..7. */
  readonly tag: number;
  readonly value: number | bigint;
}

/** Reads one compact term. */
export function readCompactTerm(reader: Reader): CompactTerm {
  const first = reader.u8();
  const tag = first & 7;
  if ((first & 8) === 0) return { tag, value: first >> 4 };
  if ((first & 16) === 0) return { tag, value: ((first >> 5) << 8) | reader.u8() };
  const size = first >> 5 < 7 ? (first >> 5) + 2 : readLongSize(reader);
  return { tag, value: readBigEndian(reader.bytes(size), tag === TAG_I) };
}

/** All five upper bits of a first byte: the number of bytes follows as a compact term. */
const LONG = 0xf8;

function readLongSize(reader: Reader): number {
  const at = reader.pos;
  // A length that has a long length itself could nest as deep as the file is long.
  if (reader.left > 0 && (reader.data[at] as number) >= LONG)
    reader.fail('malformed', 'the length of a long number is itself long', at);
  const { tag, value } = readCompactTerm(reader);
  if (tag !== TAG_U) reader.fail('malformed', `the length of a long number has tag ${tag}`, at);
  const size = Number(value) + 9;
  if (size > MAX_INTEGER_BYTES) reader.fail('limit', `a number of ${size} bytes`, at);
  return size;
}

function readBigEndian(bytes: Uint8Array, signed: boolean): number | bigint {
  const negative = signed && ((bytes[0] as number) & 0x80) !== 0;
  if (bytes.length <= 6) {
    let value = negative ? -1 : 0;
    for (const byte of bytes) value = value * 256 + byte;
    return value;
  }
  let digits = '0x';
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0');
  const value = negative ? BigInt(digits) - (1n << BigInt(bytes.length * 8)) : BigInt(digits);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Writes one compact term in the fewest bytes, as the compiler does; a negative value needs tag i to be read back. */
export function writeCompactTerm(writer: Writer, tag: number, value: number | bigint): void {
  if (value >= 0 && value < 16) {
    writer.u8((Number(value) << 4) | tag);
  } else if (value >= 0 && value < 2048) {
    writer.u8(((Number(value) >> 3) & 0xe0) | 8 | tag).u8(Number(value) & 0xff);
  } else {
    writeLong(writer, tag, twosComplement(BigInt(value)));
  }
}

function writeLong(writer: Writer, tag: number, bytes: readonly number[]): void {
  if (bytes.length <= 8) {
    writer.u8(((bytes.length - 2) << 5) | 0x18 | tag);
  } else {
    writer.u8(0xf8 | tag);
    writeCompactTerm(writer, TAG_U, bytes.length - 9);
  }
  writer.bytes(bytes);
}

/** Returns the fewest bytes, and at least two, whose first bit is the sign. */
function twosComplement(value: bigint): readonly number[] {
  const magnitude = value < 0n ? -value - 1n : value;
  const size = Math.max(2, Math.ceil((magnitude === 0n ? 1 : magnitude.toString(2).length + 1) / 8));
  const digits = BigInt.asUintN(size * 8, value)
    .toString(16)
    .padStart(size * 2, '0');
  return Array.from({ length: size }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}
