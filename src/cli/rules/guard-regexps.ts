// A clock for regular expressions of configs: one that tries all ways to fail would never end, and nothing else stops it. What runs under the clock
// of node:vm is stopped whatever it does.

import { createContext, Script } from 'node:vm';
import { UsageError } from '../../errors.js';
import type { RegexpGuard } from '../../rules/select-nodes.js';

/** What one use of a config's regular expression or query may take. */
const MOST_MILLISECONDS = 20_000;

/** Returns a guard that ends what takes too long with a UsageError. */
export function regexpGuard(most: number = MOST_MILLISECONDS): RegexpGuard {
  let context: ReturnType<typeof createContext> | undefined;
  const script = new Script('run()');
  return (what, run) => {
    context ??= createContext({ run: null });
    const before = context.run;
    // What comes in from outside of the context is called in it.
    context.run = run;
    try {
      return script.runInContext(context, { timeout: most });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new UsageError(`${what} takes longer than ${most / 1000} seconds: write it in another way`);
    } finally {
      context.run = before;
    }
  };
}
