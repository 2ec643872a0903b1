// The rows of external terms. A term of a few bytes is one row with its text; a longer list, tuple or map is opened: a row for its head,
// then the rows of what it holds, one level down. Deep inside, terms get one row again, whatever their length.

import { Reader } from '../../bytes/reader.js';
import { inflatePrefix } from '../../bytes/zlib.js';
import { TermCursor } from '../../term/etf-cursor.js';
import { inflateTerm } from '../../term/etf-decode.js';
import type { Term } from '../../term/model.js';
import { counted } from '../counted.js';
import { termText } from './erlang-text.js';
import { attempt } from './lookups.js';
import { BYTES_PER_LINE, type DumpRow, rawRows, row } from './row.js';

/** Terms up to this many bytes stay in one row. */
const SHORT = 3 * BYTES_PER_LINE;
/** Levels that are opened. Each is decoded once more to know how long its terms are. */
const MAX_OPEN = 12;
/** Bytes of an unopened term whose text is made. */
const MAX_DESCRIBED = 16 * 1024;

const VERSION = 131;
const COMPRESSED = 80;

/** Reads the term of a chunk, which may be compressed, as rows; throws ParseError. */
export function* termChunkRows(reader: Reader): Generator<DumpRow> {
  if (isCompressed(reader)) yield* compressedRows(reader);
  else yield* termRows(reader);
}

/** Tells whether a compressed term comes next. */
export function isCompressed({ data, pos, left }: Reader): boolean {
  return left >= 2 && data[pos] === VERSION && data[pos + 1] === COMPRESSED;
}

/** Returns a reader of the term, without 131, that the chunk's compressed one inflates to; undefined for another. Throws ParseError. */
export function inflateTermChunk(reader: Reader): Reader | undefined {
  if (!isCompressed(reader)) return undefined;
  const { bytes, origin } = inflateTerm(reader.data.subarray(reader.pos, reader.end), reader.origin);
  return new Reader(bytes, origin);
}

/** Reads a compressed term as rows: its head and the stream. Throws ParseError. */
export function* compressedRows(reader: Reader): Generator<DumpRow> {
  const { origin, pos: start } = reader;
  reader.skip(2);
  yield row(reader, start, 'external term, compressed');
  const limit = reader.u32();
  yield row(reader, reader.pos - 4, `inflates to ${limit} bytes`);
  const stream = reader.data.subarray(reader.pos, reader.end);
  const { consumed } = inflatePrefix(stream, { what: origin.what, base: origin.base + reader.pos, space: origin.space, limit });
  reader.skip(consumed);
  yield row(reader, reader.pos - consumed, `zlib stream of ${consumed} bytes`);
}

/** Reads a term that begins with 131 as rows; throws ParseError. */
export function* termRows(reader: Reader, level = 0): Generator<DumpRow> {
  const start = reader.pos;
  if (reader.u8() !== VERSION) reader.fail('malformed', `${reader.origin.what} doesn't begin with 131`, start);
  const whole = readTerm(reader);
  if (whole !== undefined && whole.end - start <= SHORT) {
    reader.pos = whole.end;
    yield row(reader, start, termText(whole.term), level);
  } else {
    yield row(reader, start, 'external term', level);
    yield* bareTermRows(reader, level);
  }
}

/** Reads a term without 131 as rows; `opened` counts the levels around it that are open. Throws ParseError. */
export function* bareTermRows(reader: Reader, level = 0, opened = 0): Generator<DumpRow> {
  const found = readTerm(reader);
  const head = found !== undefined && found.end - reader.pos <= SHORT ? undefined : headOf(reader);
  if (head !== undefined && (opened < MAX_OPEN || head.kind === 'bytes')) yield* openRows(reader, head, level, opened);
  else yield wholeRow(reader, level);
}

interface FoundTerm {
  readonly term: Term;
  readonly end: number;
}

/** Returns the next term and where it ends without moving, or undefined where it is broken. */
function readTerm(reader: Reader): FoundTerm | undefined {
  return attempt(() => decodeNext(reader));
}

