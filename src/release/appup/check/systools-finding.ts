// What systools says, as a finding: its errors with the place that they have here, its warnings.

import { isAtom, isTuple, properList, type Term } from '../../../term/model.js';
import type { ReleaseError } from '../../release-error.js';
import { isTagged, stringOf } from '../../term-shapes.js';
import type { AppupFinding } from './model.js';

/** What a finding is about, where the fault doesn't tell. */
export type About = Pick<AppupFinding, 'file' | 'application'>;

/** Returns an error as a finding; where its place begins with a file, that is the finding's. */
export function errorFinding(error: ReleaseError, about: About): AppupFinding {
  const { reason, place } = error;
  const file = place[0] ?? fileIn(reason) ?? about.file;
  const code = codeOf(reason);
  const module = isTuple(reason, 2) && /module$/.test(code) && isAtom(reason.items[1]) ? reason.items[1].name : null;
  return { code, severity: 'error', ...about, file, place: place.slice(1), module, why: { kind: 'error', error } };
}

/** An appup that can't be read has no other place. */
function fileIn(reason: Term): string | undefined {
  const problem = isTagged(reason, 'file_problem', 2) ? reason.items[1] : undefined;
  return isTuple(problem, 2) ? stringOf(problem.items[0]) : undefined;
}

/** Returns a warning as a finding. */
export function warningFinding(term: Term, about: About): AppupFinding {
  return { code: codeOf(term), severity: 'warning', ...about, place: [], module: null, why: { kind: 'warning', term } };
}

/** Returns what a reason is called, as `undef-module`: its innermost name, of several reasons that of the first. */
export function codeOf(reason: Term): string {
  let term: Term | undefined = reason;
  while (term !== undefined && !isAtom(term)) term = isTuple(term) ? term.items[0] : properList(term)?.[0];
  return term === undefined ? 'systools' : term.name.replaceAll('_', '-');
}
