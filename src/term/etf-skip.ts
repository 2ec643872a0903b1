// Moves over encoded terms without making them. Looks only at what tells where a term ends: what it passes need not decode.
// Defined by erts/doc/guides "External Term Format"; the switches are dispatch tables by tag, see etf-cursor.ts for what the tags are.

import type { Origin } from '../bytes/reader.js';
import { ParseError, type ParseErrorCode } from '../errors.js';

const NO_TERM = -1;

/**
 * Returns the index after the term whose tag is at `start` (there is no 131 before it). Throws ParseError: `truncated` where the bytes
 * end before the term does, `malformed` for a tag that begins no term.
 */
export function skipTerm(data: Uint8Array, start: number, origin: Origin): number {
  return walkTerm(data, start, origin, ignore);
}

function ignore(): void {}

/**
 * Calls `visit` with the tag and its index of the term at `start` and of each one inside it, in the order of the bytes, and returns the index
 * after all. Throws ParseError as {@link skipTerm} does, after it has visited what stands before the fault.
 */
export function walkTerm(data: Uint8Array, start: number, origin: Origin, visit: (tag: number, at: number) => void): number {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let pos = start;
  try {
    // What a term contains is counted, not nested: the terms that are still to be passed.
    for (let left = 1; left > 0; left--) {
      const tag = view.getUint8(pos);
      left += termsInside(view, tag, pos + 1);
      const next = afterFields(view, tag, pos + 1);
      if (next === NO_TERM) fail(origin, 'malformed', `unknown tag ${tag} of a term`, pos);
      visit(tag, pos);
      pos = next;
    }
  } catch (error) {
    if (error instanceof RangeError) fail(origin, 'truncated', `truncated ${origin.what}`, data.length);
    throw error;
  }
  if (pos > data.length) fail(origin, 'truncated', `truncated ${origin.what}`, data.length);
  return pos;
}

/** Returns how many terms follow the fields of the one whose fields begin at `pos`. */
function termsInside(view: DataView, tag: number, pos: number): number {
  switch (tag) {
    case 67:
      return view.getUint32(pos) * 2 + 2;
    case 104:
      return view.getUint8(pos);
    case 105:
      return view.getUint32(pos);
    case 108:
      return view.getUint32(pos) + 1;
    case 112:
      return view.getUint32(pos + 25) + 4;
    case 113:
      return 3;
    case 116:
      return view.getUint32(pos) * 2;
    default:
      return 0;
  }
}

/** Returns the index after the fields of a term, which begin at `pos` and have no terms in them but the node of an identifier. */
function afterFields(view: DataView, tag: number, pos: number): number {
  switch (tag) {
    case 106:
    case 113:
      return pos;
    case 97:
    case 104:
      return pos + 1;
    case 98:
    case 105:
    case 108:
    case 116:
      return pos + 4;
    case 67:
      return pos + 5;
    case 70:
      return pos + 8;
    case 112:
      return pos + 29;
    case 99:
      return pos + 31;
    case 115:
    case 119:
      return pos + 1 + view.getUint8(pos);
    case 110:
      return pos + 2 + view.getUint8(pos);
    case 100:
    case 107:
    case 118:
      return pos + 2 + view.getUint16(pos);
    case 109:
      return pos + 4 + view.getUint32(pos);
    case 77:
    case 111:
      return pos + 5 + view.getUint32(pos);
    case 101:
    case 102:
      return afterNode(view, pos) + 5;
    case 89:
      return afterNode(view, pos) + 8;
    case 103:
      return afterNode(view, pos) + 9;
    case 88:
    case 120:
      return afterNode(view, pos) + 12;
    case 90:
      return afterNode(view, pos + 2) + 4 + 4 * view.getUint16(pos);
    case 114:
      return afterNode(view, pos + 2) + 1 + 4 * view.getUint16(pos);
    default:
      return NO_TERM;
  }
}

/** Returns the index after the atom that names a node. */
function afterNode(view: DataView, pos: number): number {
  const tag = view.getUint8(pos);
  return tag === 115 || tag === 119 ? pos + 2 + view.getUint8(pos + 1) : pos + 3 + view.getUint16(pos + 1);
}

function fail(origin: Origin, code: ParseErrorCode, reason: string, pos: number): never {
  const { base, space, file } = origin;
  throw new ParseError({ code, reason, offset: base + pos, space, file });
}
