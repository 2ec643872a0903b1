// A generated appup as the text of its file, which tells what may be made anew.

import { formatAppup } from '../format-appup.js';
import { formatMadeEntries } from '../made-entries.js';
import type { GeneratedAppup } from './model.js';

/** Formats a generated appup, with the comment that names the entries that were made. */
export function formatGenerated({ appup, entries }: GeneratedAppup): Uint8Array {
  const made = entries.filter(({ up, down }) => up !== null || down !== null).map(({ from }) => from);
  return formatAppup(appup, made.length === 0 ? '' : formatMadeEntries(made));
}
