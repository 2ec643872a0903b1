// Reads appups. `parseAppup` takes a file as file:consult does and looks at all of it; `readAppup` as systools does: the first term of the
// file counts, whatever follows, and of its entries only the one that is wanted is looked at.
//
// Defined by the manual page appup(4) of sasl and lib/sasl/src/systools_relup.erl.

import { ParseError, within } from '../../errors.js';
import { badShape, readItems, readResourceTerm, readText } from '../../graph/applications/resource-terms.js';
import { formatTerm } from '../../term/format.js';
import { isTuple, properList, stringTerm, type Term, tuple } from '../../term/model.js';
import { readFaultTerm, readFirstTerm } from '../read-term.js';
import { ReleaseError, relupError, tagged } from '../release-error.js';
import type { ReleaseFiles } from '../release-files.js';
import { matchVersion } from './match-version.js';
import type { Appup, AppupEntry } from './model.js';

/** Reads an appup; throws ParseError, with line and column or for a term of another shape. */
export function parseAppup(bytes: Uint8Array, file: string): Appup {
  try {
    return appupFromTerm(readResourceTerm(bytes, file));
  } catch (error) {
    throw error instanceof ParseError ? error.inFile(file) : error;
  }
}

/** Returns the appup that a term is; throws ParseError with the path to what has another shape. */
export function appupFromTerm(term: Term): Appup {
  if (!isTuple(term, 3)) throw badShape('not {Version, Up, Down}');
  const [vsn, up, down] = term.items as readonly [Term, Term, Term];
  return {
    vsn: within('version', () => readText(vsn)),
    up: within('up', () => readItems(up, entryFromTerm)),
    down: within('down', () => readItems(down, entryFromTerm)),
  };
}

function entryFromTerm(entry: Term): AppupEntry {
  const [from, steps] = isTuple(entry, 2) ? entry.items : [];
  const instructions = properList(steps);
  if (from === undefined || instructions === undefined) throw badShape('not {Version, Instructions}');
  return { from, instructions };
}

/** An appup that systools can open: its entries are looked for one at a time. */
export interface OpenAppup {
  /** A string, unless the file is odd; systools warns where it isn't the version of the application. */
  readonly vsn: Term;
  /** Returns the first entry for a version; undefined where there is none. Throws ReleaseError where one before it can't be tried. */
  readonly find: (direction: 'up' | 'down', older: string) => AppupEntry | undefined;
}

/** Opens an appup; throws ReleaseError `{file_problem, {File, What}}` as systools_relup does. */
export function openAppup(files: ReleaseFiles, path: string): OpenAppup {
  const answer = readFirstTerm(files, path);
  if (answer.kind !== 'term') {
    const reason = tagged('file_problem', tuple(stringTerm(path), readFaultTerm(path, answer)));
    throw new ReleaseError('systools_relup', reason, [], answer.kind === 'open' ? undefined : answer.fault);
  }
  const bad = (...place: readonly string[]) =>
    relupError(tagged('file_problem', tuple(stringTerm(path), tagged('ok', answer.term))), path, ...place);
  if (!isTuple(answer.term, 3)) throw bad('not {Version, Up, Down}');
  const [vsn, up, down] = answer.term.items as readonly [Term, Term, Term];
  return { vsn, find: (direction, older) => findEntry(direction, direction === 'up' ? up : down, older, bad) };
}

type Fault = (...place: readonly string[]) => ReleaseError;

function findEntry(direction: 'up' | 'down', term: Term, older: string, bad: Fault): AppupEntry | undefined {
  const entries = properList(term);
  if (entries === undefined) throw bad('not a list of {Version, Instructions}');
  const entry = entries.find((one) => isTuple(one, 2) && isFor(one.items[0] as Term, older, bad));
  if (!isTuple(entry)) return undefined;
  const [from, steps] = entry.items as readonly [Term, Term];
  const instructions = properList(steps);
  if (instructions === undefined) throw bad(entryName(direction, from), 'not a list of instructions');
  return { from, instructions };
}

function isFor(from: Term, older: string, bad: Fault): boolean {
  const match = matchVersion(from, older);
  if (match.kind === 'fault') throw bad(match.reason);
  return match.kind === 'match';
}

/** Returns what an entry is called where something is said of it: `up from "1.0"`. */
export function entryName(direction: 'up' | 'down', from: Term): string {
  return `${direction === 'up' ? 'up from' : 'down to'} ${formatTerm(from)}`;
}
