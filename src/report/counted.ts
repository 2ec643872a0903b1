// Numbers of things in sentences.

/** Returns `1 atom`, `2 atoms`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
