// Renderers of what `deps` answers about calls: JSON with the fields of beamtool-deps/1 and more, and text. Pure functions from the answer.

import type { AnswerCycle, AnswerEdge, DependencyAnswer } from '../graph/dependencies/ask.js';
import type { EdgeSite } from '../graph/dependencies/edge-facts.js';
import { renderCycles, renderGraph, renderMetrics, renderWhy, type TextStyle } from './dependencies-text.js';
import type { DepsReport } from './deps.js';

/** Which reader the edges come from. */
export type DependencySource = 'imports' | 'abstract' | 'code' | 'auto';

/** The answer and what it is made of. */
export interface DependencyReport extends DependencyAnswer {
  readonly source: DependencySource;
  /** Whether calls of BIFs count. */
  readonly builtins: boolean;
  readonly coverage: DepsReport['coverage'] & {
    readonly modules: { readonly abstract: number; readonly code: number; readonly tables: number };
    readonly fallbacks: readonly { readonly module: string; readonly file: string; readonly reason: string }[];
  };
}

/** Renders JSON, one node, edge, cycle or measure a line. */
export function renderDependenciesJson(report: DependencyReport): string {
  const { level, source, builtins, coverage, unresolved, nodes, edges, cycles, why, metrics, totals } = report;
  const quoted = new Map<string, string>();
  const quote = (id: string) => {
    const known = quoted.get(id) ?? JSON.stringify(id);
    quoted.set(id, known);
    return known;
  };
  const edge = (one: AnswerEdge) => edgeJson(one, quote);
  const fields = [
    `"schema": "beamtool-deps/1"`,
    `"level": ${JSON.stringify(level)}`,
    `"coverage": ${JSON.stringify(coverage)}`,
    `"nodes": ${rows(nodes.map(({ id, app, members }) => JSON.stringify({ id, app, members })))}`,
    `"edges": ${rows(edges.map(edge))}`,
    `"source": ${JSON.stringify(source)}`,
    `"builtins": ${builtins}`,
    `"unresolved": ${JSON.stringify(unresolved)}`,
  ];
  if (cycles !== undefined) fields.push(`"cycles": ${rows(cycles.map((cycle) => cycleJson(cycle, edge)))}`);
  if (why !== undefined) {
    const steps = why.steps === null ? 'null' : list(why.steps.map(edge));
    fields.push(`"why": {"from":${quote(why.from)},"to":${quote(why.to)},"steps":${steps}}`);
  }
  if (metrics !== undefined) fields.push(`"metrics": ${rows(metrics.map((one) => JSON.stringify(one)))}`);
  if (totals !== undefined) fields.push(`"totals": ${JSON.stringify(totals)}`);
  return `{\n  ${fields.join(',\n  ')}\n}\n`;
}

const list = (items: readonly string[]) => `[${items.join(',')}]`;

const rows = (items: readonly string[]) => (items.length === 0 ? '[]' : `[\n    ${items.join(',\n    ')}\n  ]`);

function edgeJson({ from, to, functions, sites, kinds, places }: AnswerEdge, quote: (id: string) => string): string {
  const listed = places === undefined ? '' : `,"places":${list(places.map(siteJson))}`;
  const known = `"kinds":["${kinds.join('","')}"],"sites":${sites}`;
  return `{"from":${quote(from)},"to":${quote(to)},"functions":${functions},${known}${listed}}`;
}

function siteJson({ kind, confidence, from, to, file, line, column }: EdgeSite): string {
  return JSON.stringify({ kind, confidence, from, to, file, line, column });
}

function cycleJson({ nodes, edges, fewest, cut }: AnswerCycle, edge: (one: AnswerEdge) => string): string {
  return `{"nodes":${JSON.stringify(nodes)},"edges":${edges},"fewest":${fewest},"cut":${list(cut.map(edge))}}`;
}

/** Renders text for people: what was asked for, then a line that says what it is made of. */
export function renderDependenciesText(report: DependencyReport, style: TextStyle): string {
  return `${[...answerLines(report, style), coverageLine(report)].join('\n')}\n`;
}

function answerLines(report: DependencyReport, style: TextStyle): readonly string[] {
  if (report.cycles !== undefined) return renderCycles(report.cycles, report.level, style);
  if (report.why !== undefined) return renderWhy(report.why, style);
  if (report.metrics !== undefined && report.totals !== undefined) return renderMetrics(report.metrics, report.totals, style);
  return renderGraph(report, style);
}

function coverageLine({ coverage, level, nodes, edges, source, builtins, unresolved }: DependencyReport): string {
  const parts = [`${coverage.files} modules read`, `${nodes.length} ${level}s`, `${edges.length} edges`];
  if (coverage.failed.length > 0) parts.push(`${coverage.failed.length} not readable`);
  if (coverage.skipped.length > 0) parts.push(`${coverage.skipped.length} left out`);
  if (coverage.duplicates.length > 0) parts.push(`${coverage.duplicates.length} duplicate modules`);
  if (unresolved !== null) parts.push(`${unresolved.calls} unresolved calls at ${unresolved.sites} places`);
  return `${parts.join(', ')}; from ${readersText(source, coverage.modules)}, BIFs ${builtins ? 'counted' : 'left out'}`;
}

function readersText(source: DependencySource, { abstract, code }: DependencyReport['coverage']['modules']): string {
  if (source === 'imports') return 'import tables';
  const readers = [...(abstract > 0 ? [`the abstract code of ${abstract}`] : []), ...(code > 0 ? [`the code of ${code}`] : [])];
  return readers.length === 0 ? 'nothing' : readers.join(' and ');
}
