// The codec of operands. A compact term of tag u, i, a, x, y, f or h is an operand by itself; under tag z its number selects a longer one:
//
//   07 f64                float of R16 and earlier      37 u:k k*(u:kind u:count)     allocation list
//   17 u:count count*op   list                          47 u:index                    literal
//   27 u:n                float register                57 (x|y) u:index              typed register
//
// Defined by lib/compiler/src/beam_asm.erl (encode_arg); the compact term itself by beam/compact-term.ts.

import {
  readCompactTerm,
  TAG_A,
  TAG_F,
  TAG_H,
  TAG_I,
  TAG_U,
  TAG_X,
  TAG_Y,
  TAG_Z,
  writeCompactTerm,
} from '../beam/compact-term.js';
import { Reader } from '../bytes/reader.js';
import { Writer } from '../bytes/writer.js';
import type { Allocation, Operand, XRegister, YRegister } from './operands.js';

/** The tag of each operand that is a compact term by itself. */
export const OPERAND_TAGS = {
  unsigned: TAG_U,
  integer: TAG_I,
  atom: TAG_A,
  x: TAG_X,
  y: TAG_Y,
  label: TAG_F,
  character: TAG_H,
} as const;
const KINDS = Object.keys(OPERAND_TAGS) as readonly (keyof typeof OPERAND_TAGS)[];

const FLOAT = 0;
const LIST = 1;
const FLOAT_REGISTER = 2;
const ALLOCATION = 3;
const LITERAL = 4;
const TYPED = 5;

const ALLOCATION_KINDS = ['words', 'floats', 'funs'] as const;

/** The operands of one byte, shared: by that byte, undefined where more bytes follow. */
const SHORT: readonly (Operand | undefined)[] = Array.from({ length: 256 }, (_, byte) =>
  (byte & 8) === 0 && (byte & 7) !== TAG_Z ? Object.freeze({ kind: KINDS[byte & 7], value: byte >> 4 } as Operand) : undefined,
);

/** Reads one operand and moves the reader past it; throws ParseError where it isn't one that any release has. */
export function readOperand(reader: Reader): Operand {
  const short = SHORT[reader.u8()];
  if (short !== undefined) return short;
  const start = reader.pos - 1;
  reader.pos = start;
  const operand = readLong(reader);
  if (shortestLength(operand) === reader.pos - start) return operand;
  const bytes = new Uint8Array(reader.data.subarray(start, reader.pos));
  return equalBytes(bytes, shortest(operand)) ? operand : { ...operand, encoding: bytes };
}

function readLong(reader: Reader): Operand {
  const start = reader.pos;
  const { tag, value } = readCompactTerm(reader);
  if (tag === TAG_Z) return readExtended(reader, value, start);
  if (tag === TAG_U || tag === TAG_I) return { kind: tag === TAG_U ? 'unsigned' : 'integer', value };
  return { kind: KINDS[tag] as 'x', value: index(reader, value, start) };
}

function readExtended(reader: Reader, selector: number | bigint, start: number): Operand {
  switch (selector) {
    case FLOAT:
      return { kind: 'float', value: readFloat(reader) };
    case LIST:
      return { kind: 'list', items: readItems(reader) };
    case FLOAT_REGISTER:
      return { kind: 'fr', value: readIndex(reader, 'a float register') };
    case ALLOCATION:
      return { kind: 'allocation', items: readAllocations(reader) };
    case LITERAL:
      return { kind: 'literal', value: readIndex(reader, 'a literal') };
    case TYPED:
      return { kind: 'typed', register: readRegister(reader), type: readIndex(reader, 'a type') };
    default:
      return reader.fail('unsupported', `no operand has the selector ${selector}`, start);
  }
}

function readFloat(reader: Reader): number {
  const value = reader.f64();
  if (!Number.isFinite(value)) reader.fail('malformed', 'a float that is not a number', reader.pos - 8);
  return value;
}

/**
 * Reads the beginning of a list, up to its first item, and returns how many items follow; moves nowhere and returns undefined before
 * any other operand.
 */
export function readListLength(reader: Reader): number | undefined {
  const start = reader.pos;
  if (start >= reader.end || ((reader.data[start] as number) & 7) !== TAG_Z) return undefined;
  if (readCompactTerm(reader).value === LIST) return readLength(reader);
  reader.pos = start;
  return undefined;
}

function readLength(reader: Reader): number {
  const length = readIndex(reader, 'the length of a list');
  reader.checkCount(length, 1, 'operands');
  return length;
}

function readItems(reader: Reader): readonly Operand[] {
  const items: Operand[] = [];
  for (let left = readLength(reader); left > 0; left--) items.push(SHORT[reader.u8()] ?? readListItem(reader));
  return items;
}

function readListItem(reader: Reader): Operand {
  const start = --reader.pos;
  // Asked before it is read: a hostile file could nest lists deeper than the stack.
  if (readListLength(reader) !== undefined) reader.fail('malformed', 'a list in a list', start);
  return readLong(reader);
}

