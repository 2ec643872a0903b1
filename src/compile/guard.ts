// Guards: alternatives of tests. A failing instruction in a test makes the test fail, and a test has to give `true`.

import type { Label } from '../beam/chunks/entries.js';
import type { OpcodeName } from '../code/opcodes.js';
import type { YRegister } from '../code/operands.js';
import type { CallNode, Expression, OpNode } from '../forms/expression-model.js';
import { emitBif, isGuardFunction, isOperator } from './bif.js';
import { buildBinary } from './binary.js';
import {
  atomOperand,
  type Builder,
  constantOperand,
  emit,
  inRegister,
  move,
  newLabel,
  place,
  type Source,
  temporary,
  to,
  unsigned,
  withTemporaries,
} from './builder.js';
import { refuse } from './compile-error.js';
import { constantOf } from './constant.js';
import { buildList, buildTuple, sourcesOf } from './data.js';
import { buildMap, updateMap } from './map.js';
import type { Mode } from './mode.js';
import { useVariable } from './variable.js';

/** Where control goes from a test: on if it gives `true`, else to one of these. */
interface Outcomes {
  readonly ifFalse: Label;
  /** Where the test fails, or gives something else than a boolean. */
  readonly ifFailed: Label;
}

/** Emits the guard of a clause, which is none, or alternatives of tests that must all hold; jumps to `fail` where it doesn't hold. */
export function testGuard(builder: Builder, guards: readonly (readonly Expression[])[], fail: Label): void {
  if (guards.length === 0) return;
  const holds = newLabel(builder);
  guards.forEach((tests, at) => {
    const isLast = at === guards.length - 1;
    const next = isLast ? fail : newLabel(builder);
    for (const test of tests) condition(builder, test, { ifFalse: next, ifFailed: next });
    if (isLast) return;
    emit(builder, 'jump', to(holds));
    place(builder, next);
  });
  if (builder.usedLabels.has(holds)) place(builder, holds);
}

/** Emits one test; see {@link Outcomes}. */
export function condition(builder: Builder, node: Expression, outcomes: Outcomes): void {
  withTemporaries(builder, () => {
    if (node.kind === 'op' && node.operator === 'andalso') {
      condition(builder, node.left, outcomes);
      condition(builder, node.right, outcomes);
    } else if (node.kind === 'op' && node.operator === 'orelse') {
      disjunction(builder, node, outcomes);
    } else if (node.kind === 'prefix_op' && node.operator === 'not') {
      negation(builder, node.operand, outcomes);
    } else if (!comparison(builder, node, outcomes) && !typeTest(builder, node, outcomes)) {
      truth(builder, guardValue(builder, node, outcomes.ifFailed), outcomes);
    }
  });
}

function disjunction(builder: Builder, node: OpNode, outcomes: Outcomes): void {
  const [holds, other] = [newLabel(builder), newLabel(builder)];
  condition(builder, node.left, { ...outcomes, ifFalse: other });
  emit(builder, 'jump', to(holds));
  place(builder, other);
  condition(builder, node.right, outcomes);
  place(builder, holds);
}

function negation(builder: Builder, operand: Expression, { ifFalse, ifFailed }: Outcomes): void {
  const holds = newLabel(builder);
  condition(builder, operand, { ifFalse: holds, ifFailed });
  emit(builder, 'jump', to(ifFalse));
  place(builder, holds);
}

/** Goes on if the value is `true`. */
function truth(builder: Builder, value: Source, { ifFalse, ifFailed }: Outcomes): void {
  const register = inRegister(builder, value);
  if (ifFalse === ifFailed) {
    emit(builder, 'is_eq_exact', to(ifFailed), register, atomOperand(builder, 'true'));
    return;
  }
  const [holds, other] = [newLabel(builder), newLabel(builder)];
  emit(builder, 'is_eq_exact', to(other), register, atomOperand(builder, 'true'));
  emit(builder, 'jump', to(holds));
  place(builder, other);
  emit(builder, 'is_eq_exact', to(ifFailed), register, atomOperand(builder, 'false'));
  emit(builder, 'jump', to(ifFalse));
  place(builder, holds);
}

/** Comparisons as instructions; `>` and `=<` are the others with their operands exchanged. */
const COMPARISONS: Readonly<Record<string, readonly [opcode: OpcodeName, isExchanged: boolean]>> = {
  '==': ['is_eq', false],
  '/=': ['is_ne', false],
  '=:=': ['is_eq_exact', false],
  '=/=': ['is_ne_exact', false],
  '<': ['is_lt', false],
  '>=': ['is_ge', false],
  '>': ['is_lt', true],
  '=<': ['is_ge', true],
};

function comparison(builder: Builder, node: Expression, { ifFalse, ifFailed }: Outcomes): boolean {
  const [opcode, isExchanged] = (node.kind === 'op' ? COMPARISONS[node.operator] : undefined) ?? [];
  if (node.kind !== 'op' || opcode === undefined) return false;
  const left = inRegister(builder, guardValue(builder, node.left, ifFailed));
  const right = guardValue(builder, node.right, ifFailed);
  if (isExchanged === true) emit(builder, opcode, to(ifFalse), inRegister(builder, right), left);
  else emit(builder, opcode, to(ifFalse), left, right);
  return true;
}

/** Type tests that are instructions of one operand. */
const TYPE_TESTS: Readonly<Record<string, OpcodeName>> = {
  is_atom: 'is_atom',
  is_binary: 'is_binary',
  is_bitstring: 'is_bitstr',
  is_boolean: 'is_boolean',
  is_float: 'is_float',
  is_function: 'is_function',
  is_integer: 'is_integer',
  is_list: 'is_list',
  is_map: 'is_map',
  is_number: 'is_number',
  is_pid: 'is_pid',
  is_port: 'is_port',
  is_reference: 'is_reference',
  is_tuple: 'is_tuple',
};

