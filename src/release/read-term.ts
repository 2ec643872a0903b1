// The first term of a file, as systools reads it: the tokens up to the first dot, whatever follows.
//
// A scan that fails is `{read, File}`, a parse that fails `{parse, File, {Line, erl_parse, Message}}`; our scanner works while we parse, so
// that of two faults the first one counts.
// Defined by lib/sasl/src/systools_lib.erl.

import { ParseError } from '../errors.js';
import { atom, list, stringTerm, type Term, tuple } from '../term/model.js';
import { parseFirstTerm } from '../term/parse.js';
import { decodeSource } from '../term/parse-source.js';
import { Scanner } from '../term/scan.js';
import { tagged } from './release-error.js';
import type { ReleaseFiles } from './release-files.js';

/** What reading gives. */
export type ReadTerm =
  | { readonly kind: 'term'; readonly term: Term; readonly path: string }
  | { readonly kind: 'open'; readonly posix: string }
  | { readonly kind: 'read'; readonly fault: ParseError }
  | { readonly kind: 'parse'; readonly fault: ParseError; readonly line: number };

/** Reads the first term of a file. */
export function readFirstTerm(files: ReleaseFiles, path: string): ReadTerm {
  const answer = files.read(path);
  if (answer.kind === 'fault') return { kind: 'open', posix: answer.posix };
  let text = '';
  try {
    text = decodeSource(answer.bytes, { file: path });
    return { kind: 'term', term: parseFirstTerm(text, { file: path }), path };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (error.code === 'truncated' && /in the middle of a term/.test(error.reason)) return endsEarly(text, error);
    const isSyntax = /^syntax error/.test(error.reason);
    return isSyntax ? { kind: 'parse', fault: error, line: error.line ?? 1 } : { kind: 'read', fault: error };
  }
}

/** A text that ends without a dot: the parser is at its last token, where there is one. */
function endsEarly(text: string, fault: ParseError): ReadTerm {
  let line: number | undefined;
  for (const tokens = new Scanner(text); tokens.token.kind !== 'end'; tokens.next()) line = tokens.token.place.line;
  return line === undefined ? { kind: 'read', fault } : { kind: 'parse', fault, line };
}

/** Returns `{Line, erl_parse, Message}` for a parse that failed. */
export function parseFaultTerm({ fault, line }: ReadTerm & { kind: 'parse' }): Term {
  return tuple(line, atom('erl_parse'), messageTerm(fault));
}

/** Returns the message alone, as `{parse_error, {File, Line, Message}}` has it. */
export function messageTerm(fault: ParseError): Term {
  const before = /^syntax error before (?:'(.*)'|"(.*)"|\w+ '(.*)'|(.*))$/s.exec(fault.reason);
  const what = before?.slice(1).find((part) => part !== undefined) ?? '';
  return list([stringTerm('syntax error before: '), stringTerm(what)]);
}

/** Returns `{error, Why}` as systools_lib:read_term/1 does. */
export function readFaultTerm(path: string, answer: Exclude<ReadTerm, { kind: 'term' }>): Term {
  const file = stringTerm(path);
  if (answer.kind === 'open') return tagged('error', tagged('open', file, atom(answer.posix)));
  if (answer.kind === 'read') return tagged('error', tagged('read', file));
  return tagged('error', tagged('parse', file, parseFaultTerm(answer)));
}
