// The values inside of single external terms: magnitudes of big integers, floats as text, the last byte of bitstrings.

/** Returns the unsigned little-endian integer of at most 6 bytes. */
export function smallMagnitude(bytes: Uint8Array): number {
  let value = 0;
  for (let i = bytes.length - 1; i >= 0; i--) value = value * 256 + (bytes[i] as number);
  return value;
}

/** Returns the unsigned little-endian integer of 1 or more bytes; by way of hexadecimal digits, which takes linear time. */
export function bigMagnitude(bytes: Uint8Array): bigint {
  const digits: string[] = [];
  for (let i = bytes.length - 1; i >= 0; i--) digits.push((bytes[i] as number).toString(16).padStart(2, '0'));
  return BigInt(`0x${digits.join('')}`);
}

/** Returns the unsigned integer as little-endian bytes, as few as hold it: the mirror of {@link bigMagnitude}. */
export function magnitudeBytes(value: bigint): Uint8Array {
  const digits = value.toString(16);
  const bytes = new Uint8Array((digits.length + 1) >> 1);
  for (let i = 0, end = digits.length; end > 0; i++, end -= 2)
    bytes[i] = Number.parseInt(digits.slice(Math.max(0, end - 2), end), 16);
  return bytes;
}

/** Returns the float of the 31 bytes of text, which end at the first 0, and NaN where they aren't one. */
export function textFloatValue(bytes: Uint8Array): number {
  const text = String.fromCharCode(...bytes).replace(/\0.*$/s, '');
  return /^[+-]?\d+\.\d+([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** Returns the bytes with all but the first `bits` of the last one set to 0. */
export function withoutUnusedBits(bytes: Uint8Array, bits: number): Uint8Array {
  const clean = new Uint8Array(bytes);
  clean[clean.length - 1] = (clean[clean.length - 1] as number) & (0xff00 >> bits);
  return clean;
}
