// The order of all Erlang terms:
//
//   number < atom < reference < fun < port < pid < tuple < map < [] < list < bitstring
//
// There are two of them. In the arithmetic order 1 == 1.0 and 0.0 == -0.0, as for `==`, `<` and lists:sort. In the exact order, which
// map keys have, every integer is before every float and -0.0 is before 0.0, so that it is 0 only where `=:=` of OTP 27 and later is
// true. (Before OTP 27 the two zeros were =:=; here they differ always, since a literal keeps its sign in all releases.)
// Defined by the reference manual, "Term Comparisons"; what it leaves open, by erts/emulator/beam/utils.c as seen from outside.

import type { Atom, ExportFun, Float, List, LocalFun, MapTerm, NativeRecord, Pid, Reference, Term } from './model.js';

/** Compares as `<`, `==` and lists:sort do: below 0, 0 or above 0. */
export function compareTerms(left: Term, right: Term): number {
  return compare(left, right, false);
}

/** Compares as map keys are ordered: integers before floats; 0 only for equal terms. */
export function compareTermsExactly(left: Term, right: Term): number {
  return compare(left, right, true);
}

/** Tells whether the terms are the same (`=:=`): 1 isn't 1.0, and -0.0 isn't 0.0. */
export function equalTerms(left: Term, right: Term): boolean {
  return compare(left, right, true) === 0;
}

/** Returns the pairs of a map in the exact order of their keys. */
export function sortedPairs(map: MapTerm): readonly (readonly [Term, Term])[] {
  return [...map.pairs].sort(([left], [right]) => compare(left, right, true));
}

/** Tells whether two of the pairs have the same key. */
export function hasDuplicateKeys(pairs: readonly (readonly [Term, unknown])[]): boolean {
  if (pairs.length < 2) return false;
  const names = new Set<string>();
  for (const [key] of pairs) {
    if (typeof key !== 'object' || key.kind !== 'atom') return hasEqualNeighbours(pairs.map(([any]) => any));
    names.add(key.name);
  }
  return names.size < pairs.length;
}

function hasEqualNeighbours(keys: Term[]): boolean {
  keys.sort(compareTermsExactly);
  return keys.some((key, i) => i > 0 && compare(keys[i - 1] as Term, key, true) === 0);
}

const RANKS = {
  float: 0,
  atom: 1,
  reference: 2,
  export: 3,
  fun: 3,
  port: 4,
  pid: 5,
  tuple: 6,
  record: 7,
  map: 8,
  nil: 9,
  list: 10,
  bitstring: 11,
} as const;

function rankOf(term: Term): number {
  return typeof term === 'object' ? RANKS[term.kind] : 0;
}

/** A dispatch table by kind. */
function compare(left: Term, right: Term, exact: boolean): number {
  if (left === right) return 0;
  if (typeof left !== 'object' || typeof right !== 'object') return compareNumberWithAny(left, right, exact);
  const rank = RANKS[left.kind] - RANKS[right.kind];
  if (rank !== 0) return rank;
  switch (left.kind) {
    case 'float':
      return compareFloats(left.value, (right as Float).value, exact);
    case 'atom':
      return compareText(left.name, (right as Atom).name);
    case 'reference':
      return compareReferences(left, right as Reference);
    case 'export':
    case 'fun':
      return compareFuns(left, right as ExportFun | LocalFun, exact);
    case 'port':
      return compareNodes(left, right as typeof left) || sign(left.id, (right as typeof left).id);
    case 'pid':
      return comparePids(left, right as Pid);
    case 'tuple':
      return compareSized(left.items, (right as typeof left).items, exact);
    case 'record':
      return compareRecords(left, right as NativeRecord, exact);
    case 'map':
      return compareMaps(left, right as MapTerm, exact);
    case 'nil':
      return 0;
    case 'list':
      return compareLists(left, right as List, exact);
    case 'bitstring':
      return compareBytes(left.bytes, (right as typeof left).bytes) || left.bits - (right as typeof left).bits;
  }
}

function sign<T extends number | bigint | string>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Compares where one is an integer at least. */
function compareNumberWithAny(left: Term, right: Term, exact: boolean): number {
  const rank = rankOf(left) - rankOf(right);
  if (rank !== 0) return rank;
  const leftIsFloat = typeof left === 'object';
  const rightIsFloat = typeof right === 'object';
  if (exact && leftIsFloat !== rightIsFloat) return leftIsFloat ? 1 : -1;
  // The engine compares a number with a bigint by their exact values.
  const leftValue = leftIsFloat ? (left as Float).value : (left as number | bigint);
  const rightValue = rightIsFloat ? (right as Float).value : (right as number | bigint);
  return leftValue < rightValue ? -1 : leftValue > rightValue ? 1 : 0;
}

