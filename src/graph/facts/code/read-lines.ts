// The lines that the code's `line` instructions number.

import { decodeLineNumbers } from '../../../beam/chunks/lines.js';
import type { BeamModule } from '../../../beam/module.js';
import { ParseError } from '../../../errors.js';

const NO_LINES = new Int32Array(0);

/** Reads the line table of a module; loaders take one of an unknown version for none. Throws ParseError. */
export function readLines(module: BeamModule): Int32Array {
  if (module.chunk('Line') === undefined) return NO_LINES;
  try {
    return module.located('Line', () => decodeLineNumbers(module.reader('Line')));
  } catch (error) {
    if (error instanceof ParseError && error.code === 'unsupported') return NO_LINES;
    throw error;
  }
}
