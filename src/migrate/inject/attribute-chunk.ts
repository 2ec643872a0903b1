// One pair more in Attr, `131 [{Name, [Value]}, ...]`, and one less; the other pairs keep their bytes, and so does what follows the term.
//   131 108 u32 count, pairs, 106      131 106 where there are no attributes

import { type Origin, Reader } from '../../bytes/reader.js';
import { Writer } from '../../bytes/writer.js';
import { TermCursor } from '../../term/etf-cursor.js';
import { encodeTerm } from '../../term/etf-encode.js';
import { skipTerm } from '../../term/etf-skip.js';
import { atom, isAtom, isTuple, list, NIL, properList, type Term, tuple } from '../../term/model.js';
import { isMarker, MARKER_ATTRIBUTE } from './marker.js';

const LIST = 108;
const EMPTY = 106;
/** Index of the first pair. */
const FIRST = 6;

/** Returns the data of an Attr chunk with the mark as its last pair; `data` is undefined where there is none. */
export function addMarker(data: Uint8Array | undefined, marker: Term, atoms: 'latin1' | 'utf8', origin: Origin): Uint8Array {
  const pair = encodeTerm(tuple(atom(MARKER_ATTRIBUTE), list([marker])), { atoms }).subarray(1);
  const old = data ?? Uint8Array.of(131, EMPTY);
  const spans = pairSpans(old, origin);
  const end = spans.at(-1)?.end ?? FIRST;
  const pairs = spans.length === 0 ? new Uint8Array(0) : old.subarray(FIRST, end);
  const rest = old.subarray(spans.length === 0 ? 2 : end + 1);
  return build(spans.length + 1, [pairs, pair], rest);
}

/** Returns the data without its last pair that is a mark; throws ParseError where there is none. */
export function removeMarker(data: Uint8Array, origin: Origin): Uint8Array {
  const spans = pairSpans(data, origin);
  const span = spans.findLast(({ start, end }) => hasMarker(data, start, end, origin));
  if (span === undefined) return new Reader(data, origin).fail('malformed', 'no mark of an injection');
  const end = spans.at(-1)?.end ?? FIRST;
  return build(spans.length - 1, [data.subarray(FIRST, span.start), data.subarray(span.end, end)], data.subarray(end + 1));
}

function build(count: number, pairs: readonly Uint8Array[], rest: Uint8Array): Uint8Array {
  const writer = new Writer(256).u8(131);
  if (count > 0) writer.u8(LIST).u32(count);
  for (const bytes of pairs) writer.bytes(bytes);
  return writer.u8(EMPTY).bytes(rest).finish();
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Returns where the pairs lie. */
function pairSpans(data: Uint8Array, origin: Origin): readonly Span[] {
  const reader = new Reader(data, origin);
  if (reader.u8() !== 131) reader.fail('malformed', 'attributes that do not begin with 131', 0);
  const tag = reader.u8();
  if (tag === EMPTY) return [];
  if (tag !== LIST) reader.fail('unsupported', `attributes that begin with the tag ${tag}`, 1);
  const count = reader.u32();
  reader.checkCount(count, 1, 'attributes');
  const spans: Span[] = [];
  while (spans.length < count) {
    const end = skipTerm(data, reader.pos, origin);
    spans.push({ start: reader.pos, end });
    reader.pos = end;
  }
  if (count === 0 || reader.u8() !== EMPTY) reader.fail('unsupported', 'attributes that are no proper list');
  return spans;
}

function hasMarker(data: Uint8Array, start: number, end: number, origin: Origin): boolean {
  const term = new TermCursor(data.subarray(0, end), origin, start).term();
  if (!isTuple(term, 2) || !isAtom(term.items[0], MARKER_ATTRIBUTE)) return false;
  const [, values = NIL] = term.items;
  return (properList(values) ?? []).some(isMarker);
}
