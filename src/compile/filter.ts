// Filters of comprehensions. One that could be a guard test is one, and fails silently; any other has to give a boolean.
// Defined by lib/stdlib/src/erl_lint.erl, is_guard_test/3, and lib/compiler/src/v3_core.erl.

import type { Label } from '../beam/chunks/entries.js';
import type { CallNode, Expression } from '../forms/expression-model.js';
import { isOperator } from './bif.js';
import { atomOperand, type Builder, deferAt, emit, inRegister, newLabel, place, to, withTemporaries } from './builder.js';
import { raiseError } from './calls.js';
import { condition, guardFunction } from './guard.js';
import { findTarget } from './targets.js';

/** Emits a filter; jumps to `skip` where it isn't true. */
export function testFilter(builder: Builder, node: Expression, skip: Label): void {
  if (isGuardTest(builder, node)) {
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

const LEAVES: ReadonlySet<string> = new Set(['var', 'atom', 'integer', 'float', 'char', 'string', 'nil']);

/** Tells whether an expression could stand in a guard. */
function isGuardTest(builder: Builder, node: Expression): boolean {
  const all = (nodes: readonly Expression[]) => nodes.every((inner) => isGuardTest(builder, inner));
  switch (node.kind) {
    case 'cons':
      return all([node.head, node.tail]);
    case 'tuple':
      return all(node.elements);
    case 'map':
      return node.fields.every(({ key, value }) => all([key, value]));
    case 'map_update':
      return all([node.map]) && node.fields.every(({ key, value }) => all([key, value]));
    case 'bin':
      return node.elements.every(({ value, size }) => all(size === 'default' ? [value] : [value, size]));
    case 'op':
      return isGuardOperator(node.operator) && all([node.left, node.right]);
    case 'prefix_op':
      return all([node.operand]);
    case 'call':
      return isGuardCall(builder, node) && all(node.args);
    default:
      return LEAVES.has(node.kind);
  }
}

function isGuardOperator(operator: string): boolean {
  return operator === 'andalso' || operator === 'orelse' || isOperator(operator, 2);
}

/** A function of the module of the same name comes first. */
function isGuardCall(builder: Builder, node: CallNode): boolean {
  if (guardFunction(builder, node) === undefined) return false;
  const { callee, args } = node;
  return callee.kind !== 'atom' || findTarget(builder.unit, callee.name, args.length)?.kind !== 'local';
}
