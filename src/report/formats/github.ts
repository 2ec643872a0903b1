// The answer of a check as workflow commands of GitHub Actions, which shows each at its line in the pull request:
//
//   ::error file=src/shop.erl,line=12,col=3,title=layers::shop depends on web
//
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions; escaping as in actions/toolkit, packages/core/src/command.ts.

import { type CheckResult, SEVERITIES, type Severity } from '../../rules/model.js';
import { visible } from '../visible.js';
import { type CheckIssue, issuesOf, linesBelow } from './check-issues.js';

/** Of each severity a step shows no more. */
const MOST_ANNOTATIONS = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Renders the answer in pieces, a line each: at most 10 annotations of each severity, and how many more there are. */
export function* renderGithub(result: CheckResult, isQuiet = false): Generator<string> {
  const issues = issuesOf(result).filter(({ severity }) => !isQuiet || severity === 'error');
  const more: string[] = [];
  for (const severity of SEVERITIES) {
    const these = issues.filter((issue) => issue.severity === severity);
    for (const issue of these.slice(0, MOST_ANNOTATIONS)) yield `${commandOf(issue)}\n`;
    const rest = these.length - MOST_ANNOTATIONS;
    if (rest > 0) more.push(`${rest} more of severity ${severity}`);
  }
  if (more.length > 0) yield `${more.join(', ')}\n`;
}

function commandOf(issue: CheckIssue): string {
  const [{ file, line, column, isInRepository }] = issue.places;
  const title = ['title', visible(issue.rule)] as const;
  // A file that the repository doesn't have would only be in the way.
  const place = isInRepository
    ? ([
        ['file', visible(file)],
        ['line', line],
        ['col', column],
      ] as const)
    : [];
  const properties = [...place, title].flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  return `::${COMMANDS[issue.severity]} ${properties.join(',')}::${escapeData([issue.message, ...linesBelow(issue)].join('\n'))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
