// Tells of an external term, without decoding it, that all compilers write it alike: it has no maps, whose order may differ, no atoms but
// short ones in UTF-8, and nothing that is rare in literals.

const VERSION = 131;
const SMALL_TUPLE = 104;
const LIST = 108;
const BINARY = 109;

/** Bytes of the terms whose size doesn't depend on what they hold, by tag: small integer, integer, float, nil. */
const FIXED: Readonly<Record<number, number>> = { 97: 1, 98: 4, 70: 8, 106: 0 };
/** Bytes besides the size and what it counts, by tag, where the size is one byte: atom, small big integer. */
const SHORT: Readonly<Record<number, number>> = { 119: 0, 110: 1 };
const STRING = 107;

/** Tells whether the bytes are such a term, and nothing follows it. */
export function hasOneEncoding(bytes: Uint8Array): boolean {
  const { length } = bytes;
  if (bytes[0] !== VERSION) return false;
  let pos = 1;
  for (let left = 1; left > 0; left--) {
    const tag = bytes[pos++] as number;
    if (tag === SMALL_TUPLE) left += bytes[pos++] as number;
    else if (tag === LIST) {
      left += sizeAt(bytes, pos) + 1;
      pos += 4;
    } else {
      const size = leafSize(bytes, tag, pos);
      if (size === undefined) return false;
      pos += size;
    }
    // Each term takes a byte at least, so that a count that is only claimed costs no time.
    if (!(left - 1 <= length - pos)) return false;
  }
  return pos === length;
}

/** Returns how many bytes a term takes after its tag; undefined for one that may be written otherwise. */
function leafSize(bytes: Uint8Array, tag: number, pos: number): number | undefined {
  const fixed = FIXED[tag];
  if (fixed !== undefined) return fixed;
  const short = SHORT[tag];
  if (short !== undefined) return short + 1 + (bytes[pos] as number);
  if (tag === STRING) return 2 + ((bytes[pos] as number) << 8) + (bytes[pos + 1] as number);
  return tag === BINARY ? 4 + sizeAt(bytes, pos) : undefined;
}

/** Past the end it is no number, which no comparison above is true of. */
function sizeAt(bytes: Uint8Array, pos: number): number {
  const [a, b, c, d] = [bytes[pos] as number, bytes[pos + 1] as number, bytes[pos + 2] as number, bytes[pos + 3]];
  return d === undefined ? Number.NaN : a * 0x100_0000 + ((b << 16) | (c << 8) | d);
}
