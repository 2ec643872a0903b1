// Makes the rows of a part cover each of its bytes once, whatever its decoder does: what a broken chunk leaves unread, and what stands
// after the end of a sound one, becomes rows of raw bytes.

import type { Reader } from '../../bytes/reader.js';
import { asParseError, ParseError } from '../../errors.js';
import { counted } from '../counted.js';
import { type DumpRow, rawRows, remark } from './row.js';

/** Reads the whole of a part: the rows of `decode`, then the rest. A ParseError of `decode` becomes a row at its place. */
export function* coveringRows(reader: Reader, decode: (reader: Reader) => Iterable<DumpRow>, level = 0): Generator<DumpRow> {
  let done = reader.pos;
  let fault: ParseError | undefined;
  try {
    for (const item of decode(reader)) {
      yield item;
      done += item.bytes.length;
    }
  } catch (error) {
    const known = asParseError(error);
    if (!(known instanceof ParseError)) throw known;
    fault = known;
  }
  reader.pos = done;
  if (fault !== undefined) {
    yield* rawRows(reader, Math.max(0, placeOf(fault, reader) - done), level);
    yield remark(reader, `error: ${fault.message}`, level);
  } else if (reader.left > 0) {
    yield remark(reader, `${counted(reader.left, 'byte')} after the end, ignored`, level);
  }
  yield* rawRows(reader, reader.left, level);
}

/** Returns the position of a fault in the part; where it stands now, for a fault of another place. */
function placeOf(fault: ParseError, { origin, pos, end }: Reader): number {
  if (fault.offset === undefined || fault.space !== origin.space) return pos;
  return Math.min(fault.offset - origin.base, end);
}
