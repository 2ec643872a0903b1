// From the bytes of an atom to the interned Atom without making a string each time: a direct-mapped cache. An atom's hash names its
// one slot; a slot holds the bytes of the last atom that hashed there. So memory is fixed, a miss costs one look-up by string, and
// hostile atoms can at worst make every look-up a miss.

import { MAX_ATOM_CHARACTERS } from '../limits.js';
import { type Atom, atom } from './model.js';

const SLOTS = 1 << 15;

/** Longer atoms aren't kept; a power of two. */
const LONGEST = 64;

/** Added to the length of Latin-1 atoms, so that the same bytes in the other encoding don't match. */
const LATIN1 = 128;

const keptBytes = new Uint8Array(SLOTS * LONGEST);
const keptKeys = new Uint8Array(SLOTS);
const keptAtoms: (Atom | undefined)[] = new Array(SLOTS).fill(undefined);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Returns the atom whose UTF-8 is in `data` at `start`, and undefined where that isn't UTF-8 or over 255 characters. */
export function utf8AtomAt(data: Uint8Array, start: number, length: number): Atom | undefined {
  return cached(data, start, length, length);
}

/** Returns the atom whose Latin-1 characters are in `data` at `start`, and undefined where they are over 255. */
export function latin1AtomAt(data: Uint8Array, start: number, length: number): Atom | undefined {
  return cached(data, start, length, length | LATIN1);
}

function cached(data: Uint8Array, start: number, length: number, key: number): Atom | undefined {
  if (length === 0 || length > LONGEST) return made(data, start, length, key);
  let hash = key;
  const end = start + length;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (data[i] as number), 0x5bd1e995);
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  if (keptKeys[slot] === key) {
    let kept = slot * LONGEST;
    let i = start;
    while (i < end && data[i] === keptBytes[kept]) {
      i++;
      kept++;
    }
    if (i === end) return keptAtoms[slot];
  }
  const found = made(data, start, length, key);
  if (found !== undefined) {
    keptBytes.set(data.subarray(start, end), slot * LONGEST);
    keptKeys[slot] = key;
    keptAtoms[slot] = found;
  }
  return found;
}

function made(data: Uint8Array, start: number, length: number, key: number): Atom | undefined {
  const bytes = data.subarray(start, start + length);
  const name = key === length ? decodeUtf8(bytes) : String.fromCharCode(...bytes);
  return name === undefined ? undefined : atom(name);
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_ATOM_CHARACTERS * 4) return undefined;
  try {
    const name = utf8.decode(bytes);
    return name.length <= MAX_ATOM_CHARACTERS || [...name].length <= MAX_ATOM_CHARACTERS ? name : undefined;
  } catch {
    return undefined;
  }
}
