// "Did you mean": the names that take the fewest edits (insert, delete, replace or swap a character) from the one that was asked for.

const MOST_NAMES = 3;

/** Longer ones are nobody's mistype, and would take long. */
const MOST_CHARACTERS = 300;

/** Returns up to three names that are near, the nearest first, ties in the order given; a third of the characters may differ. */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  if (wanted.length > MOST_CHARACTERS) return [];
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const found = names.flatMap((name) => {
    const edits = editsWithin(wanted, name, most);
    return edits <= most ? [{ name, edits }] : [];
  });
  return found
    .sort((left, right) => left.edits - right.edits)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name);
}

/** Returns how many edits lie between two texts; anything above `most` if it is more than that. */
function editsWithin(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let edits = Math.min((row[j - 1] as number) + 1, (last[j] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) edits = Math.min(edits, (beforeLast[j - 2] as number) + 1);
      row.push(edits);
    }
    if (Math.min(...row) > most) return most + 1;
    [beforeLast, last] = [last, row];
  }
  return last[right.length] as number;
}
