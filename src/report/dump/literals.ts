// The rows of `LitT`: the size and the compressed stream, and the table that it inflates to: the count, then each literal's size and term.

import { Reader } from '../../bytes/reader.js';
import { inflatePrefix } from '../../bytes/zlib.js';
import { within } from '../../errors.js';
import { counted } from '../counted.js';
import { coveringRows } from './coverage.js';
import { type DumpRow, row } from './row.js';
import { termRows } from './terms.js';

/** Reads the chunk as rows: the table itself where it isn't compressed, else the stream. Throws ParseError. */
export function* literalChunkRows(reader: Reader): Generator<DumpRow> {
  const size = reader.u32();
  const start = reader.pos;
  if (size === 0) {
    yield row(reader, start - 4, 'not compressed (OTP 28 and later)');
    yield* literalRows(reader);
  } else {
    yield row(reader, start - 4, `inflates to ${size} bytes`);
    reader.skip(inflateFrom(reader, size).consumed);
    yield row(reader, start, `zlib stream of ${reader.pos - start} bytes`);
  }
}

/** Returns a reader of the table that the chunk inflates to, undefined where it isn't compressed; throws ParseError. */
export function inflateLiterals(reader: Reader): Reader | undefined {
  const size = reader.u32();
  if (size === 0) return undefined;
  return new Reader(inflateFrom(reader, size).bytes, { base: 0, space: 'inflated LitT', what: 'LitT chunk' });
}

function inflateFrom({ data, pos, end, origin }: Reader, limit: number) {
  return inflatePrefix(data.subarray(pos, end), { what: 'LitT', base: origin.base + pos, space: origin.space, limit });
}

/** Reads the table as rows; throws ParseError. */
export function* literalRows(reader: Reader): Generator<DumpRow> {
  const count = reader.u32();
  yield row(reader, reader.pos - 4, counted(count, 'literal'));
  reader.checkCount(count, 4, 'literals');
  for (let index = 0; index < count; index++) yield* literalRow(reader, index);
}

/** A broken literal doesn't end the table, whose sizes tell where the next one begins. */
function* literalRow(reader: Reader, index: number): Generator<DumpRow> {
  const size = reader.u32();
  yield row(reader, reader.pos - 4, `literal ${index}, ${counted(size, 'byte')}`);
  const literal = within(`literal ${index}`, () => reader.part(size, `literal ${index}`));
  yield* coveringRows(literal, (term) => termRows(term, 1), 1);
}
