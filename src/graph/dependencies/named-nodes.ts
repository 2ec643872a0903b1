// From what a user calls nodes to nodes: an exact name, with or without Erlang's quotes and Elixir's prefix; a module where nodes are
// functions; a pattern. A name that means nothing is answered with those that look like it.

import { UsageError } from '../../errors.js';
import { setOf, type VertexSet } from '../sets/vertex-set.js';
import type { DependencyGraph } from './dependency-graph.js';
import { isPattern, matchesNode, parsePattern } from './name-pattern.js';
import { nearestNames } from './nearest-names.js';

/** Returns the nodes that a text means, at least one; throws UsageError where there is none. */
export function findNodes(graph: DependencyGraph, text: string): VertexSet {
  const spellings = [text, unquoted(text), `Elixir.${unquoted(text)}`];
  for (const spelling of spellings) {
    const exact = exactNodes(graph, spelling);
    if (exact.length > 0) return exact;
  }
  if (isPattern(text)) {
    const pattern = parsePattern(text);
    const found = graph.nodes.flatMap((node, at) => (matchesNode(pattern, node) ? [at] : []));
    if (found.length > 0) return Int32Array.from(found);
    throw new UsageError(`no ${graph.level} of the graph matches '${text}'`);
  }
  throw new UsageError(unknownNode(graph, text));
}

/** Returns the nodes that any of the texts means. */
export function findAllNodes(graph: DependencyGraph, texts: readonly string[]): VertexSet {
  return setOf(texts.flatMap((text) => Array.from(findNodes(graph, text))));
}

/** Tells whether a text can only be the name of a function: `module:name/arity`. */
export function isFunctionName(text: string): boolean {
  return /^(?!app:|\/).+:.+\/-?\d+$/su.test(text);
}

/** A node of that id, and where nodes are functions all of a module of that name. */
function exactNodes({ level, nodes }: DependencyGraph, name: string): VertexSet {
  const prefix = `${name}:`;
  const matches = (id: string) => id === name || (level === 'function' && id.startsWith(prefix));
  return Int32Array.from(nodes.flatMap(({ id }, at) => (matches(id) ? [at] : [])));
}

/** `'Elixir.Enum':'map'/2` as ids have it: without quotes. */
function unquoted(text: string): string {
  return text.replace(/'((?:[^'\\]|\\.)*)'/gsu, (_, name: string) => name.replace(/\\(.)/gsu, '$1'));
}

function unknownNode({ level, nodes }: DependencyGraph, text: string): string {
  const ids = nodes.map(({ id }) => id);
  // A module can be named where nodes are functions.
  const names = level === 'function' && !isFunctionName(text) ? [...new Set(ids.map((id) => id.replace(/:[^:].*$/su, '')))] : ids;
  const near = nearestNames(unquoted(text), names);
  const hint = near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
  return `no ${level} '${text}' in the graph${hint}`;
}
