// Erlang text to terms: what file:consult reads. The grammar is that of expressions, of which only literals are left:
//
//   atom  1  -1  + 1.5  -$a  "a" "b"  {a, b}  [a, b | c]  #{k => v}  <<1:4, "a"/utf8>>  ~"sigil"  fun m:f/1  (any of these)
//
// Defined by erl_parse:parse_term/1 (lib/stdlib/src/erl_parse.yrl) and the `normalise` behind it; bit syntax in parse-segment.ts.

import { encodeUtf8 } from '../bytes/text.js';
import { asParseError } from '../errors.js';
import { MAX_ARITY, MAX_DEPTH, MAX_SEGMENT_BYTES } from '../limits.js';
import { type Atom, atom, binary, float, list, map, NIL, stringTerm, type Term } from './model.js';
import { compareTermsExactly, hasDuplicateKeys } from './order.js';
import { appendSegment, BitSink, type Segment, type SegmentType, type StringLiteral } from './parse-segment.js';
import { Scanner, type ScanOptions, type Token } from './scan.js';

/** Options of {@link parseTerms} and {@link parseTerm}. */
export type ParseOptions = ScanOptions;

/**
 * Parses the terms of `text`, each with a dot after it, as file:consult of the release `options.otp` (29 by default) does. Throws
 * ParseError `malformed`, `truncated` or `limit` with line and column for all that file:consult refuses.
 */
export function parseTerms(text: string, options: ParseOptions = {}): readonly Term[] {
  return parseWith(text, options, (tokens) => {
    const terms: Term[] = [];
    while (tokens.token.kind !== 'end') {
      terms.push(readTerm(tokens, 0));
      if (tokens.token.kind !== 'dot') failBefore(tokens);
      tokens.next();
    }
    return terms;
  });
}

/** Parses the one term of `text`, with or without a dot after it. Throws as {@link parseTerms} does. */
export function parseTerm(text: string, options: ParseOptions = {}): Term {
  return parseWith(text, options, (tokens) => {
    const term = readTerm(tokens, 0);
    if (tokens.token.kind === 'dot') tokens.next();
    if (tokens.token.kind !== 'end') failBefore(tokens);
    return term;
  });
}

/** A scanner that knows what the text may still ask for. */
class TermScanner extends Scanner {
  /** Bytes that bit syntax may still make: written out, it makes four at most of a character. */
  segmentBytesLeft: number;

  constructor(text: string, options: ParseOptions) {
    super(text, options);
    this.segmentBytesLeft = MAX_SEGMENT_BYTES + 4 * text.length;
  }
}

function parseWith<T>(text: string, options: ParseOptions, parse: (tokens: TermScanner) => T): T {
  try {
    return parse(new TermScanner(text, options));
  } catch (error) {
    throw asParseError(error);
  }
}

type Pair = readonly [Term, Term];

function failBefore(tokens: TermScanner, token: Token = tokens.token): never {
  if (token.kind === 'end') tokens.fail('truncated', 'the text ends where more is needed', token);
  tokens.fail('malformed', `syntax error before ${describe(token)}`, token);
}

function describe(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end';
    case 'dot':
      return "'.'";
    case 'string':
    case 'symbol':
      return JSON.stringify(token.text.slice(0, 40));
    case 'integer':
    case 'float':
      return `the ${token.kind}`;
    case 'char':
      return `$${String.fromCodePoint(token.value)}`;
    default:
      return `${token.kind} ${JSON.stringify(token.name.slice(0, 40))}`;
  }
}

function isSymbol(token: Token, text: string): boolean {
  return token.kind === 'symbol' && token.text === text;
}

/** Moves past that symbol, if it is there. */
function accept(tokens: TermScanner, text: string): boolean {
  if (!isSymbol(tokens.token, text)) return false;
  tokens.next();
  return true;
}

function expect(tokens: TermScanner, text: string): void {
  if (!accept(tokens, text)) failBefore(tokens);
}

