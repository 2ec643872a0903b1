// What can be done with terms of which parts aren't known: weigh them, compare them, and find what two of them have in common.

import { MAX_PARTIAL_DEPTH, MAX_PARTIAL_ITEMS } from '../../limits.js';
import { isAtom, NIL, type Term } from '../../term/model.js';
import { equalTerms } from '../../term/order.js';
import type { Closure, PartialList, PartialMap, PartialTerm, PartialTuple, Unknown } from './partial-term.js';

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
function partsOf(value: PartialTerm): readonly PartialTerm[] {
  if (typeof value !== 'object') return [];
  if (value.kind === 'tuple') return value.items;
  if (value.kind === 'list') return [...value.items, value.tail];
  if (value.kind === 'map') return value.pairs.flat();
  return value.kind === 'closure' ? value.free : [];
}

/** Weighs a term; its depth is at least one more than what is allowed where it isn't. */
export function weigh(value: PartialTerm, depth = 0): Weight {
  if (typeof value !== 'object') return ONE;
  const known = weights.get(value);
  if (known !== undefined) return known;
  if (depth > MAX_PARTIAL_DEPTH) return { items: 1, depth: MAX_PARTIAL_DEPTH + 1, isKnown: false };
  const parts = partsOf(value);
  let [items, deepest, isKnown] = [1, 0, value.kind !== 'unknown' && value.kind !== 'closure'];
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
  for (const part of partsOf(value)) {
    const found = unknownIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns a part of something unknown, which is unknown for the same reason. */
export function partOf(whole: Unknown): Unknown {
  return { ...whole };
}

/** Returns the list of these items; lists in tails are merged. */
export function listOf(items: readonly PartialTerm[], tail: PartialTerm = NIL): PartialTerm {
  if (items.length === 0) return tail;
  if (isPartialList(tail)) return { kind: 'list', items: [...items, ...tail.items], tail: tail.tail };
  return { kind: 'list', items, tail };
}

/** Returns a list without its first item. */
export function tailOf({ items, tail }: PartialList): PartialTerm {
  return items.length === 1 ? tail : { kind: 'list', items: items.slice(1), tail };
}

/** Returns the items of a proper list whose length is known; undefined for anything else. */
export function itemsOf(value: PartialTerm | undefined): readonly PartialTerm[] | undefined {
  if (typeof value !== 'object') return undefined;
  if (value.kind === 'nil') return [];
  return value.kind === 'list' && isNil(value.tail) ? value.items : undefined;
}

export function isNil(value: PartialTerm | undefined): boolean {
  return typeof value === 'object' && value.kind === 'nil';
}

/** Tells whether two terms are the same (`=:=`); undefined where that depends on what isn't known. */
export function sameValues(left: PartialTerm, right: PartialTerm): boolean | undefined {
  if (left === right) return true;
  if (isUnknown(left) || isUnknown(right)) return undefined;
  if (isKnownTerm(left) && isKnownTerm(right)) return equalTerms(left, right);
  if (typeof left !== 'object' || typeof right !== 'object' || left.kind !== right.kind) return kindsDiffer(left, right);
  if (isPartialMap(left) && isPartialMap(right)) return sameMaps(left, right);
  if (isPartialList(left) && isPartialList(right)) return sameLists(left, right);
  if (isClosure(left) && isClosure(right) && (left.module !== right.module || left.name !== right.name)) return undefined;
  return sameParts(partsOf(left), partsOf(right));
}

/** A list may go on where the other has its tail, so that only other kinds are told apart. */
function kindsDiffer(left: PartialTerm, right: PartialTerm): boolean | undefined {
  const isFun = (value: PartialTerm) => typeof value === 'object' && (value.kind === 'closure' || value.kind === 'fun');
  return isFun(left) && isFun(right) ? undefined : false;
}

function sameParts(left: readonly PartialTerm[], right: readonly PartialTerm[]): boolean | undefined {
  if (left.length !== right.length) return false;
  let verdict: boolean | undefined = true;
  for (const [at, part] of left.entries()) {
    const same = sameValues(part, right[at] as PartialTerm);
    if (same === false) return false;
    if (same === undefined) verdict = undefined;
  }
  return verdict;
}

function sameLists(left: PartialList, right: PartialList): boolean | undefined {
  const shared = Math.min(left.items.length, right.items.length);
  const start = sameParts(left.items.slice(0, shared), right.items.slice(0, shared));
  if (start === false) return false;
  const rest = (list: PartialList): PartialTerm => listOf(list.items.slice(shared), list.tail);
  const end = sameValues(rest(left), rest(right));
  return end === true ? start : end;
}

function sameMaps(left: PartialMap, right: PartialMap): boolean | undefined {
  if (left.pairs.length !== right.pairs.length) return false;
  const others = left.pairs.map(([key]) => mapValue(right, key));
  if (others.includes(undefined)) return false;
  return sameParts(
    left.pairs.map(([, value]) => value),
    others as readonly PartialTerm[],
  );
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

/** Returns what two terms have in common: where they differ nothing is known but why it was one or the other. */
export function joinValues(left: PartialTerm, right: PartialTerm, why: Unknown): PartialTerm {
  if (left === right) return left;
  if (isUnknown(left)) return left;
  if (isUnknown(right)) return right;
  if (sameValues(left, right) === true) return left;
  if (isPartialTuple(left) && isPartialTuple(right) && left.items.length === right.items.length) {
    return { kind: 'tuple', items: joinItems(left.items, right.items, why) };
  }
  if (isPartialList(left) && isPartialList(right) && left.items.length === right.items.length) {
    return listOf(joinItems(left.items, right.items, why), joinValues(left.tail, right.tail, why));
  }
  if (isPartialMap(left) && isPartialMap(right)) return joinMaps(left, right, why);
  return partOf(why);
}

function joinItems(left: readonly PartialTerm[], right: readonly PartialTerm[], why: Unknown): readonly PartialTerm[] {
  return left.map((item, at) => joinValues(item, right[at] as PartialTerm, why));
}

function joinMaps(left: PartialMap, right: PartialMap, why: Unknown): PartialTerm {
  const others = left.pairs.map(([key]) => mapValue(right, key));
  if (left.pairs.length !== right.pairs.length || others.includes(undefined)) return partOf(why);
  const pairs = left.pairs.map(([key, value], at) => [key, joinValues(value, others[at] as PartialTerm, why)] as const);
  return { kind: 'map', pairs };
}

/** Tells whether two terms are the same where what isn't known counts as the same if its reason is. */
export function hasSameReasons(left: PartialTerm, right: PartialTerm): boolean {
  if (isUnknown(left) && isUnknown(right)) return left.because === right.because;
  if (sameValues(left, right) === true) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left.kind !== right.kind) return false;
  if (isClosure(left) && isClosure(right) && left.name !== right.name) return false;
  if (isPartialMap(left) && isPartialMap(right)) return haveSameReasons(left, right);
  const [ones, others] = [partsOf(left), partsOf(right)];
  return (
    ones.length > 0 && ones.length === others.length && ones.every((one, at) => hasSameReasons(one, others[at] as PartialTerm))
  );
}

function haveSameReasons(left: PartialMap, right: PartialMap): boolean {
  if (left.pairs.length !== right.pairs.length) return false;
  return left.pairs.every(([key, value]) => {
    const other = mapValue(right, key);
    return other !== undefined && hasSameReasons(value, other);
  });
}
