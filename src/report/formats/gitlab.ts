// The answer of a check as GitLab's code quality report: a list of `{description, check_name, fingerprint, severity, location}`.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

import type { CheckResult, Severity } from '../../rules/model.js';
import { type CheckIssue, fingerprintOf, issuesOf, linesBelow } from './check-issues.js';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/** Renders the answer in pieces, an object a line. */
export function* renderGitlab(result: CheckResult): Generator<string> {
  let before = '[\n';
  for (const issue of issuesOf(result)) {
    yield before + JSON.stringify(violationOf(issue));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function violationOf(issue: CheckIssue) {
  const { rule, severity, message, places } = issue;
  const [{ file, line }] = places;
  return {
    description: `${rule}: ${message}`,
    check_name: rule,
    fingerprint: fingerprintOf(issue),
    severity: SEVERITY[severity],
    location: { path: pathFromRoot(file), lines: { begin: Math.max(1, line ?? 1) } },
    // Not shown by GitLab, but kept in its report.
    content: { body: linesBelow(issue).join('\n') },
  };
}

/** A path is taken from the root of the repository, and must not begin with `./` or `/`. */
function pathFromRoot(path: string): string {
  return path.replace(/^(?:\.{0,2}\/)+/, '') || 'unknown';
}
