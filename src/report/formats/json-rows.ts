// The answer of a check as rows, which ndjson and erl write one by one: what was asked, each rule, each finding, and what it comes to.

import type { CheckResult } from '../../rules/model.js';

/** A row: what it is, and the fields of the JSON that it has. */
export interface Row {
  readonly type: string;
  readonly fields: object;
}

/** Returns the rows: `check`, then `rule`, then `finding`, then `summary`. */
export function* checkRows(result: CheckResult): Generator<Row> {
  const { config, settings, coverage, rules, findings, counts, baseline, comparison, failures } = result;
  yield { type: 'check', fields: { schema: 'beamtool-check/1', config, settings, coverage } };
  for (const rule of rules) yield { type: 'rule', fields: rule };
  for (const finding of findings) yield { type: 'finding', fields: finding };
  yield { type: 'summary', fields: { counts, baseline, comparison, failures } };
}

/** Renders rows one a line, with their `type` first. */
export function* renderNdjson(rows: Iterable<Row>): Generator<string> {
  for (const { type, fields } of rows) yield `${JSON.stringify({ type, ...fields })}\n`;
}
