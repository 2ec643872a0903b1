// Single words of terms as io_lib writes them: atoms, strings, characters, floats.
//
//   output      unicode: the `t` modifier of ~tp and ~tw, characters as themselves; latin1: those above 255 as \x{...}
//   escapes     \b \t \n \v \f \r \e \d \\ and the quote; \ooo for other control characters; everything else as itself
//
// Defined by lib/stdlib/src/io_lib.erl (write_atom, write_string, write_char) and io_lib_format.erl (fwrite_g).

/** Characters that may be in the output: all, or up to 255 with the others escaped. */
export type CharacterSet = 'unicode' | 'latin1';

/** How to write an atom. */
export interface AtomOptions {
  /** Release whose reserved words are quoted: 29 by default, where `maybe` and `else` are reserved (since 27). */
  readonly otp?: number | undefined;
  /** `unicode` by default. */
  readonly output?: CharacterSet | undefined;
}

const PLAIN_ATOM = /^[a-zß-öø-ÿ][\w@À-ÖØ-öø-ÿ]*$/;

/** Words that are quoted in every release. */
const RESERVED = new Set(
  (
    'after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let not of or orelse receive rem try when ' +
    'xor'
  ).split(' '),
);

/** Words of the feature maybe_expr, which is on by default since OTP 27. */
const RESERVED_SINCE_27 = new Set(['else', 'maybe']);

/** Returns the atom, quoted where it has to be: `ok`, `'Ok'`, `'maybe'`. */
export function formatAtom(name: string, options: AtomOptions = {}): string {
  return isPlainAtom(name, options.otp ?? 29) ? name : `'${escapeText(name, "'", options.output)}'`;
}

/** Tells whether that release writes the atom without quotes. */
export function isPlainAtom(name: string, otp: number): boolean {
  return PLAIN_ATOM.test(name) && !RESERVED.has(name) && !(otp >= 27 && RESERVED_SINCE_27.has(name));
}

/** Returns the string in double quotes. */
export function formatString(text: string, output?: CharacterSet): string {
  return `"${escapeText(text, '"', output)}"`;
}

/** Returns the character as `$c`. Throws RangeError where `code` is no code point. */
export function formatCharacter(code: number, output?: CharacterSet): string {
  if (code === 32 && output !== 'latin1') return '$\\s';
  return `$${escapeText(String.fromCodePoint(code), '\\', output)}`;
}

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['\x7f', '\\d'],
  ['\\', '\\\\'],
]);

/** Returns what stands between the quotes `quote` for this text. */
export function escapeText(text: string, quote: string, output: CharacterSet = 'unicode'): string {
  const escaped = text.replace(/["'\\\x00-\x1f\x7f-\x9f]/g, (character) => {
    if (character === quote) return `\\${quote}`;
    if (character === '"' || character === "'") return character;
    return NAMED_ESCAPES.get(character) ?? octalEscape(character);
  });
  return output === 'unicode' ? escaped : escaped.replace(/[\u0100-\u{10ffff}]/gu, hexEscape);
}

function octalEscape(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

function hexEscape(character: string): string {
  return `\\x{${(character.codePointAt(0) as number).toString(16).toUpperCase()}}`;
}

/** From here on not every integer is a float, so that a decimal notation would promise digits that aren't known. */
const FIRST_INEXACT = 2 ** 53;

/**
 * Returns the float in the fewest digits that give the same float again, in the shorter of both notations: `123456.789`, `1.0e3`. Where
 * these are equally long it is the decimal one, and from 2^53 on always that with an exponent.
 */
export function formatFloat(value: number): string {
  if (value < 0 || Object.is(value, -0)) return `-${formatFloat(-value)}`;
  const [mantissa = '', exponentText = ''] = value.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  const scientific = `${digits[0]}.${digits.slice(1) || '0'}e${exponent}`;
  if (value >= FIRST_INEXACT || decimalLength(digits.length, exponent) > scientific.length) return scientific;
  return decimal(digits, exponent);
}

function decimalLength(digits: number, exponent: number): number {
  return exponent < 0 ? 1 - exponent + digits : Math.max(digits + 1, exponent + 3);
}

function decimal(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${whole}.${digits.slice(exponent + 1) || '0'}`;
}
