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
  readonly open: () => Reader;
  readonly lengthOf: Registers['lengthOf'];
  /** Made when it is first asked, which it isn't in most modules. */
  code: { readonly reader: Reader; readonly scanner: CodeScanner; readonly registers: Registers } | undefined;
}

/** Begins without instructions; `open` gives a new reader of the Code chunk's data, `lengthOf` is that of {@link Registers}. */
export function newReplay(open: () => Reader, lengthOf: Registers['lengthOf']): Replay {
  return { start: 0, open, lengthOf, code: undefined };
}

/** Returns the registers before the instruction at `end`. */
export function registersBefore(replay: Replay, end: number): Registers {
  replay.code ??= openCode(replay);
  const { reader, scanner, registers } = replay.code;
  forgetAll(registers);
  reader.pos = replay.start;
  while (reader.pos < end && scanner.next()) followInstruction(registers, scanner);
  return registers;
}

function openCode({ open, lengthOf }: Replay): NonNullable<Replay['code']> {
  const reader = open();
  return { reader, scanner: new CodeScanner(reader), registers: newRegisters(lengthOf) };
}
