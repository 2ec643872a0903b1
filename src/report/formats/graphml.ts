// The graph of `deps` as GraphML, which Gephi, yEd, Cytoscape and NetworkX read: nodes n0, n1, ... with their names as data.
// http://graphml.graphdrawing.org/primer/graphml-primer.html

import { type GraphReport, numberNodes } from './graph-report.js';
import { xmlText } from './xml.js';

const KEYS = [
  ['label', 'node', 'string'],
  ['app', 'node', 'string'],
  ['functions', 'edge', 'int'],
  ['sites', 'edge', 'int'],
  ['kinds', 'edge', 'string'],
] as const;

const NAMESPACE = 'http://graphml.graphdrawing.org/xmlns';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Renders the graph in pieces, a node or edge a line. */
export function* renderGraphml(report: GraphReport): Generator<string> {
  const { level, nodes, edges } = report;
  const numbers = numberNodes(report);
  const schema = `${NAMESPACE} ${NAMESPACE}/1.0/graphml.xsd`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n`;
  yield `<graphml xmlns="${NAMESPACE}" xmlns:xsi="${INSTANCE}" xsi:schemaLocation="${schema}">\n`;
  for (const [name, of, type] of KEYS) yield `<key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>\n`;
  yield `<graph id="${level}s" edgedefault="directed">\n`;
  for (const [at, { id, app }] of nodes.entries()) {
    yield `<node id="n${at}">${data('label', id)}${app === null ? '' : data('app', app)}</node>\n`;
  }
  for (const { from, to, functions, sites, kinds } of edges) {
    const known = `${data('functions', functions)}${sites === undefined ? '' : data('sites', sites)}`;
    const ends = `source="n${numbers.get(from)}" target="n${numbers.get(to)}"`;
    yield `<edge ${ends}>${known}${data('kinds', (kinds ?? ['call']).join(' '))}</edge>\n`;
  }
  yield '</graph>\n</graphml>\n';
}

function data(key: string, value: string | number): string {
  return `<data key="${key}">${xmlText(String(value))}</data>`;
}
