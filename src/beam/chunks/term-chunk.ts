// The chunks that are one external term: Attr, CInf, Meta, ExCk (written with term_to_binary's default of the compiling release),
// Dbgi, Abst and Docs (written with `compressed`).

import type { Reader } from '../../bytes/reader.js';
import { decodeTerm } from '../../term/etf-decode.js';
import { encodeTerm } from '../../term/etf-encode.js';
import type { Term } from '../../term/model.js';

/** Decodes the term; bytes after it are ignored, as the loader does. Throws ParseError. */
export function decodeTermChunk(reader: Reader): Term {
  const { origin, pos } = reader;
  return decodeTerm(reader.bytes(reader.left), { origin: { ...origin, base: origin.base + pos } });
}

const COMPRESSED: ReadonlySet<string> = new Set(['Dbgi', 'Abst', 'Docs']);

/** Encodes a term as a compiler of that OTP release writes it into the chunk `id`; latin1 atoms up to OTP 25, UTF-8 from 26 on. */
export function encodeTermChunk(id: string, term: Term, otp: number): Uint8Array {
  return encodeTerm(term, { atoms: otp <= 25 ? 'latin1' : 'utf8', compressed: COMPRESSED.has(id) });
}