function readAllocations(reader: Reader): readonly Allocation[] {
  const start = reader.pos;
  const count = readIndex(reader, 'the length of an allocation list');
  if (count > ALLOCATION_KINDS.length) reader.fail('range', `an allocation list of ${count} items`, start);
  const items: Allocation[] = [];
  for (let at = 0; at < count; at++) items.push(readAllocation(reader));
  return items;
}

function readAllocation(reader: Reader): Allocation {
  const start = reader.pos;
  const kind = ALLOCATION_KINDS[readIndex(reader, 'a kind of allocation')];
  if (kind === undefined) return reader.fail('range', 'an unknown kind of allocation', start);
  return { kind, count: readIndex(reader, 'an allocation') };
}

function readRegister(reader: Reader): XRegister | YRegister {
  const start = reader.pos;
  const { tag, value } = readCompactTerm(reader);
  if (tag !== TAG_X && tag !== TAG_Y) reader.fail('malformed', 'a typed operand that is no x or y register', start);
  return { kind: tag === TAG_X ? 'x' : 'y', value: index(reader, value, start) };
}

/** Reads a compact term of tag u that counts or indexes `what`. */
function readIndex(reader: Reader, what: string): number {
  const start = reader.pos;
  const { tag, value } = readCompactTerm(reader);
  if (tag !== TAG_U) reader.fail('malformed', `${what} has tag ${tag}`, start);
  return index(reader, value, start);
}

/** Returns an index that a JS number holds; nothing that a file can number has more. */
function index(reader: Reader, value: number | bigint, start: number): number {
  if (typeof value === 'bigint') return reader.fail('range', `an index of ${value.toString(2).length} bits`, start);
  return value;
}

/** Writes one operand, with the bytes that it was read from or in the fewest. */
export function writeOperand(writer: Writer, operand: Operand): void {
  if (operand.encoding === undefined) writeShortest(writer, operand);
  else writer.bytes(isCurrent(operand, operand.encoding) ? operand.encoding : shortest(operand));
}

function writeShortest(writer: Writer, operand: Operand): void {
  switch (operand.kind) {
    case 'float':
      writeCompactTerm(writer, TAG_Z, FLOAT);
      writer.f64(operand.value);
      break;
    case 'list':
      writeExtended(writer, LIST, operand.items.length);
      for (const item of operand.items) writeOperand(writer, item);
      break;
    case 'fr':
      writeExtended(writer, FLOAT_REGISTER, operand.value);
      break;
    case 'allocation':
      writeExtended(writer, ALLOCATION, operand.items.length);
      for (const { kind, count } of operand.items) {
        writeCompactTerm(writer, TAG_U, ALLOCATION_KINDS.indexOf(kind));
        writeCompactTerm(writer, TAG_U, count);
      }
      break;
    case 'literal':
      writeExtended(writer, LITERAL, operand.value);
      break;
    case 'typed':
      writeCompactTerm(writer, TAG_Z, TYPED);
      writeShortest(writer, operand.register);
      writeCompactTerm(writer, TAG_U, operand.type);
      break;
    default:
      writeCompactTerm(writer, OPERAND_TAGS[operand.kind], operand.value);
  }
}

function writeExtended(writer: Writer, selector: number, value: number): void {
  writeCompactTerm(writer, TAG_Z, selector);
  writeCompactTerm(writer, TAG_U, value);
}

function shortest(operand: Operand): Uint8Array {
  const writer = new Writer(16);
  writeShortest(writer, operand);
  return writer.finish();
}

/** Returns how many bytes {@link writeShortest} takes, which tells two encodings of one operand apart; NaN with a bigint in it. */
function shortestLength(operand: Operand): number {
  switch (operand.kind) {
    case 'float':
      return 9;
    case 'list':
      return operand.items.reduce((sum, item) => sum + shortestLength(item), 1 + numberLength(operand.items.length));
    case 'allocation':
      return operand.items.reduce((sum, { count }) => sum + 1 + numberLength(count), 2);
    case 'fr':
    case 'literal':
      return 1 + numberLength(operand.value);
    case 'typed':
      return 1 + numberLength(operand.register.value) + numberLength(operand.type);
    default:
      return numberLength(operand.value);
  }
}

function numberLength(value: number | bigint): number {
  if (typeof value === 'bigint') return Number.NaN;
  if (value >= 0 && value < 2048) return value < 16 ? 1 : 2;
  let size = 2;
  for (let limit = 2 ** 15; value >= limit || value < -limit; limit *= 256) size += 1;
  return 1 + size;
}

/** Tells whether `encoding` still says what the operand's other fields say. */
function isCurrent(operand: Operand, encoding: Uint8Array): boolean {
  const reader = new Reader(encoding, { base: 0, space: 'file', what: 'operand' });
  return equalBytes(shortest(readOperand(reader)), shortest(operand)) && reader.left === 0;
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
