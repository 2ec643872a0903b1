// Which versions an entry of an appup is for. A string is that version; a binary is a regular expression whose first match, tried from the
// left, has to be all of the version; any other term is no version.
//
// Defined by lib/sasl/src/systools_relup.erl.

import { decodeUtf8 } from '../../bytes/text.js';
import { matchesWhole, translateRegexp } from '../../graph/query/regexp.js';
import { formatTerm } from '../../term/format.js';
import { isBinary, stringTerm, type Term } from '../../term/model.js';
import { equalTerms } from '../../term/order.js';

/** Whether an entry is for a version; a fault, as a phrase, where its pattern is none that can be tried. */
export type VersionMatch =
  | { readonly kind: 'match' }
  | { readonly kind: 'other version' }
  | { readonly kind: 'fault'; readonly reason: string };

/** Tells whether an entry for `from` is one for the version `older`. */
export function matchVersion(from: Term, older: string): VersionMatch {
  if (!isBinary(from)) return answer(equalTerms(from, stringTerm(older)));
  const source = decodeUtf8(from.bytes);
  if (source === undefined) return fault(from, 'is not UTF-8');
  const translation = translateRegexp(source);
  if (translation.kind === 'fault') {
    return fault(from, `is no regular expression: ${translation.reason}, character ${translation.position + 1}`);
  }
  if (isCostly(source, older)) return fault(from, `takes too long to compare with ${older}`);
  return answer(matchesWhole(translation.regexp, older));
}

function answer(isMatch: boolean): VersionMatch {
  return { kind: isMatch ? 'match' : 'other version' };
}

function fault(from: Term, reason: string): VersionMatch {
  return { kind: 'fault', reason: `the version ${formatTerm(from)} ${reason}` };
}

const MOST_STEPS = 2e8;

/** Guesses the steps of the worst case: repetitions one after the other multiply, repetitions of repetitions double with each character. */
function isCostly(source: string, text: string): boolean {
  const repetitions = source.match(/[*+?{]/g)?.length ?? 0;
  const isRepeated = /\)\??[*+{]/.test(source) && (repetitions > 1 || source.includes('|'));
  return (isRepeated ? 2 ** text.length : text.length ** repetitions) > MOST_STEPS;
}
