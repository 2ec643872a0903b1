// Which function of the source a function of the code belongs to. The compiler makes functions of funs and comprehensions, and names them by
// the function that they stand in; where that function isn't there any more, those that use them are taken.
//
//   -handle/2-fun-0-   -f/1-lc$^0/1-1-   -f/1-after$^0/0-0-   -fun.f/1- (a wrapper, of the functions that use it)

import { endOfCalls, type ScannedCode } from './code-scan.js';

/** Functions that may own one that the compiler made: the most in OTP and Elixir is 3, and without a cap they could be all, of all. */
const MAX_OWNERS = 32;

/** The functions of the code of which a function of the source is made, by its index; each has itself, which isn't listed. */
export type Parts = ReadonlyMap<number, readonly number[]>;

/** The functions of the code by their names, and which of them the compiler made. */
export interface NamedFunctions {
  readonly code: ScannedCode;
  /** By index, 1 where the compiler made it. */
  readonly made: Uint8Array;
  nameOf(index: number): string;
}

const NO_PARTS: Parts = new Map();

/** Returns what belongs to each function of the source. */
export function partsOf(functions: NamedFunctions): Parts {
  const { made } = functions;
  if (!made.includes(1)) return NO_PARTS;
  const parts = new Map<number, number[]>();
  const owners = ownersOf(functions);
  for (let at = made.indexOf(1); at >= 0; at = made.indexOf(1, at + 1)) {
    for (const owner of owners.get(at) ?? []) {
      const known = parts.get(owner);
      if (known === undefined) parts.set(owner, [at]);
      else known.push(at);
    }
  }
  return parts;
}

/** Owners of the functions that were made. */
type Owners = Map<number, Set<number>>;

function ownersOf(functions: NamedFunctions): Owners {
  const { code, made, nameOf } = functions;
  const named = indexNames(functions);
  const unnamed = new Set<number>();
  const owners: Owners = new Map();
  for (let at = made.indexOf(1); at >= 0; at = made.indexOf(1, at + 1)) {
    const owner = namedOwner(nameOf(at), code, named);
    if (owner < 0) unnamed.add(at);
    owners.set(at, new Set(owner < 0 ? [] : [owner]));
  }
  if (unnamed.size > 0) spread(code, owners, unnamed);
  return owners;
}

/** The functions of the source: by name the last one of it, and by function the one of its name before it, or -1. */
interface NameIndex {
  readonly last: ReadonlyMap<string, number>;
  readonly before: Int32Array;
}

function indexNames({ made, nameOf }: NamedFunctions): NameIndex {
  const last = new Map<string, number>();
  const before = new Int32Array(made.length);
  for (let at = 0; at < made.length; at++) {
    if (made[at] === 1) continue;
    const name = nameOf(at);
    before[at] = last.get(name) ?? -1;
    last.set(name, at);
  }
  return { last, before };
}

/** There are no more arities. */
const MAX_SAME_NAME = 256;

/** Names may have slashes and dashes in them, so each place where one could end is tried. Returns -1 where there is none. */
function namedOwner(name: string, { arities }: ScannedCode, { last, before }: NameIndex): number {
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    const arity = arityAt(name, slash + 1);
    if (arity < 0) continue;
    let owner = last.get(name.slice(1, slash)) ?? -1;
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
