// Where a file is compressed already, so that to compress it again is a waste of time: all of a gzipped one, else the chunks whose term is
// (Dbgi, Docs: 131 80 ..) and LitT before OTP 28.

import { ParseError } from '../errors.js';
import { decodeContainer } from './container.js';

/** Below this a pause in the stream costs more than it saves. */
const FEWEST_BYTES = 512;

/** Returns the ranges of bytes that are compressed, in order; none for what is no beam. */
export function packedRanges(file: Uint8Array): readonly (readonly [start: number, end: number])[] {
  try {
    const { gzipped, chunks } = decodeContainer(file);
    if (gzipped) return [[0, file.length]];
    return chunks.flatMap(({ id, offset, data }) => {
      const isPacked = data.length >= FEWEST_BYTES && (isPackedTerm(data) || (id === 'LitT' && isPackedTable(data)));
      return isPacked ? [[offset, offset + data.length] as const] : [];
    });
  } catch (error) {
    if (error instanceof ParseError) return [];
    throw error;
  }
}

function isPackedTerm(data: Uint8Array): boolean {
  return data[0] === 131 && data[1] === 80;
}

/** The table begins with its size before it was compressed, 0 where it isn't. */
function isPackedTable(data: Uint8Array): boolean {
  return data.subarray(0, 4).some((byte) => byte !== 0);
}
