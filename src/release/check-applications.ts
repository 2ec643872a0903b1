// What systools checks once all `.app` files are read: that what is used and included is there, that no name is registered, no application
// included and no module listed twice. Then those that are used and are included by another give way to that one, and lists of
// applications get the order of the `.rel`.
//
// Defined by lib/sasl/src/systools_make.erl.

import { atom, list, stringTerm, type Term, tuple } from '../term/model.js';
import { compareTerms } from '../term/order.js';
import { atomList, type ReleaseApplication, type ReleaseFile } from './model.js';
import { makeError, tagged } from './release-error.js';

/** Who includes an application. */
type Includers = ReadonlyMap<string, string>;

/** Checks the applications of a release and arranges what they use; throws ReleaseError. */
export function checkApplications(
  applications: readonly ReleaseApplication[],
  release: ReleaseFile,
): readonly ReleaseApplication[] {
  checkDefined(applications);
  refuseDuplicates(
    'duplicate_register',
    applications.flatMap((app) => app.registered.map((name) => versionedRow(name, app))),
  );
  refuseDuplicates(
    'duplicate_include',
    applications.flatMap((app) => app.includes.map((name) => versionedRow(name, app))),
  );
  const includers = includersOf(applications);
  const arranged = applications.map((app) => inOrder({ ...app, uses: usesWithTops(app, includers) }, release));
  refuseDuplicates(
    'duplicate_modules',
    arranged.flatMap((app) => app.modules.map((name) => moduleRow(name, app))),
  );
  return arranged;
}

/** Returns a list without the first occurrence of each of `away`, as `--` does. */
export function without(names: readonly string[], away: readonly string[]): readonly string[] {
  const left = [...names];
  for (const name of away) {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

function checkDefined(applications: readonly ReleaseApplication[]): void {
  const defined = new Set(applications.map(({ name }) => name));
  const named = applications.flatMap(({ uses, optional, includes }) => [...without(uses, optional), ...includes]);
  const missing = [...new Set(named.filter((name) => !defined.has(name)))];
  if (missing.length > 0) throw makeError(tagged('undefined_applications', atomList(missing)));
}

interface Row {
  readonly name: string;
  readonly term: Term;
}

function versionedRow(name: string, { name: app, vsn, dir }: ReleaseApplication): Row {
  return { name, term: tuple(atom(name), atom(app), stringTerm(vsn), stringTerm(dir)) };
}

function moduleRow(name: string, { name: app, dir }: ReleaseApplication): Row {
  return { name, term: tuple(atom(name), atom(app), stringTerm(dir)) };
}

/** Neighbours of the same name, in the order of names; the last pair comes first. */
function refuseDuplicates(tag: string, rows: readonly Row[]): void {
  if (new Set(rows.map(({ name }) => name)).size === rows.length) return;
  const sorted = [...rows].sort((left, right) => compareTerms(atom(left.name), atom(right.name)));
  const pairs = sorted.flatMap((row, at) => {
    const next = sorted[at + 1];
    return next?.name === row.name ? [tuple(row.term, next.term)] : [];
  });
  throw makeError(tagged(tag, list(pairs.reverse())));
}

function includersOf(applications: readonly ReleaseApplication[]): Includers {
  const includers = new Map<string, string>();
  for (const { name, includes } of applications) for (const one of includes) if (!includers.has(one)) includers.set(one, name);
  return includers;
}

/** Follows who includes whom up to the top. Applications that include each other have none: systools never ends there. */
function topOf(name: string, includers: Includers): string {
  const seen = new Set<string>();
  for (let top = name; ; ) {
    const next = includers.get(top);
    if (next === undefined) return top;
    if (seen.has(top)) throw makeError(tagged('circular_dependencies', atomList([...seen])));
    seen.add(top);
    top = next;
  }
}

function usesWithTops({ name, uses }: ReleaseApplication, includers: Includers): readonly string[] {
  const ownTop = topOf(name, includers);
  return uses.reduce<readonly string[]>((left, used) => {
    if (used === ownTop) return without(left, [ownTop]);
    const includer = includers.get(used);
    if (includer === undefined) return left;
    const top = topOf(includer, includers);
    if (left.includes(top)) return without(left, [used]);
    return top === ownTop ? left : [...without(left, [used]), top];
  }, uses);
}

function inOrder(app: ReleaseApplication, { applications }: ReleaseFile): ReleaseApplication {
  const positions = new Map<string, number>();
  applications.forEach(({ name }, at) => {
    if (!positions.has(name)) positions.set(name, at);
  });
  // Optional ones that aren't there come last.
  const sorted = (names: readonly string[]) =>
    [...names].sort(
      (left, right) => (positions.get(left) ?? applications.length) - (positions.get(right) ?? applications.length),
    );
  return { ...app, uses: sorted(app.uses), includes: sorted(app.includes) };
}
