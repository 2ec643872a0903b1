// The version of a module as release_handler sees it, which is what code_change gets as OldVsn: a declared `-vsn`, else the MD5 that the
// compiler put there as an integer. Two declared ones, and strings, are one list; a list of one element is that element, unless it
// passes for a string (every element 32..255): `-vsn(65)` is "A".
//
// Defined by release_handler_1:get_vsn/1 and misc_supp:is_string/1 of sasl.

import { list, type Term } from '../term/model.js';

/** Returns OldVsn for a module with these values of the attribute `vsn` (`-vsn([])` has none); undefined without one, where release_handler crashes. */
export function normaliseVsn(values: readonly Term[] | undefined): Term | undefined {
  if (values === undefined) return undefined;
  const [only] = values;
  if (values.length === 1 && only !== undefined && !passesForCharacter(only)) return only;
  return list(values);
}

function passesForCharacter(term: Term): boolean {
  return typeof term === 'number' && term >= 32 && term <= 255;
}

/** Deepest nesting of a version that is written into a guard. */
const MAX_VSN_DEPTH = 50;

/** Tells whether a version can be written in a guard; one of which that can't be said chooses nothing. */
export function isWritable(vsn: Term, depth = 0): boolean {
  if (typeof vsn !== 'object') return true;
  const inner = (term: Term): boolean => isWritable(term, depth + 1);
  if (depth > MAX_VSN_DEPTH) return false;
  switch (vsn.kind) {
    case 'tuple':
      return vsn.items.every(inner);
    case 'list':
      return vsn.items.every(inner) && inner(vsn.tail);
    case 'map':
      return vsn.pairs.every((pair) => pair.every(inner));
    default:
      return vsn.kind === 'atom' || vsn.kind === 'float' || vsn.kind === 'nil' || vsn.kind === 'bitstring';
  }
}
