// Calls that are only known by what registers hold: those that `apply` and `spawn` make for their caller, and those of funs.

import { addCall } from '../call-log.js';
import { ANY_FUNCTION, ANY_MODULE } from '../unknown-parts.js';
import type { CodeScan } from './code-scan.js';
import { IS_ATOM, IS_FUN, IS_LIST, IS_LITERAL, UNKNOWN } from './registers.js';

/** Where an `erlang` function has what it calls: the register of the fun, or of the module, which name and arguments follow. */
interface GivenPlace {
  readonly fun?: number;
  readonly module?: number;
}

const GIVEN: ReadonlyMap<string, GivenPlace> = new Map<string, GivenPlace>([
  ['apply/2', { fun: 0 }],
  ['apply/3', { module: 0 }],
  ...['spawn', 'spawn_link'].flatMap((name): [string, GivenPlace][] => [
    [`${name}/1`, { fun: 0 }],
    [`${name}/2`, { fun: 1 }],
    [`${name}/3`, { module: 0 }],
    [`${name}/4`, { module: 1 }],
  ]),
  ['spawn_opt/2', { fun: 0 }],
  ['spawn_opt/3', { fun: 1 }],
  ['spawn_opt/4', { module: 0 }],
  ['spawn_opt/5', { module: 1 }],
]);

/** Adds what a function of `erlang` calls in turn. */
export function addGivenCalls(scan: CodeScan, name: string, arity: number): void {
  const given = GIVEN.get(`${name}/${arity}`);
  if (given?.module !== undefined) {
    addNamedCall(scan, given.module, given.module + 1, lengthIn(scan, given.module + 2));
  } else if (given?.fun !== undefined) addFunCall(scan, given.fun, name === 'apply' ? lengthIn(scan, 1) : 0);
}

/** Adds a call of the function that two registers name. */
export function addNamedCall(scan: CodeScan, moduleAt: number, nameAt: number, arity: number): void {
  const { targets, log, line } = scan;
  const module = atomIn(scan, moduleAt);
  const name = atomIn(scan, nameAt);
  const target =
    module === undefined || name === undefined || arity < 0
      ? targets.unresolved(module ?? ANY_MODULE, name ?? ANY_FUNCTION, arity)
      : targets.external(module, name, arity);
  addCall(log, target, line, 0);
}

/** Adds a call of what a register holds, unless that surely is a fun, whose making counts. */
export function addFunCall(scan: CodeScan, at: number, arity: number): void {
  const value = scan.registers.x[at] ?? UNKNOWN;
  const known = value % 8 === IS_FUN || (value % 8 === IS_LITERAL && scan.targets.isFun(value >> 3));
  if (!known) addCall(scan.log, scan.targets.unresolved(ANY_MODULE, ANY_FUNCTION, arity), scan.line, 0);
}

function atomIn({ registers, targets }: CodeScan, at: number): string | undefined {
  const value = registers.x[at] ?? UNKNOWN;
  return value % 8 === IS_ATOM ? targets.atom(value >> 3) : undefined;
}

/** Returns the length of the list in a register, and -1 where it isn't known. */
function lengthIn({ registers, targets }: CodeScan, at: number): number {
  const value = registers.x[at] ?? UNKNOWN;
  if (value % 8 === IS_LIST) return value >> 3;
  return value % 8 === IS_LITERAL ? targets.lengthOf(value >> 3) : -1;
}
