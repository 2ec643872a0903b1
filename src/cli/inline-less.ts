// How deeply V8 puts functions into one another when it compiles them for speed.

import { setFlagsFromString } from 'node:v8';

/**
 * Bytes of bytecode that the machine's compiler may put into one function. Readers are many small functions that call each other; to inline
 * them as deeply as V8 does by default takes more time, and that in each thread, than a run has to win it back: a quarter of all where
 * thousands of modules are read, a tenth where twenty are rewritten.
 */
const LESS_INLINING = '--max-inlined-bytecode-size-cumulative=150';

/** Tells V8, for the rest of the process and all its threads. */
export function inlineLess(): void {
  setFlagsFromString(LESS_INLINING);
}
