// What has to be read for the rules of a config: import tables answer all that is about modules and who uses whom, and the rest takes more time.

import { UsageError } from '../errors.js';
import type { Config, Rule } from './config/config.js';
import type { CheckSettings } from './model.js';

/** Where calls are read, and whether import tables are enough, without a program. */
export interface Needs {
  readonly source: CheckSettings['source'];
  readonly isPlain: boolean;
}

/** Finds out what the rules need; throws UsageError where the config wants import tables alone and a rule needs more. */
export function needsOf({ file, rules, edges, builtins, source: wanted }: Config): Needs {
  const caller = rules.find(needsCalls);
  const references = [...edges].some((kind) => kind !== 'call');
  if (wanted === 'imports' && (caller !== undefined || references)) {
    const who = caller === undefined ? 'edges that are no calls need' : `rule ${caller.name} needs`;
    throw new UsageError(`${file}: ${who} more than import tables: leave out "source": "imports"`);
  }
  const source = wanted ?? (caller !== undefined || references ? 'auto' : 'imports');
  return { source, isPlain: source === 'imports' && !builtins && !rules.some(({ level }) => level === 'release') };
}

function needsCalls({ level, question }: Rule): boolean {
  const { kind } = question;
  if (kind === 'applications' || kind === 'analysis' || kind === 'query') return true;
  return level === 'function' || (kind === 'metric' && question.metric === 'functions');
}
