// What functions of OTP and Elixir give whose meaning is known: each a function of arguments that may be known in part.

import { itemsOf } from '../list-items.js';
import type { PartialTerm } from '../partial-term.js';
import { partsOfList } from '../values.js';

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

type OfItems = (items: readonly PartialTerm[], rest: readonly PartialTerm[], context: FoldContext) => Folded;

/** Makes a function of a list whose length is known. */
export function ofList(fold: OfItems): Builtin {
  return ([list, ...rest], context) => withItems(itemsOf(list), rest, context, fold);
}

/** Makes a function of a list of which some items may be there or not. */
export function ofParts(fold: OfItems): Builtin {
  return ([list, ...rest], context) => withItems(partsOfList(list), rest, context, fold);
}

function withItems(
  items: readonly PartialTerm[] | undefined,
  rest: readonly PartialTerm[],
  context: FoldContext,
  fold: OfItems,
): Folded {
  context.spend(items?.length ?? 0);
  return items === undefined ? undefined : fold(items, rest, context);
}
