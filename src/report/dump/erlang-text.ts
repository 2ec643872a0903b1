// Terms and names as one line of Erlang text of bounded length.

import { hex } from '../../bytes/md5.js';
import { atom, type Term } from '../../term/model.js';
import { cut } from './printable.js';

/** Characters of a term that one row shows. */
const MAX_TEXT = 160;

// STUB until term/format.ts is there.
function formatTerm(term: Term): string {
  return (
    JSON.stringify(term, (_, value) =>
      typeof value === 'bigint' ? `${value}` : value instanceof Uint8Array ? hex(value) : value,
    ) ?? ''
  );
}

/** Returns a term as `~tp` has it, cut where it is long. */
export function termText(term: Term): string {
  return cut(formatTerm(term), MAX_TEXT);
}

/** Returns an atom, in quotes where it needs them. */
export function atomText(name: string): string {
  return /^[a-z][\w@]*$/.test(name) ? name : `'${atom(name).name}'`;
}

/** Returns `lists:map/2`, or `map/2` without a module. */
export function functionText(name: string, arity: number, module?: string): string {
  return `${module === undefined ? '' : `${module}:`}${name}/${arity}`;
}
