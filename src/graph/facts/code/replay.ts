// Goes over the instructions since the last label or call once more, this time with their registers: only what `apply`, `spawn` and calls
// of funs are given needs that, and the compiler puts it there right before. No instruction is gone over more than twice, since each of
// those is a call itself.

import type { OperandCursor } from '../../../code/operand-cursor.js';
import { KIND_LIST } from '../../../code/scanner.js';
import { followInstruction, forgetAll, newRegisters, type Registers } from './registers.js';

/** Made once: they are cleared before each use, and to make them for each module takes a tenth of the time of all. */
const registers = newRegisters();
const operands = { op: 0, size: 0, kinds: [] as number[], values: [] as number[] };

/** Returns the registers before the instruction at `end`, which the cursor then is as far in as it was; they hold until the next call. */
export function registersBefore(code: OperandCursor, start: number, end: number, lengthOf: Registers['lengthOf']): Registers {
  const { op, arity, pos } = code;
  const { length } = code.seen;
  forgetAll(registers);
  registers.lengthOf = lengthOf;
  code.pos = start;
  while (code.pos < end && code.next()) {
    readOperands(code);
    followInstruction(registers, operands);
  }
  code.op = op;
  code.arity = arity;
  code.pos = pos;
  if (code.seen.length > length) code.seen.length = length;
  return registers;
}

function readOperands(code: OperandCursor): void {
  operands.op = code.op;
  operands.size = 0;
  for (let left = code.arity; left > 0; left--) {
    code.read();
    operands.kinds[operands.size] = code.kind;
    operands.values[operands.size++] = code.value;
    if (code.kind === KIND_LIST) left += code.value;
  }
}
