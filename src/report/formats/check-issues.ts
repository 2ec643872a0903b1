// What formats for other tools tell of a check: findings that count, entries of the baseline that fail it, and coverage that is too low, all
// alike, since those tools know one kind of thing. What is baselined, suppressed or old is not told.

import { hex, md5 } from '../../bytes/md5.js';
import { encodeUtf8 } from '../../bytes/text.js';
import { type CheckResult, type Place, SEVERITIES, type Severity } from '../../rules/model.js';
import { counted } from '../counted.js';
import { failureText, faultyReason, findingDetails, placeText } from '../rules/text.js';
import { visible } from '../visible.js';

/** The names under which what no rule of the config finds is told. */
export const BASELINE_RULE = 'beamtool/baseline';
export const COVERAGE_RULE = 'beamtool/coverage';

/** Something that counts. All texts are fit to be shown: control characters are escapes. */
export interface CheckIssue {
  /** As in the config, or one of the two names above. */
  readonly rule: string;
  readonly severity: Severity;
  /** The same for the same finding in any run. */
  readonly identity: string;
  /** One sentence, without a full stop. */
  readonly message: string;
  /** Steps of a chain, how to break a cycle; a line each. */
  readonly details: readonly string[];
  /** The first is where it is shown: in the repository if one is. */
  readonly places: readonly [Place, ...Place[]];
  /** How many more places there are than are listed. */
  readonly morePlaces: number;
  readonly owners: readonly string[];
}

/** Returns all that counts, the most severe first. */
export function issuesOf(result: CheckResult): readonly CheckIssue[] {
  const issues = [...findingIssues(result), ...baselineIssues(result), ...coverageIssues(result)];
  return SEVERITIES.flatMap((severity) => issues.filter((issue) => issue.severity === severity));
}

function findingIssues({ findings, config }: CheckResult): readonly CheckIssue[] {
  return findings.flatMap((finding) => {
    if (finding.status !== 'new') return [];
    const { rule, severity, identity, message, places, placeCount, owners } = finding;
    return [
      {
        rule,
        severity,
        identity,
        message: visible(message),
        details: findingDetails(finding),
        places: inRepositoryFirst(places, config),
        morePlaces: Math.max(0, placeCount - places.filter(({ kind }) => kind === 'source').length),
        owners: owners.map(visible),
      },
    ];
  });
}

function inRepositoryFirst(places: readonly Place[], config: string): readonly [Place, ...Place[]] {
  const [first = wholeFile(config), ...rest] = [
    ...places.filter(({ isInRepository }) => isInRepository),
    ...places.filter(({ isInRepository }) => !isInRepository),
  ];
  return [first, ...rest];
}

function wholeFile(file: string, line: number | null = null, what = ''): Place {
  return { kind: 'config', file, isInRepository: true, line, column: null, what };
}

function baselineIssues({ baseline }: CheckResult): readonly CheckIssue[] {
  return (baseline?.faulty ?? []).map((entry) => ({
    rule: BASELINE_RULE,
    severity: 'error',
    identity: JSON.stringify([entry.kind, entry.identity]),
    message: visible(`${entry.kind} in the baseline: ${entry.rule}: ${entry.text} (${faultyReason(entry)})`),
    details: [],
    places: [wholeFile(baseline?.file ?? '', entry.line, entry.text)],
    morePlaces: 0,
    owners: [],
  }));
}

function coverageIssues({ failures, config }: CheckResult): readonly CheckIssue[] {
  return failures
    .filter(({ kind }) => kind === 'coverage')
    .map((failure) => ({
      rule: COVERAGE_RULE,
      severity: 'error',
      identity: JSON.stringify(['coverage']),
      message: failureText(failure),
      details: [],
      places: [wholeFile(config)],
      morePlaces: 0,
      owners: [],
    }));
}

/** Returns the lines below the message: details, all places, and how many more there are. */
export function linesBelow({ details, places, morePlaces, owners }: CheckIssue): readonly string[] {
  return [
    ...details,
    ...places.filter(({ what }) => what !== '').map(placeText),
    ...(morePlaces > 0 ? [`and ${counted(morePlaces, 'more place')}`] : []),
    ...(owners.length > 0 ? [`owned by ${owners.join(', ')}`] : []),
  ];
}

/** Returns 32 hexadecimal digits that stand for an identity, which may be long. */
export function fingerprintOf({ identity }: CheckIssue): string {
  return hex(md5(encodeUtf8(identity)));
}

/** Returns a path as a relative reference: percent-encoded, without a root or steps up. */
export function relativeUri(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(encodePart(part));
  }
  return parts.length === 0 ? 'unknown' : parts.join('/');
}

/** A half of a surrogate pair, which encodeURIComponent throws at, can only come from a config. */
function encodePart(part: string): string {
  const whole = part.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  return encodeURIComponent(whole).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
