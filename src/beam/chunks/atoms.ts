// The atom table: `AtU8` (UTF-8, since OTP 20) and `Atom` (latin1, before).
//
//   i32 count, then count entries   u8 length, bytes                        Atom, and AtU8 up to OTP 27
//   i32 -count, then count entries  compact term (tag u) length, bytes      AtU8 from OTP 28 on
//
// Indices are 1-based, atom 1 is the module; 0 is no atom (`[]` as an operand). Defined by beam_dict.erl and beam_file.c.

import type { Reader } from '../../bytes/reader.js';
import { encodeLatin1, encodeUtf8 } from '../../bytes/text.js';
import { Writer } from '../../bytes/writer.js';
import { type ParseErrorCode, within } from '../../errors.js';
import { MAX_ATOM_CHARACTERS } from '../../limits.js';
import { latin1AtomAt, utf8AtomAt } from '../../term/atom-cache.js';
import type { Atom } from '../../term/model.js';
import { readCompactTerm, TAG_U, writeCompactTerm } from '../compact-term.js';

/** UTF-8 takes at most four bytes a character. */
const MAX_ATOM_BYTES = MAX_ATOM_CHARACTERS * 4;

/** A 1-based index into the atom table; 0 is none. */
export type AtomIndex = number & { readonly brand?: 'AtomIndex' };

/** How the table is written: `latin1` is the chunk `Atom`, the others are `AtU8` up to OTP 27 and from 28 on. */
export type AtomLayout = 'latin1' | 'short' | 'long';

/** The table with its characters decoded on demand: most questions need few of the names. */
export interface AtomTable {
  readonly layout: AtomLayout;
  readonly count: number;
  /** Returns the atom at a 1-based index; throws ParseError `range` outside 1..count. */
  atom(index: AtomIndex): Atom;
  /** Returns the name of that atom. */
  name(index: AtomIndex): string;
  /** Returns all names; the first is the module's. */
  names(): readonly string[];
  /** The bytes that the table lies in, and a view of the same. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Returns where the characters of that atom begin in `bytes`; undefined, as the end, where there is no such atom. */
  start(index: AtomIndex): number | undefined;
  end(index: AtomIndex): number | undefined;
}

/** Decodes the table; lengths are checked now, characters when asked for. */
export function decodeAtoms(reader: Reader, encoding: 'latin1' | 'utf8'): AtomTable {
  const declared = reader.i32();
  const layout: AtomLayout = encoding === 'latin1' ? 'latin1' : declared < 0 ? 'long' : 'short';
  if (layout === 'latin1' && declared < 0) reader.fail('range', `negative count of atoms: ${declared}`, reader.pos - 4);
  const count = Math.abs(declared);
  if (count === 0) reader.fail('range', 'no atoms: the first one would be the module', reader.pos - 4);
  reader.checkCount(count, 1, 'atoms');
  const starts = new Uint32Array(count + 1);
  const ends = new Uint32Array(count + 1);
  for (let index = 1; index <= count; index++) {
    const size = layout === 'long' ? readLongLength(reader, index) : reader.u8();
    starts[index] = reader.pos;
    reader.skip(size);
    ends[index] = reader.pos;
  }
  return buildTable(reader, layout, starts, ends);
}

function readLongLength(reader: Reader, index: AtomIndex): number {
  return within(`atom ${index}`, () => {
    const start = reader.pos;
    const { value } = readCompactTerm(reader);
    if (value < 0 || value > MAX_ATOM_BYTES) reader.fail('range', `an atom of ${value} bytes`, start);
    return Number(value);
  });
}

function buildTable(reader: Reader, layout: AtomLayout, starts: Uint32Array, ends: Uint32Array): AtomTable {
  const count = starts.length - 1;
  let atoms: (Atom | undefined)[] | undefined;
  const { buffer, byteOffset, byteLength } = reader.data;
  const view = new DataView(buffer, byteOffset, byteLength);
  const decodeAt = layout === 'latin1' ? latin1AtomAt : utf8AtomAt;
  const atomAt = (index: AtomIndex): Atom => {
    atoms ??= new Array(count + 1);
    const known = atoms[index];
    if (known !== undefined) return known;
    if (!(index >= 1 && index <= count)) fail(reader, 'range', index, `isn't in the table of ${count} atoms`);
    const start = starts[index] as number;
    const made = decodeAt(view, start, (ends[index] as number) - start) ?? failDecode(reader, index, start);
    atoms[index] = made;
    return made;
  };
  const name = (index: AtomIndex) => atomAt(index).name;
  return {
    layout,
    count,
    atom: atomAt,
    name,
    names: () => Array.from({ length: count }, (_, at) => name(at + 1)),
    bytes: reader.data,
    view,
    start: (index) => starts[index],
    end: (index) => ends[index],
  };
}

function failDecode(reader: Reader, index: AtomIndex, start: number): never {
  return fail(reader, 'malformed', index, `is not valid UTF-8 of at most ${MAX_ATOM_CHARACTERS} characters`, start);
}

/** Names are decoded long after the chunk, so the error says by itself where it belongs. */
function fail(reader: Reader, code: ParseErrorCode, index: AtomIndex, fault: string, at?: number): never {
  return within(reader.origin.what, () => within(`atom ${index}`, () => reader.fail(code, `the atom ${fault}`, at)));
}

/** Encodes names in a layout; throws RangeError where one doesn't fit it (over 255 bytes, or not latin1). */
export function encodeAtoms(names: readonly string[], layout: AtomLayout): Uint8Array {
  const writer = new Writer(1024).i32(layout === 'long' ? -names.length : names.length);
  for (const name of names) {
    const bytes = layout === 'latin1' ? encodeLatin1(name) : encodeUtf8(name);
    if (bytes === undefined || (layout !== 'long' && bytes.length > 255)) {
      throw new RangeError(`the atom ${name} doesn't fit the ${layout} layout`);
    }
    if (layout === 'long') writeCompactTerm(writer, TAG_U, bytes.length);
    else writer.u8(bytes.length);
    writer.bytes(bytes);
  }
  return writer.finish();
}
