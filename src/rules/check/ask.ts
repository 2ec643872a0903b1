// What asking a rule about its graph takes, and the findings that several kinds of rules make.

import { MAX_CAPTURE_TESTS } from '../../limits.js';
import type { Rule, SelectorText } from '../config/config.js';
import type { RuleFault } from '../model.js';
import type { RuleGraph, RuleNode } from '../rule-graph.js';
import type { RuleGraphs } from '../rule-graphs.js';
import {
  captureReader,
  hasCaptures,
  isOfKnownApplications,
  nodeTest,
  parseSelector,
  type SelectContext,
  type Selector,
  selectNodes,
  withCaptures,
} from '../select-nodes.js';
import { type Draft, refuseTooMany } from './draft.js';

/** A rule, its graph and the findings so far. */
export interface Asking {
  readonly rule: Rule;
  readonly graph: RuleGraph;
  readonly context: SelectContext;
  readonly drafts: Draft[];
}

/** Begins to ask a rule. */
export function startAsking(rule: Rule, graphs: RuleGraphs, context: SelectContext): Asking {
  return { rule, graph: graphs.graph(rule.level, rule.edges), context, drafts: [] };
}

/** Returns 1 at the nodes that a part of the rule is about; that there are none is a finding. */
export function chosen(asking: Asking, part: string, texts: SelectorText): Uint8Array {
  const { graph, context } = asking;
  const selector = parseSelector(texts);
  const marks = selectNodes(graph, selector, context);
  if (!marks.includes(1) && !isOfKnownApplications(selector)) matchesNothing(asking, part);
  return marks;
}

/** Which nodes are meant of a second part of a rule, by the node of the first. */
export interface PairTest {
  readonly has: (from: number, to: number) => boolean;
  /** Nodes of one key mean the same ones. */
  readonly keyOf: (from: number) => string;
}

/**
 * Returns a test of the second part of a rule, and of a first one whose captures stand in it. That the second part means nothing at all is a
 * finding, whichever captures there are.
 */
export function chosenByPair(asking: Asking, from: { texts: SelectorText; marks: Uint8Array }, to: SelectorText): PairTest {
  if (!hasCaptures(to)) {
    const marks = chosen(asking, 'to', to);
    return { has: (_, target) => marks[target] === 1, keyOf: () => '' };
  }
  const { graph, context } = asking;
  const selector = parseSelector(from.texts);
  const known = new Map<string, (node: number) => boolean>();
  const capturesOf = captureReader(graph.level, selector, context);
  const keys = graph.nodes.map((node, at) => {
    if (from.marks[at] === 0) return '';
    const captures = capturesOf(node);
    const key = JSON.stringify(captures);
    if (!known.has(key)) known.set(key, rememberedTest(graph, parseSelector(withCaptures(to, captures)), context));
    return key;
  });
  // Most often the first node finds one; where all would have to be held against all, nobody asks.
  const isAsked = !asking.rule.allowEmpty && known.size * graph.nodes.length <= MAX_CAPTURE_TESTS;
  const isAny = !isAsked || [...known.values()].some((test) => graph.nodes.some((_, node) => test(node)));
  if (!isAny) matchesNothing(asking, 'to');
  return {
    has: (source, target) => known.get(keys[source] as string)?.(target) === true,
    keyOf: (source) => keys[source] as string,
  };
}

/** Each node is tried once: what is meant may be asked of one node again and again. */
function rememberedTest(graph: RuleGraph, selector: Selector, context: SelectContext): (node: number) => boolean {
  const answers = new Map<number, boolean>();
  const test = nodeTest(graph.level, selector, context);
  return (node) => {
    const known = answers.get(node);
    if (known !== undefined) return known;
    const answer = test(graph.nodes[node] as RuleNode);
    answers.set(node, answer);
    return answer;
  };
}

/** Adds the finding that a part of a rule is about nothing. */
export function matchesNothing({ rule, drafts }: Pick<Asking, 'rule' | 'drafts'>, part: string): void {
  if (rule.allowEmpty) return;
  const fault: RuleFault = { kind: 'matches-nothing', part };
  const message = `${part} matches nothing that was read`;
  drafts.push({ rule, subject: { kind: 'rule', fault }, message, evidence: { kind: 'config' }, anyModule: false });
}

/** Adds a finding about an edge, or a chain of them. */
export function addEdge(asking: Asking, from: number, to: number, message: string, chain: readonly number[] | null = null): void {
  const { rule, graph, drafts } = asking;
  const id = (node: number) => (graph.nodes[node] as RuleNode).id;
  const ids = chain?.map(id) ?? null;
  const steps = ids === null ? [id(from), id(to)] : ids;
  const subject = {
    kind: 'edge',
    level: rule.level,
    from: id(from),
    to: id(to),
    edgeKinds: [...rule.edges],
    chain: ids,
  } as const;
  const edges = steps.slice(1).map((step, at) => [steps[at] as string, step] as const);
  const evidence = { kind: 'edges', level: rule.level, kinds: rule.edges, edges } as const;
  drafts.push({ rule, subject, message, evidence, anyModule: false });
  refuseTooMany(rule, drafts.length);
}

/** Adds a finding about a node. */
export function addNode({ rule, graph, drafts }: Asking, node: number, message: string): void {
  const { id } = graph.nodes[node] as RuleNode;
  const subject = { kind: 'node', level: rule.level, node: id } as const;
  drafts.push({ rule, subject, message, evidence: { kind: 'node', level: rule.level, node: id }, anyModule: false });
  refuseTooMany(rule, drafts.length);
}

/** Calls `visit` with the ends of each edge, in order. */
export function forEachEdge({ edges }: RuleGraph, visit: (source: number, target: number) => void): void {
  for (let row = 0; row < edges.sources.length; row++) visit(edges.sources[row] as number, edges.targets[row] as number);
}

/** Names a node in messages. */
export function nameOf({ nodes }: RuleGraph, node: number): string {
  return (nodes[node] as RuleNode).id;
}
