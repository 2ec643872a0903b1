// Expressions in a row: the value is that of the last one.

import type { Expression } from '../forms/expression-model.js';
import { type Builder, type Source, withTemporaries } from './builder.js';

/** Emits the expressions and returns where the value of the last one is. */
export function runBody(builder: Builder, body: readonly Expression[]): Source {
  const { value } = builder.unit.compilers;
  for (const node of body.slice(0, -1)) withTemporaries(builder, () => value(builder, node));
  return value(builder, body.at(-1) as Expression);
}

/** Emits the expressions and returns the value of the last one from the function. */
export function runTail(builder: Builder, body: readonly Expression[]): void {
  const { value, tail } = builder.unit.compilers;
  for (const node of body.slice(0, -1)) withTemporaries(builder, () => value(builder, node));
  tail(builder, body.at(-1) as Expression);
}
