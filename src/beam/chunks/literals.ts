// `LitT`: the constant terms of the code, 0-based.
//   u32 size    of the table once inflated; 0 (OTP 28 and later): the table follows as it is
//   table       u32 count, count x (u32 size, external term of that size); zlib around it unless size is 0
// A literal is never itself compressed, and bytes that are left over in its size are ignored. Defined by beam_dict.erl, beam_file.c.

import { type Origin, Reader } from '../../bytes/reader.js';
import { Writer } from '../../bytes/writer.js';
import { deflate, inflate } from '../../bytes/zlib.js';
import { within } from '../../errors.js';
import { decodeTerm } from '../../term/etf-decode.js';
import { encodeTerm } from '../../term/etf-encode.js';
import type { Term } from '../../term/model.js';

/** A 0-based index into the literal table. */
export type LiteralIndex = number & { readonly brand?: 'LiteralIndex' };

/** The table; its terms are decoded on demand. */
export interface LiteralTable {
  /** Whether the chunk is written with zlib (up to OTP 27). */
  readonly compressed: boolean;
  readonly count: number;
  /** Returns the literal; throws ParseError, `range` outside 0..count-1. */
  term(index: LiteralIndex): Term;
  /** Returns the encoded literal, 131 first. */
  bytes(index: LiteralIndex): Uint8Array;
  terms(): readonly Term[];
  /**
   * Calls `visit` for each place in the encoded literals where that byte stands, with all bytes of the table: without its tag no literal
   * holds a term of some kind.
   */
  eachByte(byte: number, visit: (literal: LiteralIndex, table: Uint8Array, at: number) => void): void;
}

/** Decodes the table of sizes; the terms wait. Throws ParseError. */
export function decodeLiterals(chunk: Reader): LiteralTable {
  const declared = chunk.u32();
  const reader = declared === 0 ? chunk : inflateTable(chunk, declared);
  const count = reader.u32();
  reader.checkCount(count, 4, 'literals');
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    const size = reader.u32();
    starts[index] = reader.pos;
    if (size > reader.left) {
      within(`literal ${index}`, () => reader.fail('truncated', `truncated literal: need ${size} bytes, have ${reader.left}`));
    }
    reader.pos += size;
    ends[index] = reader.pos;
  }
  reader.expectEnd();
  return buildTable(reader, declared !== 0, starts, ends);
}

function inflateTable(chunk: Reader, declared: number): Reader {
  const { base, space, file } = chunk.origin;
  const at = chunk.pos;
  const data = chunk.bytes(chunk.left);
  const bytes = inflate(data, { what: 'LitT', base: base + at, space, file, limit: declared });
  return new Reader(bytes, { base: 0, space: 'inflated LitT', what: 'LitT chunk', file });
}

function buildTable(reader: Reader, compressed: boolean, starts: Uint32Array, ends: Uint32Array): LiteralTable {
  const count = starts.length;
  const known = new Array<Term | undefined>(count);
  const bytes = (index: LiteralIndex): Uint8Array => {
    if (!(index >= 0 && index < count)) {
      within('LitT', () => reader.fail('range', `literal ${index} isn't in the table of ${count} literals`));
    }
    return reader.data.subarray(starts[index] as number, ends[index] as number);
  };
  const term = (index: LiteralIndex): Term => {
    const before = known[index];
    if (before !== undefined) return before;
    const data = bytes(index);
    const origin: Origin = { ...reader.origin, base: reader.origin.base + (starts[index] as number), what: 'literal' };
    // Decoded long after the chunk, so the error says by itself where it belongs.
    const made = within('LitT', () => within(`literal ${index}`, () => decodeTerm(data, { origin, compressed: 'refuse' })));
    known[index] = made;
    return made;
  };
  return {
    compressed,
    count,
    term,
    bytes,
    terms: () => Array.from({ length: count }, (_, at) => term(at)),
    eachByte: (byte, visit) => {
      const { data } = reader;
      let literal = 0;
      for (let at = data.indexOf(byte, starts[0]); at >= 0; at = data.indexOf(byte, at + 1)) {
        while (literal < count && at >= (ends[literal] as number)) literal++;
        if (literal === count) return;
        if (at >= (starts[literal] as number)) visit(literal, data, at);
      }
    },
  };
}

/** Encodes terms as the compiler does, with `[{minor_version, 2}, deterministic]`; compressed up to OTP 27. */
export function encodeLiterals(terms: readonly Term[], compressed: boolean): Uint8Array {
  return encodeLiteralBytes(
    terms.map((term) => encodeTerm(term, { atoms: 'utf8', mapOrder: 'deterministic' })),
    compressed,
  );
}

/** Encodes literals that are external terms already: untouched ones keep their bytes. */
export function encodeLiteralBytes(literals: readonly Uint8Array[], compressed: boolean): Uint8Array {
  const table = new Writer(4096).u32(literals.length);
  for (const bytes of literals) table.u32(bytes.length).bytes(bytes);
  const body = table.finish();
  const chunk = new Writer(body.length + 4).u32(compressed ? body.length : 0);
  return chunk.bytes(compressed ? deflate(body) : body).finish();
}
