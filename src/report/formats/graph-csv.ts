// The graph of `deps` as comma-separated values: an edge a record; with `--metrics` a node a record; with `--cycles` a node of a cycle.

import { csvRecord } from './csv.js';
import type { GraphReport } from './graph-report.js';

/** Renders the graph in pieces, a record each. */
export function* renderGraphCsv({ edges, cycles, metrics }: GraphReport): Generator<string> {
  if (metrics !== undefined) {
    yield csvRecord(['id', 'fanIn', 'fanOut', 'instability', 'functions', 'inner']);
    for (const { id, fanIn, fanOut, instability, functions, inner } of metrics) {
      yield csvRecord([id, fanIn, fanOut, instability, functions, inner]);
    }
  } else if (cycles !== undefined) {
    yield csvRecord(['cycle', 'node']);
    for (const [at, { nodes }] of cycles.entries()) for (const node of nodes) yield csvRecord([at + 1, node]);
  } else {
    yield csvRecord(['from', 'to', 'functions', 'sites', 'kinds']);
    for (const { from, to, functions, sites, kinds } of edges) {
      yield csvRecord([from, to, functions, sites ?? null, kinds === undefined ? 'call' : kinds.join(' ')]);
    }
  }
}
