// How deeply V8 puts functions into one another when it compiles them for speed.

/**
 * Bytes of bytecode that the machine's compiler may put into one function. Readers are many small functions that call each other; to inline
 * them as deeply as V8 does by default takes more time, and that in each thread, than a run has to win it back: a quarter of all where
 * thousands of modules are read, a fifth where they are compared, a tenth where twenty are rewritten.
 */
const LESS_INLINING = '--max-inlined-bytecode-size-cumulative=150';

/** Tells V8, for the rest of the process and all its threads. Before Node 20.16 it does nothing; node:v8 is loaded here since that takes 2 ms. */
export function inlineLess(): void {
  process.getBuiltinModule?.('node:v8').setFlagsFromString(LESS_INLINING);
}
