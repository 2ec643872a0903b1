// Single words of Erlang source: atoms, variables, characters, strings. Beyond what io_lib escapes, a character that can't be seen, or
// that turns the text around it, is written as an escape, so that what one reads is what the compiler reads.
//
// Defined by lib/stdlib/src/erl_scan.erl.

import { formatAtom, formatCharacter, formatString } from '../term/format-token.js';

const VARIABLE = /^[A-ZÀ-ÖØ-Þ_][\w@À-ÖØ-öø-ÿ]*$/;

/** Tells whether the scanner reads the name as a variable. */
export function isVariableName(name: string): boolean {
  return VARIABLE.test(name);
}

/** Tells whether the scanner can read each character, as itself or as an escape: not halves of surrogate pairs, U+FFFE and U+FFFF. */
export function isScannable(text: string): boolean {
  return isPlain(text) || !/[\ud800-\udfff\ufffe\uffff]/u.test(text);
}

/** Tells whether the code is a character that the scanner can read. */
export function isCharacter(code: number): boolean {
  return code >= 0 && code <= 0x10ffff && isScannable(String.fromCodePoint(code));
}

/** Returns the atom, quoted where it has to be; `maybe` and `else` always, since whether they are reserved depends on the release. */
export function atomText(name: string): string {
  return visible(formatAtom(name));
}

/** Decimal digits take quadratic time; hexadecimal ones don't, and nobody reads so many of either. */
const LONGEST_DECIMAL = 2000;

/** Returns the integer in decimal digits; a very large one as `16#...`. */
export function integerText(value: number | bigint): string {
  if (typeof value === 'number') return String(value);
  const digits = (value < 0n ? -value : value).toString(16);
  if (digits.length <= LONGEST_DECIMAL) return String(value);
  return `${value < 0n ? '-' : ''}16#${digits.toUpperCase()}`;
}

/** Returns the string in double quotes. */
export function stringText(text: string): string {
  return visible(formatString(text));
}

/** Returns the character as `$c`; of a number that is no character, the number. */
export function charText(code: number): string {
  return code < 0 || code > 0x10ffff ? String(code) : visible(formatCharacter(code));
}

/** Returns the text with what can't be seen in it as \x{...}; a plain space is seen. */
function visible(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(/(?! )[\p{C}\p{Z}]/gu, (character) => {
    return `\\x{${(character.codePointAt(0) as number).toString(16).toUpperCase()}}`;
  });
}

/** Nearly all text is ASCII, which is quickly told. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
