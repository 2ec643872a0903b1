// The tokens of a query: Erlang's, of which a few in a row make one: m:f/1, {m, f, 1}, a -> b, {a, b}, and types after a colon. What one
// token would be may therefore depend on those that follow.
//
//   atom 'Quoted' Variable "string" 42 -1 of + - * # | || ||| ( ) [ ] { } , : / = :=      edge vertex decl cast
//
// Defined by lib/tools/src/xref_scanner.erl over lib/stdlib/src/erl_scan.erl.

import { formatTerm } from '../../term/format.js';
import { escapeText, formatAtom, formatCharacter, formatFloat, formatString } from '../../term/format-token.js';
import { atom, type Term, tuple } from '../../term/model.js';
import { scanError } from './query-error.js';
import { CAST_TYPES, type CastType, type Constant, type Span, type Vertex } from './syntax.js';

/** A token. `text` is what xref calls it in an error; a `symbol` is one of the operators and brackets, or a reserved word. */
export type Token = { readonly at: Span; readonly line: number; readonly text: string } & (
  | { readonly kind: 'atom'; readonly value: string }
  | { readonly kind: 'variable'; readonly value: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'declaration' | 'cast'; readonly type: CastType }
  | { readonly kind: 'symbol'; readonly symbol: string }
  /** Numbers and characters that nothing takes, and a full stop. */
  | { readonly kind: 'other' }
  | { readonly kind: 'end' }
);

const RESERVED = new Set(
  'after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let not of or orelse receive rem try when xor'.split(
    ' ',
  ),
);

