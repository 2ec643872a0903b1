// What `diff` answers, and what its renderers have in common.

import type { ApplicationChange, BuildChanges } from '../../changes/build-changes.js';

/** How much of a build was read. */
export interface BuildCoverage {
  /** Beams that were read. */
  readonly files: number;
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/** What `diff` answers. */
export interface DiffReport extends BuildChanges {
  /** The paths that were given. */
  readonly from: string;
  readonly to: string;
  readonly isStrict: boolean;
  readonly coverage: { readonly from: BuildCoverage; readonly to: BuildCoverage };
}

/** How many modules there are of each kind. */
export interface DiffCounts {
  readonly applications: { readonly added: number; readonly removed: number; readonly upgraded: number };
  readonly modules: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    /** Different, and not counted as changed. */
    readonly others: number;
    readonly identical: number;
  };
}

/** Counts applications and modules. */
export function countChanges({ applications }: Pick<BuildChanges, 'applications'>): DiffCounts {
  const ofKind = (kind: ApplicationChange['kind']) => applications.filter((one) => one.kind === kind).length;
  const sum = (number: (one: ApplicationChange) => number) => applications.reduce((total, one) => total + number(one), 0);
  return {
    applications: { added: ofKind('added'), removed: ofKind('removed'), upgraded: ofKind('upgraded') },
    modules: {
      added: sum(({ added }) => added.length),
      removed: sum(({ removed }) => removed.length),
      changed: sum(({ changed }) => changed.length),
      others: sum(({ others }) => others.length),
      identical: sum(({ identical }) => identical),
    },
  };
}

/** Tells whether anything changed: an application, its version, a module, or the release. */
export function hasChanges({ applications, releases }: Pick<BuildChanges, 'applications' | 'releases'>): boolean {
  return applications.some(({ kind }) => kind !== 'unchanged') || releases.some(hasOtherVersion);
}

/** Tells whether the version of a release, or of its runtime, differs. */
export function hasOtherVersion(release: BuildChanges['releases'][number]): boolean {
  return release.from !== release.to || release.ertsFrom !== release.ertsTo;
}
