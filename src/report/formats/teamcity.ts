// The answer of a check as service messages of TeamCity, which lists them as inspections of the build:
//
//   ##teamcity[inspectionType id='layers' name='layers' category='dependencies' description='...']
//   ##teamcity[inspection typeId='layers' message='...' file='src/shop.erl' line='12' SEVERITY='ERROR']
//
// https://www.jetbrains.com/help/teamcity/service-messages.html

import type { CheckResult, Severity } from '../../rules/model.js';
import { visible } from '../visible.js';
import { BASELINE_RULE, type CheckIssue, COVERAGE_RULE, issuesOf, linesBelow } from './check-issues.js';
import { RULE_KIND_TEXTS } from './rule-kind-texts.js';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };

/** The most characters that TeamCity keeps of an id or name, and of a text. */
const MOST_OF_NAME = 255;
const MOST_OF_TEXT = 4_000;

/** Renders the answer in pieces, a message a line: the rules that found something, then what they found. */
export function* renderTeamcity(result: CheckResult, isQuiet = false): Generator<string> {
  const issues = issuesOf(result).filter(({ severity }) => !isQuiet || severity === 'error');
  const kinds = new Map(result.rules.map(({ name, kind, comment }) => [name, comment ?? RULE_KIND_TEXTS[kind]]));
  for (const rule of new Set(issues.map((issue) => issue.rule))) {
    const id = cut(visible(rule), MOST_OF_NAME);
    const description = cut(visible(kinds.get(rule) ?? OWN_TEXTS[rule] ?? RULE_KIND_TEXTS.suppressions), MOST_OF_TEXT);
    yield message('inspectionType', { id, name: id, category: 'dependencies', description });
  }
  for (const issue of issues) yield inspection(issue);
}

const OWN_TEXTS: Readonly<Record<string, string>> = {
  [BASELINE_RULE]: RULE_KIND_TEXTS.baseline,
  [COVERAGE_RULE]: RULE_KIND_TEXTS.coverage,
};

function inspection(issue: CheckIssue): string {
  const [{ file, line }] = issue.places;
  return message('inspection', {
    typeId: cut(visible(issue.rule), MOST_OF_NAME),
    message: cut([issue.message, ...linesBelow(issue)].join('\n'), MOST_OF_TEXT),
    file: cut(visible(file), MOST_OF_TEXT),
    ...(line !== null && { line: String(line) }),
    SEVERITY: SEVERITY[issue.severity],
  });
}

function message(name: string, values: Readonly<Record<string, string>>): string {
  const words = Object.entries(values).map(([key, value]) => `${key}='${escapeValue(value)}'`);
  return `##teamcity[${name} ${words.join(' ')}]\n`;
}

/** Never between the halves of a character. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).replace(/[\ud800-\udbff]$/, '')}...`;
}

function escapeValue(text: string): string {
  return text
    .replace(/[|'[\]]/g, '|$&')
    .replaceAll('\n', '|n')
    .replaceAll('\r', '|r')
    .replace(/[^\x00-\x7f]/g, (unit) => `|0x${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
