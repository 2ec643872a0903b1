// Renders a dump as text, a piece at a time: offset, bytes and meaning in columns under a heading for each section.
//
//   ImpT: 28 bytes at 0x0001f4
//     0x0001ec | 49 6d 70 54                         | chunk ImpT
//     0x0001f8 | 00 00 00 05 00 00 00 06 00 00 00 02 | import 0: lists:map/2

import { counted } from '../counted.js';
import type { Dump, DumpSection } from '../dump.js';
import type { Style } from '../info.js';
import { visible } from '../visible.js';
import { BYTES_PER_LINE, type DumpRow } from './row.js';

/** Characters in a piece, about. */
const PIECE = 64 * 1024;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const HEX_COLUMN = BYTES_PER_LINE * 3 - 1;

/** Renders one file. */
export function* renderDumpText(dump: Dump, style: Style): Generator<string> {
  let text = `${style.bold(visible(dump.file))}\n`;
  for (const section of dump.sections) {
    text += `\n${style.bold(headingText(section))}\n`;
    for (const row of section.rows) {
      text += rowText(row, style);
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
  }
  yield text;
}

function headingText({ id, offset, size, space }: DumpSection): string {
  const place =
    space === 'file'
      ? `at ${hexOffset(offset)}`
      : space === 'inflated beam'
        ? `at ${hexOffset(offset)} of the inflated file`
        : 'inflated';
  return `${visible(id)}: ${counted(size, 'byte')} ${place}`;
}

function hexOffset(offset: number): string {
  return `0x${offset.toString(16).padStart(6, '0')}`;
}

function rowText({ offset, bytes, meaning, level }: DumpRow, style: Style): string {
  const indented = '  '.repeat(level) + meaning;
  const first = `  ${style.dim(hexOffset(offset))} | ${hexText(bytes, 0).padEnd(HEX_COLUMN)} | ${indented}\n`;
  if (bytes.length <= BYTES_PER_LINE) return first;
  let text = first;
  for (let at = BYTES_PER_LINE; at < bytes.length; at += BYTES_PER_LINE) {
    text += `  ${style.dim(hexOffset(offset + at))} | ${hexText(bytes, at)}\n`;
  }
  return text;
}

/** Returns the bytes of one line. */
function hexText(bytes: Uint8Array, start: number): string {
  let text = '';
  for (let at = start; at < bytes.length && at < start + BYTES_PER_LINE; at++) {
    text += at === start ? HEX[bytes[at] as number] : ` ${HEX[bytes[at] as number]}`;
  }
  return text;
}
