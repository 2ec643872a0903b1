// Which function of the source a function of the code belongs to. The compiler makes functions of funs and comprehensions, and names them by
// the function that they stand in; where that function isn't there any more, those that use them are taken.
//
//   -handle/2-fun-0-   -f/1-lc$^0/1-1-   -f/1-after$^0/0-0-   -fun.f/1- (a wrapper, of the functions that use it)

import { isMadeName } from '../../../code/made-functions.js';
import type { ScannedCode, ScannedFunction } from './code-scan.js';

/** Functions that may own one that the compiler made: the most in OTP and Elixir is 3, and without a cap they could be all, of all. */
const MAX_OWNERS = 32;

/** The functions of the code of which a function of the source is made, by its index; each has itself, which isn't listed. */
export type Parts = ReadonlyMap<number, readonly number[]>;

/** Tells whether the compiler made the function; `isExported` is asked only where its name says so. */
export function isMade({ name, arity }: ScannedFunction, isExported: (name: string, arity: number) => boolean): boolean {
  return isMadeName(name) && !isExported(name, arity);
}

/** Returns what belongs to each function of the source; `made` tells by index which functions the compiler made. */
export function partsOf(code: ScannedCode, made: readonly boolean[]): Parts {
  const parts = new Map<number, number[]>();
  if (!made.includes(true)) return parts;
  ownersOf(code, made).forEach((owners, at) => {
    for (const owner of owners ?? []) {
      const known = parts.get(owner);
      if (known === undefined) parts.set(owner, [at]);
      else known.push(at);
    }
  });
  return parts;
}

/** Owners of the functions that were made; undefined for the others. */
type Owners = readonly (Set<number> | undefined)[];

function ownersOf(code: ScannedCode, made: readonly boolean[]): Owners {
  const { functions } = code;
  const named = new Map<string, number>();
  functions.forEach(({ name, arity }, at) => {
    if (made[at] === false) named.set(`${name}/${arity}`, at);
  });
  const unnamed = new Set<number>();
  const owners = functions.map(({ name }, at) => {
    if (made[at] === false) return undefined;
    const owner = namedOwner(name, named);
    if (owner === undefined) unnamed.add(at);
    return new Set(owner === undefined ? [] : [owner]);
  });
  if (unnamed.size > 0) spread(code, owners, unnamed);
  return owners;
}

/** Names may have slashes and dashes in them, so each place where one could end is tried. */
function namedOwner(name: string, named: ReadonlyMap<string, number>): number | undefined {
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    const end = name.indexOf('-', slash);
    const owner = end < 0 ? undefined : named.get(name.slice(1, end));
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** Hands owners on from users to those whose name doesn't tell, until nothing changes. */
function spread(code: ScannedCode, owners: Owners, unnamed: ReadonlySet<number>): void {
  const entries = new Map([...unnamed].map((at) => [-1 - (code.functions[at]?.entry ?? 0), at]));
  const waiting = code.functions.map((_, at) => at);
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const { functions, calls } = code;
    const end = functions[index + 1]?.firstCall ?? calls.length;
    for (let at = functions[index]?.firstCall ?? end; at < end; at += 2) {
      const used = (calls[at] as number) < 0 ? entries.get(calls[at] as number) : undefined;
      if (used !== undefined && addOwners(owners[used], owners[index] ?? [index])) waiting.push(used);
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
