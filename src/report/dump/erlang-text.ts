// Terms and names as one line of Erlang text of bounded length.

import { formatTerm } from '../../term/format.js';
import { atom, type Term } from '../../term/model.js';
import { cut } from './pieces.js';

/** Characters of a term that one row shows. */
const MAX_TEXT = 160;

/** Bits of the longest integer whose digits are worth making. */
const MAX_BITS = 4096;

/** Returns a term as `~0tp` has it, cut where it is long. */
export function termText(term: Term): string {
  if (typeof term === 'number' || typeof term === 'bigint') return integerText(term);
  return cut(formatTerm(term, { encoding: 'unicode' }), MAX_TEXT);
}

/** Returns an integer's digits, cut where there are many. */
export function integerText(value: number | bigint): string {
  if (typeof value === 'number') return String(value);
  const bits = value.toString(16).length * 4;
  return bits > MAX_BITS ? `integer of about ${bits} bits` : cut(String(value), MAX_TEXT);
}

/** Returns an atom, in quotes where it needs them. */
export function atomText(name: string): string {
  return formatTerm(atom(name));
}

/** Returns `lists:map/2`, or `map/2` without a module, of names that are Erlang text already. */
export function functionText(name: string, arity: number | bigint, module?: string): string {
  return `${module === undefined ? '' : `${module}:`}${name}/${integerText(arity)}`;
}
