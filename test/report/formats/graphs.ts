// Graphs for tests of their formats.
import type { GraphReport, ReportEdge, ReportNode } from '../../../src/report/formats/graph-report.js';
import { HOSTILE_NAMES } from './check-results.js';

export function graph(edges: readonly ReportEdge[], more: Partial<GraphReport> = {}): GraphReport {
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort();
  return {
    level: 'module',
    nodes: ids.map((id): ReportNode => ({ id, app: null })),
    edges,
    coverage: { files: ids.length, failed: [], skipped: [], duplicates: [] },
    ...more,
  };
}

export const edge = (from: string, to: string, functions = 1): ReportEdge => ({ from, to, functions });

/** shop -> till -> stock -> till, shop -> stock; lonely alone; stock calls itself. */
export const SHOP: GraphReport = graph(
  [
    edge('shop', 'stock', 2),
    { from: 'shop', to: 'till', functions: 0, sites: 3, kinds: ['behaviour', 'record'] },
    edge('stock', 'stock'),
    edge('stock', 'till'),
    { from: 'till', to: 'stock', functions: 3, sites: 4, kinds: ['call'] },
  ],
  {
    nodes: [
      { id: 'lonely', app: null },
      { id: 'shop', app: 'web' },
      { id: 'stock', app: 'store' },
      { id: 'till', app: 'store' },
    ],
  },
);

/** A ring of those names, each an application as well. */
export const HOSTILE_GRAPH: GraphReport = graph(
  HOSTILE_NAMES.map((name, at) => edge(name, HOSTILE_NAMES[(at + 1) % HOSTILE_NAMES.length] as string)),
  { nodes: HOSTILE_NAMES.map((id) => ({ id, app: id })) },
);

/** `count` edges from one node, whose names are long. */
export function star(count: number, length = 10): GraphReport {
  return graph(Array.from({ length: count }, (_, at) => edge('hub', `${'m'.repeat(length)}${at}`)));
}

export const pairs = ({ edges }: GraphReport) => Array.from(edges, ({ from, to }) => [from, to] as const);
