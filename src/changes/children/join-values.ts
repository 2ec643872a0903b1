// What two terms have in common, where code may make the one or the other.

import { originOf } from './format-partial.js';
import type { PartialMap, PartialTerm, Splice, Unknown } from './partial-term.js';
import { sameValues } from './same-values.js';

import {
  idIn,
  isPartialMap,
  isPartialTuple,
  isSplice,
  isUnknown,
  listOf,
  mapValue,
  partOf,
  partsOfList,
  shortOrigin,
  weigh,
} from './values.js';

/** Returns what two terms have in common: where they differ nothing is known but why it was one or the other. */
export function joinValues(left: PartialTerm, right: PartialTerm, why: Unknown): PartialTerm {
  if (left === right) return left;
  if (isUnknown(left) || isUnknown(right)) return either(left, right, isUnknown(left) ? left : (right as Unknown), why);
  if (sameValues(left, right) === true) return left;
  if (!hasSameId(left, right)) return either(left, right, why, why);
  if (isPartialTuple(left) && isPartialTuple(right) && left.items.length === right.items.length) {
    return { kind: 'tuple', items: joinItems(left.items, right.items, why) };
  }
  const lists = [partsOfList(left), partsOfList(right)] as const;
  if (lists[0] !== undefined && lists[1] !== undefined) return joinLists(lists[0], lists[1], why);
  if (isPartialMap(left) && isPartialMap(right)) return joinMaps(left, right, why);
  return either(left, right, why, why);
}

/** Lists of one length are joined item by item, unless these are other children; of others, what they begin and end with stays. */
function joinLists(left: readonly PartialTerm[], right: readonly PartialTerm[], why: Unknown): PartialTerm {
  const isPlain = left.length === right.length && ![...left, ...right].some(isSplice);
  if (isPlain && left.every((item, at) => hasSameId(item, right[at] as PartialTerm))) return listOf(joinItems(left, right, why));
  const shortest = Math.min(left.length, right.length);
  const isSame = (one: PartialTerm | undefined, other: PartialTerm | undefined): boolean =>
    one === other || sameValues(one as PartialTerm, other as PartialTerm) === true;
  let [start, end] = [0, 0];
  while (start < shortest && isSame(left[start], right[start])) start++;
  while (end < shortest - start && isSame(left.at(-1 - end), right.at(-1 - end))) end++;
  const [one, other] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  const alternatives = [...alternativesIn(one), ...alternativesIn(other)];
  if (alternatives.length > MAX_ALTERNATIVES) return partOf(why, null);
  const [first] = one;
  const splice: Splice = { kind: 'splice', why: one.length === 1 && isSplice(first) ? first.why : why, alternatives };
  return listOf([...left.slice(0, start), splice, ...left.slice(left.length - end)]);
}

const MAX_ALTERNATIVES = 16;

function alternativesIn(items: readonly PartialTerm[]): Splice['alternatives'] {
  const [first] = items;
  return items.length === 1 && isSplice(first) ? first.alternatives : [items];
}

/** Tells whether two terms may be specifications of one child, or are none. */
function hasSameId(left: PartialTerm, right: PartialTerm): boolean {
  const [one, other] = [idIn(left), idIn(right)];
  return one === undefined || other === undefined || sameValues(one, other) !== false;
}

/** Returns something that is one or the other, for the reason that `like` has. */
function either(left: PartialTerm, right: PartialTerm, like: Unknown, why: Unknown): Unknown {
  const [one, other] = [optionsOf(left), optionsOf(right)];
  const joined = { ...partOf(like, null), origin: choiceOrigin(left, right, why) };
  if (one === undefined || other === undefined) return joined;
  const options = [...one];
  for (const option of other) if (options.every((known) => sameValues(known, option) !== true)) options.push(option);
  return options.length > MAX_OPTIONS ? joined : { ...joined, options };
}

const MAX_OPTIONS = 8;
const MAX_OPTION_ITEMS = 500;

function optionsOf(value: PartialTerm): readonly PartialTerm[] | undefined {
  if (isUnknown(value)) return value.options;
  return weigh(value).items > MAX_OPTION_ITEMS ? undefined : [value];
}

function choiceOrigin(left: PartialTerm, right: PartialTerm, why: Unknown): string | null {
  const [one, other] = [originOf(left), originOf(right)];
  return one === null || other === null || why.origin === null ? null : shortOrigin(`(${one} or ${other} by ${why.origin})`);
}

/** Joins two rows of items one by one; they are of one length. */
export function joinItems(left: readonly PartialTerm[], right: readonly PartialTerm[], why: Unknown): readonly PartialTerm[] {
  return left.map((item, at) => joinValues(item, right[at] as PartialTerm, why));
}

function joinMaps(left: PartialMap, right: PartialMap, why: Unknown): PartialTerm {
  const others = left.pairs.map(([key]) => mapValue(right, key));
  if (left.pairs.length !== right.pairs.length || others.includes(undefined)) return either(left, right, why, why);
  const pairs = left.pairs.map(([key, value], at) => [key, joinValues(value, others[at] as PartialTerm, why)] as const);
  return { kind: 'map', pairs };
}
