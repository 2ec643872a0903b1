// What functions of OTP and Elixir give whose meaning is known: each a function of arguments that may be known in part.

import type { PartialTerm } from '../partial-term.js';
import { itemsOf } from '../values.js';

/** The call raises an exception. */
export const FAILS = Symbol('fails');

/** What a function gives; undefined where that depends on what isn't known, or isn't computed here. */
export type Folded = PartialTerm | typeof FAILS | undefined;

/** What functions with funs in their arguments need. */
export interface FoldContext {
  /** Calls a fun. */
  readonly apply: (fun: PartialTerm, args: readonly PartialTerm[]) => Folded;
  /** Calls a function of another module. */
  readonly call: (module: string, name: string, args: readonly PartialTerm[]) => Folded;
  /** Counts work. */
  readonly spend: (amount: number) => void;
}

export type Builtin = (args: readonly PartialTerm[], context: FoldContext) => Folded;

/** Functions by `name/arity`. */
export type Builtins = Readonly<Record<string, Builtin>>;

/** Makes a function of a list whose length is known. */
export function ofList(
  fold: (items: readonly PartialTerm[], rest: readonly PartialTerm[], context: FoldContext) => Folded,
): Builtin {
  return ([list, ...rest], context) => {
    const items = itemsOf(list);
    context.spend(items?.length ?? 0);
    return items === undefined ? undefined : fold(items, rest, context);
  };
}
