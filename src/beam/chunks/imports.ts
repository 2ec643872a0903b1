// `ImpT`: the remote functions and BIFs that the code names, 0-based; the operand of call_ext and bif is an index into it.
//   u32 count, count x (u32 module atom, u32 function atom, u32 arity)         Defined by beam_dict.erl and beam_file.c.

import type { Reader } from '../../bytes/reader.js';
import { Writer } from '../../bytes/writer.js';
import { IMPORT_ROWS, type ImportRow, readTable } from '../layout.js';

/** A 0-based index into the import table. */
export type ImportIndex = number & { readonly brand?: 'ImportIndex' };

/** Decodes the table; its atom indices are not resolved. */
export function decodeImports(reader: Reader): readonly ImportRow[] {
  return readTable(reader, IMPORT_ROWS, 'imports');
}

/** Calls `visit` for each row without making an object of it: reports over many files read a hundred thousand of them. */
export function visitImports(reader: Reader, visit: (module: number, name: number, arity: number) => void): void {
  const count = reader.u32();
  reader.checkCount(count, IMPORT_ROWS.size, 'imports');
  for (let left = count; left > 0; left--) visit(reader.u32(), reader.u32(), reader.u32());
  reader.expectEnd();
}

/** Returns the rows one after the other without making objects of them: module, name, arity, module, name, arity, ... */
export function decodeImportColumns(reader: Reader): Uint32Array {
  const count = reader.u32();
  reader.checkCount(count, IMPORT_ROWS.size, 'imports');
  const columns = new Uint32Array(count * 3);
  for (let at = 0; at < columns.length; at++) columns[at] = reader.u32();
  reader.expectEnd();
  return columns;
}

/** Encodes the rows of ImpT in their order. */
export function encodeImports(rows: readonly ImportRow[]): Uint8Array {
  const writer = new Writer(4 + rows.length * IMPORT_ROWS.size).u32(rows.length);
  for (const { module, name, arity } of rows) writer.u32(module).u32(name).u32(arity);
  return writer.finish();
}
