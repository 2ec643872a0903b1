// The graph of `deps` in Graphviz's language: nodes are called by their names, and modules stand in a box for each application. Edges of a node to
// itself aren't drawn: nearly all have one.
// https://graphviz.org/doc/info/lang.html; in a label `\N` and `&amp;` mean something, in a name only `"` has to be escaped.

import { visible } from '../visible.js';
import type { GraphReport, ReportNode } from './graph-report.js';

/** Renders the graph in pieces. */
export function* renderDot({ level, nodes, edges }: GraphReport): Generator<string> {
  yield 'digraph dependencies {\n  rankdir=LR;\n  node [shape=box, fontname="Helvetica"];\n';
  const boxes = level === 'module' || level === 'function' ? byApplication(nodes) : new Map([[null, nodes]]);
  let box = 0;
  for (const [app, inside] of boxes) {
    const indent = app === null ? '  ' : '    ';
    if (app !== null) yield `  subgraph cluster_${box++} {\n    label=${label(app)};\n    color=gray;\n`;
    for (const node of inside) yield `${indent}${name(node.id)} [label=${label(node.id)}];\n`;
    if (app !== null) yield '  }\n';
  }
  for (const { from, to, kinds = ['call'] } of edges) {
    if (from === to) continue;
    const style = kinds.includes('call') ? '' : ' [style=dashed]';
    yield `  ${name(from)} -> ${name(to)}${style};\n`;
  }
  yield '}\n';
}

function byApplication(nodes: readonly ReportNode[]): ReadonlyMap<string | null, readonly ReportNode[]> {
  const boxes = new Map<string | null, ReportNode[]>([[null, []]]);
  for (const node of nodes) {
    const box = boxes.get(node.app);
    if (box === undefined) boxes.set(node.app, [node]);
    else box.push(node);
  }
  return boxes;
}

/** A backslash before a quote would keep the string open, so each is doubled; two names never become one. */
function name(id: string): string {
  return `"${visible(id).replace(/[\\"]/g, '\\$&')}"`;
}

function label(id: string): string {
  return name(id).replaceAll('&', '&amp;');
}
