// Whether two terms of which parts aren't known are the same: yes, no, or not to be known.

import { equalTerms } from '../../term/order.js';
import type { PartialList, PartialMap, PartialTerm } from './partial-term.js';
import {
  hasItem,
  isClosure,
  isKnownTerm,
  isNil,
  isPartialList,
  isPartialMap,
  isSplice,
  isUnknown,
  listOf,
  mapValue,
  partsOf,
} from './values.js';

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

/** Kinds tell terms apart, but for two kinds of fun, and for a list of which it isn't known whether it has an item. */
function kindsDiffer(left: PartialTerm, right: PartialTerm): boolean | undefined {
  if ((isPartialList(left) && isNil(right)) || (isPartialList(right) && isNil(left))) {
    return hasItem(isNil(left) ? right : left) === true ? false : undefined;
  }
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
  const places = [left, right].map(({ items }) => items.findIndex(isSplice)).filter((at) => at >= 0);
  if (places.length > 0) {
    const [before] = places.sort((one, other) => one - other) as [number];
    return sameParts(left.items.slice(0, before), right.items.slice(0, before)) === false ? false : undefined;
  }
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
