// Whether bytes are the same, without a loop of ours where Node has one.

import { nodeBuffer } from './platform.js';

/** Tells whether two arrays hold the same bytes. */
export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  const buffer = nodeBuffer();
  return buffer === undefined ? left.every((byte, at) => byte === right[at]) : buffer.compare(left, right) === 0;
}
