// What can be done with terms of which parts aren't known: weigh them, compare them, and find what two of them have in common.

import { MAX_PARTIAL_DEPTH, MAX_PARTIAL_ITEMS } from '../../limits.js';
import { atom, isAtom, NIL, type Term } from '../../term/model.js';
import { equalTerms } from '../../term/order.js';
import type { Closure, PartialList, PartialMap, PartialTerm, PartialTuple, Splice, Unknown } from './partial-term.js';

/** How large a term is, each part counted as often as it stands in it. */
export interface Weight {
  readonly items: number;
  readonly depth: number;
  /** Whether all of it is known, and none of it is a closure. */
  readonly isKnown: boolean;
}

const ONE: Weight = { items: 1, depth: 0, isKnown: true };
const weights = new WeakMap<object, Weight>();

export function isUnknown(value: PartialTerm | undefined): value is Unknown {
  return typeof value === 'object' && value.kind === 'unknown';
}

export function isClosure(value: PartialTerm): value is Closure {
  return typeof value === 'object' && value.kind === 'closure';
}

export function isSplice(value: PartialTerm | undefined): value is Splice {
  return typeof value === 'object' && value.kind === 'splice';
}

export function isPartialTuple(value: PartialTerm | undefined): value is PartialTuple {
  return typeof value === 'object' && value.kind === 'tuple';
}

export function isPartialList(value: PartialTerm | undefined): value is PartialList {
  return typeof value === 'object' && value.kind === 'list';
}

export function isPartialMap(value: PartialTerm | undefined): value is PartialMap {
  return typeof value === 'object' && value.kind === 'map';
}

/** Tells whether the term is an atom, and the one of that name where a name is given. */
export function isAtomValue(value: PartialTerm | undefined, name?: string): value is Extract<Term, { kind: 'atom' }> {
  return isAtom(value as Term, name);
}

/** Returns the parts of a term, none for one that has none. */
export function partsOf(value: PartialTerm): readonly PartialTerm[] {
  if (typeof value !== 'object') return [];
  if (value.kind === 'tuple') return value.items;
  if (value.kind === 'list') return [...value.items, value.tail];
  if (value.kind === 'map') return value.pairs.flat();
  if (value.kind === 'splice') return value.alternatives.flat();
  return value.kind === 'closure' ? value.free : [];
}

/** Weighs a term; its depth is at least one more than what is allowed where it isn't. */
export function weigh(value: PartialTerm, depth = 0): Weight {
  if (typeof value !== 'object') return ONE;
  const known = weights.get(value);
  if (known !== undefined) return known;
  if (depth > MAX_PARTIAL_DEPTH) return { items: 1, depth: MAX_PARTIAL_DEPTH + 1, isKnown: false };
  const parts = partsOf(value);
  let [items, deepest, isKnown] = [1, 0, value.kind !== 'unknown' && value.kind !== 'closure' && value.kind !== 'splice'];
  for (const part of parts) {
    const weight = weigh(part, depth + 1);
    items += weight.items;
    deepest = Math.max(deepest, weight.depth);
    isKnown &&= weight.isKnown;
  }
  const weight = { items, depth: parts.length === 0 ? 0 : deepest + 1, isKnown };
  weights.set(value, weight);
  return weight;
}

/** Tells whether the term is larger or deeper than what is followed. */
export function isTooLarge(value: PartialTerm): boolean {
  const { items, depth } = weigh(value);
  return items > MAX_PARTIAL_ITEMS || depth > MAX_PARTIAL_DEPTH;
}

/** Tells whether all of a term is known. */
export function isKnownTerm(value: PartialTerm): value is Term {
  return weigh(value).isKnown;
}

/** Returns the first part that isn't known. */
export function unknownIn(value: PartialTerm): Unknown | undefined {
  if (isUnknown(value)) return value;
  if (isKnownTerm(value)) return undefined;
  if (isSplice(value)) return value.why;
  for (const part of partsOf(value)) {
    const found = unknownIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns a part of something unknown, which is unknown for the same reason; `which` tells it from its other parts. */
export function partOf(whole: Unknown, which: string | null): Unknown {
  const { options: _, ...rest } = whole;
  return { ...rest, origin: which === null || whole.origin === null ? null : shortOrigin(`${which} of ${whole.origin}`) };
}

const MAX_ORIGIN = 500;

/** Returns the text, null for one that is too long to keep. */
export function shortOrigin(text: string): string | null {
  return text.length > MAX_ORIGIN ? null : text;
}

/** Returns the value of a key; undefined where the map hasn't got it. */
export function mapValue({ pairs }: PartialMap, key: Term): PartialTerm | undefined {
  return pairs.find(([other]) => equalTerms(other, key))?.[1];
}

/** Returns the map with another value of a key. */
export function withPair({ pairs }: PartialMap, key: Term, value: PartialTerm): PartialMap {
  const at = pairs.findIndex(([other]) => equalTerms(other, key));
  return { kind: 'map', pairs: at < 0 ? [...pairs, [key, value]] : pairs.with(at, [key, value]) };
}

/** Returns the list of these items; lists in tails are merged. */
export function listOf(items: readonly PartialTerm[], tail: PartialTerm = NIL): PartialTerm {
  if (items.length === 0) return tail;
  if (isPartialList(tail)) return { kind: 'list', items: [...items, ...tail.items], tail: tail.tail };
  return { kind: 'list', items, tail };
}

/** Returns the items of a proper list, splices among them; undefined for anything else. */
export function partsOfList(value: PartialTerm | undefined): readonly PartialTerm[] | undefined {
  if (typeof value !== 'object') return undefined;
  if (value.kind === 'nil') return [];
  return value.kind === 'list' && isNil(value.tail) ? value.items : undefined;
}

export function isNil(value: PartialTerm | undefined): boolean {
  return typeof value === 'object' && value.kind === 'nil';
}

const ID = atom('id');

/** Returns the id of what may be a child specification. */
export function idIn(value: PartialTerm): PartialTerm | undefined {
  if (isPartialMap(value)) return mapValue(value, ID);
  return isPartialTuple(value) && value.items.length === 6 ? value.items[0] : undefined;
}

/** Tells of a list or `[]` whether it has an item; what decides where that isn't known. */
export function hasItem(value: PartialTerm): boolean | Unknown {
  if (!isPartialList(value)) return false;
  const [first] = value.items;
  if (!value.items.every(isSplice)) return true;
  if (value.items.some((item) => isSplice(item) && item.alternatives.every(({ length }) => length > 0))) return true;
  return isSplice(first) ? first.why : true;
}