const BLANK = /[\0-\x20\x80-\xa0]+|%[^\n]*/y;
const NUMBER = /\d+(?:_\d+)*(?:(#)|(\.\d+(?:_\d+)*(?:[eE][+-]?\d*)?))?/y;
const BASED_DIGITS = /[\da-zA-Z]+(?:_[\da-zA-Z]+)*/y;
const NAME = /[A-Za-zÀ-ÖØ-öø-ÿ_][\wÀ-ÖØ-öø-ÿ@]*/y;
const SYMBOL = /\.\.\.?|<<|<-|<=|>>|>=|->|--|\+\+|=:=|=\/=|==|=<|=>|\/=|\|\||::|:=|\?=|[!-/:-@[-`{-\x7f\xa1-\xbf×÷]/y;

/** Returns the tokens of a query, the last of kind `end`; throws QueryError. */
export function scanQuery(text: string): readonly Token[] {
  return combine(joinMinusOne(scanErlang(text)));
}

/** Where the scanner is. */
interface Cursor {
  readonly text: string;
  at: number;
  line: number;
}

function scanErlang(text: string): Token[] {
  const cursor: Cursor = { text, at: 0, line: 1 };
  const tokens: Token[] = [];
  for (;;) {
    skip(cursor, matchHere(cursor, BLANK));
    if (cursor.at >= text.length) break;
    if (matchHere(cursor, BLANK) === undefined) tokens.push(scanToken(cursor));
  }
  return tokens;
}

function matchHere({ text, at }: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function skip(cursor: Cursor, match: RegExpExecArray | undefined): void {
  const skipped = match?.[0] ?? '';
  cursor.at += skipped.length;
  cursor.line += skipped.split('\n').length - 1;
}

/** A dispatch table by the first character. */
function scanToken(cursor: Cursor): Token {
  const { line, at: start } = cursor;
  const place = () => ({ line, at: { start, end: cursor.at } });
  const first = cursor.text[start] as string;
  if (first === '"') {
    const value = scanQuoted(cursor, 'string');
    return { kind: 'string', value, text: formatString(value), ...place() };
  }
  if (first === "'") {
    const value = scanQuoted(cursor, 'atom');
    return { kind: 'atom', value, text: formatAtom(value), ...place() };
  }
  if (first === '$') return { kind: 'other', text: formatCharacter(scanCharacter(cursor)), ...place() };
  if (/\d/.test(first)) return scanNumber(cursor);
  const name = matchHere(cursor, NAME)?.[0];
  if (name !== undefined) {
    cursor.at += name.length;
    if (/^[A-ZÀ-ÖØ-Þ_]/.test(name)) return { kind: 'variable', value: name, text: name, ...place() };
    if (RESERVED.has(name)) return { kind: 'symbol', symbol: name, text: `'${name}'`, ...place() };
    return { kind: 'atom', value: name, text: formatAtom(name), ...place() };
  }
  const symbol = matchHere(cursor, SYMBOL)?.[0];
  if (symbol === undefined) throw scanError(line, 'illegal character', { start, end: start + 1 });
  cursor.at += symbol.length;
  return { kind: 'symbol', symbol, text: `'${escapeText(symbol, "'")}'`, ...place() };
}

function scanNumber(cursor: Cursor): Token {
  const { line, at: start } = cursor;
  const match = matchHere(cursor, NUMBER) as RegExpExecArray;
  const [all, hash, fraction] = match;
  cursor.at += all.length;
  const place = () => ({ line, at: { start, end: cursor.at } });
  const digits = all.replaceAll('_', '');
  if (fraction !== undefined) {
    if (!/\d$/.test(digits) || !Number.isFinite(Number(digits))) throw scanError(line, 'illegal float', place().at);
    return { kind: 'other', text: formatFloat(Number(digits)), ...place() };
  }
  const value = hash === undefined ? Number(digits) : scanBased(cursor, Number.parseInt(digits, 10), start);
  return { kind: 'integer', value, text: String(value), ...place() };
}

/** Reads the digits after `16#`, as far as they are of that base. */
function scanBased(cursor: Cursor, base: number, start: number): number {
  const fault = (reason: string) => scanError(cursor.line, reason, { start, end: cursor.at });
  if (base < 2 || base > 36) throw fault(`illegal base '${base}'`);
  const isDigit = (character: string) => character === '_' || Number.parseInt(character, 36) < base;
  const found = matchHere(cursor, BASED_DIGITS)?.[0] ?? '';
  const end = Array.from(found).findIndex((character) => !isDigit(character));
  const digits = end < 0 ? found : found.slice(0, end).replace(/_$/, '');
  if (digits === '') throw fault('illegal integer');
  cursor.at += digits.length;
  return Number.parseInt(digits.replaceAll('_', ''), base);
}

/** Reads to the closing quote. */
function scanQuoted(cursor: Cursor, what: 'atom' | 'string'): string {
  const { at: start, line, text } = cursor;
  const quote = text[start] as string;
  cursor.at++;
  let value = '';
  while (cursor.at < text.length) {
    if (text[cursor.at] === quote) {
      cursor.at++;
      return value;
    }
    const code = scanCharacterHere(cursor);
    if (code === undefined) break;
    value += String.fromCodePoint(code);
  }
  const shown = [...value].slice(0, 16).join('');
  const reason = `unterminated ${what} starting with ${quote}${escapeText(shown, quote)}${quote}`;
  throw scanError(line, reason, { start, end: text.length });
}

/** Reads `$c`. */
function scanCharacter(cursor: Cursor): number {
  const { at: start, line } = cursor;
  cursor.at++;
  const code = cursor.at < cursor.text.length ? scanCharacterHere(cursor) : undefined;
  if (code === undefined) throw scanError(line, 'unterminated character', { start, end: cursor.text.length });
  return code;
}

const ESCAPES: Readonly<Record<string, number>> = { b: 8, d: 127, e: 27, f: 12, n: 10, r: 13, s: 32, t: 9, v: 11 };
const NUMBERED = /([0-7]{1,3})|x\{([\da-fA-F]+)\}|x([\da-fA-F]{2})|\^([\s\S])/y;

/** Reads one character or escape and returns its code point; undefined for an escape that the text ends in. */
function scanCharacterHere(cursor: Cursor): number | undefined {
  const { text, line } = cursor;
  const start = cursor.at;
  const isEscape = text[start] === '\\';
  if (isEscape && /^\\(?:x[\da-fA-F]?|\^)?$/.test(text.slice(start))) return undefined;
  if (isEscape) cursor.at++;
  const code = text.codePointAt(cursor.at) as number;
  const match = isEscape ? matchHere(cursor, NUMBERED) : undefined;
  if (match !== undefined) {
    cursor.at += match[0].length;
    const [, octal, long, short, control] = match;
    if (control !== undefined) return control.charCodeAt(0) & 0x1f;
    const value = octal === undefined ? Number.parseInt(long ?? (short as string), 16) : Number.parseInt(octal, 8);
    if (value <= 0x10ffff) return value;
    throw scanError(line, 'illegal character', { start, end: cursor.at });
  }
  const character = String.fromCodePoint(code);
  cursor.at += character.length;
  if (character === '\n') cursor.line++;
  if (isEscape && character === 'x') throw scanError(line, 'illegal character', { start, end: cursor.at });
  return isEscape ? (ESCAPES[character] ?? code) : code;
}

/** `-` and `1` on one line are the arity of a call whose number of arguments isn't known. */
function joinMinusOne(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    if (isSymbol(before, '-') && token.kind === 'integer' && token.value === 1 && before.line === token.line) {
      joined[joined.length - 1] = { ...token, value: -1, text: '-1', at: { start: before.at.start, end: token.at.end } };
    } else joined.push(token);
  }
  return joined;
}

function isSymbol(token: Token | undefined, symbol: string): token is Token & { kind: 'symbol' } {
  return token?.kind === 'symbol' && token.symbol === symbol;
}

/** What a run of tokens must be: a symbol, `a` for an atom, `n` for an integer. Longer forms stand before those they begin with. */
const FUNCTION = ['a', ':', 'a', '/', 'n'];
const FUNCTION_TUPLE = ['{', 'a', ',', 'a', ',', 'n', '}'];
const EDGES = [
  { shape: ['a', '->', 'a'], type: undefined },
  { shape: ['{', 'a', ',', 'a', '}'], type: undefined },
  { shape: [...FUNCTION, '->', ...FUNCTION], type: 'Fun' },
] as const;
const VERTICES = [FUNCTION, FUNCTION_TUPLE];
const EDGE_TUPLE = ['{', ...FUNCTION_TUPLE, ',', ...FUNCTION_TUPLE, '}'];

function combine(tokens: readonly Token[]): readonly Token[] {
  const combined: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const [token, length] = combineAt(tokens, at);
    combined.push(token);
    at += length;
  }
  const end = (tokens.at(-1)?.at.end ?? 0) as number;
  combined.push({ kind: 'end', text: '', line: 1 << 23, at: { start: end, end: end + 1 } });
  return combined;
}

/** Returns the token that begins at a position and how many it is made of. */
function combineAt(tokens: readonly Token[], at: number): readonly [Token, number] {
  for (const { shape, type } of [...EDGES, { shape: EDGE_TUPLE, type: 'Fun' } as const]) {
    const values = valuesOf(tokens, at, shape);
    if (values === undefined) continue;
    const half = values.length / 2;
    const [from, to] = [vertexOf(values.slice(0, half)), vertexOf(values.slice(half))];
    return [constantToken(tokens, at, shape.length, { shape: 'edge', type, from, to }), shape.length];
  }
  for (const shape of VERTICES) {
    const values = valuesOf(tokens, at, shape);
    if (values === undefined) continue;
    const constant = { shape: 'vertex', type: 'Fun', vertex: vertexOf(values) } as const;
    return [constantToken(tokens, at, shape.length, constant), shape.length];
  }
  return combineSmall(tokens, at);
}

/** Types, and symbols that Erlang has not. */
function combineSmall(tokens: readonly Token[], at: number): readonly [Token, number] {
  const token = tokens[at] as Token;
  const next = tokens[at + 1];
  const place = { line: token.line, at: { start: token.at.start, end: next?.at.end ?? token.at.end } };
  if (isSymbol(token, ':') && next?.kind === 'variable' && CAST_TYPES.has(next.value)) {
    return [{ kind: 'declaration', type: next.value as CastType, text: `'${next.value}'`, ...place }, 2];
  }
  if (isSymbol(token, ':') && isSymbol(next, '=')) return [{ kind: 'symbol', symbol: ':=', text: "':='", ...place }, 2];
  if (isSymbol(token, '||') && isSymbol(next, '|')) return [{ kind: 'symbol', symbol: '|||', text: "'|||'", ...place }, 2];
  if (token.kind === 'variable' && CAST_TYPES.has(token.value)) {
    return [{ kind: 'cast', type: token.value as CastType, text: `'${token.value}'`, line: token.line, at: token.at }, 1];
  }
  return [token, 1];
}

/** Returns the atoms and integers of a run of tokens of that shape. */
function valuesOf(tokens: readonly Token[], at: number, shape: readonly string[]): readonly (string | number)[] | undefined {
  const values: (string | number)[] = [];
  for (let i = 0; i < shape.length; i++) {
    const token = tokens[at + i];
    const wanted = shape[i] as string;
    if (wanted === 'a' && token?.kind === 'atom') values.push(token.value);
    else if (wanted === 'n' && token?.kind === 'integer') values.push(token.value);
    else if (!isSymbol(token, wanted)) return undefined;
  }
  return values;
}

function vertexOf(values: readonly (string | number)[]): Vertex {
  const [module, name, arity] = values as readonly [string, string?, number?];
  return name === undefined || arity === undefined ? module : { module, name, arity };
}

type Shape = Constant extends infer Each ? (Each extends Constant ? Omit<Each, 'at'> : never) : never;

function constantToken(tokens: readonly Token[], first: number, length: number, shape: Shape): Token {
  const { line, at } = tokens[first] as Token;
  const span = { start: at.start, end: (tokens[first + length - 1] as Token).at.end };
  const value = shape.shape === 'vertex' ? vertexTerm(shape.vertex) : tuple(vertexTerm(shape.from), vertexTerm(shape.to));
  const text = formatTerm(tuple(atom('constant'), atom(shape.type ?? 'unknown'), atom(shape.shape), value));
  return { kind: 'constant', constant: { ...shape, at: span } as Constant, text, line, at: span };
}

function vertexTerm(vertex: Vertex): Term {
  if (typeof vertex === 'string') return atom(vertex);
  return tuple(atom(vertex.module), atom(vertex.name), vertex.arity);
}
