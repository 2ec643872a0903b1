// The values of digits: integers of any base and length, and floats of a base that isn't ten as erl_scan works them out, with its
// rounding at each step.

/** How many digits parseInt takes at a time: below 2^53 in base 36. */
const DIGITS_AT_A_TIME = 10;

/** Returns the integer that `digits` write in `base` (2 to 36), in less than quadratic time. */
export function parseInteger(digits: string, base: number): bigint {
  if (base === 10) return BigInt(digits);
  if (base === 16) return BigInt(`0x${digits}`);
  let parts: bigint[] = [];
  for (let end = digits.length; end > 0; end -= DIGITS_AT_A_TIME) {
    parts.push(BigInt(Number.parseInt(digits.slice(Math.max(0, end - DIGITS_AT_A_TIME), end), base)));
  }
  // Neighbours join until one is left, the least significant first.
  for (let weight = BigInt(base) ** BigInt(DIGITS_AT_A_TIME); parts.length > 1; weight *= weight) {
    const joined: bigint[] = [];
    for (let at = 0; at < parts.length; at += 2) {
      const high = parts[at + 1];
      const low = parts[at] as bigint;
      joined.push(high === undefined ? low : high * weight + low);
    }
    parts = joined;
  }
  return parts[0] ?? 0n;
}

/**
 * Returns the float `whole.fraction * base^exponent`, or one that isn't finite where Erlang has none. It is the digits as an integer,
 * made a float, times a power of the base that is a float too.
 */
export function basedFloat(whole: string, fraction: string, exponent: number, base: number): number {
  // At least one digit stays before the dot and one after it.
  const high = whole.replace(/^0+(?=.)/, '');
  let last = fraction.length;
  while (last > 1 && fraction[last - 1] === '0') last--;
  const low = fraction.slice(0, last);
  const scale = power(base, exponent - low.length);
  return Number.isFinite(scale) ? Number(parseInteger(high + low, base)) * scale : scale;
}

/** Returns base^exponent rounded once, which Math.pow doesn't promise; the pow of glibc differs in the last bit of one in a thousand. */
function power(base: number, exponent: number): number {
  if (exponent > 1100) return Number.POSITIVE_INFINITY;
  if (exponent < -1100) return Number.isFinite(exponent) ? 0 : Number.NaN;
  const whole = BigInt(base) ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? Number(whole) : reciprocal(whole);
}

/** Returns 1 / divisor: the quotient in units of a power of two, which are the smallest there are where it would be subnormal. */
function reciprocal(divisor: bigint): number {
  const shift = Math.min(divisor.toString(2).length + 64, 1074);
  const dividend = 1n << BigInt(shift);
  const quotient = dividend / divisor;
  const rest = dividend - quotient * divisor;
  if (quotient < 1n << 54n) return Number(rest * 2n > divisor ? quotient + 1n : quotient) * 2 ** -shift;
  // Rounding to 53 bits is Number's; a last bit keeps what isn't exact from looking like a tie.
  return Number(rest === 0n ? quotient : quotient | 1n) * 2 ** -shift;
}
