// Filters of comprehensions. One that could be a guard test is one, and fails silently; any other has to give a boolean.
// Defined by lib/stdlib/src/erl_lint.erl, is_guard_test/3, and lib/compiler/src/v3_core.erl.

import type { Label } from '../beam/chunks/entries.js';
import type { Expression } from '../forms/expression-model.js';
import { atomOperand, type Builder, deferAt, emit, inRegister, newLabel, place, to, withTemporaries } from './builder.js';
import { raiseError } from './calls.js';
import { condition } from './guard.js';
import { isGuardTest } from './guard-shape.js';
import { findTarget } from './targets.js';

/** Emits a filter; jumps to `skip` where it isn't true. */
export function testFilter(builder: Builder, node: Expression, skip: Label): void {
  const { otp } = builder.unit.context;
  const isLocal = (name: string, arity: number) => findTarget(builder.unit, name, arity)?.kind === 'local';
  if (isGuardTest(node, { otp, isLocal })) {
    condition(builder, node, { ifFalse: skip, ifFailed: skip });
    return;
  }
  withTemporaries(builder, () => {
    const register = inRegister(builder, builder.unit.compilers.value(builder, node));
    const [isOther, bad, goOn] = [newLabel(builder), newLabel(builder), newLabel(builder)];
    emit(builder, 'is_eq_exact', to(isOther), register, atomOperand(builder, 'true'));
    emit(builder, 'jump', to(goOn));
    place(builder, isOther);
    emit(builder, 'is_eq_exact', to(bad), register, atomOperand(builder, 'false'));
    emit(builder, 'jump', to(skip));
    place(builder, goOn);
    deferAt(builder, bad, () => raiseError(builder, 'bad_filter', register));
  });
}
