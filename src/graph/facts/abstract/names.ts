// What a name without a module means: an imported function, a function of the module, an auto-imported BIF, and else again a function of the
// module. The imports stand before all calls, but which functions there are is only known at the end of the forms, or by going over
// them once more: `defines` is asked as seldom as possible.

import { autoImported } from '../../builtins.js';

/** The names that a module may call without a module. */
export interface Names {
  readonly module: string;
  /** By `name/arity`, the module. */
  readonly imports: Map<string, string>;
  /** Tells whether the module defines the function. */
  defines(name: string, arity: number): boolean;
  readonly otp: number;
}

/** Returns the module of the function that the name means; undefined for one of the module itself. */
export function moduleOf(names: Names, name: string, arity: number): string | undefined {
  const imported = names.imports.get(functionKey(name, arity));
  if (imported !== undefined) return imported;
  return isAutoImported(names, name, arity) && !names.defines(name, arity) ? 'erlang' : undefined;
}

/** Tells whether the name means a BIF where the module has no other of that name. */
export function isAutoImported(names: Names, name: string, arity: number): boolean {
  return autoImported(names.otp).get(name)?.has(arity) === true;
}

/** Tells whether the module has a function of its own, or an imported one, of that name. */
export function isOverridden(names: Names, name: string, arity: number): boolean {
  return names.imports.has(functionKey(name, arity)) || names.defines(name, arity);
}

export function functionKey(name: string, arity: number): string {
  return `${name}/${arity}`;
}
