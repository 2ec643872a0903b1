// Measures of nodes, and the rules that limit them. Fan-in, fan-out and instability are those of `deps --metrics`: other nodes count, once each.

import type { RuleQuestion } from '../config/config.js';
import type { MetricName } from '../model.js';
import type { RuleGraph } from '../rule-graph.js';
import { type Asking, chosen, forEachEdge } from './ask.js';
import { refuseTooMany } from './draft.js';

/** How many nodes depend on each node, and on how many it depends. */
interface Fans {
  readonly fanIn: Int32Array;
  readonly fanOut: Int32Array;
}

function countFans(graph: RuleGraph): Fans {
  const fans = { fanIn: new Int32Array(graph.nodes.length), fanOut: new Int32Array(graph.nodes.length) };
  forEachEdge(graph, (source, target) => {
    fans.fanOut[source] = (fans.fanOut[source] as number) + 1;
    fans.fanIn[target] = (fans.fanIn[target] as number) + 1;
  });
  return fans;
}

/** Returns fan-out / (fan-in + fan-out) by node; null where both are 0. */
export function instabilities(graph: RuleGraph): readonly (number | null)[] {
  const { fanIn, fanOut } = countFans(graph);
  return graph.nodes.map((_, node) => instability(fanIn[node] as number, fanOut[node] as number));
}

function instability(fanIn: number, fanOut: number): number | null {
  return fanIn + fanOut === 0 ? null : fanOut / (fanIn + fanOut);
}

/** A measure of each node that was read lies within limits. */
export function askMetric(asking: Asking, question: Extract<RuleQuestion, { readonly kind: 'metric' }>): void {
  const { graph, rule, drafts } = asking;
  const { metric, maximum, minimum } = question;
  const marks = chosen(asking, 'of', question.of);
  const values = measure(graph, metric);
  graph.nodes.forEach(({ id, isOwn }, node) => {
    const value = values(node);
    if (!isOwn || marks[node] === 0 || value === null) return;
    const isMore = maximum !== null && value > maximum;
    const limit = isMore ? maximum : minimum;
    if (limit === null || !(isMore || value < limit)) return;
    const message = `${id} has ${metric} ${shown(value)}, ${isMore ? 'more' : 'less'} than ${shown(limit)}`;
    const subject = { kind: 'metric', level: rule.level, node: id, metric, value, limit } as const;
    drafts.push({ rule, subject, message, evidence: { kind: 'node', level: rule.level, node: id }, anyModule: false });
    refuseTooMany(rule, drafts.length);
  });
}

/** Two digits behind the point, but for whole numbers. */
function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

function measure(graph: RuleGraph, metric: MetricName): (node: number) => number | null {
  if (metric === 'functions') return (node) => graph.nodes[node]?.functions ?? null;
  const { fanIn, fanOut } = countFans(graph);
  const counts = { 'fan-in': fanIn, 'fan-out': fanOut };
  if (metric === 'instability') return (node) => instability(fanIn[node] as number, fanOut[node] as number);
  return (node) => counts[metric][node] as number;
}
