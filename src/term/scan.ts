// The tokens of Erlang source, one after the other: a cursor with a token of lookahead. It is what file:consult, appups and source are
// parsed from; what differs between releases (triple quotes and sigils in 27, based floats in 28) follows the release that is asked for.
//
//   foo 'a b'      atom                 Foo _x        variable             12 16#ff      integer        1.5   float
//   $a $\n         char                 "text"        string               case ( -> #   symbol         .     dot, where a term ends
//   ~b"x"          sigil-prefix b, string x, sigil-suffix ''
//
// Defined by lib/stdlib/src/erl_scan.erl.

import { MAX_ATOM_CHARACTERS } from '../limits.js';
import { isCharacter, isDigit, isNameCharacter, isSmallLetter, isWhiteSpace, startsVariable } from './scan-characters.js';
import { END, type Place, TextCursor } from './scan-cursor.js';
import { readNumber } from './scan-number.js';
import { QUOTE, readChar, readQuoted, readTripleQuoted } from './scan-quoted.js';

/** A token and the place of its first character. */
export type Token =
  | { readonly kind: 'atom'; readonly name: string; readonly place: Place }
  | { readonly kind: 'variable'; readonly name: string; readonly place: Place }
  | { readonly kind: 'integer'; readonly value: number | bigint; readonly place: Place }
  | { readonly kind: 'float'; readonly value: number; readonly place: Place }
  /** The code point. */
  | { readonly kind: 'char'; readonly value: number; readonly place: Place }
  | { readonly kind: 'string'; readonly text: string; readonly place: Place }
  | { readonly kind: 'sigil-prefix'; readonly name: string; readonly place: Place }
  | { readonly kind: 'sigil-suffix'; readonly name: string; readonly place: Place }
  /** Punctuation, an operator or a reserved word. */
  | { readonly kind: 'symbol'; readonly text: string; readonly place: Place }
  /** A full stop: a dot with white space, a comment or nothing after it. */
  | { readonly kind: 'dot'; readonly place: Place }
  | { readonly kind: 'end'; readonly place: Place };

export interface ScanOptions {
  /** Name for error messages. */
  readonly file?: string | undefined;
  /** The OTP release whose rules hold, 29 by default. */
  readonly otp?: number | undefined;
}

const RESERVED = new Set(
  'after begin case try catch cond andalso orelse end fun if let of receive when bnot not div rem band and bor bxor bsl bsr or xor'.split(
    ' ',
  ),
);
const RESERVED_SINCE_27 = new Set(['maybe', 'else']);

/** Symbols of more than one character, of which the longest that fits is taken, and since when they are one. */
const LONG_SYMBOLS: readonly (readonly [symbol: string, since: number])[] = [
  ...'... =:= =/= .. ?= << <- <= >> >= -> -- ++ =< => == /= || := ::'.split(' ').map((symbol) => [symbol, 0] as const),
  ['<:-', 28],
  ['<:=', 28],
  ['&&', 28],
  ['#_', 29],
];

/** The symbols of a release that begin with each character of latin1, the longest first. */
function symbolTable(otp: number): readonly (readonly string[])[] {
  return Array.from({ length: 0x100 }, (_, unit) => {
    const first = String.fromCharCode(unit);
    const long = LONG_SYMBOLS.filter(([symbol, since]) => symbol.startsWith(first) && since <= otp).map(([symbol]) => symbol);
    return [...long.sort((left, right) => right.length - left.length), first];
  });
}

const symbolTables = new Map<number, readonly (readonly string[])[]>();

function symbolsOf(otp: number): readonly (readonly string[])[] {
  const known = symbolTables.get(otp);
  if (known !== undefined) return known;
  const made = symbolTable(otp);
  symbolTables.set(otp, made);
  return made;
}

const APOSTROPHE = 0x27;
const DOLLAR = 0x24;
const NEWLINE = 0x0a;
const PERCENT = 0x25;
const TILDE = 0x7e;

/** What closes a sigil, by what opens it; anything else opens none. */
const SIGIL_CLOSERS: ReadonlyMap<string, string> = new Map(
  ['()', '[]', '{}', '<>', '//', '||', '##', '``', "''", '""'].map((pair) => [pair[0] as string, pair[1] as string]),
);

/** A cursor over tokens. The first one is there from the start; after the last one there are only `end`s. */
export class Scanner {
  /** The release whose rules hold. */
  readonly otp: number;
  /** The token that is next. */
  token: Token;
  private readonly cursor: TextCursor;
  private readonly symbols: readonly (readonly string[])[];
  /** Tokens that were read together with the one before them, the last one first. */
  private readonly queue: Token[] = [];

  constructor(text: string, options: ScanOptions = {}) {
    this.otp = options.otp ?? 29;
    this.cursor = new TextCursor(text, options.file);
    this.symbols = symbolsOf(this.otp);
    this.token = this.scan();
  }

  /** Moves to the next token and returns the one that was current. Throws ParseError with line and column. */
  next(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.token = this.queue.pop() ?? this.scan();
    return token;
  }

  fail(code: 'malformed' | 'truncated' | 'limit' | 'unsupported', reason: string, place: Place = this.token.place): never {
    this.cursor.fail(code, reason, place);
  }

