// The answer of a check as JSON: the fields of CheckResult, described in docs/json.md.

import type { CheckResult } from '../../rules/model.js';

/** Renders the answer in pieces, one finding or rule a line, since all of it may be long. */
export function* renderCheckJson(result: CheckResult): Generator<string> {
  const { config, settings, coverage, rules, findings, counts, baseline, comparison, failures } = result;
  const field = (name: string, value: unknown) => `,\n  "${name}": ${JSON.stringify(value)}`;
  yield `{\n  "schema": "beamtool-check/1"${field('config', config)}${field('settings', settings)}${field('coverage', coverage)}`;
  yield* rows('rules', rules);
  yield* rows('findings', findings);
  yield `${field('counts', counts)}${field('baseline', baseline)}${field('comparison', comparison)}${field('failures', failures)}\n}\n`;
}

function* rows(name: string, items: readonly unknown[]): Generator<string> {
  if (items.length === 0) {
    yield `,\n  "${name}": []`;
    return;
  }
  let before = `,\n  "${name}": [\n    `;
  for (const item of items) {
    yield before + JSON.stringify(item);
    before = ',\n    ';
  }
  yield '\n  ]';
}
