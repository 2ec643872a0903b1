// Expressions mean nearly the same in bodies and in guards: in a body a failure is an exception, in a guard it makes the guard fail.

import type { Label } from '../beam/chunks/entries.js';
import type { Expression } from '../forms/expression-model.js';
import type { Builder, Source } from './builder.js';

/** How expressions within another are compiled. */
export interface Mode {
  /** Where a failing instruction goes; 0 raises an exception. */
  readonly fail: Label;
  readonly value: (builder: Builder, node: Expression) => Source;
}

/** Returns the mode of bodies. */
export function bodyMode(builder: Builder): Mode {
  return { fail: 0, value: builder.unit.compilers.value };
}
