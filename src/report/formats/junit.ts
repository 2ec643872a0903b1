// The answer of a check as JUnit's XML, as jenkins-junit.xsd has it: a suite for each rule, and in it a case for each finding. What makes the check
// fail are failures; warnings pass and are told in system-out; what is baselined, suppressed or old was skipped.

import { subjectText } from '../../rules/check/draft.js';
import type { CheckResult, Finding } from '../../rules/model.js';
import { BASELINE_RULE, type CheckIssue, COVERAGE_RULE, issuesOf, linesBelow } from './check-issues.js';
import { xmlLines, xmlText } from './xml.js';

interface Case {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** XML inside of the case. */
  readonly inner: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** Renders the answer in pieces, a suite each. */
export function* renderJunit(result: CheckResult): Generator<string> {
  const suites = suitesOf(result);
  const [tests, failures] = [
    count(suites.flatMap(({ cases }) => cases)),
    count(
      suites.flatMap(({ cases }) => cases),
      'failed',
    ),
  ];
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="beamtool deps check" tests="${tests}" failures="${failures}" errors="0">\n`;
  for (const suite of suites) yield suiteText(suite);
  yield '</testsuites>\n';
}

const count = (cases: readonly Case[], outcome?: Case['outcome']) =>
  outcome === undefined ? cases.length : cases.filter((one) => one.outcome === outcome).length;

function suiteText({ name, cases }: Suite): string {
  const counts = `tests="${count(cases)}" failures="${count(cases, 'failed')}" errors="0" skipped="${count(cases, 'skipped')}"`;
  const lines = cases.map((one) => {
    const attributes = `name="${xmlText(one.name)}" classname="${xmlText(name)}"`;
    return one.inner === '' ? `<testcase ${attributes}/>\n` : `<testcase ${attributes}>${one.inner}</testcase>\n`;
  });
  return `<testsuite name="${xmlText(name)}" ${counts}>\n${lines.join('')}</testsuite>\n`;
}

function suitesOf(result: CheckResult): readonly Suite[] {
  const issues = new Map<string, CheckIssue>(issuesOf(result).map((issue) => [issue.identity, issue]));
  const byRule = new Map<string, Case[]>(result.rules.map(({ name }) => [name, []]));
  const add = (rule: string, one: Case) => {
    const cases = byRule.get(rule);
    if (cases === undefined) byRule.set(rule, [one]);
    else cases.push(one);
  };
  for (const finding of result.findings) add(finding.rule, findingCase(finding, issues.get(finding.identity)));
  for (const issue of issues.values()) {
    if (issue.rule === BASELINE_RULE || issue.rule === COVERAGE_RULE) add(issue.rule, issueCase(issue.message, issue));
  }
  return Array.from(byRule, ([name, cases]) => ({ name, cases: cases.length === 0 ? [passed(name)] : cases }));
}

const passed = (name: string): Case => ({ name, outcome: 'passed', inner: '' });

function findingCase(finding: Finding, issue: CheckIssue | undefined): Case {
  const name = subjectText(finding);
  if (issue !== undefined) return issueCase(name, issue);
  const reason = finding.reason === null ? finding.status : `${finding.status}: ${finding.reason}`;
  return { name, outcome: 'skipped', inner: `<skipped>${xmlText(reason)}</skipped>` };
}

function issueCase(name: string, issue: CheckIssue): Case {
  const { severity, message } = issue;
  const below = linesBelow(issue);
  if (severity !== 'error') {
    return { name, outcome: 'passed', inner: `<system-out>${xmlLines([`${severity}: ${message}`, ...below])}</system-out>` };
  }
  return { name, outcome: 'failed', inner: `<failure type="error" message="${xmlText(message)}">${xmlLines(below)}</failure>` };
}
