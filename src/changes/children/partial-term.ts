// Terms of which parts may not be known: what code makes when it is followed without being run. A part that isn't known says why, so that
// whoever needs it can tell what stopped it.

import type { List, MapTerm, Term, Tuple } from '../../term/model.js';

/** Something that only a running system knows. */
export interface Unknown {
  readonly kind: 'unknown';
  /** What it is, as a phrase: `what application:get_env(shop, size) returns`. */
  readonly because: string;
  /** Where it comes from. */
  readonly place: CodePlace;
  /** The same in two builds only where it is the same thing; null where that can't be told. */
  readonly origin: string | null;
  /** All that it may be, where that is known. */
  readonly options?: readonly PartialTerm[];
  /** The function of another module that gives it, as `module:name/arity`, where its code may tell more. */
  readonly call?: string;
}

/** A place in code. */
export interface CodePlace {
  readonly module: string;
  /** `name/arity`. */
  readonly function: string;
  /** Of the nearest instruction before it that has one; null where the module has no lines. */
  readonly line: number | null;
}

/** A fun that the module's code makes. */
export interface Closure {
  readonly kind: 'closure';
  readonly module: string;
  /** Of the function that implements it, which also has the free variables as its last arguments. */
  readonly name: string;
  readonly label: number;
  /** Without the free variables. */
  readonly arity: number;
  readonly free: readonly PartialTerm[];
}

export interface PartialTuple {
  readonly kind: 'tuple';
  readonly items: readonly PartialTerm[];
}

export interface PartialList {
  readonly kind: 'list';
  /** At least one, which may be a {@link Splice} that stands for none. */
  readonly items: readonly PartialTerm[];
  /** Never itself a list. */
  readonly tail: PartialTerm;
}

/** Items of a list, of which it isn't known whether these or those are there: as with `[a] ++ case X of true -> [b]; _ -> [] end`. */
export interface Splice {
  readonly kind: 'splice';
  /** What decides. */
  readonly why: Unknown;
  readonly alternatives: readonly (readonly PartialTerm[])[];
}

export interface PartialMap {
  readonly kind: 'map';
  /** All of them; keys are known and distinct. */
  readonly pairs: readonly (readonly [Term, PartialTerm])[];
}

/** A term; what isn't known of it stands as {@link Unknown}. Every Term is one; a {@link Splice} is one as an item of a list only. */
export type PartialTerm =
  | Exclude<Term, Tuple | List | MapTerm>
  | PartialTuple
  | PartialList
  | PartialMap
  | Closure
  | Unknown
  | Splice;
