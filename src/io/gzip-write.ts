// A gzip file in steps, the same bytes on every machine: deflated by pako, since what node:zlib makes depends on the processor. What is
// compressed already is stored as it is, which takes no time:
//
//   gzip header, deflate blocks, .. [empty block of a full flush, stored blocks], .., CRC-32 u32le, size u32le
//
// Nothing refers back over a full flush, so that stored blocks can follow one. Defined by RFC 1951 and 1952.

import { Deflate } from 'pako';
import { crc32 } from './crc32.js';

/** A gzip file that is being written. */
export interface GzipWriter {
  /** Adds bytes. */
  readonly put: (bytes: Uint8Array) => void;
  /** Adds bytes without trying to make them fewer. */
  readonly store: (bytes: Uint8Array) => void;
  /** Ends the file and returns it. */
  readonly finish: () => Uint8Array;
}

const LEVEL = 6;
const NO_FLUSH = 0;
const FULL_FLUSH = 3;
const STORED_BYTES = 0xffff;
/** The system is Unix, as OTP and pako say on all. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);

/** Begins a gzip file. */
export function startGzip(): GzipWriter {
  const parts: Uint8Array[] = [HEADER];
  const deflate = new Deflate({ raw: true, level: LEVEL });
  deflate.onData = (bytes) => void parts.push(bytes as Uint8Array);
  let crc = 0;
  let size = 0;
  let isPending = false;
  const count = (bytes: Uint8Array) => {
    crc = crc32(bytes, crc);
    size += bytes.length;
  };
  const put = (bytes: Uint8Array) => {
    if (bytes.length === 0) return;
    count(bytes);
    deflate.push(bytes, NO_FLUSH);
    isPending = true;
  };
  const store = (bytes: Uint8Array) => {
    if (bytes.length === 0) return;
    if (isPending) deflate.push(new Uint8Array(0), FULL_FLUSH);
    isPending = false;
    count(bytes);
    for (let at = 0; at < bytes.length; at += STORED_BYTES) parts.push(...storedBlock(bytes.subarray(at, at + STORED_BYTES)));
  };
  const finish = () => {
    deflate.push(new Uint8Array(0), true);
    parts.push(littleEndian(crc), littleEndian(size));
    return Buffer.concat(parts);
  };
  return { put, store, finish };
}

function storedBlock(bytes: Uint8Array): readonly Uint8Array[] {
  const { length } = bytes;
  return [Uint8Array.of(0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff), bytes];
}

function littleEndian(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff);
}
