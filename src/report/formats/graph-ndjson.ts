// The graph of `deps` as JSON, one object a line: what was read, then nodes, edges, cycles, the chain and measures, as the JSON has them.

import type { GraphReport } from './graph-report.js';
import { type Row, renderNdjson } from './json-rows.js';

/** Renders the graph in pieces, a line each. */
export function renderGraphNdjson(report: GraphReport): Iterable<string> {
  return renderNdjson(rowsOf(report));
}

function* rowsOf(report: GraphReport): Generator<Row> {
  const { level, coverage, source, builtins, unresolved, nodes, edges, cycles = [], why, metrics = [], totals } = report;
  yield { type: 'graph', fields: { schema: 'beamtool-deps/1', level, source, builtins, unresolved, coverage } };
  for (const { id, app, members } of nodes) yield { type: 'node', fields: { id, app, members } };
  for (const edge of edges) yield { type: 'edge', fields: edge };
  for (const cycle of cycles) yield { type: 'cycle', fields: cycle };
  if (why !== undefined) yield { type: 'why', fields: why };
  for (const one of metrics) yield { type: 'metric', fields: one };
  if (totals !== undefined) yield { type: 'totals', fields: totals };
}
