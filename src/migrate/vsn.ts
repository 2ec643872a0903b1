// The version of a module as release_handler sees it, which is what code_change gets as OldVsn: a declared `-vsn`, else the MD5 that the
// compiler put there as an integer. Two declared ones, and strings, are one list; a list of one element is that element, unless it
// passes for a string (every element 32..255): `-vsn(65)` is "A".
//
// Defined by release_handler_1:get_vsn/1 and misc_supp:is_string/1 of sasl.

import { list, type Term } from '../term/model.js';

/** Returns OldVsn for a module with these values of the attribute `vsn`; undefined for none, where release_handler crashes. */
export function normaliseVsn(values: readonly Term[]): Term | undefined {
  if (values.length === 0) return undefined;
  const [only] = values;
  if (values.length === 1 && only !== undefined && !passesForCharacter(only)) return only;
  return list(values);
}

function passesForCharacter(term: Term): boolean {
  return typeof term === 'number' && term >= 32 && term <= 255;
}
