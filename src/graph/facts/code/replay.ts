// Goes over the instructions since the last label or call once more, this time with their registers: only what `apply`, `spawn` and calls
// of funs are given needs that, and the compiler puts it there right before. No instruction is gone over more than twice, since each of
// those is a call itself.

import type { Reader } from '../../../bytes/reader.js';
import { CodeScanner } from '../../../code/scanner.js';
import { followInstruction, forgetAll, newRegisters, type Registers } from './registers.js';

/** Tells what registers hold. */
export interface Replay {
  /** Where the instructions begin: 0-based index in the data of the reader. */
  start: number;
  readonly reader: Reader;
  readonly scanner: CodeScanner;
  readonly registers: Registers;
}

/** Takes a reader of a Code chunk's data of its own. */
export function newReplay(reader: Reader): Replay {
  return { start: 0, reader, scanner: new CodeScanner(reader), registers: newRegisters() };
}

/** Returns the registers before the instruction at `end`. */
export function registersBefore({ start, reader, scanner, registers }: Replay, end: number): Registers {
  forgetAll(registers);
  reader.pos = start;
  while (reader.pos < end && scanner.next()) followInstruction(registers, scanner);
  return registers;
}
