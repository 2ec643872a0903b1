// MD5, which identifies modules (`beam_lib:md5/1`) and makes the keys of encrypted debug info: not for security.

import { md5 as portableMd5 } from '@noble/hashes/legacy';
import { nodeCrypto } from './platform.js';

/** Returns the 16 bytes of the MD5 of `data`. */
export function md5(data: Uint8Array): Uint8Array {
  return nodeCrypto()?.createHash('md5').update(data).digest() ?? portableMd5(data);
}

/** Returns bytes as lower-case hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
