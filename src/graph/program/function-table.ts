// Every function that a program defines or names, as a number: ids ascend in Erlang's term order (module, name, arity), so a sorted set of
// ids is an answer in the order that Erlang gives it, and the functions of a module are one interval. Functions are collected first
// (FunctionIndex), in any order, and numbered when all are known (FunctionTable).

import { atom } from '../../term/model.js';
import { compareTerms } from '../../term/order.js';
import { append, type IntColumn, itemsOf, newColumn } from '../sets/int-column.js';

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
  readonly names: Map<string, number>;
  /** By module: the function of a key. */
  readonly functions: Map<number | string, number>[];
  readonly moduleOf: IntColumn;
  readonly nameOf: IntColumn;
  readonly arityOf: IntColumn;
}

/** Returns an index without functions. */
export function newFunctionIndex(): FunctionIndex {
  return {
    modules: new Map(),
    names: new Map(),
    functions: [],
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
  index.functions.push(new Map());
  return made;
}

/** Returns the number of a function, a new one if it is new; `arity` may be -1. */
export function indexFunction(index: FunctionIndex, module: string, name: string, arity: number): number {
  return indexInModule(index, indexModule(index, module), name, arity);
}

/** Does what {@link indexFunction} does where the module's number is known. */
export function indexInModule(index: FunctionIndex, module: number, name: string, arity: number): number {
  let nameNumber = index.names.get(name);
  if (nameNumber === undefined) {
    nameNumber = index.names.size;
    index.names.set(name, nameNumber);
  }
  const functions = index.functions[module] as Map<number | string, number>;
  // Small keys are compared without a string; only a call with a list of arguments has more than 255 of them.
  const key = arity < 256 && nameNumber < 1 << 22 ? nameNumber * 257 + arity + 1 : `${nameNumber}/${arity}`;
  const known = functions.get(key);
  if (known !== undefined) return known;
  append(index.moduleOf, module);
  append(index.nameOf, nameNumber);
  const made = append(index.arityOf, arity);
  functions.set(key, made);
  return made;
}

/** Numbers all functions in order; `ids` says what became of each number of the index, and `modules` of each module. */
export function orderFunctions(index: FunctionIndex): {
  readonly table: FunctionTable;
  readonly ids: Int32Array;
  readonly modules: Int32Array;
} {
  const modules = rankNames([...index.modules.keys()]);
  const names = rankNames([...index.names.keys()]);
  const given = itemsOf(index.arityOf);
  const arities = Int32Array.from(new Set(given)).sort();
  const arityRanks = new Map(Array.from(arities, (arity, rank) => [arity, rank]));
  const keys = new Float64Array(given.length);
  for (let number = 0; number < keys.length; number++) {
    const module = modules.ranks[index.moduleOf.values[number] as number] as number;
    const name = names.ranks[index.nameOf.values[number] as number] as number;
    keys[number] = (module * names.sorted.length + name) * arities.length + (arityRanks.get(given[number] as number) as number);
  }
  const sorted = keys.slice().sort();
  const table = {
    modules: modules.sorted,
    names: names.sorted,
    moduleOf: new Int32Array(sorted.length),
    nameOf: new Int32Array(sorted.length),
    arityOf: new Int32Array(sorted.length),
    firstOf: new Int32Array(modules.sorted.length + 1),
  };
  for (let id = 0; id < sorted.length; id++) {
    const key = sorted[id] as number;
    const named = Math.floor(key / arities.length);
    const module = Math.floor(named / names.sorted.length);
    table.arityOf[id] = arities[key % arities.length] as number;
    table.nameOf[id] = named % names.sorted.length;
    table.moduleOf[id] = module;
    table.firstOf[module + 1] = id + 1;
  }
  fillGaps(table.firstOf);
  return { table, ids: Int32Array.from(keys, (key) => positionOf(sorted, key)), modules: modules.ranks };
}

/** A module without functions begins where the one before it ends. */
function fillGaps(firstOf: Int32Array): void {
  for (let at = 1; at < firstOf.length; at++) firstOf[at] = Math.max(firstOf[at] as number, firstOf[at - 1] as number);
}

function positionOf(sorted: Float64Array, key: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorts distinct names in Erlang's order of atoms; `ranks` says where each of the given ones went. */
export function rankNames(names: readonly string[]): { readonly sorted: readonly string[]; readonly ranks: Int32Array } {
  const sorted = sortNames(names);
  const positions = new Map(sorted.map((name, position) => [name, position]));
  return { sorted, ranks: Int32Array.from(names, (name) => positions.get(name) as number) };
}

/** Sorts names in Erlang's order of atoms. */
export function sortNames(names: readonly string[]): readonly string[] {
  // Without surrogates the order of code points is that of JavaScript's own sort, which is much faster.
  if (!names.some((name) => /[\ud800-\uffff]/.test(name))) return [...names].sort();
  return [...names].sort((left, right) => compareTerms(atom(left), atom(right)));
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
