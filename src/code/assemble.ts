// Functions and instructions into the Code chunk's bytes: the exact inverse of disassemble.ts. The header is written as it stands; see
// `buildCodeHeader` for one that is true of the code.

import type { CodeHeader } from '../beam/layout.js';
import { Writer } from '../bytes/writer.js';
import type { Code, CodeFunction, Instruction } from './instructions.js';
import { opcodeByName } from './opcodes.js';
import { writeOperand } from './operands.js';

/** Assembles a Code chunk's data; throws RangeError where an instruction hasn't the operands that its opcode takes. */
export function assemble(code: Code): Uint8Array {
  const { subSize, instructionSet, opcodeMax, labelCount, functionCount } = code.header;
  const writer = new Writer(4096);
  writer.u32(subSize).u32(instructionSet).u32(opcodeMax).u32(labelCount).u32(functionCount);
  writer.bytes(code.headerRest);
  for (const { instructions } of code.functions) {
    for (const instruction of instructions) writeInstruction(writer, instruction);
  }
  writer.u8(opcodeByName('int_code_end').number);
  return writer.bytes(code.trailing).finish();
}

/** Writes one instruction. */
export function writeInstruction(writer: Writer, instruction: Instruction): void {
  const { name, operands } = instruction;
  const { number, arity } = opcodeByName(name);
  if (operands.length !== arity) throw new RangeError(`${name} takes ${arity} operands, not ${operands.length}`);
  writer.u8(number);
  for (const operand of operands) writeOperand(writer, operand);
}

/** Least opcodeMax that the loaders of OTP 27 and later accept (`swap`, of OTP 23). */
const LEAST_OPCODE_MAX = 169;

/**
 * Returns the header that functions need: the highest opcode, at least 169 since newer loaders refuse less, one label more than the
 * highest, and the count of functions.
 */
export function buildCodeHeader(functions: readonly CodeFunction[]): CodeHeader {
  let opcodeMax = LEAST_OPCODE_MAX;
  let labelCount = 1;
  for (const { instructions } of functions) {
    for (const { name, operands } of instructions) {
      opcodeMax = Math.max(opcodeMax, opcodeByName(name).number);
      if (name === 'label' && operands[0]?.kind === 'unsigned') labelCount = Math.max(labelCount, Number(operands[0].value) + 1);
    }
  }
  return { subSize: 16, instructionSet: 0, opcodeMax, labelCount, functionCount: functions.length };
}
