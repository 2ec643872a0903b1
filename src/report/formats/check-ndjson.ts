// The answer of a check as JSON, one object a line, for what reads line by line: the fields of the JSON, and `type`.

import type { CheckResult } from '../../rules/model.js';
import { checkRows, renderNdjson } from './json-rows.js';

/** Renders the answer in pieces, a line each. */
export function renderCheckNdjson(result: CheckResult): Iterable<string> {
  return renderNdjson(checkRows(result));
}
