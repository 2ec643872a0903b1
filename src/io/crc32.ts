// The CRC-32 of zip and gzip: polynomial 0xedb88320, bits from the lowest. Defined by RFC 1952.

import * as zlib from 'node:zlib';

let table: Uint32Array | undefined;

/** Continues the CRC-32 of what came before. zlib.crc32 is there since Node 20.15. */
export function crc32(bytes: Uint8Array, before: number): number {
  // zlib takes an empty buffer for the wish to begin anew.
  if (bytes.length === 0) return before;
  if (typeof zlib.crc32 === 'function') return zlib.crc32(bytes, before);
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
  return ~crc >>> 0;
}
