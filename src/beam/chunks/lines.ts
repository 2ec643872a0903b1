// `Line`: the source locations that the operands of `line` instructions count, 1-based (0 is an unknown place).
//   u32 version (0), flags, number of line instructions, items, names           flags: 1 has executable_line, 2 force counters (27+)
//   items     compact terms: tag a switches to that file (not an item), tag i is the line of one item
//   names     u16 length, UTF-8 bytes: file 1 and on; file 0 is the module's own `NAME.erl`
// Defined by beam_asm.erl (build_line_table) and beam_file.c.

import type { Reader } from '../../bytes/reader.js';
import { decodeUtf8, encodeUtf8 } from '../../bytes/text.js';
import { Writer } from '../../bytes/writer.js';
import { within } from '../../errors.js';
import { readCompactTerm, TAG_A, TAG_I, writeCompactTerm } from '../compact-term.js';
import { LINE_HEADER, readLayout } from '../layout.js';

/** A source location: an index into the names (0 is the module's own file) and a line, counted from 1. */
export interface LineItem {
  readonly file: number;
  readonly line: number;
}

/** The line table. */
export interface LineTable {
  readonly version: number;
  readonly flags: number;
  /** Number of line, executable_line and debug_line instructions in Code. */
  readonly instructionCount: number;
  /** Item N of a `line` instruction is at N-1. */
  readonly items: readonly LineItem[];
  /** File N is at N-1. */
  readonly names: readonly string[];
}

/** Decodes the table; a version but 0, which the loader ignores, throws ParseError `unsupported`. */
export function decodeLines(reader: Reader): LineTable {
  const { version, flags, instructionCount, itemCount, nameCount } = readLayout(reader, LINE_HEADER);
  if (version !== 0) reader.fail('unsupported', `Line chunk of version ${version}`, 0);
  reader.checkCount(itemCount, 1, 'line items');
  const items: LineItem[] = [];
  let file = 0;
  while (items.length < itemCount) {
    const { tag, value } = readItem(reader, items.length, nameCount);
    if (tag === TAG_I) items.push({ file, line: value });
    else file = value;
  }
  reader.checkCount(nameCount, 2, 'file names');
  const names = Array.from({ length: nameCount }, (_, at) => within(`name ${at + 1}`, () => readName(reader)));
  return { version, flags, instructionCount, items, names };
}

/** First byte of an item whose number takes two bytes more: nearly all lines take so many or fewer. */
const TWO_BYTES = 0x18 | TAG_I;

/**
 * Returns the line of each item without making an object of it, and nothing of files; from 0, as {@link LineTable.items}. A line that no
 * compiler could write, of more than 31 bits, is 0. Throws as {@link decodeLines} does, but for names.
 */
export function decodeLineNumbers(reader: Reader): Int32Array {
  const { version, itemCount, nameCount } = readLayout(reader, LINE_HEADER);
  if (version !== 0) reader.fail('unsupported', `Line chunk of version ${version}`, 0);
  reader.checkCount(itemCount, 1, 'line items');
  const lines = new Int32Array(itemCount);
  const { data, end } = reader;
  let { pos } = reader;
  for (let at = 0; at < itemCount; ) {
    const first = data[pos] as number;
    if ((first & 15) === TAG_I && pos < end) {
      lines[at++] = first >> 4;
      pos++;
    } else if ((first & 31) === (TAG_I | 8) && pos + 1 < end) {
      lines[at++] = ((first & 0xe0) << 3) | (data[pos + 1] as number);
      pos += 2;
    } else if (first === TWO_BYTES && pos + 2 < end && (data[pos + 1] as number) < 0x80) {
      lines[at++] = ((data[pos + 1] as number) << 8) | (data[pos + 2] as number);
      pos += 3;
    } else {
      reader.pos = pos;
      const { tag, value } = readItem(reader, at, nameCount);
      if (tag === TAG_I) lines[at++] = value > 0x7fff_ffff ? 0 : value;
      pos = reader.pos;
    }
  }
  return lines;
}

/** Reads an item, counted from 0, or a switch of files before it. */
function readItem(reader: Reader, index: number, nameCount: number): { readonly tag: number; readonly value: number } {
  const at = reader.pos;
  const { tag, value } = within(`item ${index + 1}`, () => readCompactTerm(reader));
  if (typeof value === 'bigint' || value < 0) return reader.fail('range', `line item ${value}`, at);
  if (tag !== TAG_I && tag !== TAG_A) return reader.fail('malformed', `line item of tag ${tag}`, at);
  if (tag === TAG_A && value > nameCount) return reader.fail('range', `file ${value} of ${nameCount}`, at);
  return { tag, value };
}

function readName(reader: Reader): string {
  const size = reader.u16();
  const at = reader.pos;
  reader.skip(size);
  return decodeUtf8(reader.data, at, reader.pos) ?? reader.fail('malformed', 'file name is not valid UTF-8', at);
}

/** Encodes the table: a file switch stands before the first item of another file than that of the item before. */
export function encodeLines(table: LineTable): Uint8Array {
  const { version, flags, instructionCount, items, names } = table;
  const writer = new Writer(32 + items.length * 3);
  writer.u32(version).u32(flags).u32(instructionCount).u32(items.length).u32(names.length);
  let current = 0;
  for (const { file, line } of items) {
    if (file !== current) writeCompactTerm(writer, TAG_A, file);
    current = file;
    writeCompactTerm(writer, TAG_I, line);
  }
  for (const name of names) {
    const bytes = encodeUtf8(name);
    writer.u16(bytes.length).bytes(bytes);
  }
  return writer.finish();
}
