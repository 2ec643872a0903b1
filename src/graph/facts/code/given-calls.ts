// Calls that are only known by what registers hold: those that `apply` and `spawn` make for their caller, and those of funs.

import { ANY_FUNCTION, ANY_MODULE } from '../unknown-parts.js';
import { addTargetCall, type CodeScan } from './code-scan.js';
import type { CodeTargets } from './code-targets.js';
import type { GivenPlace } from './given-place.js';
import { IS_ATOM, IS_FUN, IS_LITERAL, listLength, type Registers, UNKNOWN } from './registers.js';

/** Adds what a function calls that is given it in those registers. */
export function addGivenCalls(scan: CodeScan, registers: Registers, given: GivenPlace): void {
  const arity = given.args === undefined ? 0 : listLength(registers, registers.x[given.args] ?? UNKNOWN);
  if (given.module === undefined) addFunCall(scan, registers, given.fun ?? 0, arity);
  else addNamedCall(scan, registers, given.module, arity);
}

/** Adds a call of the function that two registers name, the second of which follows the first. */
export function addNamedCall(scan: CodeScan, registers: Registers, at: number, arity: number): void {
  const { targets, line } = scan;
  const module = atomIn(targets, registers, at);
  const name = atomIn(targets, registers, at + 1);
  if (module !== undefined && name !== undefined && arity >= 0) addTargetCall(scan, targets.external(module, name, arity), line);
  else addTargetCall(scan, targets.unresolved(module ?? ANY_MODULE, name ?? ANY_FUNCTION, arity), line);
}

/** Adds a call of what a register holds, unless that surely is a fun, whose making counts. */
export function addFunCall(scan: CodeScan, registers: Registers, at: number, arity: number): void {
  const { targets, line } = scan;
  const value = registers.x[at] ?? UNKNOWN;
  const known = value % 8 === IS_FUN || (value % 8 === IS_LITERAL && targets.isFun(value >> 3));
  if (!known) addTargetCall(scan, targets.unknown(arity), line);
}

function atomIn(targets: CodeTargets, registers: Registers, at: number): string | undefined {
  const value = registers.x[at] ?? UNKNOWN;
  return value % 8 === IS_ATOM ? targets.atom(value >> 3) : undefined;
}
