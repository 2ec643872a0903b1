// Made entries among those that an appup has already. An entry is made anew where it was made before; one that a person wrote for the same
// version counts instead of it, and so does a regular expression that systools would come upon first.

import { stringTerm, type Term, textOf } from '../../../term/model.js';
import { matchVersion } from '../match-version.js';
import type { AppupEntry } from '../model.js';

/** The entries of one direction. */
export interface MergedEntries {
  /** All of them, those that are new first. */
  readonly entries: readonly AppupEntry[];
  /** Those that were there and stay. */
  readonly kept: readonly AppupEntry[];
  /** The versions whose made entry doesn't count. */
  readonly covered: ReadonlySet<string>;
}

/** What was made for one older version. */
interface Made {
  readonly from: string;
  readonly instructions: readonly Term[];
}

/** Merges; `isOurs` tells of a version whether its entry may be made anew. */
export function mergeEntries(
  made: readonly Made[],
  existing: readonly AppupEntry[],
  isOurs: (from: string) => boolean,
): MergedEntries {
  const covered = new Set(made.map(({ from }) => from).filter((from) => coveredBy(existing, from, isOurs)));
  const counting = made.filter(({ from }) => !covered.has(from));
  const replaced = new Set(counting.map(({ from }) => from));
  const kept = existing.filter(({ from }) => !replaced.has(textOf(from) ?? ''));
  const entries = counting.map(({ from, instructions }) => ({ from: stringTerm(from), instructions }));
  return { entries: [...entries, ...kept], kept, covered };
}

/** Tells whether one of the entries counts for a version instead of what would be made. */
export function coveredBy(entries: readonly AppupEntry[], from: string, isOurs: (from: string) => boolean): boolean {
  const first = entries.find((entry) => matchVersion(entry.from, from).kind === 'match');
  return first !== undefined && !(textOf(first.from) === from && isOurs(from));
}
