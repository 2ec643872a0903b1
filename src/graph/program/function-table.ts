// Every function that a program defines or names, as a number: ids ascend in Erlang's term order (module, name, arity), so a sorted set of
// ids is an answer in the order that Erlang gives it, and the functions of a module are one interval. Functions are collected first
// (FunctionIndex), in any order, and numbered when all are known (FunctionTable).

import { atom } from '../../term/model.js';
import { compareTerms } from '../../term/order.js';
import { type NameTable, newNameTable, numberName } from '../names.js';
import { append, type IntColumn, itemsOf, newColumn, translate } from '../sets/int-column.js';
import { positionsOf, sortByKey } from '../sets/sort-by-key.js';

/** All functions in order; module, name and arity by id. */
export interface FunctionTable {
  /** In Erlang's order. */
  readonly modules: readonly string[];
  /** In Erlang's order. */
  readonly names: readonly string[];
  /** Position in `modules` by function. */
  readonly moduleOf: Int32Array;
  /** Position in `names` by function. */
  readonly nameOf: Int32Array;
  /** -1 where it isn't known. */
  readonly arityOf: Int32Array;
  /** The functions of module `m` are `firstOf[m]` up to `firstOf[m + 1]`. */
  readonly firstOf: Int32Array;
}

/** Functions while they are collected, numbered in the order of their coming. */
export interface FunctionIndex {
  readonly modules: Map<string, number>;
  readonly names: NameTable;
  /** By number of a name: the number of the module of that name; -1 where it hasn't been looked up. */
  readonly moduleNamed: IntColumn;
  /** An open hash table: one more than a function's number, 0 where a slot is free. A power of two, at most half full. */
  slots: Int32Array;
  readonly moduleOf: IntColumn;
  readonly nameOf: IntColumn;
  readonly arityOf: IntColumn;
}

/** Returns an index without functions. */
export function newFunctionIndex(): FunctionIndex {
  return {
    modules: new Map(),
    names: newNameTable(),
    moduleNamed: newColumn(),
    slots: new Int32Array(1 << 14),
    moduleOf: newColumn(),
    nameOf: newColumn(),
    arityOf: newColumn(),
  };
}

/** Returns the number of a module, a new one if it is new. */
export function indexModule(index: FunctionIndex, module: string): number {
  const known = index.modules.get(module);
  if (known !== undefined) return known;
  const made = index.modules.size;
  index.modules.set(module, made);
  return made;
}

/** Does what {@link indexModule} does for a module whose name has that number. */
export function indexModuleNamed(index: FunctionIndex, name: number): number {
  const { moduleNamed, names } = index;
  while (moduleNamed.length <= name) append(moduleNamed, -1);
  if (moduleNamed.values[name] === -1) moduleNamed.values[name] = indexModule(index, names.texts[name] as string);
  return moduleNamed.values[name] as number;
}

/** Returns the number of a function, a new one if it is new; `arity` may be -1. */
export function indexFunction(index: FunctionIndex, module: string, name: string, arity: number): number {
  return indexInModule(index, indexModule(index, module), name, arity);
}

/** Does what {@link indexFunction} does where the module's number is known. */
export function indexInModule(index: FunctionIndex, module: number, name: string, arity: number): number {
  return indexNumbers(index, module, indexName(index, name), arity);
}

/** Returns the number of a name, a new one if it is new. */
export function indexName(index: FunctionIndex, name: string): number {
  return numberName(index.names, name);
}

/** Does what {@link indexFunction} does where the numbers of module and name are known. */
export function indexNumbers(index: FunctionIndex, module: number, nameNumber: number, arity: number): number {
  const slot = slotOf(index, module, nameNumber, arity);
  const known = index.slots[slot] as number;
  if (known !== 0) return known - 1;
  append(index.moduleOf, module);
  append(index.nameOf, nameNumber);
  const made = append(index.arityOf, arity);
  index.slots[slot] = made + 1;
  if (index.arityOf.length * 2 > index.slots.length) enlarge(index);
  return made;
}

/** Returns the slot that a function has, or the free one that it would get. */
function slotOf({ slots, moduleOf, nameOf, arityOf }: FunctionIndex, module: number, name: number, arity: number): number {
  const mask = slots.length - 1;
  let slot = (Math.imul(name, 0x9e3779b1) ^ Math.imul(module, 0x85ebca6b) ^ Math.imul(arity, 0xc2b2ae35)) & mask;
  for (;;) {
    const number = (slots[slot] as number) - 1;
    if (number < 0) return slot;
    if (nameOf.values[number] === name && moduleOf.values[number] === module && arityOf.values[number] === arity) return slot;
    slot = (slot + 1) & mask;
  }
}

