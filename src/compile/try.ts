// try and catch. A tag in the frame marks what is protected; where an exception arrives, its class, reason and raw stack trace are in
// x0, x1 and x2. What `after` has runs once for both ways out: a register tells which one it is, the raw trace or an atom.
//
//   try tag L, body, try_end tag, jump    L: try_case tag, handlers, raise         catch tag L, body, L: catch_end tag

import type { YRegister } from '../code/operands.js';
import type { CatchNode, Clause, Expression, TryNode } from '../forms/expression-model.js';
import { runBody } from './body.js';
import {
  atomOperand,
  type Builder,
  type DraftOperand,
  emit,
  keepResult,
  move,
  newLabel,
  place,
  type Source,
  temporary,
  to,
  withTemporaries,
  x,
} from './builder.js';
import { selectClause } from './clauses.js';
import { refuse } from './compile-error.js';
import { testGuard } from './guard.js';
import { matchPattern } from './pattern.js';
import { releaseVariables } from './registers.js';
import { newScope, type Scope, withUnsafe } from './scope.js';

/** Runs `build` with one more tag. */
function withTag(builder: Builder, build: (tag: DraftOperand) => void): void {
  const { registers } = builder;
  const depth = registers.depth++;
  registers.deepest = Math.max(registers.deepest, registers.depth);
  build({ kind: 'tag', depth });
  registers.depth = depth;
}

/** Emits `catch Expression` and returns where its value is. */
export function catchValue(builder: Builder, node: CatchNode): Source {
  const before = builder.scope;
  withTag(builder, (tag) => {
    const caught = newLabel(builder);
    emit(builder, 'catch', tag, to(caught));
    builder.scope = newScope(before);
    withTemporaries(builder, () => move(builder, builder.unit.compilers.value(builder, node.expression), x(0)));
    place(builder, caught);
    emit(builder, 'catch_end', tag);
  });
  builder.scope = withUnsafe(before, builder.scope, 'catch');
  return keepResult(builder);
}

/** Emits a try and returns where its value is. */
export function tryExpression(builder: Builder, node: TryNode): Source {
  const result = temporary(builder);
  withTemporaries(builder, () => {
    if (node.after.length === 0) protect(builder, node, result);
    else withAfter(builder, node, result);
  });
  return result;
}

/** What arrives with an exception, in registers. */
interface Caught {
  readonly kind: YRegister;
  readonly reason: YRegister;
  readonly trace: YRegister;
}

function keepException(builder: Builder, tag: DraftOperand): Caught {
  emit(builder, 'try_case', tag);
  const caught = { kind: temporary(builder), reason: temporary(builder), trace: temporary(builder) };
  move(builder, x(0), caught.kind);
  move(builder, x(1), caught.reason);
  move(builder, x(2), caught.trace);
  return caught;
}

/** `try Body of Clauses catch Handlers end`. */
function protect(builder: Builder, node: TryNode, result: YRegister): void {
  const before = builder.scope;
  const [handler, end] = [newLabel(builder), newLabel(builder)];
  withTag(builder, (tag) => {
    emit(builder, 'try', tag, to(handler));
    builder.scope = newScope(before);
    withTemporaries(builder, () => move(builder, runBody(builder, node.body), result));
    emit(builder, 'try_end', tag);
    const inBody = builder.scope;
    if (node.clauses.length > 0) chooseClause(builder, node.clauses, result);
    emit(builder, 'jump', to(end));
    place(builder, handler);
    const after = withUnsafe(before, builder.scope, 'try');
    builder.scope = withUnsafe(before, inBody, 'try');
    withTemporaries(builder, () => handle(builder, node.handlers, keepException(builder, tag), result));
    builder.scope = withUnsafe(after, builder.scope, 'try');
  });
  place(builder, end);
}

function chooseClause(builder: Builder, clauses: readonly Clause[], result: YRegister): void {
  const otherwise = () => emit(builder, 'try_case_end', result);
  selectClause(builder, { clauses, subjects: [result], result, otherwise, construct: 'try' });
}

function handle(builder: Builder, handlers: readonly Clause[], caught: Caught, result: YRegister): void {
  const before = builder.scope;
  const end = newLabel(builder);
  let scope: Scope = before;
  for (const clause of handlers) {
    const next = newLabel(builder);
    const mark = builder.registers.variables.length;
    builder.scope = newScope(before);
    withTemporaries(builder, () => runHandler(builder, clause, caught, next, result));
    scope = withUnsafe(scope, builder.scope, 'try');
    releaseVariables(builder.registers, mark, new Set());
    emit(builder, 'jump', to(end));
    place(builder, next);
  }
  emit(builder, 'raise', caught.trace, caught.reason);
  place(builder, end);
  builder.scope = scope;
}

/** A handler's pattern is {Class, Reason, Stacktrace}, where the last is a variable that the guard doesn't know. */
function runHandler(builder: Builder, clause: Clause, caught: Caught, fail: number, result: YRegister): void {
  const [pattern] = clause.patterns;
  if (pattern?.kind !== 'tuple' || pattern.elements.length !== 3) refuse(clause, 'a handler without {Class, Reason, Stacktrace}');
  const [kind, reason, trace] = pattern.elements as [Expression, Expression, Expression];
  const match = { fail, outer: newScope(builder.scope) };
  matchPattern(builder, kind, caught.kind, match);
  matchPattern(builder, reason, caught.reason, match);
  testGuard(builder, clause.guards, fail);
  if (trace.kind !== 'var') refuse(trace, 'the stack trace of a handler is a variable');
  if (trace.name !== '_') bindTrace(builder, trace, caught.trace, match.outer);
  withTemporaries(builder, () => move(builder, runBody(builder, clause.body), result));
}

function bindTrace(builder: Builder, trace: Extract<Expression, { kind: 'var' }>, raw: YRegister, outer: Scope): void {
  if (builder.scope.has(trace.name)) refuse(trace, `the stack trace ${trace.name} is bound already`);
  move(builder, raw, x(0));
  emit(builder, 'build_stacktrace');
  matchPattern(builder, trace, keepResult(builder), { fail: 0, outer });
}

/** The end of a try with `after`: the value or the reason is in `result`, and `trace` tells which. */
function withAfter(builder: Builder, node: TryNode, result: YRegister): void {
  const before = builder.scope;
  const trace = temporary(builder);
  const [caught, after, end] = [newLabel(builder), newLabel(builder), newLabel(builder)];
  const none = atomOperand(builder, 'none');
  withTag(builder, (tag) => {
    emit(builder, 'try', tag, to(caught));
    if (node.clauses.length === 0 && node.handlers.length === 0) {
      builder.scope = newScope(before);
      withTemporaries(builder, () => move(builder, runBody(builder, node.body), result));
    } else protect(builder, node, result);
    emit(builder, 'try_end', tag);
    move(builder, none, trace);
    emit(builder, 'jump', to(after));
    place(builder, caught);
    emit(builder, 'try_case', tag);
    move(builder, x(1), result);
    move(builder, x(2), trace);
  });
  place(builder, after);
  builder.scope = withUnsafe(before, builder.scope, 'try');
  const inTry = builder.scope;
  withTemporaries(builder, () => runBody(builder, node.after));
  builder.scope = withUnsafe(inTry, builder.scope, 'try');
  const raise = newLabel(builder);
  emit(builder, 'is_eq_exact', to(raise), trace, none);
  emit(builder, 'jump', to(end));
  place(builder, raise);
  emit(builder, 'raise', trace, result);
  place(builder, end);
}
