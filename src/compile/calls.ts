// Calls: of a function of the module, of another module, of what expressions give, of a fun. A call that is the last thing a function
// does replaces its frame.

import type { CallNode, Expression, OpNode } from '../forms/expression-model.js';
import { MAX_ARITY } from '../limits.js';
import { emitBif, isGuardFunction } from './bif.js';
import {
  atomOperand,
  type Builder,
  emit,
  keepResult,
  move,
  type Source,
  temporary,
  to,
  unsigned,
  withTemporaries,
  x,
} from './builder.js';
import { refuse } from './compile-error.js';
import { sourcesOf } from './data.js';
import { bodyMode } from './mode.js';
import { type CallTarget, localTarget } from './targets.js';

/** Emits a call and returns where its value is. */
export function call(builder: Builder, node: CallNode): Source {
  const inline = inlined(builder, node);
  if (inline !== undefined) return inline;
  withTemporaries(builder, () => emitCall(builder, node, false));
  return keepResult(builder);
}

/** Emits a call whose value the function returns. */
export function tailCall(builder: Builder, node: CallNode): void {
  withTemporaries(builder, () => emitCall(builder, node, true));
}

/** Tells whether a call isn't one: guard BIFs and operators are instructions. */
export function isInlined(builder: Builder, node: CallNode): boolean {
  const target = targetOf(builder, node);
  return target.kind === 'remote' && isInlinedFunction(builder, target, node.args.length);
}

function isInlinedFunction({ unit }: Builder, { module, name }: CallTarget & { kind: 'remote' }, arity: number): boolean {
  if (module !== 'erlang' || name === 'is_record' || name === 'min' || name === 'max') return false;
  return isGuardFunction(unit.context.otp, name, arity) && !(arity === 3 && name === 'is_integer');
}

function inlined(builder: Builder, node: CallNode): Source | undefined {
  const target = targetOf(builder, node);
  if (target.kind !== 'remote' || !isInlinedFunction(builder, target, node.args.length)) return undefined;
  return operation(builder, target.name, node.args);
}

/** Emits a guard BIF or an operator in a body. */
export function operation(builder: Builder, name: string, args: readonly Expression[]): Source {
  const result = temporary(builder);
  withTemporaries(builder, () => emitBif(builder, name, sourcesOf(builder, args, bodyMode(builder)), 0, result));
  return result;
}

function targetOf(builder: Builder, node: CallNode): CallTarget {
  const { callee, args } = node;
  if (args.length > MAX_ARITY) refuse(node, `a call with ${args.length} arguments`);
  if (callee.kind === 'atom') return localTarget(builder.unit, callee, args.length);
  if (callee.kind !== 'remote') return { kind: 'fun', callee };
  const { module, name } = callee;
  if (module.kind === 'atom' && name.kind === 'atom') return { kind: 'remote', module: module.name, name: name.name };
  return { kind: 'dynamic', module, name };
}

function emitCall(builder: Builder, node: CallNode, isLast: boolean): void {
  const target = targetOf(builder, node);
  const arity = unsigned(node.args.length);
  const mode = bodyMode(builder);
  switch (target.kind) {
    case 'local': {
      passArguments(builder, sourcesOf(builder, node.args, mode));
      emitDirect(builder, ['call', 'call_last'], to(target.label), node.args.length, isLast);
      return;
    }
    case 'remote':
      passArguments(builder, sourcesOf(builder, node.args, mode));
      emitRemote(builder, target.module, target.name, node.args.length, isLast);
      return;
    case 'dynamic':
      passArguments(builder, rotated(sourcesOf(builder, [target.module, target.name, ...node.args], mode), 2));
      if (isLast) {
        emit(builder, 'apply_last', arity, { kind: 'frame' });
        return;
      }
      emit(builder, 'apply', arity);
      return;
    case 'fun':
      passArguments(builder, rotated(sourcesOf(builder, [target.callee, ...node.args], mode), 1));
      emit(builder, 'call_fun', arity);
      if (isLast) finishFunction(builder);
  }
}

/** What is called is evaluated first, but stands in the registers after the arguments. */
function rotated(sources: readonly Source[], count: number): readonly Source[] {
  return [...sources.slice(count), ...sources.slice(0, count)];
}

/** Moves arguments to x0, x1, ...; none of them is in an x register before. */
export function passArguments(builder: Builder, sources: readonly Source[]): void {
  for (const [at, source] of sources.entries()) move(builder, source, x(at));
}

/** Emits a call of `module:name` whose arguments are in place. */
export function emitRemote(builder: Builder, module: string, name: string, arity: number, isLast: boolean): void {
  const row = unsigned(builder.unit.context.tables.import(module, name, arity));
  emitDirect(builder, ['call_ext', 'call_ext_last'], row, arity, isLast);
}

function emitDirect(
  builder: Builder,
  [plain, last]: readonly ['call', 'call_last'] | readonly ['call_ext', 'call_ext_last'],
  target: ReturnType<typeof to> | ReturnType<typeof unsigned>,
  arity: number,
  isLast: boolean,
): void {
  if (isLast) emit(builder, last, unsigned(arity), target, { kind: 'frame' });
  else emit(builder, plain, unsigned(arity), target);
}

/** Emits the return of what is in x0. */
export function finishFunction(builder: Builder): void {
  emit(builder, 'deallocate', { kind: 'frame' });
  emit(builder, 'return');
}

/** Emits `error(Reason)` for a reason that is a tuple of an atom and a value. */
export function raiseError(builder: Builder, tag: string, value: Source): void {
  const { tables } = builder.unit.context;
  emit(builder, 'test_heap', unsigned(3), unsigned(0));
  emit(builder, 'put_tuple2', x(0), { kind: 'list', items: [atomOperand(builder, tag), value] });
  emit(builder, 'call_ext', unsigned(1), unsigned(tables.import('erlang', 'error', 1)));
}

/** Emits `Destination ! Message`. */
export function send(builder: Builder, node: OpNode): Source {
  withTemporaries(builder, () => passArguments(builder, sourcesOf(builder, [node.left, node.right], bodyMode(builder))));
  emit(builder, 'send');
  return keepResult(builder);
}
