// What stands in quotes: characters, strings, quoted atoms, and the contents of sigils.
//
//   $a  $\n  $\\  "text\x{2603}\t"  'an atom'        escapes: \b \d \e \f \n \r \s \t \v, \ooo, \xHH, \x{H...}, \^A, \any
//   """ ... """                                      triple-quoted (since OTP 27): lines without the indentation of the last one
//
// Defined by lib/stdlib/src/erl_scan.erl and by the reference manual, "Data Types"; triple quotes by EEP 64.

import { isCharacter, isWhiteSpace } from './scan-characters.js';
import { END, type Place, type TextCursor } from './scan-cursor.js';

export const QUOTE = 0x22;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;

const ESCAPES: ReadonlyMap<number, number> = new Map(
  Object.entries({ b: 8, d: 127, e: 27, f: 12, n: 10, r: 13, s: 32, t: 9, v: 11 }).map(([name, code]) => [
    name.charCodeAt(0),
    code,
  ]),
);

/** Reads a character literal from its `$` at `start`, and returns the code point. */
export function readChar(cursor: TextCursor, otp: number, start: Place): number {
  cursor.next();
  if (cursor.peek() === END) cursor.fail('truncated', 'unterminated character', start);
  if (cursor.peek() !== BACKSLASH) return readCharacter(cursor);
  return readEscape(cursor, otp, () => cursor.fail('truncated', 'unterminated character', start));
}

/** Reads to the quote that closes, with or without escapes. The cursor stands behind the quote that opened. */
export function readQuoted(cursor: TextCursor, otp: number, close: number, escapes: boolean, what: string, start: Place): string {
  const unterminated = () => cursor.fail('truncated', `unterminated ${what}`, start);
  let text = '';
  // Runs without escapes are cut out whole.
  let run = cursor.pos;
  for (;;) {
    const character = cursor.peek();
    if (character === close) break;
    if (character === END) return unterminated();
    if (escapes && character === BACKSLASH) {
      text += cursor.text.slice(run, cursor.pos) + String.fromCodePoint(readEscape(cursor, otp, unterminated));
      run = cursor.pos;
    } else readCharacter(cursor);
  }
  text += cursor.text.slice(run, cursor.pos);
  cursor.next();
  return text;
}

function readCharacter(cursor: TextCursor): number {
  if (!isCharacter(cursor.peek())) cursor.fail('malformed', 'illegal character');
  return cursor.next();
}

/** Reads an escape from its backslash, and returns the code point; calls `unterminated` where the text ends in it. */
function readEscape(cursor: TextCursor, otp: number, unterminated: () => never): number {
  const start = cursor.place();
  cursor.next();
  const character = cursor.peek();
  if (character === END) return unterminated();
  if (character >= 0x30 && character <= 0x37) return readOctal(cursor);
  if (!isCharacter(character)) cursor.fail('malformed', 'illegal character', start);
  cursor.next();
  if (character === 0x78) return readHex(cursor, start, unterminated);
  if (character === 0x5e) return readControl(cursor, otp, start, unterminated);
  return ESCAPES.get(character) ?? character;
}

/** Reads up to three octal digits. */
function readOctal(cursor: TextCursor): number {
  let value = 0;
  for (let count = 0; count < 3 && cursor.unit() >= 0x30 && cursor.unit() <= 0x37; count++) {
    value = value * 8 + cursor.next() - 0x30;
  }
  return value;
}

/** Reads two hexadecimal digits, or any number of them in braces. */
function readHex(cursor: TextCursor, start: Place, unterminated: () => never): number {
  if (cursor.peek() === END) return unterminated();
  const braces = cursor.peek() === 0x7b;
  if (braces) cursor.next();
  let value = 0;
  let count = 0;
  for (; (braces || count < 2) && isHexDigit(cursor.unit()); count++) {
    // Past the last code point any value is as wrong as another.
    value = Math.min(value * 16 + Number.parseInt(String.fromCharCode(cursor.next()), 16), 0x11_0000);
  }
  if (braces && cursor.peek() === END) return unterminated();
  const complete = braces ? count > 0 && cursor.next() === 0x7d : count === 2;
  if (!complete || !isCharacter(value) || value > 0x10_ffff) cursor.fail('malformed', 'illegal character', start);
  return value;
}

function isHexDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);
}

/** Reads what follows `\^`: since OTP 27 one of ?, @ to _ and a to z; before, anything, of which the low five bits count. */
function readControl(cursor: TextCursor, otp: number, start: Place, unterminated: () => never): number {
  const character = cursor.peek();
  if (character === END) return unterminated();
  if (otp < 27) {
    cursor.next();
    return character === NEWLINE ? NEWLINE : character & 31;
  }
  const known = (character >= 0x3f && character <= 0x5f) || (character >= 0x61 && character <= 0x7a);
  if (!known) cursor.fail('malformed', 'illegal character', start);
  cursor.next();
  return character === 0x3f ? 127 : character & 31;
}

/**
 * Reads a triple-quoted string to its end. The cursor stands behind the `quotes` quotes (three or more) that opened it; the same number
 * of them, first in a line, closes it, and what is before them is taken off each line.
 */
export function readTripleQuoted(cursor: TextCursor, otp: number, quotes: number, escapes: boolean, start: Place): string {
  const unterminated = () => cursor.fail('truncated', 'unterminated triple-quoted string', start);
  skipFirstLine(cursor, otp, escapes, unterminated);
  const lines: Line[] = [];
  for (;;) {
    const place = cursor.place();
    const text = readLine(cursor, otp, quotes, escapes, unterminated);
    if (text.closes) return joinLines(cursor, lines, text.content);
    lines.push({ place, content: text.content });
  }
}

interface Line {
  readonly place: Place;
  /** With the end of the line. */
  readonly content: string;
}

/** Moves past the line of the quotes that open, which has nothing but white space, escaped or not. */
function skipFirstLine(cursor: TextCursor, otp: number, escapes: boolean, unterminated: () => never): void {
  for (let ends = false; !ends; ) {
    const place = cursor.place();
    const escaped = escapes && cursor.peek() === BACKSLASH;
    ends = cursor.unit(escaped ? 1 : 0) === NEWLINE;
    const character = escaped ? readEscape(cursor, otp, unterminated) : cursor.next();
    if (character === END) unterminated();
    if (!isWhiteSpace(character)) cursor.fail('malformed', 'not white space after start of triple-quoted string', place);
  }
}

/** Reads a line to its end, or the last one with the quotes that close, of which the content is the indentation alone. */
function readLine(
  cursor: TextCursor,
  otp: number,
  quotes: number,
  escapes: boolean,
  unterminated: () => never,
): { readonly content: string; readonly closes: boolean } {
  let content = '';
  while (isWhiteSpace(cursor.unit()) && cursor.unit() !== NEWLINE) content += String.fromCharCode(cursor.next());
  let seen = 0;
  while (seen < quotes && cursor.unit(seen) === QUOTE) seen++;
  if (seen === quotes) {
    cursor.skipTo(cursor.pos + quotes);
    return { content, closes: true };
  }
  let run = cursor.pos;
  for (;;) {
    const character = cursor.peek();
    if (character === END) unterminated();
    if (!escapes || character !== BACKSLASH) {
      readCharacter(cursor);
      if (character === NEWLINE) return { content: content + cursor.text.slice(run, cursor.pos), closes: false };
      continue;
    }
    content += cursor.text.slice(run, cursor.pos);
    const ends = cursor.unit(1) === NEWLINE;
    content += String.fromCodePoint(readEscape(cursor, otp, unterminated));
    run = cursor.pos;
    // An end of the line with a backslash before it ends the line all the same.
    if (ends) return { content, closes: false };
  }
}

/** Takes `indentation` off each line, which only an empty one may lack, and the last end of a line off the whole. */
function joinLines(cursor: TextCursor, lines: readonly Line[], indentation: string): string {
  const stripped = lines.map(({ content, place }, at) => {
    const text = at === lines.length - 1 ? content.replace(/\r?\n$/, '') : content;
    if (text === '' || text.startsWith('\n') || text.startsWith('\r\n')) return text;
    if (text.startsWith(indentation)) return text.slice(indentation.length);
    let same = 0;
    while (text[same] === indentation[same]) same++;
    const { offset, line, column } = place;
    return cursor.fail('malformed', 'bad indentation in triple-quoted string', {
      offset: offset + same,
      line,
      column: column + same,
    });
  });
  return stripped.join('');
}
