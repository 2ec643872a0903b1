// From the bytes of an atom to the Atom without making a string each time: a direct-mapped cache. An atom's hash names its one slot; a
// slot holds the bytes of the last atom that hashed there. So memory is fixed, and hostile atoms can at worst make every look-up a miss,
// which costs a string. Atoms that come from here aren't interned: most names of functions stand in one module only.

import { decodeLatin1, decodeUtf8 } from '../bytes/text.js';
import { MAX_ATOM_CHARACTERS } from '../limits.js';
import type { Atom } from './model.js';

const SLOT_BITS = 16;
const SLOTS = 1 << SLOT_BITS;
const SHIFT = 32 - SLOT_BITS;

/** Longer atoms aren't kept; a power of two. */
const LONGEST = 64;

/** Added to the length of Latin-1 atoms, so that the same bytes in the other encoding don't match. */
const LATIN1 = 128;

const keptKeys = new Uint8Array(SLOTS);
const keptHeads = new Int32Array(SLOTS);
const keptEnds = new Int32Array(SLOTS);
const keptBytes = new DataView(new ArrayBuffer(SLOTS * LONGEST));
const keptAtoms: (Atom | undefined)[] = new Array(SLOTS).fill(undefined);

/** Returns the atom whose UTF-8 is in `data` at `start`, and undefined where that isn't UTF-8 or over 255 characters. */
export function utf8AtomAt(data: DataView, start: number, length: number): Atom | undefined {
  return cached(data, start, length, 0);
}

/** Returns the atom whose Latin-1 characters are in `data` at `start`, and undefined where they are over 255. */
export function latin1AtomAt(data: DataView, start: number, length: number): Atom | undefined {
  return cached(data, start, length, LATIN1);
}

function cached(data: DataView, start: number, length: number, encoding: number): Atom | undefined {
  if (length === 0 || length > LONGEST) return made(data, start, length, encoding);
  const key = length + encoding;
  const end = start + length;
  const head = length >= 4 ? data.getInt32(start) : length === 1 ? data.getUint8(start) : data.getInt16(start);
  const last = length >= 4 ? data.getInt32(end - 4) : data.getUint8(end - 1);
  const slot = Math.imul(Math.imul(head, 0x9e3779b1) ^ last ^ key, 0x85ebca6b) >>> SHIFT;
  if (keptKeys[slot] === key && keptHeads[slot] === head && keptEnds[slot] === last && sameMiddle(data, start, length, slot)) {
    return keptAtoms[slot];
  }
  const found = made(data, start, length, encoding);
  if (found !== undefined) {
    for (let i = 0; i < length; i++) keptBytes.setUint8(slot * LONGEST + i, data.getUint8(start + i));
    keptKeys[slot] = key;
    keptHeads[slot] = head;
    keptEnds[slot] = last;
    keptAtoms[slot] = found;
  }
  return found;
}

/** Compares what is between the first and the last four bytes, in words of four that may overlap the last. */
function sameMiddle(data: DataView, start: number, length: number, slot: number): boolean {
  const kept = slot * LONGEST;
  for (let i = 4; i < length - 4; i += 4) {
    if (data.getInt32(start + i) !== keptBytes.getInt32(kept + i)) return false;
  }
  return true;
}

function made(data: DataView, start: number, length: number, encoding: number): Atom | undefined {
  const bytes = new Uint8Array(data.buffer, data.byteOffset + start, length);
  const name = encoding === LATIN1 ? decodeLatin1(bytes) : decodeUtf8(bytes);
  return name === undefined || isTooLong(name) ? undefined : { kind: 'atom', name };
}

/** Counts characters, of which some take two units. */
function isTooLong(name: string): boolean {
  return name.length > MAX_ATOM_CHARACTERS && (name.length > MAX_ATOM_CHARACTERS * 2 || [...name].length > MAX_ATOM_CHARACTERS);
}
