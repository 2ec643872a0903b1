// The kinds of findings about applications, and how many there are of each.

import type { ApplicationSet } from './application-set.js';
import type { CheckedApplications } from './check-applications.js';
import type { RelFile } from './rel-file.js';

/** What can be wrong, in the order in which it is reported. */
export const FINDING_KINDS = [
  'undeclared',
  'unused',
  'missing_modules',
  'unlisted_modules',
  'cycles',
  'mismatches',
  'no_app_file',
  'release_versions',
] as const;

/** A kind of finding. */
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What makes an application fail to start, to be packed or to find its code: the rest may be meant. */
export const FAILING_KINDS: readonly FindingKind[] = ['undeclared', 'missing_modules', 'unlisted_modules', 'cycles'];

/** An application of a release whose version isn't the one that was read. */
export interface ReleaseMismatch {
  /** Path of the `.rel`. */
  readonly release: string;
  readonly application: string;
  readonly released: string;
  readonly found: string | null;
}

/** Returns the applications of releases of which another version was read; those that weren't read can't be told. */
export function releaseMismatches(
  { applications, numbers }: ApplicationSet,
  releases: readonly RelFile[],
): readonly ReleaseMismatch[] {
  return releases.flatMap(({ file, applications: released }) =>
    released.flatMap(({ name, vsn }) => {
      const known = applications[numbers.get(name) ?? -1]?.file;
      return known === undefined || known === null || known.vsn === vsn
        ? []
        : [{ release: file, application: name, released: vsn, found: known.vsn }];
    }),
  );
}

/** Counts the findings of each kind. */
export function countFindings(
  { applications, cycles }: CheckedApplications,
  mismatches: readonly ReleaseMismatch[],
): Readonly<Record<FindingKind, number>> {
  const sum = (count: (one: CheckedApplications['applications'][number]) => number) =>
    applications.reduce((total, one) => total + count(one), 0);
  return {
    undeclared: sum((one) => one.undeclared.length),
    unused: sum((one) => one.unused.length),
    missing_modules: sum((one) => one.missingModules.length),
    unlisted_modules: sum((one) => one.unlistedModules.length),
    cycles: cycles.length,
    mismatches: sum((one) => one.mismatches.length),
    no_app_file: sum(({ application }) => (application.path === null ? 1 : 0)),
    release_versions: mismatches.length,
  };
}
