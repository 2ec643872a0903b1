// Lists some of whose items may be there or not, taken apart.

import { joinItems } from './join-values.js';
import type { PartialList, PartialTerm, Splice, Unknown } from './partial-term.js';
import { isPartialList, isSplice, listOf, partsOfList } from './values.js';

/** Returns the items of a proper list whose length is known; undefined for anything else. */
export function itemsOf(value: PartialTerm | undefined): readonly PartialTerm[] | undefined {
  const parts = partsOfList(value);
  if (parts === undefined || !parts.some(isSplice)) return parts;
  const items = parts.map((part) => (isSplice(part) ? itemsOfSplice(part) : [part]));
  return items.includes(undefined) ? undefined : (items as readonly (readonly PartialTerm[])[]).flat();
}

/** Where all alternatives are of one length, they are so many items. */
function itemsOfSplice({ alternatives, why }: Splice): readonly PartialTerm[] | undefined {
  const [first = [], ...others] = alternatives;
  if (alternatives.flat().some(isSplice) || others.some(({ length }) => length !== first.length)) return undefined;
  return others.reduce((items, other) => joinItems(items, other, why), first);
}

/** Returns the first item and the rest of a list; what decides of them where it isn't known which item is first. */
export function splitList({ items, tail }: PartialList): { readonly head: PartialTerm; readonly rest: PartialTerm } | Unknown {
  const [first, ...others] = items as readonly [PartialTerm, ...PartialTerm[]];
  if (!isSplice(first)) return { head: first, rest: listOf(others, tail) };
  const found = itemsOfSplice(first);
  if (found === undefined) return first.why;
  const whole = listOf([...found, ...others], tail);
  return isPartialList(whole) ? splitList(whole) : first.why;
}
