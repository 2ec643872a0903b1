// Uses of variables, and what binds them.

import type { YRegister } from '../code/operands.js';
import type { Expression } from '../forms/expression-model.js';
import type { VarNode } from '../forms/type-model.js';
import { type Builder, move, temporary, y } from './builder.js';
import { refuse } from './compile-error.js';
import { takeVariable } from './registers.js';
import { newScope, type Scope } from './scope.js';

/** Returns the register of a variable; throws CompileError for one that isn't bound here, or not for certain. */
export function useVariable(builder: Builder, node: VarNode): YRegister {
  const binding = builder.scope.get(node.name);
  if (binding?.kind === 'bound') return y(binding.register);
  if (binding === undefined) refuse(node, `variable ${node.name} is unbound`);
  return refuse(node, `variable ${node.name} is unsafe in ${binding.where}`);
}

/** Returns the register that a new variable gets. */
export function bindVariable(builder: Builder, name: string): YRegister {
  const register = takeVariable(builder.registers);
  builder.scope.set(name, { kind: 'bound', register });
  return y(register);
}

/** Binds a new variable to the value of a register. */
export function bindTo(builder: Builder, name: string, value: YRegister): void {
  move(builder, value, bindVariable(builder, name));
}

/** Tells whether a pattern takes any value and doesn't keep it. */
export function isIgnored(pattern: Expression): boolean {
  return pattern.kind === 'var' && pattern.name === '_';
}

/** Returns the register that a part of a value should go to: that of a new variable straight away. */
export function partRegister(builder: Builder, pattern: Expression): YRegister {
  const isNew = pattern.kind === 'var' && pattern.name !== '_' && !builder.scope.has(pattern.name);
  return isNew ? bindVariable(builder, pattern.name) : temporary(builder);
}

/** Runs `build` with another scope, which is copied. */
export function withScope<T>(builder: Builder, scope: Scope, build: () => T): T {
  const before = builder.scope;
  builder.scope = newScope(scope);
  const made = build();
  builder.scope = before;
  return made;
}
