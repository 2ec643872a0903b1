// The formats of `deps`: each a pure function of the answer, loaded when it is asked for. Text and JSON are the readers' own.

import { UsageError } from '../errors.js';
import type { GraphReport } from '../report/formats/graph-report.js';
import { inPieces } from '../report/in-pieces.js';
import { GRAPH_FORMATS } from './format-names.js';
import type { Terminal } from './terminal.js';

type GraphRenderer = (report: GraphReport) => string | Iterable<string> | Promise<string>;

type GraphFormat = Exclude<(typeof GRAPH_FORMATS)[number], 'text' | 'json'>;

const RENDERERS: Readonly<Record<GraphFormat, () => Promise<GraphRenderer>>> = {
  tree: async () => (await import('../report/formats/tree.js')).renderTree,
  lines: async () => (await import('../report/formats/lines.js')).renderLines,
  ndjson: async () => (await import('../report/formats/graph-ndjson.js')).renderGraphNdjson,
  csv: async () => (await import('../report/formats/graph-csv.js')).renderGraphCsv,
  erl: async () => (await import('../report/formats/graph-erl.js')).renderGraphErl,
  dot: async () => (await import('../report/formats/dot.js')).renderDot,
  svg: async () => {
    const [{ renderDot }, { drawSvg }] = await Promise.all([import('../report/formats/dot.js'), import('./draw-svg.js')]);
    return (report) => drawSvg([...renderDot(report)].join(''));
  },
  mermaid: async () => (await import('../report/formats/mermaid.js')).renderMermaid,
  markdown: async () => (await import('../report/formats/graph-markdown.js')).renderGraphMarkdown,
  graphml: async () => (await import('../report/formats/graphml.js')).renderGraphml,
};

/** Formats that have nothing but nodes and edges. */
const PICTURES: ReadonlySet<string> = new Set(['tree', 'lines', 'dot', 'svg', 'mermaid', 'graphml']);

/** Graphviz draws so many edges in a moment; of a denser graph the picture says nothing, and takes for ever. */
export const MOST_DRAWN_EDGES = 300;

/** Refuses what a format has no place for. */
export function checkGraphFormat(format: string, asksMetrics: boolean): void {
  if (asksMetrics && PICTURES.has(format)) {
    const others = GRAPH_FORMATS.filter((one) => !PICTURES.has(one));
    throw new UsageError(`--metrics is no graph to show as ${format}: choose of ${others.join(', ')}`);
  }
}

/** Writes the answer in one of the formats that is neither text nor JSON. */
export async function writeGraph(format: string, report: GraphReport, terminal: Terminal): Promise<void> {
  const render = await RENDERERS[format as GraphFormat]();
  const pieces = await render(report);
  for (const piece of typeof pieces === 'string' ? [pieces] : inPieces(pieces)) await terminal.write(piece);
}
