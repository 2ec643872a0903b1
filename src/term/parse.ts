// Erlang text to terms: what file:consult reads. The grammar is that of expressions, of which only literals are left:
//
//   atom  1  -1  + 1.5  -$a  "a" "b"  {a, b}  [a, b | c]  #{k => v}  <<1:4, "a"/utf8>>  ~"sigil"  fun m:f/1  (any of these)
//
// Defined by erl_parse:parse_term/1 (lib/stdlib/src/erl_parse.yrl) and the `normalise` behind it; bit syntax in parse-segment.ts.

import { encodeUtf8 } from '../bytes/text.js';
import { asParseError, ParseError } from '../errors.js';
import { MAX_ARITY, MAX_DEPTH } from '../limits.js';
import { type Atom, atom, binary, float, isList, list, map, NIL, stringTerm, type Term } from './model.js';
import { compareTermsExactly, hasDuplicateKeys } from './order.js';
import { TermScanner, type TokenOf } from './parse-scanner.js';
import { appendSegment, BitSink, type Segment, type SegmentType, type StringLiteral } from './parse-segment.js';
import type { ScanOptions } from './scan.js';

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
      if (tokens.token.kind !== 'dot') tokens.failBefore();
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
    if (tokens.token.kind !== 'end') tokens.failBefore();
    return term;
  });
}

function parseWith<T>(text: string, options: ParseOptions, parse: (tokens: TermScanner) => T): T {
  try {
    return parse(new TermScanner(text, options));
  } catch (error) {
    const fault = asParseError(error);
    throw fault instanceof ParseError ? fault.inFile(options.file) : fault;
  }
}

type Pair = readonly [Term, Term];

function readTerm(tokens: TermScanner, depth: number): Term {
  const literal = readLiteral(tokens, depth);
  return isStringLiteral(literal) ? stringTerm(literal.text) : literal;
}

function failDepth(tokens: TermScanner): never {
  tokens.fail('limit', `nested more than ${MAX_DEPTH} deep`);
}

function isStringLiteral(literal: Term | StringLiteral): literal is StringLiteral {
  return typeof literal === 'object' && literal.kind === 'string';
}

/** A dispatch by the first token. In parentheses anything stays what it is. */
function readLiteral(tokens: TermScanner, depth: number): Term | StringLiteral {
  if (depth > MAX_DEPTH) failDepth(tokens);
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
      return tokens.failBefore();
  }
}

/** A dispatch by symbol. */
function readComposed(tokens: TermScanner, token: TokenOf<'symbol'>, depth: number): Term | StringLiteral {
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
      tokens.expect(')');
      return literal;
    }
    case '+':
    case '-':
      return readSigned(tokens);
    case 'fun':
      return readFun(tokens);
    default:
      return tokens.failBefore();
  }
}

/** Reads terms with commas between them and the symbol that ends them. */
function readItems(tokens: TermScanner, close: string, depth: number): readonly Term[] {
  const items: Term[] = [];
  if (tokens.accept(close)) return items;
  do items.push(readTerm(tokens, depth + 1));
  while (tokens.accept(','));
  tokens.expect(close);
  return items;
}

function readList(tokens: TermScanner, depth: number): Term {
  const items: Term[] = [];
  const tail = readItemsAndTail(tokens, depth, items);
  return list(items, tail);
}

/** Reads from behind the bracket; adds to `items` those of the list, and those of a tail that is a list too. */
function readItemsAndTail(tokens: TermScanner, depth: number, items: Term[]): Term {
  if (tokens.accept(']')) return NIL;
  do items.push(readTerm(tokens, depth + 1));
  while (tokens.accept(','));
  const tail = tokens.accept('|') ? readTail(tokens, depth + 1, items) : NIL;
  tokens.expect(']');
  return tail;
}

/** Reads what stands behind a `|`. A list of it is never built, since a long one would be copied at every level. */
function readTail(tokens: TermScanner, depth: number, items: Term[]): Term {
  if (depth > MAX_DEPTH) failDepth(tokens);
  if (tokens.accept('[')) return readItemsAndTail(tokens, depth, items);
  if (!tokens.accept('(')) {
    const tail = readTerm(tokens, depth);
    if (!isList(tail)) return tail;
    for (const item of tail.items) items.push(item);
    return tail.tail;
  }
  const tail = readTail(tokens, depth + 1, items);
  tokens.expect(')');
  return tail;
}

