// Sets of vertices. A vertex is a small integer, and a set is an ascending Int32Array without repetition, so that the order of ids is the
// order of every answer and set operations are merges.

/** Ascending, distinct vertex ids; never written to once made. */
export type VertexSet = Int32Array;

export const EMPTY_SET: VertexSet = new Int32Array(0);

/** Returns the set of the given ids, in any order and with repetitions. */
export function setOf(ids: Iterable<number>): VertexSet {
  const sorted = Int32Array.from(ids).sort();
  let size = 0;
  for (const id of sorted) {
    if (size === 0 || sorted[size - 1] !== id) sorted[size++] = id;
  }
  return sorted.slice(0, size);
}

/** Returns the ids below `marks.length` whose mark is not 0, or has a bit of `mask`. */
export function markedSet(marks: Uint8Array, mask = 0xff): VertexSet {
  let size = 0;
  for (const mark of marks) if ((mark & mask) !== 0) size++;
  const set = new Int32Array(size);
  let at = 0;
  for (let id = 0; at < size; id++) if (((marks[id] as number) & mask) !== 0) set[at++] = id;
  return set;
}

/** Returns a table with 1 at each id of the set, long enough for `size` ids. */
export function marksOf(set: VertexSet, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (const id of set) marks[id] = 1;
  return marks;
}

/** Returns one more than the largest id, 0 for the empty set. */
export function boundOf(set: VertexSet): number {
  return set.length === 0 ? 0 : (set[set.length - 1] as number) + 1;
}

/** Returns the position of `id` in the set, or -1. */
export function positionIn(set: VertexSet, id: number): number {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = set[middle] as number;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export function hasVertex(set: VertexSet, id: number): boolean {
  return positionIn(set, id) !== -1;
}

export function unionSets(left: VertexSet, right: VertexSet): VertexSet {
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  return merge(left, right, ONLY_LEFT | BOTH | ONLY_RIGHT);
}

export function intersectSets(left: VertexSet, right: VertexSet): VertexSet {
  return merge(left, right, BOTH);
}

/** Returns what is in `left` and not in `right`. */
export function subtractSets(left: VertexSet, right: VertexSet): VertexSet {
  return right.length === 0 ? left : merge(left, right, ONLY_LEFT);
}

/** Bits that say what a merge keeps. */
const ONLY_LEFT = 1;
const BOTH = 2;
const ONLY_RIGHT = 4;

/** Walks both in order and keeps what `kept` says. */
function merge(left: VertexSet, right: VertexSet, kept: number): VertexSet {
  const keepsRight = (kept & ONLY_RIGHT) !== 0;
  const merged = new Int32Array(left.length + (keepsRight ? right.length : 0));
  let size = 0;
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const a = left[i] as number;
    const b = right[j] as number;
    const found = a < b ? ONLY_LEFT : a > b ? ONLY_RIGHT : BOTH;
    if ((kept & found) !== 0) merged[size++] = Math.min(a, b);
    if (found !== ONLY_RIGHT) i++;
    if (found !== ONLY_LEFT) j++;
  }
  const restOfRight = keepsRight ? right.subarray(j) : EMPTY_SET;
  const rest = (kept & ONLY_LEFT) !== 0 && i < left.length ? left.subarray(i) : restOfRight;
  merged.set(rest, size);
  return merged.slice(0, size + rest.length);
}
