// What a name without a module means: an imported function, a function of the module, an auto-imported BIF, and else again a function of the
// module. The imports stand before all calls, but which functions there are is only known at the end of the forms. Where it is asked before,
// the answer is that there is none of that name, which is true of nearly all modules; where it proves wrong the forms are read again.

import { autoImported, type ErlangFunctions } from '../../../code/builtins.js';
import type { FunctionName } from '../../module-facts.js';

/** The names that a module may call without a module. */
export interface Names {
  readonly module: string;
  readonly otp: number;
  readonly autoImported: ErlangFunctions;
  /** By `name/arity`, the module. */
  readonly imports: Map<string, string>;
  /** The functions of the module; undefined until all are known. */
  defined: readonly FunctionName[] | undefined;
  /** Those that were taken for not defined. */
  readonly assumed: FunctionName[];
}

export function newNames(module: string, otp: number): Names {
  return { module, otp, autoImported: autoImported(otp), imports: new Map(), defined: undefined, assumed: [] };
}

/** Takes the functions of the module; returns false where one had been taken for not defined. */
export function settleNames(names: Names, functions: readonly FunctionName[]): boolean {
  names.defined = functions;
  return !names.assumed.some(({ name, arity }) => defines(names, name, arity));
}

/** Tells whether the module defines the function, or is taken not to for the time being. */
export function defines(names: Names, name: string, arity: number): boolean {
  // This is asked of a few names, so that a table of all wouldn't be worth it.
  if (names.defined !== undefined) return names.defined.some((each) => each.name === name && each.arity === arity);
  names.assumed.push({ name, arity });
  return false;
}

/** Returns the module of the function that the name means; undefined for one of the module itself. */
export function moduleOf(names: Names, name: string, arity: number): string | undefined {
  const imported = names.imports.size > 0 ? names.imports.get(functionKey(name, arity)) : undefined;
  if (imported !== undefined) return imported;
  return isAutoImported(names, name, arity) && !defines(names, name, arity) ? 'erlang' : undefined;
}

/** Tells whether the name means a BIF where the module has no other of that name. */
export function isAutoImported(names: Names, name: string, arity: number): boolean {
  return names.autoImported.get(name)?.has(arity) === true;
}

/** Tells whether the module has a function of its own, or an imported one, of that name. */
export function isOverridden(names: Names, name: string, arity: number): boolean {
  return names.imports.has(functionKey(name, arity)) || defines(names, name, arity);
}

export function functionKey(name: string, arity: number): string {
  return `${name}/${arity}`;
}
