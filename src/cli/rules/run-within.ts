// A clock for the rules of a config: a regular expression that tries all ways to fail would never end, and nothing else stops it. What runs under the
// clock of node:vm is stopped whatever it does.

import { createContext, Script } from 'node:vm';
import { UsageError } from '../../errors.js';

/** What all rules of a config may take; 40 rules about the functions of OTP take a few seconds. */
const MOST_MILLISECONDS = 60_000;

/** Runs something; throws UsageError about `what` where it takes longer than `most` milliseconds. */
export function runWithin<T>(run: () => T, what: () => string, most: number = MOST_MILLISECONDS): T {
  try {
    // What comes in from outside of the context is called in it.
    return new Script('run()').runInContext(createContext({ run }), { timeout: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new UsageError(
      `${what()} takes longer than ${most / 1000} seconds: write its regular expressions or query in another way`,
    );
  }
}
