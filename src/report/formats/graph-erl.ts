// The graph of `deps` as Erlang terms, with nodes as xref has them: an atom, or `{m,f,1}` of a function.
//
//   {level,module}.
//   {nodes,[
//    shop,
//    till
//   ]}.
//   {edges,[
//    {shop,till}
//   ]}.

import type { DependencyLevel } from '../../graph/dependencies/dependency-graph.js';
import { moduleOfFunction } from '../../rules/rule-graphs.js';
import { list, type Term, tuple } from '../../term/model.js';
import { erlText, jsonTerm, nameTerm } from './erl.js';
import type { GraphReport } from './graph-report.js';

/** Renders the graph in pieces, an item a line. */
export function* renderGraphErl({ level, nodes, edges, cycles, why, metrics }: GraphReport): Generator<string> {
  const terms = new Map(nodes.map(({ id }) => [id, nodeTerm(id, level)]));
  const term = (id: string) => terms.get(id) ?? nodeTerm(id, level);
  yield `{level,${level}}.\n`;
  yield* listOf('nodes', nodes, ({ id }) => term(id));
  yield* listOf('edges', edges, ({ from, to }) => tuple(term(from), term(to)));
  if (cycles !== undefined) yield* listOf('cycles', cycles, (cycle) => list(cycle.nodes.map(term)));
  if (why !== undefined) yield* listOf('why', why.steps ?? [], ({ from, to }) => tuple(term(from), term(to)));
  if (metrics !== undefined) {
    yield* listOf('metrics', metrics, ({ id, ...figures }) => tuple(term(id), jsonTerm(figures)));
  }
}

function* listOf<T>(name: string, items: Iterable<T>, term: (item: T) => Term): Generator<string> {
  let before = `{${name},[\n `;
  for (const item of items) {
    yield before + erlText(term(item));
    before = ',\n ';
  }
  yield before.startsWith('{') ? `{${name},[]}.\n` : '\n]}.\n';
}

function nodeTerm(id: string, level: DependencyLevel): Term {
  const rest = level === 'function' ? /^(?:'(?:[^'\\]|\\.)*'|[^:]*):(.*)\/(-?\d+)$/su.exec(id) : null;
  if (rest === null) return nameTerm(id);
  return tuple(nameTerm(moduleOfFunction(id)), nameTerm(rest[1] as string), Number(rest[2]));
}
