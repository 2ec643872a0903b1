// Comma-separated values as RFC 4180 has them, one record a line: what a record is, is what every line is, since control characters are escapes.

import { visible } from '../visible.js';

/** Renders a record; a cell of null is empty. */
export function csvRecord(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: string | number | boolean | null): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = visible(cell).replaceAll('\t', '\\x09');
  // A spreadsheet would take it for a formula and calculate.
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\s]|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
