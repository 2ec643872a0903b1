// Questions about terms that systools asks over and over.

import { isAtom, isTuple, properList, type Term, type Tuple, textOf } from '../term/model.js';

/** Returns the names of a proper list of atoms; undefined for anything else. */
export function atomNames(term: Term | undefined): readonly string[] | undefined {
  const items = properList(term);
  const names: string[] = [];
  for (const item of items ?? []) {
    if (!isAtom(item)) return undefined;
    names.push(item.name);
  }
  return items === undefined ? undefined : names;
}

/** Tells whether a term is a list, proper or not. */
export function isAnyList(term: Term | undefined): boolean {
  return typeof term === 'object' && (term.kind === 'list' || term.kind === 'nil');
}

/** Returns the text of a string: a list of code points, none of them half of a pair. */
export function stringOf(term: Term | undefined): string | undefined {
  const text = textOf(term);
  return text === undefined || /\p{Surrogate}/u.test(text) ? undefined : text;
}

/** Tells whether a term is a tuple whose first item is the atom `tag`, and of that size where one is given. */
export function isTagged(term: Term | undefined, tag: string, size?: number): term is Tuple {
  return isTuple(term, size) && isAtom(term.items[0], tag);
}
