// An instruction on its way from an appup to the relup: the term, and where it was written, so that a fault can say whose it is.
//
// Defined by the manual page appup(4) of sasl.

import { type Atom, atom, isAtom, isTuple, list, type Term, type Tuple } from '../../term/model.js';
import { ReleaseError, tagged } from '../release-error.js';

/** An instruction. */
export interface Step {
  readonly term: Term;
  /** The file, the entry and the number of the instruction; empty for one that follows from the releases. */
  readonly place: readonly string[];
}

/** Which way a script goes; `dn` is how systools calls it. */
export type Direction = 'up' | 'dn';

/** Returns an error of systools_rc about an instruction. */
export function stepError(tag: string, step: Step | undefined, ...terms: readonly Term[]): ReleaseError {
  return new ReleaseError('systools_rc', terms.length === 0 ? atom(tag) : tagged(tag, ...terms), step?.place);
}

/** Tells whether the instruction is the atom `name`. */
export function isPlain(step: Step, name: string): boolean {
  return isAtom(step.term, name);
}

/** Returns the tuple of an instruction with one of these names; undefined for another. */
export function tupleOf(step: Step, ...names: readonly string[]): Tuple | undefined {
  if (!isTuple(step.term) || step.term.items.length < 2) return undefined;
  const [name] = step.term.items;
  return isAtom(name) && names.includes(name.name) ? step.term : undefined;
}

/** Returns instructions in place of another. */
export function inPlaceOf(step: Step, terms: readonly Term[]): readonly Step[] {
  return terms.map((term) => ({ term, place: step.place }));
}

/** Returns `{apply, {application, Function, Arguments}}`. */
export function applyApplication(name: string, ...args: readonly Term[]): Term {
  return tagged('apply', tagged('application', atom(name), list(args)));
}

/** The atom `brutal_purge`. */
export const BRUTAL: Atom = atom('brutal_purge');
