// Erlang text to terms: what file:consult reads. The grammar is that of expressions, of which only literals are left:
//
//   atom  1  -1  + 1.5  -$a  "a" "b"  {a, b}  [a, b | c]  #{k => v}  <<1:4, "a"/utf8>>  ~"sigil"  fun m:f/1  (any of these)
//
// Brackets are kept on a stack of our own (parse-bracket.ts), so reading is not recursive.
// Defined by erl_parse:parse_term/1 (lib/stdlib/src/erl_parse.yrl) and the `normalise` behind it.

import { encodeUtf8 } from '../bytes/text.js';
import { asParseError, ParseError } from '../errors.js';
import { MAX_ARITY, MAX_DEPTH } from '../limits.js';
import { type Atom, atom, binary, float, type Term } from './model.js';
import { type Bracket, completeIn, type Literal, openBracket, termOf } from './parse-bracket.js';
import { TermScanner, type TokenOf } from './parse-scanner.js';
import type { StringLiteral } from './parse-segment.js';
import type { ScanOptions } from './scan.js';

/** Options of {@link parseTerms} and {@link parseTerm}. */
export type ParseOptions = ScanOptions;

/**
 * Parses the terms of `text`, each with a dot after it, as file:consult of the release `options.otp` (29 by default) does. Throws
 * ParseError `malformed`, `truncated` or `limit`, with line and column, for all that file:consult refuses.
 */
export function parseTerms(text: string, options: ParseOptions = {}): readonly Term[] {
  return parseWith(text, options, (tokens) => {
    const terms: Term[] = [];
    while (tokens.token.kind !== 'end') {
      terms.push(readTerm(tokens));
      if (tokens.token.kind !== 'dot') tokens.failBefore();
      tokens.next();
    }
    return terms;
  });
}

/** Parses the first term of `text` and the dot after it, whatever follows. Throws as {@link parseTerms} does, `truncated` where there is none. */
export function parseFirstTerm(text: string, options: ParseOptions = {}): Term {
  return parseWith(text, options, (tokens) => {
    const term = readTerm(tokens);
    if (tokens.token.kind !== 'dot') tokens.failBefore();
    return term;
  });
}

/** Parses the one term of `text`, with or without a dot after it. Throws as {@link parseTerms} does. */
export function parseTerm(text: string, options: ParseOptions = {}): Term {
  return parseWith(text, options, (tokens) => {
    const term = readTerm(tokens);
    if (tokens.token.kind === 'dot') tokens.next();
    if (tokens.token.kind !== 'end') tokens.failBefore();
    return term;
  });
}

function parseWith<T>(text: string, options: ParseOptions, parse: (tokens: TermScanner) => T): T {
  try {
    return parse(new TermScanner(text, options));
  } catch (error) {
    // Comparing the keys of maps is recursive still.
    const fault = asParseError(error);
    throw fault instanceof ParseError ? fault.inFile(options.file) : fault;
  }
}

/** Reads a term up to what can't be part of it; a variable where the scanner gives them values. Throws as {@link parseTerms} does. */
export function readTerm(tokens: TermScanner): Term {
  const open: Bracket[] = [];
  for (;;) {
    let literal = readLiteral(tokens, open);
    // What is complete may complete the bracket around it, and so on outwards.
    while (literal !== undefined) {
      const innermost = open.at(-1);
      if (innermost === undefined) return termOf(literal);
      literal = completeIn(innermost, literal, tokens);
      if (literal !== undefined) open.pop();
    }
  }
}

/** Reads what has no inside, or opens a bracket and returns undefined. A dispatch by the first token. */
function readLiteral(tokens: TermScanner, open: Bracket[]): Literal | undefined {
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
    case 'variable':
      return tokens.readVariable(token);
    case 'symbol':
      if (token.text === '-' || token.text === '+') return readSigned(tokens);
      if (token.text === 'fun') return readFun(tokens);
      if (open.length >= MAX_DEPTH) return tokens.fail('limit', `nested more than ${MAX_DEPTH} deep`);
      return openBracket(tokens, open);
    default:
      return tokens.failBefore();
  }
}

/** Reads a sign and its number, in parentheses or not: `-1`, `+ $a`, `-(1.5)`. A number with a sign has no other before it. */
function readSigned(tokens: TermScanner): Term {
  const negative = tokens.at('-');
  tokens.next();
  let open = 0;
  while (tokens.accept('(')) open++;
  const token = tokens.next();
  if (token.kind !== 'integer' && token.kind !== 'float' && token.kind !== 'char') return tokens.failBefore(token);
  for (; open > 0; open--) tokens.expect(')');
  if (token.kind === 'float') return float(negative ? -token.value : token.value);
  // Integers have one zero.
  return negative && token.value !== 0 ? -token.value : token.value;
}

/** Reads strings, which are one where they follow each other. */
function readStrings(tokens: TermScanner): StringLiteral {
  const parts: string[] = [];
  for (let { token } = tokens; token.kind === 'string'; token = tokens.token) {
    parts.push(token.text);
    tokens.next();
  }
  return { kind: 'string', text: parts.join('') };
}

/** Reads `~s"string"`, `~b"binary"` and the like. */
function readSigil(tokens: TermScanner, prefix: TokenOf<'sigil-prefix'>): Literal {
  tokens.next();
  const { text } = tokens.next() as TokenOf<'string'>;
  const suffix = tokens.next() as TokenOf<'sigil-suffix'>;
  if (suffix.name !== '') tokens.fail('malformed', 'illegal sigil suffix', suffix.place);
  switch (prefix.name) {
    case 's':
    case 'S':
      return { kind: 'string', text };
    case '':
    case 'b':
    case 'B':
      return binary(encodeUtf8(text));
    default:
      return tokens.fail('malformed', 'illegal sigil prefix', prefix.place);
  }
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
  if (arity.value > MAX_ARITY) tokens.fail('malformed', `a fun with more than ${MAX_ARITY} arguments`, arity.place);
  return { kind: 'export', module, name, arity: arity.value as number };
}

function readAtom(tokens: TermScanner): Atom {
  const token = tokens.next();
  return token.kind === 'atom' ? atom(token.name) : tokens.failBefore(token);
}
