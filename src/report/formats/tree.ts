// The graph of `deps` as a tree: below each node what it depends on. It begins with nodes that nothing depends on, then with the first of each
// cycle that is left. What has been shown is not opened again.

import { visible } from '../visible.js';
import type { GraphReport } from './graph-report.js';

/** Indents are cut here: the tree of a long chain would be as wide as it is long. */
const DEEPEST = 200;

/** Renders the tree in pieces, a line each. */
export function* renderTree({ nodes, edges }: GraphReport): Generator<string> {
  const targets = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  const used = new Set<string>();
  for (const { from, to } of edges) {
    if (from === to) continue;
    targets.get(from)?.push(to);
    used.add(to);
  }
  const shown = new Set<string>();
  for (const { id } of nodes) if (!used.has(id)) yield* branch(id, targets, shown);
  for (const { id } of nodes) if (!shown.has(id)) yield* branch(id, targets, shown);
}

/** With a stack of its own: a chain may be longer than the engine's is deep. */
function* branch(root: string, targets: ReadonlyMap<string, readonly string[]>, shown: Set<string>): Generator<string> {
  const stack = [{ id: root, depth: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { id, depth } = next;
    const below = targets.get(id) ?? [];
    const isRepeated = shown.has(id) && below.length > 0;
    shown.add(id);
    yield `${'  '.repeat(Math.min(depth, DEEPEST))}${visible(id)}${isRepeated ? ' (above)' : ''}\n`;
    if (!isRepeated) stack.push(...below.map((one) => ({ id: one, depth: depth + 1 })).reverse());
  }
}
