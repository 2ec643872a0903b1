// A gzip file of segments, the same bytes on every machine: deflated by pako, since what node:zlib makes depends on the processor. What is
// compressed already is stored as it is, which takes no time:
//
//   gzip header, segments, empty last block, CRC-32 u32le, size u32le
//   segment = deflate blocks, empty block of a full flush, stored blocks, .. ended by a full flush
//
// Nothing refers back over a full flush, and each segment has a deflater of its own: they can be made in any order, and in any thread.
// Defined by RFC 1951 and 1952.

import { Deflate } from 'pako';
import { crc32 } from './crc32.js';

/** Bytes to be compressed, or to be stored as they are. */
export interface GzipPiece {
  readonly bytes: Uint8Array;
  readonly isPacked: boolean;
}

/** A part of a gzip file. */
export interface GzipSegment {
  readonly deflated: Uint8Array;
  /** Of the bytes before they were deflated. */
  readonly crc: number;
  readonly size: number;
}

/** Bytes that are known by their checksum. */
export type Checked = Pick<GzipSegment, 'crc' | 'size'>;

const LEVEL = 6;
const NO_FLUSH = 0;
const FULL_FLUSH = 3;
const STORED_BYTES = 0xffff;
/** The system is Unix, as OTP and pako say on all. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
/** A last block without anything in it, in the fixed code. */
const LAST_BLOCK = Uint8Array.of(3, 0);

/** Continues the checksum of pieces. */
export function checkPieces(pieces: readonly GzipPiece[], before: Checked): Checked {
  return pieces.reduce(({ crc, size }, { bytes }) => ({ crc: crc32(bytes, crc), size: size + bytes.length }), before);
}

/** The checksum of nothing. */
export const NOTHING: Checked = { crc: 0, size: 0 };

/** Deflates the pieces of one segment. */
export function deflateSegment(pieces: readonly GzipPiece[]): GzipSegment {
  const parts: Uint8Array[] = [];
  const deflate = new Deflate({ raw: true, level: LEVEL });
  deflate.onData = (bytes) => void parts.push(bytes as Uint8Array);
  let isPending = false;
  const flush = () => {
    if (isPending) deflate.push(new Uint8Array(0), FULL_FLUSH);
    isPending = false;
  };
  for (const { bytes, isPacked } of pieces) {
    if (bytes.length === 0) continue;
    if (isPacked) {
      flush();
      for (let at = 0; at < bytes.length; at += STORED_BYTES) parts.push(...storedBlock(bytes.subarray(at, at + STORED_BYTES)));
    } else {
      deflate.push(bytes, NO_FLUSH);
      isPending = true;
    }
  }
  flush();
  return { deflated: Buffer.concat(parts), ...checkPieces(pieces, NOTHING) };
}

/** Joins deflated segments to a file; `checked` is the checksum of all their bytes. */
export function joinSegments(deflated: readonly Uint8Array[], { crc, size }: Checked): Uint8Array {
  return Buffer.concat([HEADER, ...deflated, LAST_BLOCK, littleEndian(crc), littleEndian(size)]);
}

function storedBlock(bytes: Uint8Array): readonly Uint8Array[] {
  const { length } = bytes;
  return [Uint8Array.of(0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff), bytes];
}

function littleEndian(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff);
}
