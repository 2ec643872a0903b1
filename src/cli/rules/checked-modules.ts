// What reading gives to a check, whichever way it was done.

import type { Program } from '../../graph/program/program.js';
import type { CheckInput } from '../../rules/check/ask-rules.js';
import type { CheckCoverage } from '../../rules/model.js';
import type { ModuleSuppressions } from '../../rules/suppressions.js';
import type { CommonArgs } from '../command.js';

/** What is read. */
export interface CheckedModules {
  readonly input: CheckInput;
  readonly suppressions: ReadonlyMap<string, ModuleSuppressions>;
  readonly appOf: ReadonlyMap<string, string | null>;
  readonly coverage: CheckCoverage;
  /** Returns a program with the calls of these modules at least; null where calls aren't known. */
  readonly callsOf: (modules: ReadonlySet<string>) => Promise<Program | null>;
}

/** The arguments that say what is read. */
export interface CheckReadArgs extends CommonArgs {
  readonly otp: number | undefined;
}

/** Returns how many files could be read, in per cent. */
export function percentOf(files: number, failed: number): number {
  return files === 0 ? 0 : Math.floor((files / (files + failed)) * 10_000) / 100;
}
