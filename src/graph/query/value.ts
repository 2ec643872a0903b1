// The values that expressions have, as ids of the program, and what set operators make of them.

import type { Groups } from '../sets/components.js';
import { digraphOf } from '../sets/digraph.js';
import { reachableFrom, reachablePairs, reaching, reachingPairs } from '../sets/reach.js';
import {
  domainOf,
  filterRelation,
  intersectRelations,
  type Relation,
  rangeOf,
  rowOf,
  subtractRelations,
  unionRelations,
  walkTogether,
} from '../sets/relation.js';
import { intersectSets, subtractSets, unionSets, type VertexSet } from '../sets/vertex-set.js';
import type { SetOperator } from './syntax.js';

/** Calls with lines; a call may have none left after a difference. */
export interface LineFamily {
  readonly relation: Relation;
  /** By row, ascending. */
  readonly lines: readonly Int32Array[];
}

/** A part of a closure: the pairs from a member of `from` to a member of `to`, each absent where any will do. */
export interface Reach {
  readonly kind: 'reach';
  readonly relation: Relation;
  readonly from: VertexSet | undefined;
  readonly to: VertexSet | undefined;
}

/** The value of an expression; its type says what the ids are. */
export type Value =
  /**
   * `modules` is there for functions: the modules that the set is kept by. xref keeps functions by module, and a module may stay when its
   * last function goes: `(Mod) (m:f/0 - m:f/0)` is `[m]`, and `(Mod) DF` has every module.
   */
  | { readonly kind: 'vertices'; readonly set: VertexSet; readonly modules?: (() => VertexSet) | undefined }
  | { readonly kind: 'edges'; readonly relation: Relation }
  | Reach
  /** Functions with the lines of their definitions. */
  | { readonly kind: 'definitions'; readonly set: VertexSet }
  | ({ readonly kind: 'lines' } & LineFamily)
  /** The calls of what had lines: `domain (Lin) E`. */
  | { readonly kind: 'calls'; readonly relation: Relation }
  /** The lists of lines of what had lines: `range (Lin) E`; distinct. */
  | { readonly kind: 'line_lists'; readonly lists: readonly Int32Array[] }
  | { readonly kind: 'groups'; readonly groups: Groups }
  /** Between positions in `groups`. */
  | { readonly kind: 'group_edges'; readonly groups: Groups; readonly relation: Relation }
  /** Of that relation. */
  | { readonly kind: 'closure'; readonly relation: Relation }
  /** Undefined where there is no path. */
  | { readonly kind: 'path'; readonly vertices: ArrayLike<number> | undefined }
  | { readonly kind: 'number'; readonly value: number };

/** Returns the pairs of a value of edges, laid out; throws UsageError where a closure has too many. */
export function pairsOf(value: Value): Relation {
  switch (value.kind) {
    case 'edges':
    case 'lines':
    case 'calls':
    case 'closure':
      return value.relation;
    case 'reach': {
      const graph = digraphOf(value.relation);
      if (value.from !== undefined) return reachablePairs(graph, value.from, value.to);
      return reachingPairs(graph, value.to ?? graph.vertices);
    }
    default:
      throw new Error(`${value.kind} has no pairs`);
  }
}

/** Returns the sources of a value of edges. */
export function sourcesOf(value: Value): VertexSet {
  if (value.kind !== 'reach' || (value.from !== undefined && value.to !== undefined)) return domainOf(pairsOf(value));
  if (value.to !== undefined) return reaching(digraphOf(value.relation), value.to);
  return intersectSets(domainOf(value.relation), value.from ?? domainOf(value.relation));
}

/** Returns the targets of a value of edges. */
export function targetsOf(value: Value): VertexSet {
  if (value.kind !== 'reach' || (value.from !== undefined && value.to !== undefined)) return rangeOf(pairsOf(value));
  if (value.from !== undefined) return reachableFrom(digraphOf(value.relation), value.from);
  return intersectSets(rangeOf(value.relation), value.to ?? rangeOf(value.relation));
}

const SET_OPERATIONS = { union: unionSets, intersection: intersectSets, difference: subtractSets } as const;
const RELATION_OPERATIONS = { union: unionRelations, intersection: intersectRelations, difference: subtractRelations } as const;

