// Comparing and finding bytes, without a loop of ours where Node has one.

import { nodeBuffer } from './platform.js';

/** Tells whether two arrays hold the same bytes. */
export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  const buffer = nodeBuffer();
  return buffer === undefined ? left.every((byte, at) => byte === right[at]) : buffer.compare(left, right) === 0;
}

/** Returns the indices at which `pattern`, of one byte at least, stands in `data`, in ascending order. */
export function indicesOf(data: Uint8Array, pattern: Uint8Array): readonly number[] {
  const find = nodeBuffer()?.prototype.indexOf ?? slowIndexOf;
  const found: number[] = [];
  for (let at = find.call(data, pattern, 0); at >= 0; at = find.call(data, pattern, at + 1)) found.push(at);
  return found;
}

function slowIndexOf(this: Uint8Array, pattern: Uint8Array, from: number): number {
  const first = pattern[0] as number;
  for (let at = this.indexOf(first, from); at >= 0; at = this.indexOf(first, at + 1)) {
    if (pattern.every((byte, offset) => this[at + offset] === byte)) return at;
  }
  return -1;
}
