// The y registers of one function. Values, variables and temporaries live in them, so that nothing is lost in a call. Temporaries are
// given back where the expression that needed them is done, variables at the end of their clause. The tags of try and catch get the
// highest numbers, outer ones above inner ones, which is the order in which the runtime looks for a handler.
//
//   y0..       arguments, variables, temporaries        y(frame - 1 - depth)   tag of the try or catch at that depth

/** Most y registers that a function can have: the loaders take y1023, and so does beam_validator. */
export const MAX_Y_REGISTERS = 1024;

/** Which registers are in use. */
export interface Registers {
  /** Registers below the highest one that was ever used. */
  count: number;
  /** Deepest nesting of tags that there was, and the one now. */
  deepest: number;
  depth: number;
  readonly free: number[];
  readonly temporaries: number[];
  readonly variables: number[];
}

/** Returns registers of which none is in use. */
export function newRegisters(): Registers {
  return { count: 0, deepest: 0, depth: 0, free: [], temporaries: [], variables: [] };
}

function allocate(registers: Registers): number {
  return registers.free.pop() ?? registers.count++;
}

/** Takes a register for a value that is needed until `releaseTemporaries`. */
export function takeTemporary(registers: Registers): number {
  const taken = allocate(registers);
  registers.temporaries.push(taken);
  return taken;
}

/** Takes a register for a variable, until `releaseVariables`. */
export function takeVariable(registers: Registers): number {
  const taken = allocate(registers);
  registers.variables.push(taken);
  return taken;
}

/** Gives back all temporaries but the first `mark`. */
export function releaseTemporaries(registers: Registers, mark: number): void {
  release(registers, registers.temporaries, mark);
}

/** Gives back the registers of all variables but the first `mark`, and but those that are `kept`. */
export function releaseVariables(registers: Registers, mark: number, kept: ReadonlySet<number>): void {
  const staying = registers.variables.slice(mark).filter((register) => kept.has(register));
  const going = registers.variables.slice(mark).filter((register) => !kept.has(register));
  registers.variables.length = mark;
  registers.variables.push(...staying);
  registers.free.push(...going.reverse());
}

function release(registers: Registers, taken: number[], mark: number): void {
  while (taken.length > mark) registers.free.push(taken.pop() as number);
}
