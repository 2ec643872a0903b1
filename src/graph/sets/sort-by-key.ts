// Counting sort: linear in rows and in the largest key. Rows of several columns are sorted by the last column first.

/** Returns 0, 1, 2, ... for each item of a column. */
export function positionsOf(column: ArrayLike<number>): Int32Array {
  const positions = new Int32Array(column.length);
  for (let row = 0; row < positions.length; row++) positions[row] = row;
  return positions;
}

/** Returns rows in the order of their keys, which are 0 or more; rows of equal keys stay in the order given. */
export function sortByKey(rows: Int32Array, keys: ArrayLike<number>): Int32Array {
  let bound = 0;
  for (const row of rows) if ((keys[row] as number) >= bound) bound = (keys[row] as number) + 1;
  const starts = new Int32Array(bound + 1);
  for (const row of rows) starts[(keys[row] as number) + 1] = (starts[(keys[row] as number) + 1] as number) + 1;
  for (let key = 0; key < bound; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const sorted = new Int32Array(rows.length);
  for (const row of rows) {
    const key = keys[row] as number;
    const at = starts[key] as number;
    sorted[at] = row;
    starts[key] = at + 1;
  }
  return sorted;
}