function decodeNext({ data, end, origin, pos }: Reader): FoundTerm {
  const cursor = new TermCursor(data.subarray(0, end), origin, pos);
  const term = cursor.term();
  return { term, end: cursor.pos };
}

function wholeRow(reader: Reader, level: number): DumpRow {
  const start = reader.pos;
  const { term, end } = decodeNext(reader);
  reader.pos = end;
  return row(reader, start, end - start <= MAX_DESCRIBED ? termText(term) : kindText(term), level);
}

/** Returns `tuple` for a term that is too long for more. */
function kindText(term: Term): string {
  return typeof term === 'object' ? term.kind : 'integer';
}

/** What the first bytes of a longer term say: how many terms or bytes follow them. */
interface Head {
  readonly kind: 'list' | 'tuple' | 'map' | 'bytes';
  /** Bytes of the head. */
  readonly size: number;
  readonly count: number;
  readonly text: string;
}

/** Returns the head of a list, tuple, map, binary or string that comes next, undefined before anything else. */
function headOf(reader: Reader): Head | undefined {
  const { data, pos, left } = reader;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const tag = left >= 5 ? data[pos] : undefined;
  if (tag === undefined) return undefined;
  switch (tag) {
    case 104:
      return { kind: 'tuple', size: 2, count: view.getUint8(pos + 1), text: `tuple of ${view.getUint8(pos + 1)}` };
    case 105:
      return { kind: 'tuple', size: 5, count: view.getUint32(pos + 1), text: `tuple of ${view.getUint32(pos + 1)}` };
    case 107:
      return { kind: 'bytes', size: 3, count: view.getUint16(pos + 1), text: `string of ${view.getUint16(pos + 1)}` };
    case 108:
      return { kind: 'list', size: 5, count: view.getUint32(pos + 1), text: `list of ${view.getUint32(pos + 1)}` };
    case 109:
      return {
        kind: 'bytes',
        size: 5,
        count: view.getUint32(pos + 1),
        text: `binary of ${counted(view.getUint32(pos + 1), 'byte')}`,
      };
    case 116:
      return { kind: 'map', size: 5, count: view.getUint32(pos + 1), text: `map of ${counted(view.getUint32(pos + 1), 'pair')}` };
    default:
      return undefined;
  }
}

function* openRows(reader: Reader, head: Head, level: number, opened: number): Generator<DumpRow> {
  const start = reader.pos;
  reader.skip(head.size);
  yield row(reader, start, head.text, level);
  if (head.kind === 'bytes') {
    yield* rawRows(reader, head.count, level + 1);
    return;
  }
  reader.checkCount(head.count, head.kind === 'map' ? 2 : 1, 'terms');
  for (let left = head.count; left > 0; left--) {
    if (head.kind === 'map') yield* pairRows(reader, level + 1, opened + 1);
    else yield* bareTermRows(reader, level + 1, opened + 1);
  }
  if (head.kind === 'list') yield* tailRows(reader, level + 1, opened + 1);
}

/** A short pair is one row, in a longer one the value stands below the key. */
function* pairRows(reader: Reader, level: number, opened: number): Generator<DumpRow> {
  const start = reader.pos;
  const key = readTerm(reader);
  if (key !== undefined) reader.pos = key.end;
  const value = key && readTerm(reader);
  if (value === undefined || value.end - start > SHORT) {
    reader.pos = start;
    yield* bareTermRows(reader, level, opened);
    yield* bareTermRows(reader, level + 1, opened);
  } else {
    reader.pos = value.end;
    yield row(reader, start, `${termText((key as FoundTerm).term)} => ${termText(value.term)}`, level);
  }
}

function* tailRows(reader: Reader, level: number, opened: number): Generator<DumpRow> {
  const start = reader.pos;
  if (reader.left > 0 && reader.data[start] === 106) {
    reader.skip(1);
    yield row(reader, start, 'end of the list', level);
  } else {
    yield* bareTermRows(reader, level, opened);
  }
}
