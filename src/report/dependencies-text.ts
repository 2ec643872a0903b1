// The text of graphs, cycles, chains and metrics. Places stand one on a line as `file:line:column: what`, as compilers print theirs, so that
// editors and grep find them.

import type { AnswerCycle, AnswerEdge, DependencyAnswer } from '../graph/dependencies/ask.js';
import type { EdgeSite } from '../graph/dependencies/edge-facts.js';
import type { NodeMetrics, TotalMetrics } from '../graph/dependencies/metrics.js';
import { counted } from './counted.js';
import { visible } from './visible.js';

/** How to set off parts of a line. */
export interface TextStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Renders a paragraph for each node that depends on others, and a line for each node of several. */
export function* renderGraph({ nodes, edges, level }: DependencyAnswer, style: TextStyle): Generator<string> {
  const apps = new Map(nodes.map(({ id, app }) => [id, level === 'application' ? null : app]));
  const place = (id: string) => {
    const app = apps.get(id) ?? null;
    return app === null ? '' : style.dim(` (${visible(app)})`);
  };
  for (const { id, members } of nodes) {
    if (members !== undefined) yield `${style.bold(visible(id))} = ${members.map(visible).join(', ')}`;
  }
  let current: string | undefined;
  for (const edge of edges) {
    if (edge.from !== current) yield `${style.bold(visible(edge.from))}${place(edge.from)}`;
    current = edge.from;
    yield `  -> ${visible(edge.to)}${place(edge.to)} ${style.dim(countsText(edge, level))}`;
    yield* placeLines(edge, '     ');
  }
}

function countsText({ functions, sites, kinds }: AnswerEdge, level: string): string {
  const parts = functions > 0 && level !== 'function' ? [counted(functions, 'function')] : [];
  parts.push(counted(sites, 'place'));
  if (kinds.some((kind) => kind !== 'call')) parts.push(`as ${kinds.join(', ')}`);
  return parts.join(', ');
}

function placeLines({ places = [] }: AnswerEdge, indent: string): readonly string[] {
  return places.map((site) => `${indent}${placeText(site)}: ${linkText(site)}`);
}

function placeText({ file, line, column }: EdgeSite): string {
  return `${visible(file)}${line === null ? '' : `:${line}`}${column === null ? '' : `:${column}`}`;
}

function linkText({ from, to, kind, confidence }: EdgeSite): string {
  const how = kind === 'call' ? '' : ` (${kind}${confidence === 'exact' ? '' : `, ${confidence}`})`;
  return `${visible(from)} -> ${visible(to)}${how}`;
}

/** Renders each component with the edges to cut and their places. */
export function renderCycles(cycles: readonly AnswerCycle[], level: string, style: TextStyle): readonly string[] {
  if (cycles.length === 0) return ['no cycles'];
  return cycles.flatMap(({ nodes, edges, cut, few, fewest }) => [
    `${style.bold(`cycle of ${nodes.length} ${level}s`)}: ${nodes.map(visible).join(', ')}`,
    `  without ${cut.length === 1 ? 'this one' : `these ${cut.length}`} of its ${edges} edges there is none${fewest ? ` (the fewest ${few} possible)` : ''}:`,
    ...cut.flatMap((edge) => [
      `  ${visible(edge.from)} -> ${visible(edge.to)} ${style.dim(countsText(edge, level))}`,
      ...placeLines(edge, '    '),
    ]),
  ]);
}

/** Renders the steps of a chain, or says that there is none. */
export function renderWhy({ from, to, steps }: NonNullable<DependencyAnswer['why']>, style: TextStyle): readonly string[] {
  if (steps === null) return [`${visible(from)} doesn't depend on ${visible(to)}`];
  return [
    `${style.bold(`${visible(from)} depends on ${visible(to)}`)} in ${counted(steps.length, 'step')}:`,
    ...steps.flatMap((edge) => [`  ${visible(edge.from)} -> ${visible(edge.to)}`, ...placeLines(edge, '    ')]),
  ];
}

/** Renders a table, one node a line, and the totals. */
export function renderMetrics(metrics: readonly NodeMetrics[], totals: TotalMetrics, style: TextStyle): readonly string[] {
  const lines = metrics.map(({ id, fanIn, fanOut, instability, functions }) => {
    const figures = [fanIn, fanOut, instability === null ? '-' : instability.toFixed(2), functions ?? '-'];
    return `${figures.map((figure) => String(figure).padStart(8)).join(' ')}  ${visible(id)}`;
  });
  const { nodes, edges, cycles, nodesInCycles, meanFan } = totals;
  return [
    style.dim(`${['fan-in', 'fan-out', 'instab.', 'funs'].map((title) => title.padStart(8)).join(' ')}  name`),
    ...lines,
    `${nodes} nodes, ${edges} edges between them, ${meanFan.toFixed(2)} a node; ${counted(cycles, 'cycle')} of ${nodesInCycles} nodes`,
  ];
}