function enlarge(index: FunctionIndex): void {
  index.slots = new Int32Array(index.slots.length * 2);
  for (let number = 0; number < index.arityOf.length; number++) {
    const [module, name] = [index.moduleOf.values[number] as number, index.nameOf.values[number] as number];
    index.slots[slotOf(index, module, name, index.arityOf.values[number] as number)] = number + 1;
  }
}

/** Numbers all functions in order; `ids` says what became of each number of the index, and `modules` of each module. */
export function orderFunctions(index: FunctionIndex): {
  readonly table: FunctionTable;
  readonly ids: Int32Array;
  readonly modules: Int32Array;
} {
  const modules = rankNames([...index.modules.keys()]);
  const names = rankUsedNames(index);
  const moduleOf = translate(index.moduleOf, modules.ranks);
  const nameOf = translate(index.nameOf, names.ranks);
  const arityOf = itemsOf(index.arityOf);
  const order = sortByKey(sortByKey(sortByKey(positionsOf(arityOf), arityKeys(arityOf)), nameOf), moduleOf);
  const ids = new Int32Array(order.length);
  const firstOf = new Int32Array(modules.sorted.length + 1);
  for (let id = 0; id < order.length; id++) {
    const number = order[id] as number;
    ids[number] = id;
    firstOf[(moduleOf[number] as number) + 1] = id + 1;
  }
  fillGaps(firstOf);
  const inOrder = { values: order, length: order.length };
  const table = {
    modules: modules.sorted,
    names: names.sorted,
    moduleOf: translate(inOrder, moduleOf),
    nameOf: translate(inOrder, nameOf),
    arityOf: translate(inOrder, arityOf),
    firstOf,
  };
  return { table, ids, modules: modules.ranks };
}

/** Names that no function has are left out: those of what was read and doesn't count. */
function rankUsedNames({ names: { texts }, nameOf }: FunctionIndex): ReturnType<typeof rankNames> {
  const used = new Uint8Array(texts.length);
  for (let at = 0; at < nameOf.length; at++) used[nameOf.values[at] as number] = 1;
  const { sorted, ranks } = rankNames(texts.filter((_, number) => used[number] === 1));
  const all = new Int32Array(texts.length).fill(-1);
  for (let number = 0, at = 0; number < all.length; number++) if (used[number] === 1) all[number] = ranks[at++] as number;
  return { sorted, ranks: all };
}

/** Keys can't be negative. */
function arityKeys(arities: Int32Array): Int32Array {
  const keys = new Int32Array(arities.length);
  for (let at = 0; at < keys.length; at++) keys[at] = (arities[at] as number) + 1;
  return keys;
}

/** A module without functions begins where the one before it ends. */
function fillGaps(firstOf: Int32Array): void {
  for (let at = 1; at < firstOf.length; at++) firstOf[at] = Math.max(firstOf[at] as number, firstOf[at - 1] as number);
}

/** Sorts distinct names in Erlang's order of atoms; `ranks` says where each of the given ones went. */
export function rankNames(names: readonly string[]): { readonly sorted: readonly string[]; readonly ranks: Int32Array } {
  // Without surrogates the order of code points is that of UTF-16.
  const isPlain = !/[\ud800-\uffff]/.test(names.join(''));
  const compare = isPlain
    ? (left: number, right: number) => ((names[left] as string) < (names[right] as string) ? -1 : 1)
    : (left: number, right: number) => compareTerms(atom(names[left] as string), atom(names[right] as string));
  const order = positionsOf({ length: names.length }).sort(compare);
  const ranks = new Int32Array(names.length);
  order.forEach((name, rank) => {
    ranks[name] = rank;
  });
  return { sorted: Array.from(order, (name) => names[name] as string), ranks };
}

/** Returns the position of a name in a list in Erlang's order, or -1. */
export function findName(sorted: readonly string[], name: string): number {
  const wanted = atom(name);
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] as string;
    if (found === name) return middle;
    if (compareTerms(atom(found), wanted) < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Returns the id of a function, or -1. */
export function findFunction(table: FunctionTable, module: string, name: string, arity: number): number {
  const place = findName(table.modules, module);
  const rank = findName(table.names, name);
  if (place < 0 || rank < 0) return -1;
  let low = table.firstOf[place] as number;
  let high = (table.firstOf[place + 1] as number) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = (table.nameOf[middle] as number) - rank || (table.arityOf[middle] as number) - arity;
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