/** Applies an operator to two values of one type and shape; undefined for a pair that xref can't take either. */
export function combineValues(operator: SetOperator, left: Value, right: Value): Value | undefined {
  if (left.kind !== right.kind && (isEmpty(left) || isEmpty(right))) return combineWithNothing(operator, left, right);
  if (left.kind === 'vertices') return right.kind === 'vertices' ? combineVertices(operator, left, right) : undefined;
  if (left.kind === 'definitions') {
    if (right.kind !== 'definitions') return undefined;
    return { kind: 'definitions', set: SET_OPERATIONS[operator](left.set, right.set) };
  }
  if (left.kind === 'lines')
    return right.kind === 'lines' ? { kind: 'lines', ...combineLines(operator, left, right) } : undefined;
  if (left.kind === 'line_lists') {
    return right.kind === 'line_lists'
      ? { kind: 'line_lists', lists: combineLists(operator, left.lists, right.lists) }
      : undefined;
  }
  if (left.kind === 'calls') {
    if (right.kind !== 'calls') return undefined;
    return { kind: 'calls', relation: RELATION_OPERATIONS[operator](left.relation, right.relation) };
  }
  return { kind: 'edges', relation: RELATION_OPERATIONS[operator](pairsOf(left), pairsOf(right)) };
}

type Vertices = Extract<Value, { readonly kind: 'vertices' }>;

function combineVertices(operator: SetOperator, left: Vertices, right: Vertices): Vertices {
  const set = SET_OPERATIONS[operator](left.set, right.set);
  const [modules, others] = [left.modules, right.modules];
  if (modules === undefined || others === undefined) return { kind: 'vertices', set };
  if (operator === 'difference') return { kind: 'vertices', set, modules };
  return { kind: 'vertices', set, modules: () => SET_OPERATIONS[operator](modules(), others()) };
}

function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case 'vertices':
    case 'definitions':
      return value.set.length === 0;
    case 'line_lists':
      return value.lists.length === 0;
    case 'lines':
    case 'calls':
      return value.relation.sources.length === 0;
    default:
      return false;
  }
}

/** To xref an empty set is of any type. */
function combineWithNothing(operator: SetOperator, left: Value, right: Value): Value {
  if (operator === 'union') return isEmpty(left) ? right : left;
  return operator === 'difference' || isEmpty(left) ? left : right;
}

/** Calls of either (union), of both, or of the left side, each with what the operator makes of its lines. */
function combineLines(operator: SetOperator, left: LineFamily, right: LineFamily): LineFamily {
  const relation = operator === 'difference' ? left.relation : RELATION_OPERATIONS[operator](left.relation, right.relation);
  const none = new Int32Array(0);
  const lines: Int32Array[] = [];
  walkTogether(left.relation, right.relation, (leftRow, rightRow) => {
    if (operator === 'difference' ? leftRow < 0 : operator === 'intersection' && (leftRow < 0 || rightRow < 0)) return;
    lines.push(SET_OPERATIONS[operator](left.lines[leftRow] ?? none, right.lines[rightRow] ?? none));
  });
  return { relation, lines };
}

function combineLists(operator: SetOperator, left: readonly Int32Array[], right: readonly Int32Array[]): readonly Int32Array[] {
  const keys = new Set(right.map(String));
  if (operator === 'union') return distinctLists([...left, ...right]);
  return left.filter((list) => keys.has(String(list)) === (operator === 'intersection'));
}

/** Returns each list once. */
export function distinctLists(lists: readonly Int32Array[]): readonly Int32Array[] {
  return [...new Map(lists.map((list) => [String(list), list])).values()];
}

/** Returns the calls that `keep` says yes to, with their lines. */
export function filterLines(family: LineFamily, keep: (source: number, target: number) => boolean): LineFamily {
  const relation = filterRelation(family.relation, (_row, source, target) => keep(source, target));
  const lines: Int32Array[] = [];
  for (let row = 0; row < relation.sources.length; row++) {
    const from = rowOf(family.relation, relation.sources[row] as number, relation.targets[row] as number);
    lines.push(family.lines[from] as Int32Array);
  }
  return { relation, lines };
}
