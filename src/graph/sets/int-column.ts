// A column of integers that grows while facts are added: 4 bytes an item, where an array of numbers takes 8 and moves when it grows.

/** The items are `values[0]` up to `values[length - 1]`. */
export interface IntColumn {
  values: Int32Array;
  length: number;
}

export function newColumn(): IntColumn {
  return { values: new Int32Array(1024), length: 0 };
}

/** Appends an item and returns its position. */
export function append(column: IntColumn, value: number): number {
  if (column.length === column.values.length) {
    const larger = new Int32Array(column.values.length * 2);
    larger.set(column.values);
    column.values = larger;
  }
  column.values[column.length] = value;
  return column.length++;
}

/** Takes all items away and keeps the memory. */
export function emptyColumn(column: IntColumn): void {
  column.length = 0;
}

/** Makes a column so long, each item that value. */
export function fillColumn(column: IntColumn, length: number, value: number): void {
  if (length > column.values.length) column.values = new Int32Array(Math.max(length, column.values.length * 2));
  column.values.fill(value, 0, length);
  column.length = length;
}

/** Returns the items. */
export function itemsOf({ values, length }: IntColumn): Int32Array {
  return values.subarray(0, length);
}

/** Returns for each item the value that a table has for it. */
export function translate({ values, length }: IntColumn, table: Int32Array): Int32Array {
  const translated = new Int32Array(length);
  for (let at = 0; at < length; at++) translated[at] = table[values[at] as number] as number;
  return translated;
}
