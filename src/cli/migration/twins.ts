// Whether two files hold the same module, of which one may be stripped. The MD5 of the module tells, but for strippers that drop Meta, which
// counts in it: then what runs is compared chunk by chunk.

import type { BeamModule } from '../../beam/module.js';

/** What a module does is decided by these. */
const RUNNING = ['Atom', 'AtU8', 'Code', 'StrT', 'ImpT', 'ExpT', 'FunT', 'LitT', 'Recs'] as const;

/** Tells whether `twin` is the module that `stripped` was made of, or the other way around. */
export function isTwin(stripped: BeamModule, twin: BeamModule): boolean {
  return stripped.md5 === twin.md5 || RUNNING.every((id) => isSame(stripped.chunk(id)?.data, twin.chunk(id)?.data));
}

function isSame(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  return left === undefined || right === undefined ? left === right : Buffer.compare(left, right) === 0;
}
