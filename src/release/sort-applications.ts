// The order of starting: that of the `.rel`, with what an application uses or includes pulled in front of it. Boot scripts, relups and tars all
// follow it, so it is exactly that of systools: a list of applications is worked off from its head, and one that waits for others is put back
// behind them.
//
// Defined by lib/sasl/src/systools_make.erl.

import { atom, list, stringTerm, type Term, tuple } from '../term/model.js';
import { without } from './check-applications.js';
import { atomList, type ReleaseApplication } from './model.js';
import { makeError, tagged } from './release-error.js';

/** What counts for the order. */
export type SortedApplication = Pick<ReleaseApplication, 'name' | 'vsn' | 'uses' | 'optional' | 'includes'>;

/** Names that an application waits for, taken out of what is left. */
interface Taken<App> {
  readonly found: readonly App[];
  readonly left: readonly App[];
  readonly missing: readonly string[];
}

/** Sorts the applications of a release; throws ReleaseError for those that wait for each other or for none. */
export function sortApplications<App extends SortedApplication>(applications: readonly App[]): readonly App[] {
  const sorted: App[] = [];
  const visited = new Set<string>();
  let missing: readonly string[] = [];
  let circular: readonly App[] = [];
  let waiting = applications;
  for (let [first, ...rest] = waiting; first !== undefined; [first, ...rest] = waiting) {
    const uses = take(first.name, [...first.uses].reverse(), rest, visited);
    const includes = take(first.name, [...first.includes].reverse(), uses.left, visited);
    missing = [...without(uses.missing, first.optional), ...includes.missing, ...missing];
    const before = [...uses.found, ...includes.found];
    if (before.length === 0) {
      sorted.push(first);
      waiting = rest;
    } else {
      const again = before.filter(({ name }) => visited.has(name));
      if (again.length > 0) circular = [first, ...again, ...circular];
      waiting = [...before.filter((app) => !again.includes(app)), first, ...includes.left];
    }
    visited.add(first.name);
  }
  refuse(missing, circular);
  return sorted;
}

function take<App extends SortedApplication>(
  name: string,
  wanted: readonly string[],
  applications: readonly App[],
  visited: ReadonlySet<string>,
): Taken<App> {
  const found: App[] = [];
  const missing: string[] = [];
  let left = applications;
  for (const one of wanted) {
    const app = left.find((other) => other.name === one);
    if (app === undefined || app.includes.includes(name)) {
      if (!visited.has(one)) missing.unshift(one);
    } else {
      left = left.filter((other) => other !== app);
      found.unshift(app);
    }
  }
  return { found, left, missing };
}

function refuse(missing: readonly string[], circular: readonly SortedApplication[]): void {
  const faults: Term[] = [];
  const waiting = [...new Set(circular)].map(({ name, vsn }) => tuple(atom(name), stringTerm(vsn)));
  if (waiting.length > 0) faults.push(tagged('circular_dependencies', list(waiting)));
  if (missing.length > 0) faults.push(tagged('undefined_applications', atomList([...new Set(missing)])));
  const [first, second] = faults;
  if (first !== undefined) throw makeError(second === undefined ? first : tagged('apps', list(faults)));
}
