// Several nodes made one: `--collapse /^(cowboy|ranch)_/` makes one of all that begin with each, named by what the parentheses matched;
// `--collapse app:*` one of each application.

import { rankNames } from '../program/function-table.js';
import { addCounts, type DependencyGraph, type DependencyNode, mapNodes } from './dependency-graph.js';
import { matchesNode, type NamePattern } from './name-pattern.js';

/** Returns the graph with what a pattern matches put together; of several patterns the first counts. Edges within a node are loops. */
export function collapseNodes(graph: DependencyGraph, patterns: readonly NamePattern[]): DependencyGraph {
  if (patterns.length === 0) return graph;
  const ids = graph.nodes.map((node) => collapsedId(node, patterns));
  const { sorted, ranks } = rankNames([...new Set(ids)]);
  const positions = new Map([...new Set(ids)].map((id, at) => [id, ranks[at] as number]));
  const made = new Map<string, DependencyNode>();
  graph.nodes.forEach(({ app, functions }, node) => {
    const id = ids[node] as string;
    const other = made.get(id);
    const both = { app: other?.app === app ? app : null, functions: addCounts(other?.functions ?? null, functions) };
    made.set(id, { id, ...(other === undefined ? { app, functions } : both) });
  });
  const nodes = sorted.map((id) => made.get(id) as DependencyNode);
  return mapNodes(
    graph,
    nodes,
    Int32Array.from(ids, (id) => positions.get(id) as number),
  );
}

function collapsedId(node: DependencyNode, patterns: readonly NamePattern[]): string {
  for (const pattern of patterns) if (matchesNode(pattern, node)) return collapsedName(pattern, node);
  return node.id;
}

/** A regular expression names a node by its first group that took part, or by all that it matched; a glob by itself. */
function collapsedName(pattern: NamePattern, { id, app }: DependencyNode): string {
  if (pattern.of === 'application') return `app:${app}`;
  if (pattern.kind === 'glob') return pattern.glob;
  const [whole, ...captures] = pattern.regexp.exec(id) ?? [];
  return captures.find((capture) => capture !== undefined) || whole || id;
}
