// Which function of the source a function of the code belongs to. The compiler makes functions of funs and comprehensions, and names them by
// the function that they stand in; where that function isn't there any more, those that use them are taken.
//
//   -handle/2-fun-0-   -f/1-lc$^0/1-1-   -f/1-after$^0/0-0-   -fun.f/1- (a wrapper, of the functions that use it)

import type { FunctionName } from '../../module-facts.js';
import type { ScannedFunction } from './code-scan.js';

const MADE_NAME = /^-.*\/\d+-(.*-)?$/s;

/** Tells whether the compiler made the function. */
export function isMade({ name, arity }: FunctionName, exported: (name: string, arity: number) => boolean): boolean {
  return MADE_NAME.test(name) && !exported(name, arity);
}

/** Returns for each function the functions of the source that it belongs to, by index: itself, one, or several. */
export function ownersOf(functions: readonly ScannedFunction[], made: readonly boolean[]): readonly (readonly number[])[] {
  const named = new Map<string, number>();
  const entries = new Map<number, number>();
  functions.forEach(({ name, arity, entry }, at) => {
    if (made[at] === false) named.set(`${name}/${arity}`, at);
    entries.set(entry, at);
  });
  const owners: Set<number>[] = functions.map(({ name }, at) => {
    const owner = made[at] === false ? at : namedOwner(name, named);
    return new Set(owner === undefined ? [] : [owner]);
  });
  const fixed = owners.map((set) => set.size > 0);
  spread(functions, entries, owners, fixed);
  return owners.map((set) => [...set].sort((left, right) => left - right));
}

/** Names may have slashes and dashes in them, so each place where one could end is tried. */
function namedOwner(name: string, named: ReadonlyMap<string, number>): number | undefined {
  for (const match of name.matchAll(/\/\d+(?=-)/g)) {
    const owner = named.get(name.slice(1, match.index + match[0].length));
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** Hands owners on from users to those whose name doesn't tell, until nothing changes. */
function spread(
  functions: readonly ScannedFunction[],
  entries: ReadonlyMap<number, number>,
  owners: readonly Set<number>[],
  fixed: readonly boolean[],
): void {
  const waiting = functions.map((_, at) => at);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const used of usedBy(functions[at] as ScannedFunction, entries)) {
      if (fixed[used] === true) continue;
      const before = owners[used]?.size;
      for (const owner of owners[at] ?? []) owners[used]?.add(owner);
      if (owners[used]?.size !== before) waiting.push(used);
    }
  }
}

function usedBy({ localCalls, lambdas }: ScannedFunction, entries: ReadonlyMap<number, number>): readonly number[] {
  const called = localCalls.filter((_, at) => at % 2 === 0);
  return [...called, ...lambdas].flatMap((label) => entries.get(label) ?? []);
}
