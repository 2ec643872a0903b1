// Plain data as Erlang terms that file:consult reads: objects are maps, keys atoms, strings binaries of UTF-8, null and booleans atoms.

import { encodeUtf8 } from '../../bytes/text.js';
import { MAX_ATOM_CHARACTERS } from '../../limits.js';
import { formatTerm } from '../../term/format.js';
import { atom, binary, float, list, map, type Term } from '../../term/model.js';

/** `maybe` and `else` in quotes, which every release reads. */
const READABLE = { mode: 'p', encoding: 'unicode', otp: 29 } as const;

/** Formats a term as file:consult reads it, in UTF-8. */
export function erlText(term: Term): string {
  return formatTerm(term, READABLE);
}

/** Returns a value of JSON as a term; keys that are undefined are left out. */
export function jsonTerm(value: unknown): Term {
  if (typeof value === 'string') return binary(encodeUtf8(value));
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : float(value);
  if (Array.isArray(value)) return list(value.map(jsonTerm));
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return map(fields.map(([key, field]) => [atom(key), jsonTerm(field)]));
  }
  return atom(String(value));
}

/** Returns a name as an atom, or as a binary where it is too long for one. */
export function nameTerm(name: string): Term {
  return [...name].length <= MAX_ATOM_CHARACTERS ? atom(name) : binary(encodeUtf8(name));
}
