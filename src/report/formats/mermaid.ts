// The graph of `deps` as a flowchart of Mermaid, which GitHub and GitLab draw in Markdown. They refuse more than 500 edges and 50 000 characters,
// so a larger graph is cut, and a node of its own says what is missing. Names are labels: everything in them that could mean something is an
// entity, and the nodes are called n0, n1, ... Edges of a node to itself aren't drawn: nearly all have one.

import { counted } from '../counted.js';
import { visible } from '../visible.js';
import { type GraphReport, numberNodes, type ReportEdge } from './graph-report.js';

const MOST_EDGES = 500;
const MOST_CHARACTERS = 50_000;

/** The node that says what is missing. */
const KEPT_CHARACTERS = 200;

/** Renders the graph. */
export function renderMermaid(report: GraphReport): string {
  const { nodes } = report;
  const edges = withoutLoops(report.edges);
  const numbers = numberNodes(report);
  const lines = ['flowchart LR'];
  let left = MOST_CHARACTERS - KEPT_CHARACTERS - 'flowchart LR\n'.length;
  const drawn = new Set<number>();
  let drawnEdges = 0;
  const add = (added: readonly string[]): boolean => {
    const size = added.reduce((sum, line) => sum + line.length + 1, 0);
    if (size > left) return false;
    left -= size;
    lines.push(...added);
    return true;
  };
  const nodeLines = (ids: readonly number[]) =>
    [...new Set(ids)].filter((id) => !drawn.has(id)).map((id) => `  n${id}["${mermaidText(nodes[id]?.id ?? '')}"]`);
  for (const edge of edges.first) {
    const ends = [numbers.get(edge.from) ?? 0, numbers.get(edge.to) ?? 0];
    if (!add([...nodeLines(ends), `  n${ends[0]} ${arrowOf(edge)} n${ends[1]}`])) break;
    for (const end of ends) drawn.add(end);
    drawnEdges++;
  }
  const withEdges = drawnEdges < edges.count ? edges.ends : new Set<string>();
  for (const [id, node] of nodes.entries()) {
    // Without its edges it would look as if it had none.
    if (drawn.has(id) || withEdges.has(node.id)) continue;
    if (!add(nodeLines([id]))) break;
    drawn.add(id);
  }
  const missing = missingText(nodes.length - drawn.size, edges.count - drawnEdges);
  if (missing !== '') lines.push(`  missing["${missing}"]`);
  return `${lines.join('\n')}\n`;
}

/** The edges that may be drawn, how many there are in all, and their ends. */
function withoutLoops(edges: Iterable<ReportEdge>) {
  const first: ReportEdge[] = [];
  const ends = new Set<string>();
  let count = 0;
  for (const edge of edges) {
    if (edge.from === edge.to) continue;
    if (count++ < MOST_EDGES) first.push(edge);
    ends.add(edge.from).add(edge.to);
  }
  return { first, count, ends };
}

const arrowOf = ({ kinds = ['call'] }: ReportEdge) => (kinds.includes('call') ? '-->' : '-.->');

function missingText(nodes: number, edges: number): string {
  const parts = [...(nodes > 0 ? [counted(nodes, 'node')] : []), ...(edges > 0 ? [counted(edges, 'edge')] : [])];
  return parts.length === 0 ? '' : `not drawn, as there are too many: ${parts.join(' and ')}`.replace(':', mermaidText(':'));
}

/** Returns text for a label in quotes: letters, digits and what means nothing as they are, all else as an entity. */
export function mermaidText(text: string): string {
  return visible(text).replace(/[^\p{L}\p{N} _.,/-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
