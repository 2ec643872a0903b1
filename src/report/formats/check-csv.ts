// The findings of a check as comma-separated values, a record for each, whatever its status; then the entries of the baseline that fail it.

import type { CheckResult, Finding, FindingSubject } from '../../rules/model.js';
import { BASELINE_RULE } from './check-issues.js';
import { csvRecord } from './csv.js';

const COLUMNS = [
  'severity',
  'rule',
  'kind',
  'status',
  'from',
  'to',
  'file',
  'line',
  'column',
  'places',
  'owners',
  'message',
  'reason',
  'identity',
] as const;

/** Renders the answer in pieces, a record each. */
export function* renderCheckCsv({ findings, baseline }: CheckResult): Generator<string> {
  yield csvRecord(COLUMNS);
  for (const finding of findings) yield csvRecord(cellsOf(finding));
  for (const { kind, rule, identity, text, reason, line } of baseline?.faulty ?? []) {
    const message = `${rule}: ${text}`;
    const file = baseline?.file ?? '';
    yield csvRecord(['error', BASELINE_RULE, kind, 'new', '', '', file, line, null, 0, '', message, reason, identity]);
  }
}

function cellsOf(finding: Finding): readonly (string | number | null)[] {
  const { severity, rule, kind, status, places, placeCount, owners, message, reason, identity } = finding;
  const { file, line, column } = places[0] ?? { file: '', line: null, column: null };
  const [from, to] = endsOf(finding);
  return [severity, rule, kind, status, from, to, file, line, column, placeCount, owners.join(' '), message, reason, identity];
}

/** What it is about in two cells. */
function endsOf(subject: FindingSubject): readonly [string, string] {
  switch (subject.kind) {
    case 'edge':
      return [subject.from, subject.to];
    case 'cycle':
      return [subject.members.join(' '), ''];
    case 'node':
    case 'metric':
      return [subject.node, ''];
    case 'query':
      return [subject.line, ''];
    case 'rule':
      return subject.fault.kind === 'matches-nothing' ? [subject.fault.part, ''] : [subject.fault.module, subject.fault.entry];
  }
}
