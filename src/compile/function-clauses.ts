// The clauses of a function or a fun. Where none fits, the arguments go back to the x registers and control to func_info, which raises
// function_clause.

import type { Clause } from '../forms/expression-model.js';
import { type Builder, emit, move, to, x, y } from './builder.js';
import { selectClause } from './clauses.js';

/** Emits the clauses of the function whose first `arity` parameters they match. */
export function runClauses(builder: Builder, clauses: readonly Clause[], arity: number, itself?: string): void {
  const subjects = Array.from({ length: arity }, (_, at) => y(at));
  const otherwise = () => failFunction(builder);
  selectClause(builder, { clauses, subjects, result: undefined, otherwise, construct: 'fun', isHead: true, itself });
}

function failFunction(builder: Builder): void {
  const { arity } = builder.job;
  for (let at = 0; at < arity; at++) move(builder, y(at), x(at));
  emit(builder, 'deallocate', { kind: 'frame' });
  emit(builder, 'jump', to(builder.start));
}
