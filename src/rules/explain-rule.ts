// What a rule is about: which nodes each of its parts means.

import type { Rule, SelectorText } from './config/config.js';
import type { RuleGraphs } from './rule-graphs.js';
import { hasCaptures, parseSelector, type SelectContext, selectNodes } from './select-nodes.js';

/** A part of a rule. */
export interface RulePart {
  /** As in the config, such as `from` or `layers[2]`. */
  readonly part: string;
  readonly patterns: SelectorText;
  /** The nodes that it means; null where that depends on what another part matched. */
  readonly nodes: readonly string[] | null;
}

/** Returns the parts of a rule about a graph, in their order; none for a rule about something else. */
export function explainParts(rule: Rule, graphs: RuleGraphs, context: SelectContext): readonly RulePart[] {
  const parts = partsOf(rule);
  const isAboutGraph = !['applications', 'analysis', 'query'].includes(rule.question.kind);
  if (!isAboutGraph) return parts.map(([part, patterns]) => ({ part, patterns, nodes: null }));
  const graph = graphs.graph(rule.level, rule.edges);
  return parts.map(([part, patterns]) => {
    if (hasCaptures(patterns)) return { part, patterns, nodes: null };
    const marks = selectNodes(graph, parseSelector(patterns), context);
    return { part, patterns, nodes: graph.nodes.flatMap(({ id }, at) => (marks[at] === 1 ? [id] : [])) };
  });
}

/** By kind, the parts with patterns. */
function partsOf({ question }: Rule): readonly (readonly [string, SelectorText])[] {
  switch (question.kind) {
    case 'forbidden':
    case 'allowed':
    case 'protected':
    case 'required':
      return [
        ['from', question.from],
        ['to', question.to],
      ];
    case 'layers':
      return question.layers.flatMap((items, layer) =>
        items.map((item, at) => [items.length === 1 ? `layers[${layer}]` : `layers[${layer}][${at}]`, item] as const),
      );
    case 'independent':
      return question.groups.map((group, at) => [`groups[${at}]`, group] as const);
    case 'orphans':
      return [['of', question.of], ...(question.entries === null ? [] : [['entries', question.entries] as const])];
    case 'acyclic':
    case 'metric':
    case 'applications':
    case 'analysis':
      return [['of', question.of]];
    case 'query':
      return [];
  }
}
