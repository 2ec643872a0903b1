// Names as numbers, the same name always the same number. They are found by their bytes: tables of atoms are full of names that stood in other
// modules before, and to make a string of each takes longer than all else that is done with it.

import type { AtomTable } from '../beam/chunks/atoms.js';
import { decodeLatin1, encodeUtf8 } from '../bytes/text.js';
import { append, type IntColumn, newColumn } from './sets/int-column.js';

/** Names by number, in the order of their coming. */
export interface NameTable {
  readonly texts: string[];
  /** By number: where the name ends in `bytes`, and its hash. */
  readonly ends: IntColumn;
  readonly hashes: IntColumn;
  /** UTF-8, one name after the other. */
  bytes: DataView;
  /** An open hash table: one more than a number, 0 where a slot is free. A power of two, at most half full. */
  slots: Int32Array;
  /** Names that no slot near theirs was left for. */
  readonly crowded: Map<string, number>;
}

/** So many slots are tried for a name: who makes names that hash alike can't make this slow. */
const MOST_TRIES = 32;

/** Returns a table without names. */
export function newNameTable(): NameTable {
  return {
    texts: [],
    ends: newColumn(),
    hashes: newColumn(),
    bytes: new DataView(new ArrayBuffer(1 << 12)),
    slots: new Int32Array(1 << 10),
    crowded: new Map(),
  };
}

/** Returns the number of an atom's name, a new one if it is new; throws ParseError where there is no such atom, or it is no text. */
export function numberAtom(names: NameTable, atoms: AtomTable, index: number): number {
  const start = atoms.start(index) ?? 0;
  const length = (atoms.end(index) ?? 0) - start;
  // What is Latin-1 has other bytes here.
  if (length === 0 || atoms.layout === 'latin1') return numberName(names, atoms.name(index));
  const data = atoms.view;
  const hash = hashOf(data, start, length);
  const slot = slotOf(names, data, start, length, hash);
  if (slot >= 0 && names.slots[slot] !== 0) return (names.slots[slot] as number) - 1;
  const text = asciiAt(atoms.bytes, start, length) ?? atoms.name(index);
  return addName(names, text, data, start, length, hash, slot);
}

/** Returns the number of a name, a new one if it is new. */
export function numberName(names: NameTable, text: string): number {
  const known = findName(names, text);
  return known >= 0 ? known : addName(names, text, written, 0, writtenLength, writtenHash, writtenSlot);
}

/** Returns the number of a name, -1 where it has none. */
export function findName(names: NameTable, text: string): number {
  writeName(text);
  writtenHash = hashOf(written, 0, writtenLength);
  writtenSlot = slotOf(names, written, 0, writtenLength, writtenHash);
  return writtenSlot < 0 ? (names.crowded.get(text) ?? -1) : (names.slots[writtenSlot] as number) - 1;
}

// The name that was looked for by its text last.
let written = new DataView(new ArrayBuffer(1024));
let writtenLength = 0;
let writtenHash = 0;
let writtenSlot = 0;

function writeName(text: string): void {
  writtenLength = text.length;
  if (text.length > written.byteLength) written = new DataView(new ArrayBuffer(text.length));
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) {
      writeEncoded(encodeUtf8(text));
      return;
    }
    written.setUint8(at, unit);
  }
}

function writeEncoded(bytes: Uint8Array): void {
  writtenLength = bytes.length;
  if (bytes.length > written.byteLength) written = new DataView(new ArrayBuffer(bytes.length));
  new Uint8Array(written.buffer).set(bytes);
}

/** Hashes words, the last of which may overlap the one before. */
function hashOf(data: DataView, start: number, length: number): number {
  let hash = length;
  if (length < 4) for (let at = 0; at < length; at++) hash = mixed(hash, data.getUint8(start + at));
  else {
    for (let at = 0; at < length - 4; at += 4) hash = mixed(hash, data.getInt32(start + at));
    hash = mixed(hash, data.getInt32(start + length - 4));
  }
  return hash;
}

function mixed(hash: number, word: number): number {
  const next = Math.imul(hash ^ word, 0x9e3779b1);
  return next ^ (next >>> 15);
}

/** Returns the slot that a name has, or the free one that it would get; -1 where there is none near. */
function slotOf({ slots, hashes, ends, bytes }: NameTable, data: DataView, start: number, length: number, hash: number): number {
  const mask = slots.length - 1;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const slot = (hash + tries) & mask;
    const number = (slots[slot] as number) - 1;
    if (number < 0) return slot;
    if (hashes.values[number] !== hash) continue;
    const first = number === 0 ? 0 : (ends.values[number - 1] as number);
    if ((ends.values[number] as number) - first === length && areSame(bytes, first, data, start, length)) return slot;
  }
  return -1;
}

function areSame(one: DataView, first: number, other: DataView, start: number, length: number): boolean {
  if (length < 4) {
    for (let at = 0; at < length; at++) if (one.getUint8(first + at) !== other.getUint8(start + at)) return false;
    return true;
  }
  for (let at = 0; at < length - 4; at += 4) if (one.getInt32(first + at) !== other.getInt32(start + at)) return false;
  return one.getInt32(first + length - 4) === other.getInt32(start + length - 4);
}

/** An atom may have so many characters. */
const MOST_ASCII = 255;

/** Returns the text where it is ASCII, and short enough for an atom. */
function asciiAt(bytes: Uint8Array, start: number, length: number): string | undefined {
  if (length > MOST_ASCII) return undefined;
  for (let at = start; at < start + length; at++) if ((bytes[at] as number) >= 0x80) return undefined;
  return decodeLatin1(bytes, start, start + length);
}

function addName(
  names: NameTable,
  text: string,
  data: DataView,
  start: number,
  length: number,
  hash: number,
  slot: number,
): number {
  // A name that is crowded out is found by its text.
  const crowded = slot < 0 ? names.crowded.get(text) : undefined;
  if (crowded !== undefined) return crowded;
  const { ends, texts } = names;
  const first = ends.length === 0 ? 0 : (ends.values[ends.length - 1] as number);
  if (first + length > names.bytes.byteLength) names.bytes = enlargedBytes(names.bytes, first + length);
  for (let at = 0; at < length; at++) names.bytes.setUint8(first + at, data.getUint8(start + at));
  append(ends, first + length);
  append(names.hashes, hash);
  const number = texts.push(text) - 1;
  if (slot < 0) names.crowded.set(text, number);
  else names.slots[slot] = number + 1;
  if (texts.length * 2 > names.slots.length) enlargeSlots(names);
  return number;
}

function enlargedBytes(bytes: DataView, least: number): DataView {
  const larger = new Uint8Array(Math.max(bytes.byteLength * 2, least));
  larger.set(new Uint8Array(bytes.buffer));
  return new DataView(larger.buffer);
}

function enlargeSlots(names: NameTable): void {
  const slots = new Int32Array(names.slots.length * 2);
  names.crowded.clear();
  for (let number = 0; number < names.texts.length; number++) {
    const slot = freeSlot(slots, names.hashes.values[number] as number);
    if (slot < 0) names.crowded.set(names.texts[number] as string, number);
    else slots[slot] = number + 1;
  }
  names.slots = slots;
}

function freeSlot(slots: Int32Array, hash: number): number {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const slot = (hash + tries) & (slots.length - 1);
    if (slots[slot] === 0) return slot;
  }
  return -1;
}
