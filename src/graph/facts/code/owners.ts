// Which function of the source a function of the code belongs to. The compiler makes functions of funs and comprehensions, and names them by
// the function that they stand in; where that function isn't there any more, those that use them are taken.
//
//   -handle/2-fun-0-   -f/1-lc$^0/1-1-   -f/1-after$^0/0-0-   -fun.f/1- (a wrapper, of the functions that use it)

import type { ModuleColumns } from '../../module-columns.js';
import { findName, type NameTable } from '../../names.js';
import { endOfCalls, type ScannedCode } from './code-scan.js';
import type { SourceFunctions } from './source-functions.js';

/** Functions that may own one that the compiler made: the most in OTP and Elixir is 3, and without a cap they could be all, of all. */
const MAX_OWNERS = 32;

/** The functions of the code of which a function of the source is made, by its index; each has itself, which isn't listed. */
type Parts = ReadonlyMap<number, readonly number[]>;

/** Calls `visit` with each function of the source, and with each function of the code that is part of it, itself the first. */
export function eachPart(functions: SourceFunctions, columns: ModuleColumns, visit: PartVisitor): void {
  const parts = functions.made.size === 0 ? undefined : partsOf(functions, columns);
  for (let at = 0; at < functions.indices.length; at++) {
    const index = functions.indices.values[at] as number;
    if (index < 0) continue;
    visit(index, at);
    for (const part of parts?.get(at) ?? NO_PARTS) visit(index, part);
  }
}

/** Takes the index of a function of the source, and that of a function of the code. */
export type PartVisitor = (index: number, part: number) => void;

const NO_PARTS: readonly number[] = [];

/** Returns what belongs to each function of the source. */
function partsOf(functions: SourceFunctions, columns: ModuleColumns): Parts {
  const parts = new Map<number, number[]>();
  for (const [at, owners] of ownersOf(functions, columns)) {
    for (const owner of owners) {
      const known = parts.get(owner);
      if (known === undefined) parts.set(owner, [at]);
      else known.push(at);
    }
  }
  return parts;
}

/** Owners of the functions that were made. */
type Owners = Map<number, Set<number>>;

function ownersOf(functions: SourceFunctions, { names }: ModuleColumns): Owners {
  const named = indexNames(functions);
  const unnamed = new Set<number>();
  const owners: Owners = new Map();
  for (const [at, name] of functions.made) {
    const owner = namedOwner(name, functions.code, names, named);
    if (owner < 0) unnamed.add(at);
    owners.set(at, new Set(owner < 0 ? [] : [owner]));
  }
  if (unnamed.size > 0) spread(functions.code, owners, unnamed);
  return owners;
}

/** The functions of the source: by name the last one of it, and by function the one of its name before it, or -1. */
interface NameIndex {
  readonly last: ReadonlyMap<number, number>;
  readonly before: Int32Array;
}

function indexNames({ names }: SourceFunctions): NameIndex {
  const last = new Map<number, number>();
  const before = new Int32Array(names.length);
  for (let at = 0; at < names.length; at++) {
    const name = names.values[at] as number;
    if (name < 0) continue;
    before[at] = last.get(name) ?? -1;
    last.set(name, at);
  }
  return { last, before };
}

/** There are no more arities. */
const MAX_SAME_NAME = 256;

/** Names may have slashes and dashes in them, so each place where one could end is tried. Returns -1 where there is none. */
function namedOwner(name: string, { arities }: ScannedCode, names: NameTable, { last, before }: NameIndex): number {
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    const arity = arityAt(name, slash + 1);
    if (arity < 0) continue;
    let owner = last.get(findName(names, name.slice(1, slash))) ?? -1;
    for (let left = MAX_SAME_NAME; owner >= 0 && left > 0; left--) {
      if (arities.values[owner] === arity) return owner;
      owner = before[owner] as number;
    }
  }
  return -1;
}

/** Reads a number up to the next dash; -1 where what stands there is none, or not as it would be written. */
function arityAt(name: string, start: number): number {
  const end = name.indexOf('-', start);
  const arity = Number(end < 0 ? '' : name.slice(start, end));
  return end > start && String(arity) === name.slice(start, end) ? arity : -1;
}

/** Hands owners on from users to those whose name doesn't tell, until nothing changes. */
function spread(code: ScannedCode, owners: Owners, unnamed: ReadonlySet<number>): void {
  const entries = new Map(Array.from(unnamed, (at) => [-1 - (code.entries.values[at] as number), at]));
  const waiting = Array.from({ length: code.names.length }, (_, at) => at);
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const end = endOfCalls(code, index);
    for (let at = code.firstCalls.values[index] as number; at < end; at++) {
      const used = entries.get(code.callTargets.values[at] as number);
      if (used !== undefined && addOwners(owners.get(used), owners.get(index) ?? [index])) waiting.push(used);
    }
  }
}

/** Tells whether there are more owners now. */
function addOwners(known: Set<number> | undefined, more: Iterable<number>): boolean {
  if (known === undefined) return false;
  const before = known.size;
  for (const owner of more) if (known.size < MAX_OWNERS) known.add(owner);
  return known.size > before;
}
