// `DbgB` (option beam_debug_info, OTP 28 and later): what variables live where at each `debug_line` instruction. Like Recs, its entries
// are written as instructions, so it lies here and not in beam/chunks.
//   u32 version (1; 0 in OTP 28), u32 items, u32 operands in all lists, then for each item rows of opcode 4 (call) and two operands:
//   u:0  frame size: a:0 none | a:entry | u:0..1023          begins an item
//   u:1  list[name, place, ...]                              variables
//   u:2  list[...]                                           calls
// Version 0, of OTP 28.0, has one row an item: frame size and the list of variables. Defined by beam_asm.erl, beam_file.c.

import type { Reader } from '../bytes/reader.js';
import { Writer } from '../bytes/writer.js';
import { within } from '../errors.js';
import { readOperand, writeOperand } from './operand-codec.js';
import type { Operand } from './operands.js';

const FAKE_OPCODE = 4;

/** One row: two operands, the first of which says what the second is. */
export interface DebugRow {
  readonly key: Operand;
  readonly value: Operand;
}

/** The chunk; item N of a `debug_line` instruction is at N-1. */
export interface DebugLines {
  readonly version: number;
  readonly items: readonly (readonly DebugRow[])[];
}

/** Decodes the chunk; another version, which the loader ignores, throws ParseError `unsupported`. */
export function decodeDebugLines(reader: Reader): DebugLines {
  const version = reader.u32();
  if (version > 1) reader.fail('unsupported', `DbgB chunk of version ${version}`, 0);
  const count = reader.u32();
  const operands = reader.u32();
  reader.checkCount(count, 3, 'debug items');
  const items: DebugRow[][] = [];
  while (reader.left > 0) {
    const row = within(`item ${items.length + 1}`, () => readRow(reader));
    if (version === 0 || isFrameSize(row)) items.push([row]);
    else if (items.length === 0) reader.fail('malformed', 'a debug item that does not begin with its frame size');
    else items[items.length - 1]?.push(row);
  }
  if (items.length !== count) reader.fail('malformed', `${items.length} debug items where the header says ${count}`);
  if (operandCount(items) !== operands)
    reader.fail('malformed', `${operandCount(items)} operands where the header says ${operands}`);
  return { version, items };
}

function readRow(reader: Reader): DebugRow {
  const start = reader.pos;
  if (reader.u8() !== FAKE_OPCODE) reader.fail('malformed', 'a debug item that does not begin with opcode 4', start);
  return { key: readOperand(reader), value: readOperand(reader) };
}

function isFrameSize(row: DebugRow): boolean {
  return row.key.kind === 'unsigned' && row.key.value === 0;
}

function operandCount(items: DebugLines['items']): number {
  return items.flat().reduce((sum, { value }) => sum + (value.kind === 'list' ? value.items.length : 0), 0);
}

/** Encodes the chunk: the mirror of {@link decodeDebugLines}. */
export function encodeDebugLines(debug: DebugLines): Uint8Array {
  const writer = new Writer(256).u32(debug.version).u32(debug.items.length).u32(operandCount(debug.items));
  for (const row of debug.items.flat()) {
    writer.u8(FAKE_OPCODE);
    writeOperand(writer, row.key);
    writeOperand(writer, row.value);
  }
  return writer.finish();
}
