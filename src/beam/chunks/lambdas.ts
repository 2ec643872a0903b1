// `FunT`: the functions that implement funs, 0-based; the operand of make_fun3 is an index into it.
//   u32 count, count x (u32 name atom, u32 arity, u32 label, u32 index, u32 free, u32 uniq)
// `arity` counts the free variables too, which come last. `uniq` is the top 27 bits of the module's MD5, which in turn is computed with
// every uniq zeroed. Defined by beam_dict.erl and beam_file.c.

import type { Reader } from '../../bytes/reader.js';
import { Writer } from '../../bytes/writer.js';
import { LAMBDA_ROWS, type LambdaRow, readTable } from '../layout.js';

/** A 0-based index into the lambda table. */
export type LambdaIndex = number & { readonly brand?: 'LambdaIndex' };

/** Decodes the table; its atom indices are not resolved. */
export function decodeLambdas(reader: Reader): readonly LambdaRow[] {
  return readTable(reader, LAMBDA_ROWS, 'lambdas');
}

/** Returns the label of each row without making an object of it. */
export function decodeLambdaLabels(reader: Reader): Uint32Array {
  const count = reader.u32();
  reader.checkCount(count, LAMBDA_ROWS.size, 'lambdas');
  const labels = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    reader.skip(8);
    labels[at] = reader.u32();
    reader.skip(12);
  }
  reader.expectEnd();
  return labels;
}

/** Encodes the rows of FunT in their order. */
export function encodeLambdas(rows: readonly LambdaRow[]): Uint8Array {
  const writer = new Writer(4 + rows.length * LAMBDA_ROWS.size).u32(rows.length);
  for (const { name, arity, label, index, free, uniq } of rows) {
    writer.u32(name).u32(arity).u32(label).u32(index).u32(free).u32(uniq);
  }
  return writer.finish();
}