function readTerm(tokens: TermScanner, depth: number): Term {
  const literal = readLiteral(tokens, depth);
  return isStringLiteral(literal) ? stringTerm(literal.text) : literal;
}

function isStringLiteral(literal: Term | StringLiteral): literal is StringLiteral {
  return typeof literal === 'object' && literal.kind === 'string';
}

/** A dispatch by the first token. In parentheses anything stays what it is. */
function readLiteral(tokens: TermScanner, depth: number): Term | StringLiteral {
  if (depth > MAX_DEPTH) tokens.fail('limit', `nested more than ${MAX_DEPTH} deep`);
  const { token } = tokens;
  switch (token.kind) {
    case 'atom':
      tokens.next();
      return atom(token.name);
    case 'integer':
    case 'char':
      tokens.next();
      return token.value;
    case 'float':
      tokens.next();
      return float(token.value);
    case 'string':
      return readStrings(tokens);
    case 'sigil-prefix':
      return readSigil(tokens, token);
    case 'symbol':
      return readComposed(tokens, token, depth);
    default:
      return failBefore(tokens);
  }
}

/** A dispatch by symbol. */
function readComposed(tokens: TermScanner, token: Token & { readonly kind: 'symbol' }, depth: number): Term | StringLiteral {
  switch (token.text) {
    case '{':
      tokens.next();
      return { kind: 'tuple', items: readItems(tokens, '}', depth) };
    case '[':
      tokens.next();
      return readList(tokens, depth);
    case '#':
      tokens.next();
      return readMap(tokens, depth);
    case '<<':
      tokens.next();
      return readBitstring(tokens, depth);
    case '(': {
      tokens.next();
      const literal = readLiteral(tokens, depth + 1);
      expect(tokens, ')');
      return literal;
    }
    case '+':
    case '-':
      return readSigned(tokens);
    case 'fun':
      return readFun(tokens);
    default:
      return failBefore(tokens);
  }
}

/** Reads terms with commas between them and the symbol that ends them. */
function readItems(tokens: TermScanner, close: string, depth: number): readonly Term[] {
  const items: Term[] = [];
  if (accept(tokens, close)) return items;
  do items.push(readTerm(tokens, depth + 1));
  while (accept(tokens, ','));
  expect(tokens, close);
  return items;
}

function readList(tokens: TermScanner, depth: number): Term {
  if (accept(tokens, ']')) return NIL;
  const items: Term[] = [];
  do items.push(readTerm(tokens, depth + 1));
  while (accept(tokens, ','));
  const tail = accept(tokens, '|') ? readTerm(tokens, depth + 1) : NIL;
  expect(tokens, ']');
  return list(items, tail);
}

/** Reads from the brace of a map. Of pairs with the same key the last one stays. */
function readMap(tokens: TermScanner, depth: number): Term {
  expect(tokens, '{');
  const pairs: Pair[] = [];
  if (accept(tokens, '}')) return map(pairs);
  do {
    const key = readTerm(tokens, depth + 1);
    expect(tokens, '=>');
    pairs.push([key, readTerm(tokens, depth + 1)]);
  } while (accept(tokens, ','));
  expect(tokens, '}');
  return map(hasDuplicateKeys(pairs) ? lastOfEachKey(pairs) : pairs);
}

function lastOfEachKey(pairs: readonly Pair[]): readonly Pair[] {
  const sorted = [...pairs].sort(([left], [right]) => compareTermsExactly(left, right));
  return sorted.filter(([key], at) => {
    const after = sorted[at + 1];
    return after === undefined || compareTermsExactly(key, after[0]) !== 0;
  });
}

