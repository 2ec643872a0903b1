// Relations between vertices: two columns of the same length, sorted by source, then target, without repetition. Edges of 72 000
// functions are 145 000 rows; every operation is a pass or two over the columns.

import { positionsOf, sortByKey } from './sort-by-key.js';
import { boundOf, hasVertex, markedSet, marksOf, type VertexSet } from './vertex-set.js';

/** Pairs in order; row `i` is `sources[i] -> targets[i]`. Never written to once made. */
export interface Relation {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
}

export const EMPTY_RELATION: Relation = { sources: new Int32Array(0), targets: new Int32Array(0) };

/** Returns the relation of the given pairs, in any order and with repetitions; vertices are 0 or more. */
export function relationOf(sources: ArrayLike<number>, targets: ArrayLike<number>): Relation {
  const order = pairOrder(sources, targets);
  const relation = { sources: new Int32Array(order.length), targets: new Int32Array(order.length) };
  let size = 0;
  for (const row of order) {
    const source = sources[row] as number;
    const target = targets[row] as number;
    if (size > 0 && relation.sources[size - 1] === source && relation.targets[size - 1] === target) continue;
    relation.sources[size] = source;
    relation.targets[size++] = target;
  }
  return cut(relation, size);
}

/** Returns the positions of the given pairs in the order of source, then target; equal pairs stay in the order given. */
export function pairOrder(sources: ArrayLike<number>, targets: ArrayLike<number>): Int32Array {
  return sortByKey(sortByKey(positionsOf(sources), targets), sources);
}

function cut({ sources, targets }: Relation, size: number): Relation {
  return sources.length === size ? { sources, targets } : { sources: sources.slice(0, size), targets: targets.slice(0, size) };
}

export function unionRelations(left: Relation, right: Relation): Relation {
  if (left.sources.length === 0) return right;
  if (right.sources.length === 0) return left;
  return merge(left, right, true, true, true);
}

export function intersectRelations(left: Relation, right: Relation): Relation {
  return merge(left, right, false, true, false);
}

/** Returns the pairs of `left` that are not in `right`. */
export function subtractRelations(left: Relation, right: Relation): Relation {
  return right.sources.length === 0 ? left : merge(left, right, true, false, false);
}

function merge(left: Relation, right: Relation, onlyLeft: boolean, both: boolean, onlyRight: boolean): Relation {
  const bound = left.sources.length + (onlyRight ? right.sources.length : 0);
  const sources = new Int32Array(bound);
  const targets = new Int32Array(bound);
  let size = 0;
  walkTogether(left, right, (leftRow, rightRow) => {
    if (rightRow < 0 ? !onlyLeft : leftRow < 0 ? !onlyRight : !both) return;
    const from = leftRow < 0 ? right : left;
    const row = leftRow < 0 ? rightRow : leftRow;
    sources[size] = from.sources[row] as number;
    targets[size++] = from.targets[row] as number;
  });
  return cut({ sources, targets }, size);
}

