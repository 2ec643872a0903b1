// Inflates a chunk before its module is read, such as in another thread.

import { ParseError } from '../errors.js';
import { inflateTerm } from '../term/etf-decode.js';
import { inflateLiterals } from './chunks/literals.js';
import type { BeamModule, CompressedId } from './module.js';

/** Returns what a chunk inflates to; undefined where it isn't compressed, or is damaged, which is for its readers to say. */
export function inflateAhead(module: BeamModule, id: CompressedId): Uint8Array | undefined {
  if (module.chunk(id) === undefined) return undefined;
  try {
    const reader = module.reader(id);
    if (id === 'LitT') return inflateLiterals(reader);
    const { data, origin } = reader;
    return data[0] === 131 && data[1] === 80 ? inflateTerm(data, origin).bytes : undefined;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