/** Reads a sign and its number, in parentheses or not: `-1`, `+ $a`, `-(1.5)`. Signs of signs are none of it. */
function readSigned(tokens: TermScanner): Term {
  const sign = tokens.next() as Token & { readonly kind: 'symbol' };
  let open = 0;
  while (accept(tokens, '(')) open++;
  const token = tokens.next();
  if (token.kind !== 'integer' && token.kind !== 'float' && token.kind !== 'char') return failBefore(tokens, token);
  for (; open > 0; open--) expect(tokens, ')');
  if (token.kind === 'float') return float(sign.text === '-' ? -token.value : token.value);
  // There is one zero.
  return sign.text === '-' && token.value !== 0 ? -token.value : token.value;
}

/** Reads strings, which are one where they follow each other. */
function readStrings(tokens: TermScanner): StringLiteral {
  const parts: string[] = [];
  while (tokens.token.kind === 'string') {
    parts.push(tokens.token.text);
    tokens.next();
  }
  if (tokens.token.kind === 'sigil-prefix') failBefore(tokens);
  return { kind: 'string', text: parts.join('') };
}

/** Reads `~s"string"`, `~b"binary"` and the like. */
function readSigil(tokens: TermScanner, prefix: Token & { readonly kind: 'sigil-prefix' }): Term | StringLiteral {
  tokens.next();
  const { text } = tokens.next() as Token & { readonly kind: 'string' };
  const suffix = tokens.next() as Token & { readonly kind: 'sigil-suffix' };
  if (suffix.name !== '') tokens.fail('malformed', 'illegal sigil suffix', suffix);
  if (prefix.name === 's' || prefix.name === 'S') return { kind: 'string', text };
  if (prefix.name === 'b' || prefix.name === 'B' || prefix.name === '') return binary(encodeUtf8(text));
  return tokens.fail('malformed', 'illegal sigil prefix', prefix);
}

/** Reads `fun m:f/1`. */
function readFun(tokens: TermScanner): Term {
  tokens.next();
  const module = readAtom(tokens);
  expect(tokens, ':');
  const name = readAtom(tokens);
  expect(tokens, '/');
  const arity = tokens.next();
  if (arity.kind !== 'integer') return failBefore(tokens, arity);
  if (arity.value > MAX_ARITY) tokens.fail('malformed', `a fun with more than ${MAX_ARITY} arguments`, arity);
  return { kind: 'export', module, name, arity: arity.value as number };
}

function readAtom(tokens: TermScanner): Atom {
  const token = tokens.next();
  return token.kind === 'atom' ? atom(token.name) : failBefore(tokens, token);
}

/** Reads from behind the `<<`. */
function readBitstring(tokens: TermScanner, depth: number): Term {
  const sink = new BitSink();
  if (accept(tokens, '>>')) return sink.bitstring();
  do {
    const place = tokens.token;
    const fault = appendSegment(sink, readSegment(tokens, depth), tokens.segmentBytesLeft);
    if (fault === 'limit') tokens.fail('limit', 'more bits than a text of this length may make', place);
    if (fault === 'malformed') tokens.fail('malformed', 'a segment that makes no bits', place);
  } while (accept(tokens, ','));
  expect(tokens, '>>');
  tokens.segmentBytesLeft -= sink.length;
  return sink.bitstring();
}

/** Reads a value with its size and types: `1`, `1:4`, `"abc"/utf8`, `1:2/little-unit:8`. */
function readSegment(tokens: TermScanner, depth: number): Segment {
  const value = readLiteral(tokens, depth + 1);
  let size: Term | undefined;
  if (accept(tokens, ':')) {
    if (isSymbol(tokens.token, '-') || isSymbol(tokens.token, '+')) failBefore(tokens);
    size = readTerm(tokens, depth + 1);
  }
  const types: SegmentType[] = [];
  if (accept(tokens, '/')) {
    do types.push(readSegmentType(tokens));
    while (accept(tokens, '-'));
  }
  return { value, size, types };
}

function readSegmentType(tokens: TermScanner): SegmentType {
  const { name } = readAtom(tokens);
  if (!accept(tokens, ':')) return { name };
  const argument = tokens.next();
  return argument.kind === 'integer' ? { name, argument: argument.value } : failBefore(tokens, argument);
}
