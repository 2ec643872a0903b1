// Which expressions could stand in a guard, by their shape: filters of comprehensions that could are guard tests.
// Defined by lib/stdlib/src/erl_lint.erl, is_guard_test/3.

import type { CallNode, Expression } from '../forms/expression-model.js';
import { isGuardFunction, isOperator } from './bif.js';

/** What the shape depends on. */
export interface GuardRules {
  readonly otp: number;
  /** Whether a call of `name/arity` means a function of the module, which comes before a BIF. */
  readonly isLocal: (name: string, arity: number) => boolean;
}

const LEAVES: ReadonlySet<string> = new Set(['var', 'atom', 'integer', 'float', 'char', 'string', 'nil', 'record_index']);

/** Tells whether an expression could stand in a guard. A dispatch table. */
export function isGuardTest(node: Expression, rules: GuardRules): boolean {
  const all = (nodes: readonly Expression[]) => nodes.every((inner) => isGuardTest(inner, rules));
  switch (node.kind) {
    case 'cons':
      return all([node.head, node.tail]);
    case 'tuple':
      return all(node.elements);
    case 'map':
      return node.fields.every(({ key, value }) => all([key, value]));
    case 'map_update':
      return all([node.map]) && node.fields.every(({ key, value }) => all([key, value]));
    case 'record':
      return node.fields.every(({ value }) => all([value]));
    case 'record_access':
      return all([node.record]);
    case 'bin':
      return node.elements.every(({ value, size }) => all(size === 'default' ? [value] : [value, size]));
    case 'op':
      return isGuardOperator(node.operator) && all([node.left, node.right]);
    case 'prefix_op':
      return all([node.operand]);
    case 'call':
      return isGuardCall(node, rules) && all(node.args);
    default:
      return LEAVES.has(node.kind);
  }
}

function isGuardOperator(operator: string): boolean {
  return operator === 'andalso' || operator === 'orelse' || isOperator(operator, 2);
}

function isGuardCall({ callee, args }: CallNode, { otp, isLocal }: GuardRules): boolean {
  if (callee.kind === 'atom') return isPlainBif(otp, callee.name, args.length) && !isLocal(callee.name, args.length);
  if (callee.kind !== 'remote' || callee.module.kind !== 'atom' || callee.name.kind !== 'atom') return false;
  return callee.module.name === 'erlang' && isGuardFunction(otp, callee.name.name, args.length);
}

function isPlainBif(otp: number, name: string, arity: number): boolean {
  return !isOperator(name, arity) && isGuardFunction(otp, name, arity);
}
