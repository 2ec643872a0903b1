// The graph of `deps` as `a b`, an edge a line, for grep, join, tsort and awk; a node without edges stands alone.

import { visible } from '../visible.js';
import type { GraphReport } from './graph-report.js';

/** Renders the graph in pieces, a line each; white space in names is an escape. */
export function* renderLines({ nodes, edges }: GraphReport): Generator<string> {
  const lonely = new Set(nodes.map(({ id }) => id));
  for (const { from, to } of edges) {
    lonely.delete(from);
    lonely.delete(to);
    yield `${word(from)} ${word(to)}\n`;
  }
  for (const id of lonely) yield `${word(id)}\n`;
}

function word(id: string): string {
  return visible(id).replace(/\s/gu, (space) => {
    const unit = space.charCodeAt(0);
    return unit < 0x100 ? `\\x${unit.toString(16).padStart(2, '0')}` : `\\u{${unit.toString(16)}}`;
  });
}
