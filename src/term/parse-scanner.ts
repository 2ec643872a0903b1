// The scanner that terms are read from: tokens, with what every reader asks of them.

import { MAX_SEGMENT_BYTES } from '../limits.js';
import type { Term } from './model.js';
import { Scanner, type ScanOptions, type Token } from './scan.js';

/** A token of one kind. */
export type TokenOf<K extends Token['kind']> = Token & { readonly kind: K };

/** A cursor over the tokens of terms. */
export class TermScanner extends Scanner {
  /** Bytes that bit syntax may still make. Written out, each takes a quarter of a character at least. */
  segmentBytesLeft: number;

  constructor(text: string, options: ScanOptions) {
    super(text, options);
    this.segmentBytesLeft = MAX_SEGMENT_BYTES + 4 * text.length;
  }

  /** Tells whether the current token is that symbol. */
  at(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  /** Moves past that symbol if it is there, and tells whether it was. */
  accept(symbol: string): boolean {
    if (!this.at(symbol)) return false;
    this.next();
    return true;
  }

  /** Moves past that symbol, or throws. */
  expect(symbol: string): void {
    if (!this.accept(symbol)) this.failBefore();
  }

  /** Moves past a comma and returns true, or past that symbol and returns false; throws at anything else. */
  goesOn(symbol: string): boolean {
    if (this.accept(',')) return true;
    this.expect(symbol);
    return false;
  }

  /** Reads a variable; a term alone has none. */
  readVariable(variable: TokenOf<'variable'>): Term {
    return this.failBefore(variable);
  }

  /** Refuses a token, the current one by default. */
  failBefore(token: Token = this.token): never {
    if (token.kind === 'end') this.fail('truncated', 'the text ends in the middle of a term', token.place);
    this.fail('malformed', `syntax error before ${describeToken(token)}`, token.place);
  }
}

/** Says what a token is, as messages have it. A dispatch by kind. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end';
    case 'dot':
      return "'.'";
    case 'symbol':
      return `'${token.text}'`;
    case 'string':
      return `"${token.text.slice(0, 40)}"`;
    case 'integer':
    case 'float':
      return `the ${token.kind}`;
    case 'char':
      return `$${String.fromCodePoint(token.value)}`;
    default:
      return `${token.kind} '${token.name.slice(0, 40)}'`;
  }
}
