// The rows of `Type`: version, count, and each entry with what its bits mean.

import { decodeTypes, isAnyType, type TypeEntry, type TypeTable, typeMembers } from '../../beam/chunks/types.js';
import { Reader } from '../../bytes/reader.js';
import { type DumpRow, row, u32Row } from './row.js';

/** Reads the chunk as rows; throws ParseError. */
export function* typeRows(reader: Reader): Generator<DumpRow> {
  const table = new Reader(reader.data, reader.origin, reader.pos, reader.end);
  yield u32Row(reader, (version) => `version ${version}${SINCE.get(version) ?? ''}`);
  const { version, entries } = decodeTypes(table);
  yield u32Row(reader, (count) => `${count} types`);
  for (const [index, entry] of entries.entries()) {
    const start = reader.pos;
    reader.skip(entrySize(version, entry));
    yield row(reader, start, `type ${index}: ${typeText({ version, entries }, entry)}`);
  }
}

const SINCE: ReadonlyMap<number, string> = new Map([
  [1, ' (OTP 25)'],
  [2, ' (OTP 26)'],
  [3, ' (OTP 27 and 28)'],
  [4, ' (OTP 29)'],
]);

function entrySize(version: number, { lower, upper, unit }: TypeEntry): number {
  if (version === 1) return 18;
  return 2 + (lower === undefined ? 0 : 8) + (upper === undefined ? 0 : 8) + (unit === undefined ? 0 : 1);
}

/** Returns the members of the union with their bounds, such as `integer 0..255` or `atom | nil`. */
export function typeText(table: TypeTable, entry: TypeEntry): string {
  const members = typeMembers(table, entry);
  const names = isAnyType(table, entry) ? 'any' : members.join(' | ') || 'none';
  const unit = entry.unit === undefined ? '' : ` unit ${entry.unit}`;
  return `${names}${unit}${boundsText(entry)}`;
}

function boundsText({ lower, upper }: TypeEntry): string {
  if (lower === undefined && upper === undefined) return '';
  return ` ${lower ?? ''}..${upper ?? ''}`;
}
