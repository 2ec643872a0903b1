// Asks all rules of a config.

import type { Program } from '../../graph/program/program.js';
import type { Config, Rule } from '../config/config.js';
import type { RuleGraphs } from '../rule-graphs.js';
import type { SelectContext } from '../select-nodes.js';
import { type Asking, startAsking } from './ask.js';
import type { Draft } from './draft.js';
import { askAllowed, askForbidden, askProtected, askRequired } from './edge-rules.js';
import { askAcyclic, askIndependent, askLayers, askOrphans } from './group-rules.js';
import { askMetric } from './measures.js';

/** What rules are asked about. */
export interface CheckInput {
  readonly graphs: RuleGraphs;
  /** null where import tables are all that was read. */
  readonly program: Program | null;
  /** Asks the rules that need more than a graph; null where no rule does. */
  readonly askProgram: ((rule: Rule, context: SelectContext) => readonly Draft[] | undefined) | null;
}

/** Runs what a regular expression or query of a config may make take for ever; who has a clock ends it, and says of what it was. */
export type Clock = <T>(run: () => T, what: () => string) => T;

/** Returns what the rules find, in their order. */
export function askRules(config: Config, input: CheckInput, clock: Clock): readonly Draft[] {
  let current = '';
  const ask = (rule: Rule) => {
    current = rule.name;
    return askRule(rule, input, config);
  };
  return clock(
    () => config.rules.flatMap(ask),
    () => `rule ${current}`,
  );
}

/** Returns what one rule finds. */
export function askRule(rule: Rule, input: CheckInput, context: SelectContext): readonly Draft[] {
  return input.askProgram?.(rule, context) ?? askGraph(startAsking(rule, input.graphs, context));
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
