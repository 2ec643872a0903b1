// Which characters do what in Erlang source. Letters are those of latin1 only; other alphabets are for quotes and comments.
// Defined by lib/stdlib/src/erl_scan.erl and by the reference manual, "Character Set and Source File Encoding".

const ZERO = 0x30;
const NINE = 0x39;
const AT = 0x40;
const UNDERSCORE = 0x5f;

export function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

/** Returns the value of a digit of any base up to 36, and 36 for anything else. */
export function digitValue(unit: number): number {
  if (isDigit(unit)) return unit - ZERO;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a && unit < 0x80 ? lower - 0x61 + 10 : 36;
}

/** Tells whether an atom can begin with it: a-z and the small letters of latin1. */
export function isSmallLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0xdf && unit <= 0xff && unit !== 0xf7);
}

/** Tells whether a variable can begin with it: A-Z, the capital letters of latin1, and the underscore. */
export function startsVariable(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || unit === UNDERSCORE || (unit >= 0xc0 && unit <= 0xde && unit !== 0xd7);
}

/** Tells whether names go on with it. */
export function isNameCharacter(unit: number): boolean {
  return isSmallLetter(unit) || startsVariable(unit) || isDigit(unit) || unit === AT;
}

/** Tells whether it is white space: the controls of ASCII and latin1, the space and the space that doesn't break. */
export function isWhiteSpace(unit: number): boolean {
  return (unit >= 0 && unit <= 0x20) || (unit >= 0x80 && unit <= 0xa0);
}

/** Tells whether it may stand in quotes and comments: neither a surrogate nor U+FFFE or U+FFFF. */
export function isCharacter(codePoint: number): boolean {
  return (codePoint >= 0 && codePoint < 0xd800) || (codePoint > 0xdfff && codePoint < 0xfffe) || codePoint > 0xffff;
}
