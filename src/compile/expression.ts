// Expressions in bodies: which file compiles which. A value is returned as the register or constant that it is; in tail position it is
// returned from the function, so that calls there leave no frame behind.

import type { Label } from '../beam/chunks/entries.js';
import type { YRegister } from '../code/operands.js';
import type { CaseNode, Expression, IfNode, MatchNode, OpNode } from '../forms/expression-model.js';
import { isOperator } from './bif.js';
import { buildBinary } from './binary.js';
import { runBody, runTail } from './body.js';
import {
  atomOperand,
  type Builder,
  constantOperand,
  deferAt,
  emit,
  inRegister,
  move,
  newLabel,
  place,
  returnValue,
  type Source,
  temporary,
  to,
  withTemporaries,
} from './builder.js';
import { call, isInlined, operation, raiseError, send, tailCall } from './calls.js';
import { selectClause } from './clauses.js';
import { refuse } from './compile-error.js';
import { comprehension } from './comprehension.js';
import { constantOf } from './constant.js';
import { buildList, buildTuple } from './data.js';
import { localFun, makeFun, remoteFun } from './fun.js';
import { buildMap, updateMap } from './map.js';
import { bodyMode } from './mode.js';
import { matchPattern } from './pattern.js';
import { newScope, withUnsafe } from './scope.js';
import { catchValue, tryExpression } from './try.js';
import { useVariable } from './variable.js';

/** Emits what computes an expression and returns where the value is. A dispatch table. */
export function value(builder: Builder, node: Expression): Source {
  const constant = constantOf(builder.unit, node);
  if (constant !== undefined) return constantOperand(builder, constant);
  const mode = bodyMode(builder);
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
    case 'match':
      return match(builder, node);
    case 'op':
      return operator(builder, node);
    case 'prefix_op':
      return operation(builder, node.operator, [node.operand]);
    case 'call':
      return call(builder, node);
    case 'block':
      return runBody(builder, node.body);
    case 'case':
    case 'if':
      return intoResult(builder, (result) => branch(builder, node, result));
    case 'try':
      return tryExpression(builder, node);
    case 'catch':
      return catchValue(builder, node);
    case 'fun':
    case 'named_fun':
      return makeFun(builder, node);
    case 'local_fun':
      return localFun(builder, node);
    case 'remote_fun':
    case 'bare_remote_fun':
      return remoteFun(builder, node);
    case 'lc':
    case 'bc':
    case 'mc':
      return comprehension(builder, node);
    default:
      return refuse(node, `${node.kind} can't be compiled`);
  }
}

/** Emits what computes an expression and returns its value from the function. */
export function tail(builder: Builder, node: Expression): void {
  switch (node.kind) {
    case 'block':
      runTail(builder, node.body);
      return;
    case 'case':
    case 'if':
      branch(builder, node, undefined);
      return;
    case 'call':
      isInlined(builder, node) ? returnOf(builder, node) : tailCall(builder, node);
      return;
    case 'op':
      if (node.operator === 'andalso' || node.operator === 'orelse') {
        shortCircuit(builder, node, undefined);
        return;
      }
      returnOf(builder, node);
      return;
    default:
      returnOf(builder, node);
      return;
  }
}

function returnOf(builder: Builder, node: Expression): void {
  withTemporaries(builder, () => returnValue(builder, value(builder, node)));
}

function intoResult(builder: Builder, build: (result: YRegister) => void): YRegister {
  const result = temporary(builder);
  withTemporaries(builder, () => build(result));
  return result;
}

function match(builder: Builder, node: MatchNode): Source {
  const register = inRegister(builder, value(builder, node.value));
  const fail = newLabel(builder);
  matchPattern(builder, node.pattern, register, { fail, outer: newScope(builder.scope) });
  deferAt(builder, fail, () => emit(builder, 'badmatch', register));
  return register;
}

function operator(builder: Builder, node: OpNode): Source {
  const { operator: name } = node;
  if (name === 'andalso' || name === 'orelse') return intoResult(builder, (result) => shortCircuit(builder, node, result));
  if (name === '!') return send(builder, node);
  if (isOperator(name, 2)) return operation(builder, name, [node.left, node.right]);
  if (name === '++' || name === '--') return call(builder, remoteCall(node));
  return refuse(node, `the operator ${name} can't be compiled`);
}

/** `A ++ B` is a call of erlang:'++'/2. */
function remoteCall({ anno, operator: name, left, right }: OpNode): Extract<Expression, { kind: 'call' }> {
  const callee = {
    kind: 'remote',
    anno,
    module: { kind: 'atom', anno, name: 'erlang' },
    name: { kind: 'atom', anno, name },
  } as const;
  return { kind: 'call', anno, callee, args: [left, right] };
}

/** What isn't a boolean on the left is an error; on the right it is the value. */
function shortCircuit(builder: Builder, node: OpNode, result: YRegister | undefined): void {
  const [short, notTrue, wrong] = [newLabel(builder), newLabel(builder), newLabel(builder)];
  const [goOn, stop] = node.operator === 'andalso' ? ['true', 'false'] : ['false', 'true'];
  const left = withLeft(builder, node, wrong);
  emit(builder, 'is_eq_exact', to(notTrue), left, atomOperand(builder, goOn as string));
  const before = builder.scope;
  builder.scope = newScope(before);
  if (result === undefined) tail(builder, node.right);
  else {
    withTemporaries(builder, () => move(builder, value(builder, node.right), result));
    emit(builder, 'jump', to(short));
  }
  builder.scope = withUnsafe(before, builder.scope, node.operator);
  place(builder, notTrue);
  emit(builder, 'is_eq_exact', to(wrong), left, atomOperand(builder, stop as string));
  if (result === undefined) returnValue(builder, atomOperand(builder, stop as string));
  else {
    move(builder, atomOperand(builder, stop as string), result);
    place(builder, short);
  }
}

function withLeft(builder: Builder, node: OpNode, wrong: Label): YRegister {
  const left = inRegister(builder, value(builder, node.left));
  deferAt(builder, wrong, () => raiseError(builder, 'badarg', left));
  return left;
}

function branch(builder: Builder, node: CaseNode | IfNode, result: YRegister | undefined): void {
  if (node.kind === 'if') {
    const otherwise = () => emit(builder, 'if_end');
    selectClause(builder, { clauses: node.clauses, subjects: [], result, otherwise, construct: 'if' });
    return;
  }
  withTemporaries(builder, () => {
    const subject = inRegister(builder, value(builder, node.expression));
    const otherwise = () => emit(builder, 'case_end', subject);
    selectClause(builder, { clauses: node.clauses, subjects: [subject], result, otherwise, construct: 'case' });
  });
}
