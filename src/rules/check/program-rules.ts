// The rules that need more than a graph: analyses, queries, applications. Apart from the others, since they bring the query language along.

import { UsageError } from '../../errors.js';
import type { ExplainedExport } from '../../graph/analyses/explain-exports.js';
import type { CheckedApplications } from '../../graph/applications/check-applications.js';
import type { Program } from '../../graph/program/program.js';
import type { Rule } from '../config/config.js';
import type { RuleGraphs } from '../rule-graphs.js';
import type { SelectContext } from '../select-nodes.js';
import { askAnalysis } from './analysis-rules.js';
import { askApplications } from './application-rules.js';
import type { Draft } from './draft.js';
import { askQuery } from './query-rules.js';

/** What those rules are asked about. */
export interface ProgramInput {
  readonly graphs: RuleGraphs;
  readonly program: Program;
  /** null where no rule is about them. */
  readonly applications: CheckedApplications | null;
  /** None where no rule is about unused exports. */
  readonly explained: readonly ExplainedExport[];
}

/** Returns what such a rule finds; undefined for one about a graph. */
export function askProgramRule(rule: Rule, input: ProgramInput, context: SelectContext): readonly Draft[] | undefined {
  const { question } = rule;
  const { program, graphs, applications, explained } = input;
  switch (question.kind) {
    case 'applications':
      if (applications === null) throw new UsageError(`rule ${rule.name}: the applications weren't read`);
      return askApplications(rule, question, applications, context);
    case 'analysis': {
      const modules = graphs.graph('module', new Set(['call']));
      return askAnalysis(rule, question, { program, modules, explained }, context);
    }
    case 'query':
      return askQuery(rule, question, program);
    default:
      return undefined;
  }
}
