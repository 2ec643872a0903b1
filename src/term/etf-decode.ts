// Bytes of the external term format to terms.
//
//   131 tag ...                              a term
//   131 80 u32-size zlib(tag ...)            compressed: inflates to `size` bytes, without a second 131
//
// Defined by erts/doc/guides "External Term Format"; etf-cursor.ts reads what follows the head.

import type { Origin } from '../bytes/reader.js';
import { inflatePrefix } from '../bytes/zlib.js';
import { ParseError, type ParseErrorCode } from '../errors.js';
import { MAX_TERMS_PER_BYTE, TERM_ALLOWANCE } from '../limits.js';
import { TermCursor } from './etf-cursor.js';
import type { Term } from './model.js';

/** How to decode, and where the bytes lie for error positions. */
export interface DecodeTermOptions {
  /** Where `data[0]` lies and what it is called; offset 0 of the file and `term` by default. */
  readonly origin?: Origin;
  /** Bytes after the term are ignored by default, as `binary_to_term` does. */
  readonly trailing?: 'ignore' | 'refuse';
  /** Literals may not be compressed: `refuse` them there. Accepted by default. */
  readonly compressed?: 'accept' | 'refuse';
}

/** A term and where it ended. */
export interface DecodedTerm {
  readonly term: Term;
  /** Index in the data of the first byte after the term. */
  readonly end: number;
}

const DEFAULT_ORIGIN: Origin = { base: 0, space: 'file', what: 'term' };

/** Decodes the external term that `data` begins with; throws ParseError. Binaries are views of `data`, not copies. */
export function decodeTerm(data: Uint8Array, options: DecodeTermOptions = {}): Term {
  const { term, end } = decodeTermPrefix(data, options);
  if (options.trailing === 'refuse' && end < data.length) {
    const origin = options.origin ?? DEFAULT_ORIGIN;
    fail(origin, 'malformed', `${data.length - end} bytes after the end of ${origin.what}`, end);
  }
  return term;
}

/** Decodes the external term that `data` begins with and tells where it ended; throws ParseError. */
export function decodeTermPrefix(data: Uint8Array, options: DecodeTermOptions = {}): DecodedTerm {
  const origin = options.origin ?? DEFAULT_ORIGIN;
  if (data[0] !== 131) fail(origin, data.length === 0 ? 'truncated' : 'malformed', `${origin.what} doesn't begin with 131`, 0);
  if (data[1] === 80) return decodeCompressed(data, origin, options.compressed ?? 'accept');
  const cursor = new TermCursor(data, origin, 1);
  return { term: cursor.term(), end: cursor.pos };
}

/** The bytes of a compressed term, inflated: `tag ...` without the 131. */
export interface InflatedTerm {
  readonly bytes: Uint8Array;
  readonly origin: Origin;
  /** Index in the compressed data of the first byte after the term. */
  readonly end: number;
}

/** Inflates the compressed term (131, 80, ...) that `data` begins with; throws ParseError. */
export function inflateTerm(data: Uint8Array, origin: Origin = DEFAULT_ORIGIN): InflatedTerm {
  if (data.length < 6) fail(origin, 'truncated', `truncated ${origin.what}: need 6 bytes, have ${data.length}`, 0);
  const size = new DataView(data.buffer, data.byteOffset).getUint32(2);
  const { bytes, consumed } = inflatePrefix(data.subarray(6), {
    what: origin.what,
    base: origin.base + 6,
    space: origin.space,
    file: origin.file,
    limit: size,
  });
  if (bytes.length !== size) fail(origin, 'malformed', `${origin.what} inflates to ${bytes.length} bytes instead of ${size}`, 2);
  return {
    bytes,
    origin: { base: 0, space: `inflated ${origin.what}`, what: origin.what, file: origin.file },
    end: 6 + consumed,
  };
}

function decodeCompressed(data: Uint8Array, origin: Origin, compressed: 'accept' | 'refuse'): DecodedTerm {
  if (compressed === 'refuse') fail(origin, 'malformed', `${origin.what} is compressed, which is not allowed here`, 1);
  const inflated = inflateTerm(data, origin);
  const budget = TERM_ALLOWANCE + MAX_TERMS_PER_BYTE * inflated.end;
  return { term: new TermCursor(inflated.bytes, inflated.origin, 0, budget).term(), end: inflated.end };
}

function fail(origin: Origin, code: ParseErrorCode, reason: string, pos: number): never {
  throw new ParseError({ code, reason, offset: origin.base + pos, space: origin.space, file: origin.file });
}
