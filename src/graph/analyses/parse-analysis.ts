// An analysis as it is written on a command line: a name, or name=argument. The argument is a constant of the query language, a list of
// them, a flag, or a text in quotes.
//
//   exports_not_used   call=lists:map/2   use=[lists:map/2, lists:foldl/3]   module_call=lists   deprecated_functions=next_version

import { UsageError } from '../../errors.js';
import { atom, list, stringTerm, type Term, tuple } from '../../term/model.js';
import { parseQuery } from '../query/parse.js';
import { QueryError } from '../query/query-error.js';
import type { Expression, Vertex } from '../query/syntax.js';
import type { Analysis } from './analysis.js';

/** Parses an analysis; whether there is one of that name, only making it tells. Throws UsageError. */
export function parseAnalysis(text: string): Analysis {
  const equals = text.indexOf('=');
  if (equals < 0) return { name: text };
  const written = text.slice(equals + 1);
  const quoted = /^"([^"\\]*)"$/.exec(written)?.[1];
  if (quoted !== undefined) return { name: text.slice(0, equals), argument: stringTerm(quoted) };
  const argument = argumentTerm(written);
  if (argument === undefined) {
    throw new UsageError(`${text}: write a function M:F/A, a name, a flag, or a list of functions or names after the "="`);
  }
  return { name: text.slice(0, equals), argument };
}

function argumentTerm(text: string): Term | undefined {
  const constants = parseConstants(text);
  if (constants === undefined) return undefined;
  const terms: Term[] = [];
  for (const constant of constants.constants) {
    if (constant.shape === 'edge') return undefined;
    terms.push(vertexTerm(constant.vertex));
  }
  return constants.form === 'single' ? terms[0] : list(terms);
}

function parseConstants(text: string): Extract<Expression, { readonly kind: 'constants' }> | undefined {
  try {
    const [statement] = parseQuery(text);
    const expression = statement?.expression;
    const isPlain = expression?.kind === 'constants' && expression.declared === undefined && expression.form !== 'tuple';
    return isPlain && statement?.assigned === undefined ? expression : undefined;
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}

function vertexTerm(vertex: Vertex): Term {
  if (typeof vertex === 'string') return atom(vertex);
  return tuple(atom(vertex.module), atom(vertex.name), vertex.arity);
}
