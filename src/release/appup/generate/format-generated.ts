// A generated appup as a file.

import { formatAppup } from '../format-appup.js';
import { formatMadeEntries } from '../made-entries.js';
import type { GeneratedAppup } from './model.js';

/** Tells whether anything was made; an appup of which all was there is best left as it is. */
export function isChanged({ entries }: GeneratedAppup): boolean {
  return entries.some(({ up, down }) => up !== null || down !== null);
}

/** Formats a generated appup, with the comment that says which entries were made. */
export function formatGenerated({ appup, made }: GeneratedAppup): Uint8Array {
  return formatAppup(appup, made.length === 0 ? '' : formatMadeEntries(made));
}
