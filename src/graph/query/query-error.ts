// What is wrong with a query: the term that xref answers, and a place in the text for people.

import { encodeUtf8 } from '../../bytes/text.js';
import { atom, list, stringTerm, type Term, tuple } from '../../term/model.js';
import type { Span } from './syntax.js';

/** Where xref puts the place of an error that it finds at the end of the text. */
export const END_LINE = 1 << 23;

/** Reports a query or an analysis that can't be answered. */
export class QueryError extends Error {
  /** `{error, Module, Reason}` as xref answers it. */
  readonly term: Term;
  /** The place in the query, where it has one. */
  readonly at: Span | undefined;

  constructor(message: string, module: 'xref_compiler' | 'xref_base', reason: Term, at?: Span) {
    super(message);
    this.name = 'QueryError';
    this.term = tuple(atom('error'), atom(module), reason);
    this.at = at;
  }
}

/** `{parse_error, Line, ["syntax error before: ", Text]}`; `token` is empty at the end of the text. */
export function syntaxError(line: number, token: string, at: Span): QueryError {
  const what = token === '' ? 'the query ends too early' : `syntax error before ${token}`;
  return parseError(what, line, list([stringTerm('syntax error before: '), stringTerm(token)]), at);
}

/** `{parse_error, Line, Text}` of the scanner. */
export function scanError(line: number, text: string, at: Span): QueryError {
  return parseError(text, line, stringTerm(text), at);
}

/** `{parse_error, 0, [Tag, Detail]}`: an error in what something means to the parser. */
export function meaningError(tag: string, detail: Term, message: string, at: Span, line = 0): QueryError {
  return parseError(message, line, list([stringTerm(tag), detail]), at);
}

/** `{parse_error, Position, ["invalid_regexp", Regexp, Reason]}`; PCRE counts the bytes of UTF-8. */
export function regexpError(source: string, characters: number, reason: string, at: Span): QueryError {
  const position = encodeUtf8(Array.from(source).slice(0, characters).join('')).length;
  const detail = [stringTerm('invalid_regexp'), stringTerm(source), stringTerm(reason)];
  return parseError(`invalid regular expression: ${reason}`, position, list(detail), at);
}

function parseError(message: string, line: number, detail: Term, at: Span): QueryError {
  return new QueryError(message, 'xref_compiler', tuple(atom('parse_error'), line, detail), at);
}

/** `{Tag, Text...}` of the checks after parsing, each text a string. */
export function compileError(tag: string, texts: readonly string[], message: string, at: Span): QueryError {
  return new QueryError(message, 'xref_compiler', tuple(atom(tag), ...texts.map(stringTerm)), at);
}
