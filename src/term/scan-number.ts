// Numbers of Erlang source:
//
//   42   1_000_000   16#ff   36#Zz_9         integers of base 2 to 36; an underscore between two digits is nothing
//   1.5   1_0.2_5e-1_0                       floats
//   16#fe.fe   2#1.01#e-3                    floats of another base; the exponent is decimal, and of that base (since OTP 28)
//
// Since OTP 28 a number can't run into a name (`12abc`, `1.e2`); before, that was two tokens.
// Defined by lib/stdlib/src/erl_scan.erl and by the reference manual, "Numbers"; based floats by EEP 75.

import { MAX_INTEGER_BITS_IN_TEXT } from '../limits.js';
import { integer } from './model.js';
import { basedFloat, parseInteger } from './parse-number.js';
import { digitValue, isDigit, isNameCharacter } from './scan-characters.js';
import type { Place, TextCursor } from './scan-cursor.js';

type NumberToken = { readonly place: Place } & (
  | { readonly kind: 'integer'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
);

const DOT = 0x2e;
const HASH = 0x23;
const UNDERSCORE = 0x5f;
const SMALL_E = 0x65;

/** Reads the number at the cursor, which stands on a digit at `start`. Throws ParseError `malformed`, and `limit` for an endless one. */
export function readNumber(cursor: TextCursor, otp: number, start: Place): NumberToken {
  const whole = readDigits(cursor, 10);
  if (cursor.unit() === DOT && isDigit(cursor.unit(1))) return readFraction(cursor, otp, start);
  if (cursor.unit() === HASH) return readBased(cursor, otp, start, whole);
  refuseNameAfterInteger(cursor, otp, start);
  return { kind: 'integer', value: integerOf(cursor, start, whole, 10), place: start };
}

/** Reads digits with single underscores between them, and returns the digits alone. */
function readDigits(cursor: TextCursor, base: number): string {
  const start = cursor.pos;
  let at = start;
  let separated = false;
  for (;;) {
    if (digitValue(cursor.unit(at - start)) < base) at++;
    else if (at > start && cursor.unit(at - start) === UNDERSCORE && digitValue(cursor.unit(at - start + 1)) < base) {
      separated = true;
      at += 2;
    } else break;
  }
  cursor.skipTo(at);
  const digits = cursor.text.slice(start, at);
  return separated ? digits.replaceAll('_', '') : digits;
}

function readSign(cursor: TextCursor): string {
  const sign = cursor.text[cursor.pos];
  if (sign !== '+' && sign !== '-') return '';
  cursor.skipTo(cursor.pos + 1);
  return sign;
}

/** Reads from the dot of a decimal float, whose whole part begins at `start`. */
function readFraction(cursor: TextCursor, otp: number, start: Place): NumberToken {
  cursor.skipTo(cursor.pos + 1);
  readDigits(cursor, 10);
  if ((cursor.unit() | 0x20) === SMALL_E) {
    cursor.skipTo(cursor.pos + 1);
    readSign(cursor);
    if (readDigits(cursor, 10) === '') cursor.fail('malformed', 'illegal float', start);
  }
  refuseNameAfterFloat(cursor, otp, start);
  return decimalFloat(cursor, start, cursor.text.slice(start.offset, cursor.pos));
}

function decimalFloat(cursor: TextCursor, start: Place, digits: string): NumberToken {
  const value = Number(digits.replaceAll('_', ''));
  if (!Number.isFinite(value)) cursor.fail('malformed', 'illegal float', start);
  return { kind: 'float', value, place: start };
}

/** Reads from the `#` of a number of base `digits`. */
function readBased(cursor: TextCursor, otp: number, start: Place, digits: string): NumberToken {
  const base = Number(digits);
  if (base < 2 || base > 36) cursor.fail('malformed', `illegal base '${digits.slice(0, 20)}'`, start);
  cursor.skipTo(cursor.pos + 1);
  const whole = readDigits(cursor, base);
  if (otp >= 28 && cursor.unit() === DOT && digitValue(cursor.unit(1)) < base) {
    return readBasedFraction(cursor, otp, start, base, whole);
  }
  refuseNameAfterInteger(cursor, otp, start);
  if (whole === '') cursor.fail('malformed', 'illegal integer', start);
  return { kind: 'integer', value: integerOf(cursor, start, whole, base), place: start };
}

function readBasedFraction(cursor: TextCursor, otp: number, start: Place, base: number, whole: string): NumberToken {
  cursor.skipTo(cursor.pos + 1);
  const fraction = readDigits(cursor, base);
  let exponent = '';
  if (cursor.unit() === HASH && (cursor.unit(1) | 0x20) === SMALL_E) {
    cursor.skipTo(cursor.pos + 2);
    const sign = readSign(cursor);
    const power = readDigits(cursor, 10);
    if (power === '') cursor.fail('malformed', 'illegal float', start);
    exponent = sign + power;
  } else refuseNameAfterFloat(cursor, otp, start);
  if (base === 10) {
    // This base goes the way of decimal floats, which need a digit before the dot.
    if (whole === '') cursor.fail('malformed', 'illegal float', start);
    return decimalFloat(cursor, start, `${whole}.${fraction}${exponent === '' ? '' : `e${exponent}`}`);
  }
  checkLength(cursor, start, whole.length + fraction.length, base);
  const value = basedFloat(whole, fraction, exponent === '' ? 0 : Number(exponent), base);
  if (!Number.isFinite(value)) cursor.fail('malformed', 'illegal float', start);
  return { kind: 'float', value, place: start };
}

/** Refuses, since OTP 28, an integer that a name follows, at once or after a dot. */
function refuseNameAfterInteger(cursor: TextCursor, otp: number, start: Place): void {
  if (otp < 28) return;
  if (isAsciiName(cursor.unit())) cursor.fail('malformed', 'illegal integer', start);
  if (cursor.unit() === DOT && isAsciiName(cursor.unit(1))) cursor.fail('malformed', 'illegal float', start);
}

/** Refuses, since OTP 28, a float that a name follows. */
function refuseNameAfterFloat(cursor: TextCursor, otp: number, start: Place): void {
  if (otp >= 28 && isAsciiName(cursor.unit())) cursor.fail('malformed', 'illegal float', start);
}

function isAsciiName(unit: number): boolean {
  return unit < 0x80 && isNameCharacter(unit);
}

function integerOf(cursor: TextCursor, start: Place, digits: string, base: number): number | bigint {
  if (digits.length < 10) return Number.parseInt(digits, base);
  checkLength(cursor, start, digits.length, base);
  return integer(parseInteger(digits, base));
}

function checkLength(cursor: TextCursor, start: Place, digits: number, base: number): void {
  if (digits * Math.log2(base) > MAX_INTEGER_BITS_IN_TEXT) cursor.fail('limit', 'integer with too many digits', start);
}
