// The rows of a dump: each covers some bytes and says what they mean. Decoders of rows move a Reader; what it passes over is the row.

import type { Reader } from '../../bytes/reader.js';
import { visible } from '../visible.js';
import { asciiText } from './pieces.js';

/** Some bytes and their meaning; a row without bytes is a remark on its place. */
export interface DumpRow {
  /** Of the first byte, in the section's space. */
  readonly offset: number;
  /** A view of the module's bytes. */
  readonly bytes: Uint8Array;
  /** One line without characters that steer a terminal, and without indentation. */
  readonly meaning: string;
  /** How deep the row stands under others, from 0. */
  readonly level: number;
}

/** Bytes on one line of text; raw bytes get a row for each line. */
export const BYTES_PER_LINE = 12;

/** Returns the row of what the reader passed over since `start`. */
export function row(reader: Reader, start: number, meaning: string, level = 0): DumpRow {
  const bytes = reader.data.subarray(start, reader.pos);
  return { offset: reader.origin.base + start, bytes, meaning: visible(meaning), level };
}

/** Returns a row without bytes at the reader's place. */
export function remark(reader: Reader, meaning: string, level = 0): DumpRow {
  return row(reader, reader.pos, meaning, level);
}

/** Reads a u32; `say` tells what it means. */
export function u32Row(reader: Reader, say: (value: number) => string, level = 0): DumpRow {
  const start = reader.pos;
  const value = reader.u32();
  return row(reader, start, say(value), level);
}

/** Reads `count` bytes as rows of one line each, whose meaning is their ASCII characters, as `|text|`. */
export function* rawRows(reader: Reader, count: number, level = 0): Generator<DumpRow> {
  const end = reader.pos + count;
  reader.need(count);
  while (reader.pos < end) {
    const start = reader.pos;
    reader.skip(Math.min(BYTES_PER_LINE, end - start));
    yield row(reader, start, `|${asciiText(reader.data, start, reader.pos)}|`, level);
  }
}
