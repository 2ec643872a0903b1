// Some of the pairs of a chunk that is one external term `[{Key, Value}, ...]`, Attr or CInf: values of other keys are passed over, since
// each module has some that hardly anybody asks for, `vsn` and the options of the compiler.

import type { Origin, Reader } from '../../bytes/reader.js';
import { latin1AtomAt, utf8AtomAt } from '../../term/atom-cache.js';
import { TermCursor } from '../../term/etf-cursor.js';
import { decodeTerm } from '../../term/etf-decode.js';
import { skipTerm } from '../../term/etf-skip.js';
import { type Atom, isAtom, isTuple, properList, type Term } from '../../term/model.js';

/** A key and its value. */
export type Pair = readonly [key: string, value: Term];

/**
 * Returns the pairs with those keys, in the order of the file; what isn't a pair is left out. Throws ParseError, but not for what is wrong
 * in a value that is passed over.
 */
export function decodePairs(reader: Reader, keys: ReadonlySet<string>): readonly Pair[] {
  const data = reader.bytes(reader.left);
  const origin = { ...reader.origin, base: reader.origin.base + reader.pos - data.length };
  return plainPairs(data, origin, keys) ?? pairsOf(decodeTerm(data, { origin }), keys);
}

function pairsOf(term: Term, keys: ReadonlySet<string>): readonly Pair[] {
  return (properList(term) ?? []).flatMap((item): readonly Pair[] => {
    if (!isTuple(item, 2) || !isAtom(item.items[0])) return [];
    const [key, value] = item.items as readonly [Atom, Term];
    return keys.has(key.name) ? [[key.name, value]] : [];
  });
}

const LIST = 108;
const TUPLE = 104;
const LATIN1_ATOM = 100;
const UTF8_ATOM = 119;

/** Reads a list of pairs as compilers write it; undefined where it is written in any other way. */
function plainPairs(data: Uint8Array, origin: Origin, keys: ReadonlySet<string>): readonly Pair[] | undefined {
  if (data.length < 6 || data[0] !== 131 || data[1] !== LIST) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const pairs: Pair[] = [];
  let pos = 6;
  for (let left = view.getUint32(2); left > 0; left--) {
    const key = keyAt(view, pos);
    if (key === undefined) return undefined;
    if (keys.has(key.atom.name)) {
      const cursor = new TermCursor(data, origin, key.end);
      pairs.push([key.atom.name, cursor.term()]);
      pos = cursor.pos;
    } else pos = skipTerm(data, key.end, origin);
  }
  return pairs;
}

/** Reads the beginning of a tuple of two, up to the value. */
function keyAt(view: DataView, pos: number): { readonly atom: Atom; readonly end: number } | undefined {
  // Whatever the key, a pair takes more bytes than these.
  if (pos + 5 > view.byteLength || view.getUint8(pos) !== TUPLE || view.getUint8(pos + 1) !== 2) return undefined;
  const tag = view.getUint8(pos + 2);
  if (tag !== LATIN1_ATOM && tag !== UTF8_ATOM) return undefined;
  const size = tag === UTF8_ATOM ? view.getUint8(pos + 3) : view.getUint16(pos + 3);
  const start = pos + (tag === UTF8_ATOM ? 4 : 5);
  if (start + size >= view.byteLength) return undefined;
  const atom = tag === UTF8_ATOM ? utf8AtomAt(view, start, size) : latin1AtomAt(view, start, size);
  return atom && { atom, end: start + size };
}
