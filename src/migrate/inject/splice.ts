// Edits of bytes, addressed by where they lie in the original: what is between them comes out byte for byte, and each list of edits has one
// that takes it back.

import { Writer } from '../../bytes/writer.js';
import { ParseError } from '../../errors.js';

/** `length` bytes from index `at` on are replaced by `bytes`. */
export interface Splice {
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** Returns the splices by ascending index; those at the same index stay in their order. */
export function sortSplices(splices: readonly Splice[]): readonly Splice[] {
  return [...splices].sort((left, right) => left.at - right.at);
}

/** Carries out splices that are in ascending order; throws ParseError `range` for one that lies outside of the data or in another. */
export function applySplices(data: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const edited = new Uint8Array(editedSize(data.length, splices));
  let from = 0;
  let to = 0;
  for (const { at, length, bytes } of splices) {
    edited.set(data.subarray(from, at), to);
    edited.set(bytes, to + at - from);
    to += at - from + bytes.length;
    from = at + length;
  }
  edited.set(data.subarray(from), to);
  return edited;
}

function editedSize(size: number, splices: readonly Splice[]): number {
  let from = 0;
  let edited = size;
  for (const { at, length, bytes } of splices) {
    if (!(at >= from && length >= 0 && at + length <= size)) failRange(at, length, size);
    edited += bytes.length - length;
    from = at + length;
  }
  return edited;
}

function failRange(at: number, length: number, size: number): never {
  throw new ParseError({ code: 'range', reason: `an edit of the bytes ${at} to ${at + length} of ${size}` });
}

/** Returns the splices that make `data` again of what splices in ascending order made of it. */
export function invertSplices(data: Uint8Array, splices: readonly Splice[]): readonly Splice[] {
  let shift = 0;
  return splices.map(({ at, length, bytes }) => {
    const inverse = { at: at + shift, length: bytes.length, bytes: data.slice(at, at + length) };
    shift += bytes.length - length;
    return inverse;
  });
}

/** Returns the splice that writes a u32 over the one at index `at`. */
export function u32Splice(at: number, value: number): Splice {
  return { at, length: 4, bytes: new Writer(4).u32(value).finish() };
}
