// The answer of a check as Erlang terms, `{Type, Map}` a line, which file:consult reads: the rows and fields of ndjson.
//
//   {finding,#{file => ..., kind => <<"edge">>, rule => <<"layers">>, severity => <<"error">>, ...}}.

import type { CheckResult } from '../../rules/model.js';
import { atom, tuple } from '../../term/model.js';
import { erlText, jsonTerm } from './erl.js';
import { checkRows } from './json-rows.js';

/** Renders the answer in pieces, a term a line. */
export function* renderCheckErl(result: CheckResult): Generator<string> {
  for (const { type, fields } of checkRows(result)) yield `${erlText(tuple(atom(type), jsonTerm(fields)))}.\n`;
}
