// What the process answers with; the README lists them.

/** Everything was read and nothing was found that ought not to be. */
export const EXIT_OK = 0;
/** The command found what it looks for. */
export const EXIT_FINDINGS = 1;
/** Wrong usage: unknown option, missing argument, a choice that can't be met. */
export const EXIT_USAGE = 2;
/** Nothing could be read (or, with --strict-input, not everything). */
export const EXIT_INPUT = 3;
/** A fault of beamtool itself. */
export const EXIT_INTERNAL = 70;
