// Tells whether a filter of a comprehension could be a guard test (erl_lint:is_guard_test/3), because records expand differently then.

import { guardBuiltins } from '../../../code/builtins.js';
import { isOverridden } from './names.js';
import * as kinds from './node-kinds.js';
import { findRecord } from './record-table.js';
import { isTypeTest } from './type-tests.js';
import type { Walker } from './walker.js';

/** Tells whether the node that comes next could be a guard test, without moving. */
export function mayBeGuard(walker: Walker): boolean {
  const { pos } = walker;
  const may = isTest(walker);
  walker.reread(Math.max(0, walker.pos - pos));
  walker.pos = pos;
  return may;
}

/** Besides what may stand in a guard, a call of any type test may, in its present name or that of old. */
function isTest(walker: Walker): boolean {
  const start = walker.pos;
  if (walker.enterNode() === 4 && walker.kind === kinds.CALL) {
    walker.skipAnno();
    const name = walker.atomOf(kinds.ATOM);
    const args = walker.pos;
    const arity = name === undefined ? 0 : walker.enterList();
    if (name === 'record' && arity === 2) {
      return !isOverridden(walker.settings.targets.names, 'is_record', 2) && areExpressions(walker, arity);
    }
    if (name !== undefined && isTypeTest(walker.settings.rules.otp, name, arity)) {
      return areExpressions(walker, arity) && !isOverridden(walker.settings.targets.names, name, arity);
    }
    walker.pos = args;
  }
  walker.pos = start;
  return isExpression(walker);
}

/** Tells whether a node may stand in a guard, and moves past it where it may. A dispatch table. */
function isExpression(walker: Walker): boolean {
  const size = walker.enterNode();
  const { kind } = walker;
  if (size === 0) return false;
  if (kind !== kinds.OTHER && kind <= kinds.LAST_LEAF) {
    walker.skipLeaf(size - 1);
    return true;
  }
  walker.skipAnno();
  switch ((kind << 8) | size) {
    case (kinds.CONS << 8) | 4:
      return areNodes(walker, 2);
    case (kinds.TUPLE << 8) | 3:
    case (kinds.MAP << 8) | 3:
    case (kinds.BIN << 8) | 3:
      return isList(walker);
    case (kinds.MAP << 8) | 4:
      return areNodes(walker, 1) && isList(walker);
    case (kinds.MAP_FIELD_ASSOC << 8) | 4:
    case (kinds.MAP_FIELD_EXACT << 8) | 4:
      return areNodes(walker, 2);
    case (kinds.BIN_ELEMENT << 8) | 5:
      return isElement(walker);
    case (kinds.RECORD_FIELD << 8) | 5:
      return isAccess(walker);
    case (kinds.RECORD << 8) | 4:
      return isConstruction(walker);
    case (kinds.CALL << 8) | 4:
      return isCall(walker);
    case (kinds.OP << 8) | 4:
      return isOperator(walker.atom(), 1) && areNodes(walker, 1);
    case (kinds.OP << 8) | 5:
      return isOperator(walker.atom(), 2) && areNodes(walker, 2);
    default:
      return false;
  }
}

function areNodes(walker: Walker, count: number): boolean {
  return walker.nest(() => {
    let may = true;
    for (let node = 0; node < count && may; node++) may = isExpression(walker);
    return may;
  });
}

function areExpressions(walker: Walker, count: number): boolean {
  if (!areNodes(walker, count)) return false;
  walker.leaveList(count);
  return true;
}

function isList(walker: Walker): boolean {
  return areExpressions(walker, walker.enterList());
}

function isElement(walker: Walker): boolean {
  if (!areNodes(walker, 1)) return false;
  if (walker.atom() === undefined && !areNodes(walker, 1)) return false;
  walker.skip();
  return true;
}

function isAccess(walker: Walker): boolean {
  if (!areNodes(walker, 1)) return false;
  walker.skip(2);
  return true;
}

/** The initialisers that run must be fit for a guard too. */
function isConstruction(walker: Walker): boolean {
  const definition = findRecord(walker, walker.settings.records, walker.atom() ?? '');
  const given = new Set<string>();
  const count = walker.enterList();
  for (let field = 0; field < count; field++) {
    if (walker.enterNode() !== 4 || walker.kind !== kinds.RECORD_FIELD) return false;
    walker.skipAnno();
    const name = walker.atomOf(kinds.ATOM);
    if (name === undefined) walker.skip();
    else given.add(name);
    if (!areNodes(walker, 1)) return false;
  }
  walker.leaveList(count);
  return (definition ?? []).every(
    ({ name, initialiser }) => given.has(name) || initialiser === 0 || isGuardAt(walker, initialiser),
  );
}

function isGuardAt(walker: Walker, at: number): boolean {
  const { pos } = walker;
  walker.pos = at;
  const may = areNodes(walker, 1);
  walker.reread(Math.max(0, walker.pos - at));
  walker.pos = pos;
  return may;
}

function isCall(walker: Walker): boolean {
  const name = walker.atomOf(kinds.ATOM);
  const { names } = walker.settings.targets;
  if (name !== undefined) {
    const arity = walker.enterList();
    return isGuardBuiltin(names.otp, name, arity) && areExpressions(walker, arity) && !isOverridden(names, name, arity);
  }
  const remote = readErlangName(walker);
  if (remote === undefined) return false;
  const arity = walker.enterList();
  return (isGuardBuiltin(names.otp, remote, arity) || isOperator(remote, arity)) && areExpressions(walker, arity);
}

/** Reads `erlang:Name`, or `{erlang, Name}`. */
function readErlangName(walker: Walker): string | undefined {
  const size = walker.enterNode();
  const { kind } = walker;
  if (!(kind === kinds.REMOTE && size === 4) && !(kind === kinds.TUPLE && size === 3)) return undefined;
  walker.skipAnno();
  const listed = kind === kinds.TUPLE ? walker.enterList() : 0;
  if (kind === kinds.TUPLE && listed !== 2) return undefined;
  const module = walker.atomOf(kinds.ATOM);
  const name = module === 'erlang' ? walker.atomOf(kinds.ATOM) : undefined;
  if (name !== undefined) walker.leaveList(listed);
  return name;
}

function isGuardBuiltin(otp: number, name: string, arity: number): boolean {
  return guardBuiltins(otp).get(name)?.has(arity) === true;
}

const PREFIX_OPERATORS: readonly string[] = ['+', '-', 'bnot', 'not'];

const OPERATORS: ReadonlySet<string> = new Set(
  '+ - * / div rem band bor bxor bsl bsr and or xor andalso orelse == /= =< < >= > =:= =/='.split(' '),
);

function isOperator(name: string | undefined, arity: number): boolean {
  if (name === undefined) return false;
  return (arity === 1 && PREFIX_OPERATORS.includes(name)) || (arity === 2 && OPERATORS.has(name));
}
