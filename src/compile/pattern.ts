// Patterns: tests that jump to a label where the value doesn't fit, and moves to the registers of new variables. A variable that is bound
// already, or comes again, is compared. Keys of maps and sizes of segments see the scope from before the pattern.

import type { Label } from '../beam/chunks/entries.js';
import type { YRegister } from '../code/operands.js';
import type { Expression, MapField, OpNode, TupleNode } from '../forms/expression-model.js';
import type { VarNode } from '../forms/type-model.js';
import { foldOperator } from '../term/fold-operator.js';
import type { Term } from '../term/model.js';
import { matchBinary } from './binary-pattern.js';
import { type Builder, constantOperand, emit, move, NIL_OPERAND, temporary, to, unsigned, withTemporaries } from './builder.js';
import { refuse } from './compile-error.js';
import { constantOf } from './constant.js';
import { guardValue } from './guard.js';
import type { Scope } from './scope.js';
import { bindVariable, isIgnored, partRegister, useVariable, withScope } from './variable.js';

/** What a pattern is matched with. */
export interface Match {
  /** Where control goes if the value doesn't fit. */
  readonly fail: Label;
  /** The scope of keys and sizes. */
  readonly outer: Scope;
}

/** Emits what matches the value of a register with a pattern; variables of the pattern become bound. A dispatch table. */
export function matchPattern(builder: Builder, pattern: Expression, value: YRegister, match: Match): void {
  const constant = patternConstant(builder, pattern);
  if (constant !== undefined) {
    matchConstant(builder, constant, value, match);
    return;
  }
  switch (pattern.kind) {
    case 'var':
      matchVariable(builder, pattern, value, match);
      return;
    case 'tuple':
      matchTuple(builder, pattern, value, match);
      return;
    case 'cons':
      matchList(builder, pattern, value, match);
      return;
    case 'op':
      matchPrefix(builder, pattern, value, match);
      return;
    case 'match':
      matchPattern(builder, pattern.value, value, match);
      matchPattern(builder, pattern.pattern, value, match);
      return;
    case 'map':
      emit(builder, 'is_map', to(match.fail), value);
      for (const field of pattern.fields) matchField(builder, field, value, match);
      return;
    case 'bin':
      matchBinary(builder, pattern, value, { ...match, pattern: matchPattern });
      return;
    default:
      refuse(pattern, `${pattern.kind} can't be compiled in a pattern`);
  }
}

/** Returns the constant that a pattern is: operators on numbers may make one. */
export function patternConstant(builder: Builder, pattern: Expression): Term | undefined {
  if (pattern.kind !== 'op' || pattern.operator === '++') return constantOf(builder.unit, pattern);
  const left = patternConstant(builder, pattern.left);
  const right = left === undefined ? undefined : patternConstant(builder, pattern.right);
  return left === undefined || right === undefined ? undefined : foldOperator(pattern.operator, left, right);
}

function matchConstant(builder: Builder, constant: Term, value: YRegister, { fail }: Match): void {
  const operand = constantOperand(builder, constant);
  if (operand === NIL_OPERAND) emit(builder, 'is_nil', to(fail), value);
  else emit(builder, 'is_eq_exact', to(fail), value, operand);
}

function matchVariable(builder: Builder, pattern: VarNode, value: YRegister, { fail }: Match): void {
  if (pattern.name === '_') return;
  if (builder.scope.has(pattern.name)) emit(builder, 'is_eq_exact', to(fail), useVariable(builder, pattern), value);
  else move(builder, value, bindVariable(builder, pattern.name));
}

/** Matches a part that `fetch` puts in a register. */
function matchPart(builder: Builder, pattern: Expression, match: Match, fetch: (register: YRegister) => void): void {
  if (isIgnored(pattern)) return;
  withTemporaries(builder, () => {
    const isBoundBefore = pattern.kind === 'var' && builder.scope.has(pattern.name);
    const register = partRegister(builder, pattern);
    fetch(register);
    if (pattern.kind !== 'var' || isBoundBefore) matchPattern(builder, pattern, register, match);
  });
}

function matchTuple(builder: Builder, pattern: TupleNode, value: YRegister, match: Match): void {
  const { elements } = pattern;
  emit(builder, 'is_tuple', to(match.fail), value);
  emit(builder, 'test_arity', to(match.fail), value, unsigned(elements.length));
  elements.forEach((element, at) => {
    matchPart(builder, element, match, (register) => emit(builder, 'get_tuple_element', value, unsigned(at), register));
  });
}

/** A long list nests as deep as it is long, so its cells come in a loop. */
function matchList(builder: Builder, pattern: Expression, value: YRegister, match: Match): void {
  withTemporaries(builder, () => {
    let rest = pattern;
    let cell = value;
    while (rest.kind === 'cons' && patternConstant(builder, rest) === undefined) {
      emit(builder, 'is_nonempty_list', to(match.fail), cell);
      const [head, tail] = [temporary(builder), temporary(builder)];
      emit(builder, 'get_list', cell, head, tail);
      matchPattern(builder, rest.head, head, match);
      cell = tail;
      rest = rest.tail;
    }
    matchPattern(builder, rest, cell, match);
  });
}

/** `"prefix" ++ Rest`, the only operator in patterns that isn't arithmetic. */
function matchPrefix(builder: Builder, pattern: OpNode, value: YRegister, match: Match): void {
  const prefix = pattern.operator === '++' ? constantOf(builder.unit, pattern.left) : undefined;
  const isList = typeof prefix === 'object' && (prefix.kind === 'nil' || (prefix.kind === 'list' && isNil(prefix.tail)));
  if (!isList) refuse(pattern, `the operator ${pattern.operator} can't be compiled in this pattern`);
  const items = prefix.kind === 'list' ? prefix.items : [];
  withTemporaries(builder, () => {
    let cell = value;
    for (const item of items) {
      emit(builder, 'is_nonempty_list', to(match.fail), cell);
      const [head, tail] = [temporary(builder), temporary(builder)];
      emit(builder, 'get_list', cell, head, tail);
      matchConstant(builder, item, head, match);
      cell = tail;
    }
    matchPattern(builder, pattern.right, cell, match);
  });
}

function isNil(term: Term): boolean {
  return typeof term === 'object' && term.kind === 'nil';
}

function matchField(builder: Builder, field: MapField, value: YRegister, match: Match): void {
  if (field.kind !== 'map_field_exact') refuse(field, 'a map pattern has := only');
  withTemporaries(builder, () => {
    const key = withScope(builder, match.outer, () => guardValue(builder, field.key, match.fail));
    if (isIgnored(field.value)) {
      emit(builder, 'has_map_fields', to(match.fail), value, { kind: 'list', items: [key] });
      return;
    }
    matchPart(builder, field.value, match, (register) => {
      emit(builder, 'get_map_elements', to(match.fail), value, { kind: 'list', items: [key, register] });
    });
  });
}
