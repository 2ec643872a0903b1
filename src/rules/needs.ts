// What has to be read for the rules of a config: import tables answer all that is about modules and who uses whom, and the rest takes more time.

import { UsageError } from '../errors.js';
import { ANALYSIS_NAMES_OF_29 } from '../graph/analyses/analysis.js';
import { ELIXIR_DEPRECATED } from '../graph/analyses/elixir-deprecated.js';
import { EXPLAINED_ANALYSIS } from '../graph/analyses/explain-findings.js';
import type { Config, Rule } from './config/config.js';
import type { CheckSettings } from './model.js';

/** What to read. */
export interface Needs {
  readonly source: CheckSettings['source'];
  /** Whether import tables are enough, without a program. */
  readonly isPlain: boolean;
  /** Dependencies that are no calls. */
  readonly references: boolean;
  /** Why exports aren't used. */
  readonly explanations: boolean;
  /** `.app` files held against calls. */
  readonly applications: boolean;
  readonly docs: boolean;
  readonly elixirDeprecated: boolean;
}

/** Finds out what the rules need; throws UsageError where the config wants import tables alone and a rule needs more. */
export function needsOf(config: Config): Needs {
  const { rules, edges, builtins } = config;
  const caller = rules.find(needsCalls);
  const references = [...edges].some((kind) => kind !== 'call');
  if (config.source === 'imports' && (caller !== undefined || references)) {
    const who = caller === undefined ? 'edges that are no calls need' : `rule ${caller.name} needs`;
    throw new UsageError(`${config.file}: ${who} more than import tables: leave out "source": "imports"`);
  }
  const source = config.source ?? (caller !== undefined || references ? 'auto' : 'imports');
  const asks = (kind: Rule['question']['kind']) => rules.some(({ question }) => question.kind === kind);
  const analyses = rules.flatMap(({ question }) => (question.kind === 'analysis' ? [question.analysis] : []));
  const queries = rules.flatMap(({ question }) => (question.kind === 'query' ? [question.query] : []));
  return {
    source,
    isPlain: source === 'imports' && !builtins && !rules.some(({ level }) => level === 'release'),
    references: references || asks('applications') || analyses.includes(EXPLAINED_ANALYSIS),
    explanations: analyses.includes(EXPLAINED_ANALYSIS),
    applications: asks('applications'),
    docs: analyses.some((name) => ANALYSIS_NAMES_OF_29.includes(name)) || queries.some((query) => /\bDC/.test(query)),
    elixirDeprecated: analyses.includes(ELIXIR_DEPRECATED),
  };
}

function needsCalls({ level, question }: Rule): boolean {
  const { kind } = question;
  if (kind === 'applications' || kind === 'analysis' || kind === 'query') return true;
  return level === 'function' || (kind === 'metric' && question.metric === 'functions');
}
