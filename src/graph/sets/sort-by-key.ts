// Counting sort: linear in rows and in the largest key. Rows of several columns are sorted by the last column first. Where a key is out of
// all proportion to the rows, as an arity in a damaged file, they are compared instead.

/** Returns 0, 1, 2, ... for each item of a column. */
export function positionsOf(column: ArrayLike<number>): Int32Array {
  const positions = new Int32Array(column.length);
  for (let row = 0; row < positions.length; row++) positions[row] = row;
  return positions;
}

/** Keys that are counted whatever the number of rows, and more for each row. */
const SMALL_KEYS = 0x10000;
const KEYS_PER_ROW = 16;

/** Returns rows in the order of their keys; rows of equal keys stay in the order given. */
export function sortByKey(rows: Int32Array, keys: ArrayLike<number>): Int32Array {
  let bound = 0;
  let least = 0;
  // By position and not by iterator, since this runs while the code is still cold, a few times over all rows of a program.
  for (let at = 0; at < rows.length; at++) {
    const key = keys[rows[at] as number] as number;
    if (key >= bound) bound = key + 1;
    else if (key < least) least = key;
  }
  if (least < 0 || bound > SMALL_KEYS + rows.length * KEYS_PER_ROW) {
    return Int32Array.from(rows).sort((left, right) => (keys[left] as number) - (keys[right] as number));
  }
  const starts = new Int32Array(bound + 1);
  for (let at = 0; at < rows.length; at++) {
    const key = keys[rows[at] as number] as number;
    starts[key + 1] = (starts[key + 1] as number) + 1;
  }
  for (let key = 0; key < bound; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const sorted = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const key = keys[row] as number;
    const place = starts[key] as number;
    sorted[place] = row;
    starts[key] = place + 1;
  }
  return sorted;
}
