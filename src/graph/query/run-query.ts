// Answers queries, as xref:q/2 does.

import { atom, NIL, type Term, tuple } from '../../term/model.js';
import type { Program } from '../program/program.js';
import { definitionOf } from '../program/variables.js';
import { answerTerm } from './answer.js';
import { type Compiled, compileExpression } from './compile.js';
import { parseQuery } from './parse.js';
import { compileError, QueryError } from './query-error.js';
import { type Expression, formatStatement, type Statement } from './syntax.js';
import type { Shape, ValueType } from './types.js';
import type { Value } from './value.js';

/** A value with what it is. */
export interface TypedValue {
  readonly shape: Shape;
  readonly type: ValueType;
  readonly value: Value;
}

/** User variables (`:=`), for later queries of the same program. */
export type UserVariables = ReadonlyMap<string, TypedValue>;

/** The answer to a query, and all user variables that are set then. */
export interface QueryAnswer extends TypedValue {
  readonly variables: UserVariables;
}

/** Answers a query; throws QueryError, or UsageError where a closure is too large to lay out. */
export function runQuery(program: Program, text: string, variables: UserVariables = new Map()): QueryAnswer {
  if (text === '' || /[\0\x01]/.test(text)) {
    const codes = Array.from(text, (character) => character.codePointAt(0) as number);
    const query: Term = codes.length === 0 ? NIL : { kind: 'list', items: codes, tail: NIL };
    throw new QueryError('the query is empty or not a text', 'xref_base', tuple(atom('invalid_query'), query));
  }
  const known = new Map<string, Compiled>();
  for (const [name, { shape, type, value }] of variables) known.set(name, { shape, type, run: () => value });
  const statements = parseQuery(text);
  const assigned: { readonly name: string; readonly compiled: Compiled }[] = [];
  let last: Compiled | undefined;
  for (const statement of statements) {
    last = compileStatement(program, statement, known);
    if (statement.assigned?.scope === 'user') assigned.push({ name: statement.assigned.name, compiled: last });
  }
  const answer = typedValue(last as Compiled);
  const kept = new Map(variables);
  for (const { name, compiled } of assigned) kept.set(name, typedValue(compiled));
  return { ...answer, variables: kept };
}

function typedValue({ shape, type, run }: Compiled): TypedValue {
  return { shape, type, value: run() };
}

/** Checks a statement and remembers what it assigns. */
function compileStatement(program: Program, statement: Statement, known: Map<string, Compiled>): Compiled {
  const { assigned, expression } = statement;
  if (assigned === undefined) return compileExpression(expression, { program, variables: known });
  if (known.has(assigned.name) || definitionOf(assigned.name, program.mode) !== undefined) {
    const message = `${assigned.name} has a value already`;
    throw compileError('variable_reassigned', [formatStatement(statement)], message, assigned.at);
  }
  const compiled = compileOnce(expression, program, known);
  known.set(assigned.name, compiled);
  return compiled;
}

/** A variable's value is computed when it is first asked for, and once. */
function compileOnce(expression: Expression, program: Program, known: ReadonlyMap<string, Compiled>): Compiled {
  const { shape, type, run } = compileExpression(expression, { program, variables: known });
  let value: Value | undefined;
  return {
    shape,
    type,
    run: () => {
      value ??= run();
      return value;
    },
  };
}

/** Returns `{ok, Answer}` or `{error, Module, Reason}`: what xref:q/2 returns. */
export function queryTerm(program: Program, text: string): Term {
  try {
    const { type, value } = runQuery(program, text);
    return tuple(atom('ok'), answerTerm(program, type, value));
  } catch (error) {
    if (error instanceof QueryError) return error.term;
    throw error;
  }
}