function typeTest(builder: Builder, node: Expression, { ifFalse, ifFailed }: Outcomes): boolean {
  if (node.kind !== 'call') return false;
  const name = guardFunction(builder, node);
  const [subject] = node.args;
  if (name === undefined || subject === undefined) return false;
  const opcode = node.args.length === 1 ? TYPE_TESTS[name] : undefined;
  if (opcode !== undefined) {
    emit(builder, opcode, to(ifFalse), inRegister(builder, guardValue(builder, subject, ifFailed)));
    return true;
  }
  const record = name === 'is_record' ? recordTest(node) : undefined;
  if (record === undefined) return false;
  const value = inRegister(builder, guardValue(builder, subject, ifFailed));
  emit(builder, 'is_tagged_tuple', to(ifFalse), value, unsigned(record.size), atomOperand(builder, record.tag));
  return true;
}

/** The name and size in `is_record(Term, name, size)`. */
function recordTest({ args }: CallNode): { readonly tag: string; readonly size: number } | undefined {
  const [, tag, size] = args;
  if (args.length !== 3 || tag?.kind !== 'atom' || size?.kind !== 'integer') return undefined;
  return typeof size.value === 'number' && size.value > 0 ? { tag: tag.name, size: size.value } : undefined;
}

/** Returns the name of the function of `erlang` that a call in a guard means; undefined where no guard may call it. */
export function guardFunction(builder: Builder, { callee, args }: CallNode): string | undefined {
  const { otp } = builder.unit.context;
  if (callee.kind === 'atom') {
    const isKnown = !isOperator(callee.name, args.length) && isGuardFunction(otp, callee.name, args.length);
    return isKnown ? callee.name : undefined;
  }
  if (callee.kind !== 'remote' || callee.module.kind !== 'atom' || callee.name.kind !== 'atom') return undefined;
  const { module, name } = callee;
  return module.name === 'erlang' && isGuardFunction(otp, name.name, args.length) ? name.name : undefined;
}

/** Emits what computes an expression in a guard, or a size or key in a pattern; jumps to `fail` where that fails. A dispatch table. */
export function guardValue(builder: Builder, node: Expression, fail: Label): Source {
  const constant = constantOf(builder.unit, node);
  if (constant !== undefined) return constantOperand(builder, constant);
  const mode: Mode = { fail, value: (inner, expression) => guardValue(inner, expression, fail) };
  switch (node.kind) {
    case 'var':
      return useVariable(builder, node);
    case 'tuple':
      return buildTuple(builder, node, mode);
    case 'cons':
      return buildList(builder, node, mode);
    case 'map':
      return buildMap(builder, node, mode);
    case 'map_update':
      return updateMap(builder, node, mode);
    case 'bin':
      return buildBinary(builder, node, mode);
    case 'op':
      return guardOperator(builder, node, mode);
    case 'prefix_op':
      return guardBif(builder, node.operator, [node.operand], mode);
    case 'call':
      return guardCall(builder, node, mode);
    default:
      return refuse(node, `${node.kind} is no guard expression`);
  }
}

function guardOperator(builder: Builder, node: OpNode, mode: Mode): Source {
  if (node.operator === 'andalso' || node.operator === 'orelse') return shortCircuit(builder, node, mode.fail);
  if (!isGuardFunction(builder.unit.context.otp, node.operator, 2)) refuse(node, `${node.operator} is no guard expression`);
  return guardBif(builder, node.operator, [node.left, node.right], mode);
}

/** The value of `Left andalso Right` is that of Right unless Left is false, whatever Right is. */
function shortCircuit(builder: Builder, node: OpNode, fail: Label): Source {
  const result = temporary(builder);
  const [short, end] = [newLabel(builder), newLabel(builder)];
  const isAnd = node.operator === 'andalso';
  if (isAnd) condition(builder, node.left, { ifFalse: short, ifFailed: fail });
  else negation(builder, node.left, { ifFalse: short, ifFailed: fail });
  withTemporaries(builder, () => move(builder, guardValue(builder, node.right, fail), result));
  emit(builder, 'jump', to(end));
  place(builder, short);
  move(builder, atomOperand(builder, isAnd ? 'false' : 'true'), result);
  place(builder, end);
  return result;
}

function guardCall(builder: Builder, node: CallNode, mode: Mode): Source {
  const name = guardFunction(builder, node);
  if (name === undefined) refuse(node, 'a guard can call guard BIFs only');
  if (name !== 'is_record') return guardBif(builder, name, node.args, mode);
  const result = temporary(builder);
  const [isFalse, end] = [newLabel(builder), newLabel(builder)];
  if (!typeTest(builder, node, { ifFalse: isFalse, ifFailed: mode.fail })) refuse(node, 'is_record needs a record that is known');
  boolean(builder, result, isFalse, end);
  return result;
}

/** Emits the end of a test whose value is needed: true here, false at a label. */
export function boolean(builder: Builder, result: YRegister, isFalse: Label, end: Label): void {
  move(builder, atomOperand(builder, 'true'), result);
  emit(builder, 'jump', to(end));
  place(builder, isFalse);
  move(builder, atomOperand(builder, 'false'), result);
  place(builder, end);
}

function guardBif(builder: Builder, name: string, args: readonly Expression[], mode: Mode): Source {
  const result = temporary(builder);
  withTemporaries(builder, () => emitBif(builder, name, sourcesOf(builder, args, mode), mode.fail, result));
  return result;
}
