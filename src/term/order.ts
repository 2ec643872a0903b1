// The order of all Erlang terms:
//
//   number < atom < reference < fun < port < pid < tuple < map < [] < list < bitstring
//
// There are two of them. In the arithmetic order 1 == 1.0 and 0.0 == -0.0, as for `==`, `<` and lists:sort. In the exact order, which
// map keys have, every integer is before every float and -0.0 is before 0.0, so that it is 0 only where `=:=` of OTP 27 and later is
// true. (Before OTP 27 the two zeros were =:=; here they differ always, since a literal keeps its sign in all releases.)
// Defined by the reference manual, "Term Comparisons"; what it leaves open, by erts/emulator/beam/utils.c as seen from outside.

import {
  type Atom,
  type Bitstring,
  binary,
  type ExportFun,
  type Float,
  type List,
  type LocalFun,
  type MapTerm,
  type NativeRecord,
  type Pid,
  type Port,
  type Reference,
  type Term,
  type Tuple,
} from './model.js';

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

const sorted = new WeakMap<MapTerm['pairs'], MapTerm['pairs']>();

/** Returns the pairs of a map in the exact order of their keys. */
export function sortedPairs({ pairs }: Pick<MapTerm, 'pairs'>): MapTerm['pairs'] {
  if (pairs.length < 2) return pairs;
  // A map within a key is compared often. Sorted once, and the inner ones first, as decoding does it, no nesting of keys takes long or
  // costs call stack.
  const nested = pairs.some(([key]) => rankOf(key) >= RANKS.tuple);
  const known = nested ? sorted.get(pairs) : undefined;
  if (known !== undefined) return known;
  const made = [...pairs].sort(([left], [right]) => compare(left, right, true));
  if (nested) sorted.set(pairs, made);
  return made;
}

/** Tells whether two of the pairs have the same key. */
export function hasDuplicateKeys(pairs: MapTerm['pairs']): boolean {
  if (pairs.length < 2) return false;
  const names = new Set<string>();
  for (const [key] of pairs) {
    if (typeof key !== 'object' || key.kind !== 'atom') return hasEqualNeighbours(sortedPairs({ pairs }));
    names.add(key.name);
  }
  return names.size < pairs.length;
}

function hasEqualNeighbours(pairs: MapTerm['pairs']): boolean {
  return pairs.some(([key], i) => i > 0 && compare((pairs[i - 1] as readonly [Term, Term])[0], key, true) === 0);
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

/** Terms to be compared one by one, where all before were equal. Both sides have the same number. */
interface Parts {
  readonly left: readonly Term[];
  readonly right: readonly Term[];
  readonly exact: boolean;
  /** How many of the terms to compare, and how many of these are done. */
  readonly size: number;
  done: number;
}

/** Compares, with the parts of what is equal so far on a stack of its own, the next on top. */
function compare(left: Term, right: Term, exact: boolean): number {
  const stack: Parts[] = [];
  let order = compareHeads(left, right, exact, stack);
  for (let parts = stack.at(-1); order === 0 && parts !== undefined; parts = stack.at(-1)) {
    if (parts.done === parts.size) stack.pop();
    else {
      const next = parts.done++;
      order = compareHeads(parts.left[next] as Term, parts.right[next] as Term, parts.exact, stack);
    }
  }
  return order;
}

function push(stack: Parts[], exact: boolean, left: readonly Term[], right: readonly Term[], size = left.length): number {
  stack.push({ left, right, exact, size, done: 0 });
  return 0;
}

/** Compares kinds, sizes and values; of equal containers the parts are left on the stack. A dispatch table by kind. */
function compareHeads(left: Term, right: Term, exact: boolean, stack: Parts[]): number {
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
      return compareFuns(left, right as ExportFun | LocalFun, exact, stack);
    case 'port':
      return compareNodes(left, right as Port) || sign(left.id, (right as Port).id);
    case 'pid':
      return comparePids(left, right as Pid);
    case 'tuple':
      return compareTuples(left, right as Tuple, exact, stack);
    case 'record':
      return compareRecords(left, right as NativeRecord, exact, stack);
    case 'map':
      return compareMaps(left, right as MapTerm, exact, stack);
    case 'nil':
      return 0;
    case 'list':
      return compareLists(left, right as List, exact, stack);
    case 'bitstring':
      return compareBytes(left.bytes, (right as Bitstring).bytes) || left.bits - (right as Bitstring).bits;
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

function compareFuns(left: ExportFun | LocalFun, right: ExportFun | LocalFun, exact: boolean, stack: Parts[]): number {
  if (left.kind === 'export' && right.kind === 'export') {
    return (
      compareText(left.module.name, right.module.name) || compareText(left.name.name, right.name.name) || left.arity - right.arity
    );
  }
  if (left.kind === 'export' || right.kind === 'export') return left.kind === 'fun' ? -1 : 1;
  const order =
    compareText(left.module.name, right.module.name) ||
    left.index - right.index ||
    left.oldUniq - right.oldUniq ||
    left.free.length - right.free.length;
  if (order !== 0) return order;
  // The runtime has no order for the rest, though funs that differ in it are different keys.
  if (exact)
    push(stack, exact, [left.arity, left.oldIndex, binary(left.uniq)], [right.arity, right.oldIndex, binary(right.uniq)]);
  return push(stack, exact, left.free, right.free);
}

function compareTuples(left: Tuple, right: Tuple, exact: boolean, stack: Parts[]): number {
  return left.items.length - right.items.length || push(stack, exact, left.items, right.items);
}

function compareLists(left: List, right: List, exact: boolean, stack: Parts[]): number {
  const difference = left.items.length - right.items.length;
  // Of the shorter one its tail, which is no list, meets a list that goes on.
  push(stack, exact, [difference <= 0 ? left.tail : left], [difference >= 0 ? right.tail : right]);
  return push(stack, exact, left.items, right.items, Math.min(left.items.length, right.items.length));
}

/** By size, then all keys, then all values. */
function compareMaps(left: MapTerm, right: MapTerm, exact: boolean, stack: Parts[]): number {
  if (left.pairs.length !== right.pairs.length) return left.pairs.length - right.pairs.length;
  const lefts = sortedPairs(left);
  const rights = sortedPairs(right);
  push(stack, exact, lefts.map(valueIn), rights.map(valueIn));
  return push(stack, true, lefts.map(keyIn), rights.map(keyIn));
}

/** By module, name, whether it is exported, names of the fields, values. */
function compareRecords(left: NativeRecord, right: NativeRecord, exact: boolean, stack: Parts[]): number {
  const order =
    compareText(left.module.name, right.module.name) ||
    compareText(left.name.name, right.name.name) ||
    Number(left.exported) - Number(right.exported) ||
    left.fields.length - right.fields.length;
  if (order !== 0) return order;
  push(stack, exact, left.fields.map(valueIn), right.fields.map(valueIn));
  return push(stack, exact, left.fields.map(keyIn), right.fields.map(keyIn));
}

function keyIn([key]: readonly [Term, Term]): Term {
  return key;
}

function valueIn([, value]: readonly [Term, Term]): Term {
  return value;
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    if (left[i] !== right[i]) return (left[i] as number) - (right[i] as number);
  }
  return left.length - right.length;
}
