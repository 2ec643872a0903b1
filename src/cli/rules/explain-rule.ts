// `deps check --explain RULE`.

import { UsageError } from '../../errors.js';
import { nearestNames } from '../../graph/dependencies/nearest-names.js';
import { renderExplanation } from '../../report/rules/explain.js';
import { askRule } from '../../rules/check/ask-rules.js';
import type { Config } from '../../rules/config/config.js';
import { explainParts } from '../../rules/explain-rule.js';
import { needsOf } from '../../rules/needs.js';
import { EXIT_OK, EXIT_USAGE } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import type { CheckReadArgs } from './checked-modules.js';
import { readModules } from './read-modules.js';
import { runWithin } from './run-within.js';

/** Reads what the one rule needs, and says what it is about and what it finds, the baseline and suppressions aside. */
export async function runExplain(args: CheckReadArgs, name: string, config: Config, terminal: Terminal): Promise<number> {
  const rule = config.rules.find((one) => one.name === name);
  if (rule === undefined) {
    const near = nearestNames(
      name,
      config.rules.map((one) => one.name),
    );
    throw new UsageError(
      `${config.file} has no rule '${name}'${near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`}`,
    );
  }
  const one = { ...config, rules: [rule] };
  const { input, coverage } = await readModules(args, one, needsOf(one), terminal);
  if (coverage.files === 0) return EXIT_USAGE;
  const ask = () => ({ parts: explainParts(rule, input.graphs, config), drafts: askRule(rule, input, config) });
  const { parts, drafts } = runWithin(ask, () => `rule ${name}`);
  const findings = drafts.map(({ message }) => message);
  await terminal.write(renderExplanation(rule, parts, findings, args.format === 'json', terminal.style));
  return EXIT_OK;
}
