// Renderers of `deps`: pure functions from the graph and its coverage to text.

import type { ImportGraph } from '../graph/import-graph.js';
import { counted } from './counted.js';
import { visible } from './visible.js';

/** What `deps` answers. */
export interface DepsReport extends ImportGraph {
  readonly coverage: {
    /** Files that were read. */
    readonly files: number;
    readonly failed: readonly { readonly file: string; readonly reason: string }[];
    readonly skipped: readonly { readonly file: string; readonly reason: string }[];
    /** Modules found more than once: the first file counts, `file` is the one left out. */
    readonly duplicates: readonly { readonly module: string; readonly file: string; readonly first: string }[];
  };
}

/** Renders JSON: `{schema, level, coverage, nodes: [{id, app}], edges: [{from, to, functions}]}`, one node or edge a line. */
export function renderDepsJson(report: DepsReport): string {
  const quoted = new Map(report.nodes.map(({ id }) => [id, JSON.stringify(id)]));
  const nodes = report.nodes.map(({ id, app }) => `{"id":${quoted.get(id)},"app":${JSON.stringify(app)}}`);
  const edges = report.edges.map(
    ({ from, to, functions }) => `{"from":${quoted.get(from)},"to":${quoted.get(to)},"functions":${functions}}`,
  );
  const rows = (items: readonly string[]) => (items.length === 0 ? '[]' : `[\n    ${items.join(',\n    ')}\n  ]`);
  return `{
  "schema": "beamtool-deps/1",
  "level": ${JSON.stringify(report.level)},
  "coverage": ${JSON.stringify(report.coverage)},
  "nodes": ${rows(nodes)},
  "edges": ${rows(edges)}
}
`;
}

/** Renders a paragraph for each node that depends on others: the node, then its targets with the number of functions used. */
export function renderDepsText(
  report: DepsReport,
  style: { readonly bold: (text: string) => string; readonly dim: (text: string) => string },
): string {
  const apps = new Map(report.nodes.map((node) => [node.id, node.app]));
  const lines: string[] = [];
  let current: string | undefined;
  for (const { from, to, functions } of report.edges) {
    if (from !== current) lines.push(`${style.bold(visible(from))}${place(from)}`);
    current = from;
    const count = `${functions} function${functions === 1 ? '' : 's'}`;
    lines.push(`  -> ${visible(to)}${place(to)} ${style.dim(count)}`);
  }
  lines.push(renderCoverage(report));
  return `${lines.join('\n')}\n`;

  function place(id: string): string {
    const app = apps.get(id);
    return report.level === 'application' ? '' : style.dim(app === null || app === undefined ? '' : ` (${visible(app)})`);
  }
}

function renderCoverage({ coverage, nodes, edges, level }: DepsReport): string {
  const parts = [`${counted(coverage.files, 'module')} read`, counted(nodes.length, level), counted(edges.length, 'edge')];
  if (coverage.failed.length > 0) parts.push(`${coverage.failed.length} not readable`);
  if (coverage.skipped.length > 0) parts.push(`${coverage.skipped.length} left out`);
  if (coverage.duplicates.length > 0) parts.push(counted(coverage.duplicates.length, 'duplicate module'));
  return `${parts.join(', ')}; from import tables, BIFs left out`;
}
