// Values as the terms that xref answers, in Erlang's order.
//
//   [{M, F, A}]  [Module]  [{{M, F, A}, {M, F, A}}]  [{{MFA, MFA}, [Line]}]  [{{{MFA, Line}, {MFA, Line}}, [Line]}]  [{MFA, Line}]
//   components [[V]]   condensation [{[V], [V]}]   path [V] or false   number   closure 'closure()'

import { atom, list, type Term, tuple } from '../../term/model.js';
import { compareTerms } from '../../term/order.js';
import type { Program } from '../program/program.js';
import { countGroups, type Groups, groupAt } from '../sets/components.js';
import type { Relation } from '../sets/relation.js';
import { isLineType, type ValueType } from './types.js';
import { pairsOf, type Value } from './value.js';

/** Returns the answer of a value of that type. */
export function answerTerm(program: Program, type: ValueType, value: Value): Term {
  const vertex = vertexTerms(program, type);
  const vertices = (ids: ArrayLike<number>) => list(Array.from(ids, vertex));
  switch (value.kind) {
    case 'vertices':
      return vertices(value.set);
    case 'definitions':
      return list(Array.from(value.set, (id) => tuple(vertex(id), program.lines[id] as number)));
    case 'edges':
    case 'reach':
      return list(pairTerms(pairsOf(value), vertex));
    case 'calls':
      return list(pairTerms(value.relation, callEnd(program, type, vertex)));
    case 'lines': {
      const calls = pairTerms(value.relation, callEnd(program, type, vertex));
      const withLines = calls.map((call, row) => tuple(call, list(Array.from(value.lines[row] as Int32Array))));
      return list(withLines.filter((_, row) => (value.lines[row] as Int32Array).length > 0));
    }
    case 'line_lists':
      return list(value.lists.map((lines) => list(Array.from(lines))).sort(compareTerms));
    case 'groups':
      return list(groupTerms(value.groups, vertex));
    case 'group_edges': {
      const groups = groupTerms(value.groups, vertex);
      return list(pairTerms(value.relation, (group) => groups[group] as Term));
    }
    case 'closure':
      return atom('closure()');
    case 'path':
      return value.vertices === undefined ? atom('false') : vertices(value.vertices);
    case 'number':
      return value.value;
  }
}

function groupTerms(groups: Groups, vertex: (id: number) => Term): readonly Term[] {
  return Array.from({ length: countGroups(groups) }, (_, group) => list(Array.from(groupAt(groups, group), vertex)));
}

/** Returns a function from ids to terms, each term made once. */
function vertexTerms(program: Program, type: ValueType): (id: number) => Term {
  const { modules, names, moduleOf, nameOf, arityOf } = program.functions;
  if (type === 'module') return (id) => atom(modules[id] as string);
  if (type === 'application') return (id) => atom(program.applications[id] as string);
  if (type === 'release') return (id) => atom(program.releases[id] as string);
  const made = new Map<number, Term>();
  return (id) => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const term = tuple(
      atom(modules[moduleOf[id] as number] as string),
      atom(names[nameOf[id] as number] as string),
      arityOf[id] as number,
    );
    made.set(id, term);
    return term;
  };
}

/** Calls of the type XXL have the lines of both definitions. */
function callEnd(program: Program, type: ValueType, vertex: (id: number) => Term): (id: number) => Term {
  if (!isLineType(type) || type !== 'all_line_call') return vertex;
  return (id) => tuple(vertex(id), program.lines[id] as number);
}

function pairTerms({ sources, targets }: Relation, vertex: (id: number) => Term): readonly Term[] {
  return Array.from(sources, (source, row) => tuple(vertex(source), vertex(targets[row] as number)));
}
