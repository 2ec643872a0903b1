// `ExpT` and `LocT`: the functions of the module with their entry labels, the exported ones and the others.
//   u32 count, count x (u32 function atom, u32 arity, u32 label)               Defined by beam_dict.erl and beam_file.c.

import type { Reader } from '../../bytes/reader.js';
import { Writer } from '../../bytes/writer.js';
import { ENTRY_ROWS, type EntryRow, readTable } from '../layout.js';

/** A label of the Code chunk; 0 is none. */
export type Label = number & { readonly brand?: 'Label' };

/** Decodes the table; its atom indices are not resolved. */
export function decodeEntries(reader: Reader): readonly EntryRow[] {
  return readTable(reader, ENTRY_ROWS, 'functions');
}

/** Calls `visit` for each row without making an object of it. */
export function visitEntries(reader: Reader, visit: (name: number, arity: number, label: number) => void): void {
  const count = reader.u32();
  reader.checkCount(count, ENTRY_ROWS.size, 'functions');
  for (let left = count; left > 0; left--) visit(reader.u32(), reader.u32(), reader.u32());
  reader.expectEnd();
}

/** Encodes the rows of ExpT or LocT in their order. */
export function encodeEntries(rows: readonly EntryRow[]): Uint8Array {
  const writer = new Writer(4 + rows.length * ENTRY_ROWS.size).u32(rows.length);
  for (const { name, arity, label } of rows) writer.u32(name).u32(arity).u32(label);
  return writer.finish();
}
