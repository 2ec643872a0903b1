// The script of an appup for one older version:
//
//   {"2", [{FromVsn, Instructions}], [{ToVsn, Instructions}]}.
//
// Entries are tried in their order. A version that is a string is that version; one that is a binary is a regular expression, whose first
// match has to be all of the version.
// Defined by the manual page appup(4) of sasl and lib/sasl/src/systools_relup.erl.

import { decodeUtf8 } from '../../bytes/text.js';
import { matchesWhole, translateRegexp } from '../../graph/query/regexp.js';
import { formatTerm } from '../../term/format.js';
import { isBinary, isTuple, properList, stringTerm, type Term, tuple } from '../../term/model.js';
import { equalTerms } from '../../term/order.js';
import { applicationRecord, type ReleaseApplication } from '../model.js';
import { readFaultTerm, readFirstTerm } from '../read-term.js';
import { ReleaseError, relupError, tagged } from '../release-error.js';
import { joinPath, type ReleaseFiles } from '../release-files.js';
import { stringOf } from '../term-shapes.js';
import type { Direction, Step } from './step.js';

/** A script, and a warning where the appup is of another version than its application. */
export interface AppupScript {
  readonly steps: readonly Step[];
  /** `{bad_vsn, {Appup, App}}`. */
  readonly warning: Term | undefined;
}

/** Reads the appup beside the `.app` of `app` and takes the entry for `older`; throws ReleaseError. */
export function readAppupScript(files: ReleaseFiles, app: ReleaseApplication, older: string, direction: Direction): AppupScript {
  const path = joinPath(app.dir, `${app.name}.appup`);
  const answer = readFirstTerm(files, path);
  if (answer.kind !== 'term') {
    const reason = tagged('file_problem', tuple(stringTerm(path), readFaultTerm(path, answer)));
    throw new ReleaseError('systools_relup', reason, [], answer.kind === 'open' ? undefined : answer.fault);
  }
  const bad = (...place: readonly string[]) =>
    relupError(tagged('file_problem', tuple(stringTerm(path), tagged('ok', answer.term))), path, ...place);
  if (!isTuple(answer.term, 3)) throw bad('not {Version, Up, Down}');
  const [vsn, up, down] = answer.term.items as readonly [Term, Term, Term];
  const entries = properList(direction === 'up' ? up : down);
  if (entries === undefined) throw bad('not a list of {Version, Instructions}');
  const entry = entries.find((one) => isTuple(one, 2) && matches(one.items[0] as Term, older, bad));
  if (!isTuple(entry)) {
    throw relupError(tagged('no_relup', stringTerm(path), applicationRecord(app), stringTerm(older)), path);
  }
  const name = `${direction === 'up' ? 'up from' : 'down to'} ${formatTerm(entry.items[0] as Term)}`;
  const instructions = properList(entry.items[1]);
  if (instructions === undefined) throw bad(name, 'not a list of instructions');
  return {
    steps: instructions.map((term, at) => ({ term, place: [path, name, `instruction ${at + 1}`] })),
    warning: stringOf(vsn) === app.vsn ? undefined : tagged('bad_vsn', tuple(vsn, stringTerm(app.vsn))),
  };
}

function matches(vsn: Term, older: string, bad: (...place: readonly string[]) => Error): boolean {
  if (!isBinary(vsn)) return equalTerms(vsn, stringTerm(older));
  const source = decodeUtf8(vsn.bytes);
  const translation = source === undefined ? undefined : translateRegexp(source);
  if (source === undefined || translation === undefined) throw bad(`the version ${formatTerm(vsn)} is not UTF-8`);
  if (translation.kind === 'fault') {
    throw bad(
      `the version ${formatTerm(vsn)} is no regular expression: ${translation.reason}, character ${translation.position + 1}`,
    );
  }
  if (isCostly(source, older)) throw bad(`the version ${formatTerm(vsn)} takes too long to compare with ${older}`);
  return matchesWhole(translation.regexp, older);
}

const MOST_STEPS = 2e8;

/** Guesses the steps of the worst case: repetitions one after the other multiply, repetitions of repetitions double with each character. */
function isCostly(source: string, text: string): boolean {
  const repetitions = source.match(/[*+?{]/g)?.length ?? 0;
  const isRepeated = /\)\??[*+{]/.test(source) && (repetitions > 1 || source.includes('|'));
  return (isRepeated ? 2 ** text.length : text.length ** repetitions) > MOST_STEPS;
}
