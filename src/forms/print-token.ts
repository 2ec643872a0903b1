// Single words of Erlang source: atoms, variables, numbers, characters, strings. A character that can't be seen, or that turns the text
// around it, is written as an escape, so that what one reads is what the compiler reads.
//
// Defined by lib/stdlib/src/erl_scan.erl.

/** Words that aren't atoms unless quoted, in any release (`maybe` and `else` since OTP 25). */
const RESERVED = new Set(
  (
    'after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse receive rem ' +
    'try when xor'
  ).split(' '),
);

const PLAIN_ATOM = /^[a-zß-öø-ÿ][\w@À-ÖØ-öø-ÿ]*$/;
const VARIABLE = /^[A-ZÀ-ÖØ-Þ_][\w@À-ÖØ-öø-ÿ]*$/;

/** Tells whether the scanner reads the name as a variable. */
export function isVariableName(name: string): boolean {
  return VARIABLE.test(name);
}

/** Tells whether the scanner can read each character, as itself or as an escape: not halves of surrogate pairs, U+FFFE and U+FFFF. */
export function isScannable(text: string): boolean {
  return !/[\ud800-\udfff\ufffe\uffff]/u.test(text);
}

/** Returns the atom, quoted where it has to be; `maybe` and `else` always, since whether they are reserved depends on the release. */
export function atomText(name: string): string {
  return PLAIN_ATOM.test(name) && !RESERVED.has(name) ? name : `'${escaped(name, "'")}'`;
}

/** Returns the string in double quotes. */
export function stringText(text: string): string {
  return `"${escaped(text, '"')}"`;
}

/** Returns the character as `$c`; of a number that is no character, the number. */
export function charText(code: number): string {
  if (code === 32) return '$\\s';
  if (code < 0 || code > 0x10ffff) return String(code);
  return `$${escaped(String.fromCodePoint(code), '\\')}`;
}

/** Returns the float with a point, in the fewest digits that give the same float again. */
export function floatText(value: number): string {
  const [mantissa = '', exponent] = (Object.is(value, -0) ? '-0' : String(value)).split('e');
  const withPoint = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return exponent === undefined ? withPoint : `${withPoint}e${exponent.replace('+', '')}`;
}

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['\b', '\\b'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\x1b', '\\e'],
  ['\x7f', '\\d'],
  ['\\', '\\\\'],
]);

function escaped(text: string, quote: string): string {
  return text.replace(/[\\'"]|[\p{C}\p{Z}]/gu, (character) => {
    if (character === quote) return `\\${quote}`;
    if (character === ' ' || character === "'" || character === '"') return character;
    return NAMED_ESCAPES.get(character) ?? `\\x{${(character.codePointAt(0) as number).toString(16).toUpperCase()}}`;
  });
}
