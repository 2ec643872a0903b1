// The answer of a check as SARIF 2.1.0, as GitHub's code scanning takes it: one run, a result for each finding that counts, the most severe
// first, known again by its identity whatever lines move. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

import type { CheckResult, Place, RuleSummary, Severity } from '../../rules/model.js';
import { counted } from '../counted.js';
import { visible } from '../visible.js';
import {
  BASELINE_RULE,
  type CheckIssue,
  COVERAGE_RULE,
  fingerprintOf,
  issuesOf,
  linesBelow,
  relativeUri,
} from './check-issues.js';
import { RULE_KIND_TEXTS } from './rule-kind-texts.js';

/** GitHub shows no more than this many results of a run. */
const MOST_RESULTS = 5_000;

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const HOME = 'https://www.npmjs.com/package/beamtool';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Renders the answer in pieces, a result a line; `version` is that of beamtool. */
export function* renderSarif(result: CheckResult, version: string): Generator<string> {
  const issues = issuesOf(result);
  const shown = issues.slice(0, MOST_RESULTS);
  const rules = describedRules(result);
  const places = new Map(rules.map(({ id }, at) => [id, at]));
  const driver = { name: 'beamtool', version, semanticVersion: version, informationUri: HOME, rules };
  const invocation = invocationOf(result, issues.length - shown.length);
  yield `{\n"$schema": ${JSON.stringify(SCHEMA)},\n"version": "2.1.0",\n"runs": [{\n"tool": ${JSON.stringify({ driver })},\n`;
  yield `"invocations": ${JSON.stringify([invocation])},\n`;
  yield `"originalUriBaseIds": {"SRCROOT":{"description":{"text":"The root of the repository."}}},\n`;
  yield '"columnKind": "unicodeCodePoints",\n"results": [';
  let before = '\n';
  for (const issue of shown) {
    yield before + JSON.stringify(resultOf(issue, places));
    before = ',\n';
  }
  yield '\n]\n}]\n}\n';
}

function describedRules({ rules, findings, baseline, failures }: CheckResult) {
  const own = rules.map(({ name, kind, severity, comment }) => descriptor(name, kind, severity, comment));
  const known = new Set(rules.map(({ name }) => name));
  const isNeeded = (name: string, really: boolean) => really && !known.has(name);
  const missing = new Set(findings.flatMap(({ rule, status }) => (status === 'new' && !known.has(rule) ? [rule] : [])));
  return [
    ...own,
    ...Array.from(missing, (name) => descriptor(name, 'suppressions', 'error', null)),
    ...(isNeeded(BASELINE_RULE, (baseline?.faulty ?? []).length > 0)
      ? [descriptor(BASELINE_RULE, 'baseline', 'error', null)]
      : []),
    ...(isNeeded(
      COVERAGE_RULE,
      failures.some(({ kind }) => kind === 'coverage'),
    )
      ? [descriptor(COVERAGE_RULE, 'coverage', 'error', null)]
      : []),
  ];
}

function descriptor(id: string, kind: RuleSummary['kind'] | 'baseline' | 'coverage', severity: Severity, comment: string | null) {
  const general = RULE_KIND_TEXTS[kind];
  const reason = comment === null || comment.trim() === '' ? general : sentence(visible(comment.replaceAll('\n', ' ')));
  return {
    id,
    name: camelCase(kind),
    shortDescription: { text: general },
    fullDescription: { text: reason },
    help: { text: reason === general ? general : `${reason} ${general}` },
    helpUri: HOME,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['dependencies', kind] },
  };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

const camelCase = (kind: string) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Dependencies`;

function invocationOf({ coverage, failures, comparison }: CheckResult, leftOut: number) {
  const { failed } = coverage;
  const notes = [
    ...(leftOut > 0 ? [notification('warning', `${counted(leftOut, 'more result')} left out, the least severe.`)] : []),
    ...(failed.length > 0 ? [notification('warning', `${counted(failed.length, 'file')} could not be read.`)] : []),
    ...(comparison === null ? [] : [notification('note', `Only what ${visible(comparison.base)} does not have is reported.`)]),
  ];
  return { executionSuccessful: true, exitCode: failures.length > 0 ? 1 : 0, toolExecutionNotifications: notes };
}

const notification = (level: string, text: string) => ({ level, message: { text } });

function resultOf(issue: CheckIssue, rules: ReadonlyMap<string, number>) {
  const [first, ...rest] = issue.places;
  const others = rest.filter(({ isInRepository }) => isInRepository);
  const fingerprint = fingerprintOf(issue);
  return {
    ruleId: issue.rule,
    ruleIndex: rules.get(issue.rule) ?? -1,
    level: LEVELS[issue.severity],
    message: { text: plainMessage([sentence(issue.message), ...linesBelow(issue)].join('\n')) },
    locations: [locationOf(first)],
    ...(others.length > 0 && { relatedLocations: others.map((place, at) => ({ id: at + 1, ...locationOf(place) })) }),
    // GitHub goes by the first alone, and would take it from the text of the line.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'beamtoolIdentity/v1': fingerprint },
    ...(issue.owners.length > 0 && { properties: { owners: issue.owners } }),
  };
}

/** `[text](uri)` would be a link, and `{0}` an argument. */
function plainMessage(text: string): string {
  const unlinked = /\]\(/.test(text) ? text.replace(/[\\[\]]/g, '\\$&') : text;
  return /\{\d+\}/.test(unlinked) ? unlinked.replace(/[{}]/g, '$&$&') : unlinked;
}

function locationOf({ file, line, column, what }: Place) {
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(file), uriBaseId: 'SRCROOT' },
      region: {
        startLine: Math.max(1, line ?? 1),
        ...(line !== null && column !== null && column > 0 && { startColumn: column }),
      },
    },
    ...(what !== '' && { message: { text: plainMessage(visible(what)) } }),
  };
}
