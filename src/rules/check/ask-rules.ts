// Asks all rules of a config.

import { UsageError } from '../../errors.js';
import type { ExplainedExport } from '../../graph/analyses/explain-exports.js';
import type { CheckedApplications } from '../../graph/applications/check-applications.js';
import type { Program } from '../../graph/program/program.js';
import type { Config, Rule } from '../config/config.js';
import type { RuleGraphs } from '../rule-graphs.js';
import type { SelectContext } from '../select-nodes.js';
import { askAnalysis } from './analysis-rules.js';
import { askApplications } from './application-rules.js';
import { type Asking, startAsking } from './ask.js';
import type { Draft } from './draft.js';
import { askAllowed, askForbidden, askProtected, askRequired } from './edge-rules.js';
import { askAcyclic, askIndependent, askLayers, askOrphans } from './group-rules.js';
import { askMetric } from './measures.js';
import { askQuery } from './query-rules.js';

/** What rules are asked about; null is what no rule of the config needs. */
export interface CheckInput {
  readonly graphs: RuleGraphs;
  readonly program: Program | null;
  readonly applications: CheckedApplications | null;
  readonly explained: readonly ExplainedExport[];
}

/** Returns what the rules find, in their order. */
export function askRules(config: Config, input: CheckInput, context: SelectContext): readonly Draft[] {
  return config.rules.flatMap((rule) => askRule(rule, input, context));
}

/** Returns what one rule finds. */
export function askRule(rule: Rule, input: CheckInput, context: SelectContext): readonly Draft[] {
  const { question } = rule;
  switch (question.kind) {
    case 'applications':
      return askApplications(rule, question, needed(rule, input.applications), context);
    case 'analysis': {
      const { explained, graphs } = input;
      const modules = graphs.graph('module', new Set(['call']));
      return askAnalysis(rule, question, { program: needed(rule, input.program), modules, explained }, context);
    }
    case 'query':
      return context.guard(`the query of rule ${rule.name}`, () => askQuery(rule, question, needed(rule, input.program)));
    default:
      return askGraph(startAsking(rule, input.graphs, context));
  }
}

function needed<T>({ name }: Rule, value: T | null): T {
  if (value === null) throw new UsageError(`rule ${name} needs more than import tables`);
  return value;
}

/** A dispatch by kind, of the rules about a graph. */
function askGraph(asking: Asking): readonly Draft[] {
  const { question } = asking.rule;
  switch (question.kind) {
    case 'forbidden':
      askForbidden(asking, question);
      break;
    case 'allowed':
      askAllowed(asking, { ...question, kind: 'allowed' });
      break;
    case 'protected':
      askProtected(asking, { ...question, kind: 'protected' });
      break;
    case 'required':
      askRequired(asking, question);
      break;
    case 'layers':
      askLayers(asking, question);
      break;
    case 'independent':
      askIndependent(asking, question);
      break;
    case 'acyclic':
      askAcyclic(asking, question);
      break;
    case 'orphans':
      askOrphans(asking, question);
      break;
    case 'metric':
      askMetric(asking, question);
      break;
  }
  return asking.drafts;
}
