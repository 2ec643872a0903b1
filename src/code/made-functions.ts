// The functions that a compiler makes of funs and comprehensions, told by their names:
//
//   -handle/2-fun-0-   -f/1-lc$^0/1-1-   -f/1-after$^0/0-0-   -fun.f/1-
//
// Defined by lib/compiler/src/v3_core.erl and v3_kernel.erl.

const OWNER = /\/\d+-/;
const DASH = 45;

/** Tells whether a compiler gives such names. */
export function isMadeName(name: string): boolean {
  return name.charCodeAt(0) === DASH && name.charCodeAt(name.length - 1) === DASH && OWNER.test(name);
}
