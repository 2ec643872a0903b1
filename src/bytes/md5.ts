// MD5, which identifies modules (`beam_lib:md5/1`) and makes the keys of encrypted debug info: not for security.

import { md5 as portableMd5 } from '@noble/hashes/legacy';
import { nodeCrypto } from './platform.js';

/** Returns the 16 bytes of the MD5 of `parts`, one after the other. */
export function md5(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = nodeCrypto()?.createHash('md5') ?? portableMd5.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Returns bytes as lower-case hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
