// The MD5 of a module: what `beam_lib:md5/1` and `Module:module_info(md5)` answer, and what an automatic `vsn` is made of. It covers the
// chunks that decide what the module does, in a fixed order, without headers and padding, with the uniq of every lambda zeroed.
// Defined by lib/stdlib/src/beam_lib.erl (md5_chunks) and lib/compiler/src/beam_asm.erl.

import { hex, md5 } from '../bytes/md5.js';

const ESSENTIAL = ['Atom', 'AtU8', 'Code', 'StrT', 'ImpT', 'ExpT', 'FunT', 'LitT', 'Meta', 'Recs', 'DbgB'] as const;
const LAMBDA_ROW = 24;

/** Returns the MD5 in lower-case hexadecimal digits; `chunk` gives the data of a chunk, or undefined where there is none. */
export function moduleMd5(chunk: (id: string) => Uint8Array | undefined): string {
  const parts = ESSENTIAL.flatMap((id) => {
    const data = chunk(id);
    return data === undefined ? [] : [id === 'FunT' ? withoutUniq(data) : data];
  });
  return hex(md5(...parts));
}

function withoutUniq(lambdas: Uint8Array): Uint8Array {
  // Not slice(): that of a Buffer, which callers may pass, shares its memory.
  const copy = new Uint8Array(lambdas);
  for (let row = 4; row + LAMBDA_ROW <= copy.length; row += LAMBDA_ROW) copy.fill(0, row + 20, row + LAMBDA_ROW);
  return copy;
}
