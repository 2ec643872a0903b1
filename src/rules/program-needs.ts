// What has to be read besides calls, by the rules of a config.

import { ANALYSIS_NAMES_OF_29 } from '../graph/analyses/analysis.js';
import { ELIXIR_DEPRECATED } from '../graph/analyses/elixir-deprecated.js';
import { EXPLAINED_ANALYSIS } from '../graph/analyses/explain-findings.js';
import type { Config } from './config/config.js';

/** What to read besides calls. */
export interface ProgramNeeds {
  /** Dependencies that are no calls. */
  readonly references: boolean;
  /** Why exports aren't used. */
  readonly explanations: boolean;
  /** `.app` files held against calls. */
  readonly applications: boolean;
  readonly docs: boolean;
  readonly elixirDeprecated: boolean;
}

/** Finds out what the rules need. */
export function programNeedsOf({ rules, edges }: Config): ProgramNeeds {
  const analyses = rules.flatMap(({ question }) => (question.kind === 'analysis' ? [question.analysis] : []));
  const queries = rules.flatMap(({ question }) => (question.kind === 'query' ? [question.query] : []));
  const checks = rules.flatMap(({ question }) => (question.kind === 'applications' ? question.checks : []));
  const applications = checks.length > 0;
  const explanations = analyses.includes(EXPLAINED_ANALYSIS);
  return {
    references: [...edges].some((kind) => kind !== 'call') || checks.includes('unused') || explanations,
    explanations,
    applications,
    docs: analyses.some((name) => ANALYSIS_NAMES_OF_29.includes(name)) || queries.some((query) => /\bDC/.test(query)),
    elixirDeprecated: analyses.includes(ELIXIR_DEPRECATED),
  };
}