  /** A dispatch by the first character. */
  private scan(): Token {
    this.skipWhiteSpace();
    const { cursor, otp } = this;
    const place = cursor.place();
    const unit = cursor.unit();
    if (unit === END) return { kind: 'end', place };
    if (isSmallLetter(unit)) return this.scanWord(place);
    if (startsVariable(unit)) return { kind: 'variable', name: this.readName('variable', place), place };
    if (isDigit(unit)) return readNumber(cursor, otp, place);
    if (unit === QUOTE) return this.scanString(place);
    if (unit === APOSTROPHE) return this.scanQuotedAtom(place);
    if (unit === DOLLAR) return { kind: 'char', value: readChar(cursor, otp, place), place };
    if (unit === TILDE && otp >= 27) return this.scanSigil(place);
    return this.scanSymbol(place);
  }

  private skipWhiteSpace(): void {
    const { cursor } = this;
    for (;;) {
      const unit = cursor.unit();
      if (unit === PERCENT) this.skipComment();
      else if (unit !== END && isWhiteSpace(unit)) cursor.next();
      else return;
    }
  }

  private skipComment(): void {
    const { cursor } = this;
    const place = cursor.place();
    for (;;) {
      const character = cursor.peek();
      if (character === END || character === NEWLINE) return;
      if (!isCharacter(character)) cursor.fail('malformed', 'illegal character in a comment', place);
      cursor.next();
    }
  }

  private scanWord(place: Place): Token {
    const name = this.readName('atom', place);
    if (RESERVED.has(name) || (this.otp >= 27 && RESERVED_SINCE_27.has(name))) {
      return { kind: 'symbol', text: name, place };
    }
    return { kind: 'atom', name, place };
  }

  /** Reads the characters that names are made of, none or more. */
  private readName(what: string, place: Place): string {
    const { cursor } = this;
    let length = 0;
    while (isNameCharacter(cursor.unit(length))) length++;
    if (length > MAX_ATOM_CHARACTERS)
      cursor.fail('malformed', `illegal ${what}: more than ${MAX_ATOM_CHARACTERS} characters`, place);
    const name = cursor.text.slice(cursor.pos, cursor.pos + length);
    cursor.skipTo(cursor.pos + length);
    return name;
  }

  private scanQuotedAtom(place: Place): Token {
    const { cursor, otp } = this;
    cursor.next();
    const name = readQuoted(cursor, otp, APOSTROPHE, true, 'atom', place);
    // Each character has two units at most.
    if (name.length > MAX_ATOM_CHARACTERS && (name.length > 2 * MAX_ATOM_CHARACTERS || [...name].length > MAX_ATOM_CHARACTERS)) {
      cursor.fail('malformed', `illegal atom: more than ${MAX_ATOM_CHARACTERS} characters`, place);
    }
    return { kind: 'atom', name, place };
  }

  private scanString(place: Place): Token {
    const { cursor, otp } = this;
    const quotes = otp >= 27 ? this.countQuotes() : 0;
    let text: string;
    if (quotes >= 3) {
      cursor.skipTo(cursor.pos + quotes);
      text = readTripleQuoted(cursor, otp, quotes, false, place);
    } else {
      cursor.next();
      text = readQuoted(cursor, otp, QUOTE, true, 'string', place);
    }
    this.refuseAdjacentString();
    return { kind: 'string', text, place };
  }

  private countQuotes(): number {
    let quotes = 0;
    while (this.cursor.unit(quotes) === QUOTE) quotes++;
    return quotes;
  }

  /** Since OTP 27, strings that are one have white space between them. */
  private refuseAdjacentString(): void {
    if (this.otp >= 27 && this.cursor.unit() === QUOTE) {
      this.cursor.fail('malformed', 'adjacent string literals without white space between them');
    }
  }

  /** Reads all of a sigil; its string and its suffix wait in the queue. */
  private scanSigil(place: Place): Token {
    const { cursor, otp } = this;
    cursor.next();
    const name = this.readName('sigil prefix', place);
    const stringPlace = cursor.place();
    const opener = cursor.text[cursor.pos] ?? '';
    const closer = SIGIL_CLOSERS.get(opener);
    if (closer === undefined) return cursor.fail('malformed', 'illegal string: nothing opens the sigil');
    const quotes = this.countQuotes();
    const escapes = name === 'b' || name === 's';
    let text: string;
    if (quotes >= 3) {
      cursor.skipTo(cursor.pos + quotes);
      text = readTripleQuoted(cursor, otp, quotes, escapes, stringPlace);
    } else {
      cursor.next();
      text = readQuoted(cursor, otp, closer.charCodeAt(0), escapes || name === '', 'sigil', stringPlace);
    }
    const suffixPlace = cursor.place();
    const suffix = this.readName('sigil suffix', suffixPlace);
    if (suffix === '') this.refuseAdjacentString();
    this.queue.push({ kind: 'sigil-suffix', name: suffix, place: suffixPlace }, { kind: 'string', text, place: stringPlace });
    return { kind: 'sigil-prefix', name, place };
  }

  private scanSymbol(place: Place): Token {
    const { cursor, symbols } = this;
    const unit = cursor.unit();
    const text = symbols[unit]?.find((symbol) => symbol.length === 1 || cursor.text.startsWith(symbol, cursor.pos));
    if (text === undefined) return cursor.fail('malformed', 'illegal character', place);
    cursor.skipTo(cursor.pos + text.length);
    const after = cursor.unit();
    if (text === '.' && (after === END || after === PERCENT || isWhiteSpace(after))) return { kind: 'dot', place };
    return { kind: 'symbol', text, place };
  }
}