/** Reads from the brace of a map. Of pairs with the same key the last one stays. */
function readMap(tokens: TermScanner, depth: number): Term {
  tokens.expect('{');
  const pairs: Pair[] = [];
  if (tokens.accept('}')) return map(pairs);
  do {
    const key = readTerm(tokens, depth + 1);
    tokens.expect('=>');
    pairs.push([key, readTerm(tokens, depth + 1)]);
  } while (tokens.accept(','));
  tokens.expect('}');
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
  const sign = tokens.next() as TokenOf<'symbol'>;
  let open = 0;
  while (tokens.accept('(')) open++;
  const token = tokens.next();
  if (token.kind !== 'integer' && token.kind !== 'float' && token.kind !== 'char') return tokens.failBefore(token);
  for (; open > 0; open--) tokens.expect(')');
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
  if (tokens.token.kind === 'sigil-prefix') tokens.failBefore();
  return { kind: 'string', text: parts.join('') };
}

/** Reads `~s"string"`, `~b"binary"` and the like. */
function readSigil(tokens: TermScanner, prefix: TokenOf<'sigil-prefix'>): Term | StringLiteral {
  tokens.next();
  const { text } = tokens.next() as TokenOf<'string'>;
  const suffix = tokens.next() as TokenOf<'sigil-suffix'>;
  if (suffix.name !== '') tokens.fail('malformed', 'illegal sigil suffix', suffix);
  if (prefix.name === 's' || prefix.name === 'S') return { kind: 'string', text };
  if (prefix.name === 'b' || prefix.name === 'B' || prefix.name === '') return binary(encodeUtf8(text));
  return tokens.fail('malformed', 'illegal sigil prefix', prefix);
}

/** Reads `fun m:f/1`. */
function readFun(tokens: TermScanner): Term {
  tokens.next();
  const module = readAtom(tokens);
  tokens.expect(':');
  const name = readAtom(tokens);
  tokens.expect('/');
  const arity = tokens.next();
  if (arity.kind !== 'integer') return tokens.failBefore(arity);
  if (arity.value > MAX_ARITY) tokens.fail('malformed', `a fun with more than ${MAX_ARITY} arguments`, arity);
  return { kind: 'export', module, name, arity: arity.value as number };
}

function readAtom(tokens: TermScanner): Atom {
  const token = tokens.next();
  return token.kind === 'atom' ? atom(token.name) : tokens.failBefore(token);
}

/** Reads from behind the `<<`. */
function readBitstring(tokens: TermScanner, depth: number): Term {
  const sink = new BitSink();
  if (tokens.accept('>>')) return sink.bitstring();
  do {
    const place = tokens.token;
    const fault = appendSegment(sink, readSegment(tokens, depth), tokens.segmentBytesLeft);
    if (fault === 'limit') tokens.fail('limit', 'more bits than a text of this length may make', place);
    if (fault === 'malformed') tokens.fail('malformed', 'a segment that makes no bits', place);
  } while (tokens.accept(','));
  tokens.expect('>>');
  tokens.segmentBytesLeft -= sink.length;
  return sink.bitstring();
}

/** Reads a value with its size and types: `1`, `1:4`, `"abc"/utf8`, `1:2/little-unit:8`. */
function readSegment(tokens: TermScanner, depth: number): Segment {
  const value = readLiteral(tokens, depth + 1);
  let size: Term | undefined;
  if (tokens.accept(':')) {
    if (tokens.at('-') || tokens.at('+')) tokens.failBefore();
    size = readTerm(tokens, depth + 1);
  }
  const types: SegmentType[] = [];
  if (tokens.accept('/')) {
    do types.push(readSegmentType(tokens));
    while (tokens.accept('-'));
  }
  return { value, size, types };
}

function readSegmentType(tokens: TermScanner): SegmentType {
  const { name } = readAtom(tokens);
  if (!tokens.accept(':')) return { name };
  const argument = tokens.next();
  return argument.kind === 'integer' ? { name, argument: argument.value } : tokens.failBefore(argument);
}
