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
  /** At least one. */
  readonly items: readonly PartialTerm[];
  /** Never itself a list. */
  readonly tail: PartialTerm;
}

export interface PartialMap {
  readonly kind: 'map';
  /** All of them; keys are known and distinct. */
  readonly pairs: readonly (readonly [Term, PartialTerm])[];
}

/** A term; what isn't known of it stands as {@link Unknown}. Every Term is one. */
export type PartialTerm = Exclude<Term, Tuple | List | MapTerm> | PartialTuple | PartialList | PartialMap | Closure | Unknown;
