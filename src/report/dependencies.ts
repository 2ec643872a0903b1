// Renderers of what `deps` answers about calls: JSON with the fields of beamtool-deps/1 and more, and text. Pure functions from the answer.

import type { AnswerCycle, AnswerEdge, DependencyAnswer } from '../graph/dependencies/ask.js';
import type { EdgeSite } from '../graph/dependencies/edge-facts.js';
import { counted } from './counted.js';
import { renderCycles, renderGraph, renderMetrics, renderWhy, type TextStyle } from './dependencies-text.js';
import type { DepsReport } from './deps.js';
import { inPieces } from './in-pieces.js';

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

/** Renders JSON, one node, edge, cycle or measure a line; in pieces, since all of it may be longer than a string can be. */
export function renderDependenciesJson(report: DependencyReport): Iterable<string> {
  return inPieces(jsonParts(report));
}

function* jsonParts(report: DependencyReport): Generator<string> {
  const { level, source, builtins, coverage, unresolved, nodes, edges, cycles, why, metrics, totals } = report;
  const quoted = new Map(nodes.map(({ id }) => [id, JSON.stringify(id)]));
  const edge = (one: AnswerEdge) => edgeJson(one, quoted);
  yield `{\n  "schema": "beamtool-deps/1",\n  "level": ${JSON.stringify(level)},\n  "coverage": ${JSON.stringify(coverage)}`;
  yield* rows('nodes', nodes, ({ id, app, members }) => JSON.stringify({ id, app, members }));
  yield* rows('edges', edges, edge);
  yield `,\n  "source": ${JSON.stringify(source)},\n  "builtins": ${builtins},\n  "unresolved": ${JSON.stringify(unresolved)}`;
  if (cycles !== undefined) yield* rows('cycles', cycles, (cycle) => cycleJson(cycle, edge));
  if (why !== undefined) {
    const steps = why.steps === null ? 'null' : list(why.steps.map(edge));
    yield `,\n  "why": {"from":${JSON.stringify(why.from)},"to":${JSON.stringify(why.to)},"steps":${steps}}`;
  }
  if (metrics !== undefined) yield* rows('metrics', metrics, (one) => JSON.stringify(one));
  if (totals !== undefined) yield `,\n  "totals": ${JSON.stringify(totals)}`;
  yield '\n}\n';
}

/** A field with a list, one item a line. */
function* rows<T>(field: string, items: Iterable<T>, render: (item: T) => string): Generator<string> {
  let before = `,\n  "${field}": [\n    `;
  for (const item of items) {
    yield before + render(item);
    before = ',\n    ';
  }
  yield before.startsWith(',\n  "') ? `,\n  "${field}": []` : '\n  ]';
}

const list = (items: readonly string[]) => `[${items.join(',')}]`;

function edgeJson({ from, to, functions, sites, kinds, places }: AnswerEdge, quoted: ReadonlyMap<string, string>): string {
  const listed = places === undefined ? '' : `,"places":${list(places.map(siteJson))}`;
  const known = `"kinds":${kinds.length === 1 ? `["${kinds[0]}"]` : JSON.stringify(kinds)},"sites":${sites}`;
  return `{"from":${quoted.get(from)},"to":${quoted.get(to)},"functions":${functions},${known}${listed}}`;
}

function siteJson({ kind, confidence, from, to, file, line, column }: EdgeSite): string {
  return JSON.stringify({ kind, confidence, from, to, file, line, column });
}

function cycleJson({ nodes, edges, few, fewest, cut }: AnswerCycle, edge: (one: AnswerEdge) => string): string {
  return `{"nodes":${JSON.stringify(nodes)},"edges":${edges},"few":"${few}","fewest":${fewest},"cut":${list(cut.map(edge))}}`;
}

/** Renders text for people: what was asked for, then a line that says what it is made of; in pieces. */
export function renderDependenciesText(report: DependencyReport, style: TextStyle): Iterable<string> {
  return inPieces(textParts(report, style));
}

function* textParts(report: DependencyReport, style: TextStyle): Generator<string> {
  for (const line of answerLines(report, style)) yield `${line}\n`;
  yield `${coverageLine(report)}\n`;
}

function answerLines(report: DependencyReport, style: TextStyle): Iterable<string> {
  if (report.cycles !== undefined) return renderCycles(report.cycles, report.level, style);
  if (report.why !== undefined) return renderWhy(report.why, style);
  if (report.metrics !== undefined && report.totals !== undefined) return renderMetrics(report.metrics, report.totals, style);
  return renderGraph(report, style);
}

function coverageLine({ coverage, level, nodes, edges, source, builtins, unresolved }: DependencyReport): string {
  const parts = [`${counted(coverage.files, 'module')} read`, counted(nodes.length, level), counted(edges.length, 'edge')];
  if (coverage.failed.length > 0) parts.push(`${coverage.failed.length} not readable`);
  if (coverage.skipped.length > 0) parts.push(`${coverage.skipped.length} left out`);
  if (coverage.duplicates.length > 0) parts.push(counted(coverage.duplicates.length, 'duplicate module'));
  if (unresolved !== null) parts.push(`${unresolved.calls} unresolved calls at ${unresolved.sites} places`);
  return `${parts.join(', ')}; from ${readersText(source, coverage.modules)}, BIFs ${builtins ? 'counted' : 'left out'}`;
}

function readersText(source: DependencySource, { abstract, code }: DependencyReport['coverage']['modules']): string {
  if (source === 'imports') return 'import tables';
  const readers = [...(abstract > 0 ? [`the abstract code of ${abstract}`] : []), ...(code > 0 ? [`the code of ${code}`] : [])];
  return readers.length === 0 ? 'nothing' : readers.join(' and ');
}
