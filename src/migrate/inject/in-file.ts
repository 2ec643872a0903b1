// The file's name in what is thrown for it.

import type { BeamModule } from '../../beam/module.js';
import { asParseError, ParseError } from '../../errors.js';

/** Runs `run`, and gives a ParseError from it the file of the module. */
export function inFile<T>(module: BeamModule, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const parsed = asParseError(error);
    throw parsed instanceof ParseError ? parsed.inFile(module.file) : parsed;
  }
}