/** Calls `visit` for each pair of either relation in order, with its rows in both; -1 where one lacks it. */
export function walkTogether(left: Relation, right: Relation, visit: (leftRow: number, rightRow: number) => void): void {
  let i = 0;
  let j = 0;
  while (i < left.sources.length && j < right.sources.length) {
    const order =
      (left.sources[i] as number) - (right.sources[j] as number) || (left.targets[i] as number) - (right.targets[j] as number);
    visit(order <= 0 ? i : -1, order >= 0 ? j : -1);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  while (i < left.sources.length) visit(i++, -1);
  while (j < right.sources.length) visit(-1, j++);
}

/** Returns the rows that `keep` says yes to. */
export function filterRelation(relation: Relation, keep: (row: number, source: number, target: number) => boolean): Relation {
  const sources = new Int32Array(relation.sources.length);
  const targets = new Int32Array(relation.sources.length);
  let size = 0;
  for (let row = 0; row < relation.sources.length; row++) {
    const source = relation.sources[row] as number;
    const target = relation.targets[row] as number;
    if (!keep(row, source, target)) continue;
    sources[size] = source;
    targets[size++] = target;
  }
  return cut({ sources, targets }, size);
}

/** Returns all sources. */
export function domainOf({ sources }: Relation): VertexSet {
  const domain = new Int32Array(sources.length);
  let size = 0;
  for (const source of sources) if (size === 0 || domain[size - 1] !== source) domain[size++] = source;
  return domain.slice(0, size);
}

/** Returns all targets. */
export function rangeOf({ targets }: Relation): VertexSet {
  let bound = 0;
  for (const target of targets) if (target >= bound) bound = target + 1;
  return markedSet(marksOf(targets, bound));
}

export function restrictSources(relation: Relation, set: VertexSet): Relation {
  const marks = marksOf(set, boundOf(set));
  return filterRelation(relation, (_row, source) => marks[source] === 1);
}

export function restrictTargets(relation: Relation, set: VertexSet): Relation {
  const marks = marksOf(set, boundOf(set));
  return filterRelation(relation, (_row, _source, target) => marks[target] === 1);
}

/** Returns the relation without loops. */
export function strictRelation(relation: Relation): Relation {
  return filterRelation(relation, (_row, source, target) => source !== target);
}

/** Returns the relation with a loop at each of its vertices. */
export function weakRelation(relation: Relation): Relation {
  const loops = markedSet(fieldMarks(relation));
  return unionRelations(relation, { sources: loops, targets: loops });
}

/** Returns a table with 1 at each source and target. */
export function fieldMarks({ sources, targets }: Relation): Uint8Array {
  let bound = sources.length === 0 ? 0 : (sources[sources.length - 1] as number) + 1;
  for (const target of targets) if (target >= bound) bound = target + 1;
  const marks = marksOf(targets, bound);
  for (const source of sources) marks[source] = 1;
  return marks;
}

/** Returns the relation of what `table` makes of both ends; a pair with an end that becomes -1 is left out. */
export function mapRelation({ sources, targets }: Relation, table: Int32Array): Relation {
  const from = new Int32Array(sources.length);
  const to = new Int32Array(sources.length);
  let size = 0;
  for (let row = 0; row < sources.length; row++) {
    const source = table[sources[row] as number] as number;
    const target = table[targets[row] as number] as number;
    if (source < 0 || target < 0) continue;
    // Rows of one source stand together, and so do most of one target's group: repetitions are dropped as they come.
    if (size > 0 && from[size - 1] === source && to[size - 1] === target) continue;
    from[size] = source;
    to[size++] = target;
  }
  return relationOf(from.subarray(0, size), to.subarray(0, size));
}

/** Returns the row of a pair, or -1. */
export function rowOf(relation: Relation, source: number, target: number): number {
  const { sources, targets } = relation;
  let low = 0;
  let high = sources.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = (sources[middle] as number) - source || (targets[middle] as number) - target;
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Returns the pairs of `relation` that `table` takes to a pair of `image`. */
export function inverseImage(relation: Relation, table: Int32Array, image: Relation): Relation {
  // Few distinct images stand for many rows, so that the last answer often is this row's too.
  let lastSource = -1;
  let lastTarget = -1;
  let answer = false;
  return filterRelation(relation, (_row, source, target) => {
    const from = table[source] as number;
    const to = table[target] as number;
    if (from < 0 || to < 0) return false;
    if (from !== lastSource || to !== lastTarget) answer = rowOf(image, from, to) !== -1;
    lastSource = from;
    lastTarget = to;
    return answer;
  });
}

/** Returns the ids that `table` takes to a member of `image`; the ids are those below the length of the table. */
export function inverseImageOfSet(table: Int32Array, image: VertexSet): VertexSet {
  const marks = new Uint8Array(table.length);
  for (let id = 0; id < table.length; id++) if (hasVertex(image, table[id] as number)) marks[id] = 1;
  return markedSet(marks);
}

/** Returns what `table` makes of the members of `set`, without -1. */
export function imageOfSet(set: VertexSet, table: Int32Array): VertexSet {
  let bound = 0;
  for (const id of set) if ((table[id] as number) >= bound) bound = (table[id] as number) + 1;
  const marks = new Uint8Array(bound);
  for (const id of set) if ((table[id] as number) >= 0) marks[table[id] as number] = 1;
  return markedSet(marks);
}