function compareFloats(left: number, right: number, exact: boolean): number {
  if (exact && left === 0 && right === 0) return sign(1 / left, 1 / right);
  return sign(left, right);
}

/** Compares by code points, which UTF-16 units don't where surrogates meet U+E000..U+FFFF. */
function compareText(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    if (left.charCodeAt(i) !== right.charCodeAt(i)) {
      // Where only the low surrogates differ these decide themselves: a lone one compares as its unit.
      return (left.codePointAt(i) as number) - (right.codePointAt(i) as number);
    }
  }
  return left.length - right.length;
}

function compareNodes(left: { readonly node: Atom; readonly creation: number }, right: typeof left): number {
  return compareText(left.node.name, right.node.name) || left.creation - right.creation;
}

function comparePids(left: Pid, right: Pid): number {
  return left.serial - right.serial || left.id - right.id || compareNodes(left, right);
}

/** The words of a reference are stored with the least significant first; words that are missing are 0. */
function compareReferences(left: Reference, right: Reference): number {
  const order = compareNodes(left, right);
  if (order !== 0) return order;
  for (let i = Math.max(left.ids.length, right.ids.length) - 1; i >= 0; i--) {
    const difference = (left.ids[i] ?? 0) - (right.ids[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareFuns(left: ExportFun | LocalFun, right: ExportFun | LocalFun, exact: boolean): number {
  if (left.kind === 'export' && right.kind === 'export') {
    return (
      compareText(left.module.name, right.module.name) || compareText(left.name.name, right.name.name) || left.arity - right.arity
    );
  }
  if (left.kind === 'export' || right.kind === 'export') return left.kind === 'fun' ? -1 : 1;
  return (
    compareText(left.module.name, right.module.name) ||
    left.index - right.index ||
    left.oldUniq - right.oldUniq ||
    compareSized(left.free, right.free, exact) ||
    (exact ? compareFunDetails(left, right) : 0)
  );
}

/** Compares what the runtime doesn't order by, though funs that differ in it are different keys. */
function compareFunDetails(left: LocalFun, right: LocalFun): number {
  return left.arity - right.arity || left.oldIndex - right.oldIndex || compareBytes(left.uniq, right.uniq);
}

function compareSized(left: readonly Term[], right: readonly Term[], exact: boolean): number {
  if (left.length !== right.length) return left.length - right.length;
  for (let i = 0; i < left.length; i++) {
    const order = compare(left[i] as Term, right[i] as Term, exact);
    if (order !== 0) return order;
  }
  return 0;
}

function compareLists(left: List, right: List, exact: boolean): number {
  const shared = Math.min(left.items.length, right.items.length);
  for (let i = 0; i < shared; i++) {
    const order = compare(left.items[i] as Term, right.items[i] as Term, exact);
    if (order !== 0) return order;
  }
  if (left.items.length === right.items.length) return compare(left.tail, right.tail, exact);
  // One tail is compared with a list that goes on, and is never a list itself.
  return shared === left.items.length ? rankOf(left.tail) - RANKS.list : RANKS.list - rankOf(right.tail);
}

function compareMaps(left: MapTerm, right: MapTerm, exact: boolean): number {
  if (left.pairs.length !== right.pairs.length) return left.pairs.length - right.pairs.length;
  const lefts = sortedPairs(left);
  const rights = sortedPairs(right);
  for (let i = 0; i < lefts.length; i++) {
    const order = compare((lefts[i] as readonly [Term, Term])[0], (rights[i] as readonly [Term, Term])[0], true);
    if (order !== 0) return order;
  }
  for (let i = 0; i < lefts.length; i++) {
    const order = compare((lefts[i] as readonly [Term, Term])[1], (rights[i] as readonly [Term, Term])[1], exact);
    if (order !== 0) return order;
  }
  return 0;
}

function compareRecords(left: NativeRecord, right: NativeRecord, exact: boolean): number {
  return (
    compareText(left.module.name, right.module.name) ||
    compareText(left.name.name, right.name.name) ||
    Number(left.exported) - Number(right.exported) ||
    compareSized(
      left.fields.map(([name]) => name),
      right.fields.map(([name]) => name),
      exact,
    ) ||
    compareSized(
      left.fields.map(([, value]) => value),
      right.fields.map(([, value]) => value),
      exact,
    )
  );
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    if (left[i] !== right[i]) return (left[i] as number) - (right[i] as number);
  }
  return left.length - right.length;
}
