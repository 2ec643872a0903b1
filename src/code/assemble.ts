// Functions and instructions into the Code chunk's bytes: the exact inverse of disassemble.ts. The header is written as it stands; see
// `buildCodeHeader` for one that is true of the code.

import type { CodeHeader } from '../beam/layout.js';
import { Writer } from '../bytes/writer.js';
import type { Code, CodeFunction, Instruction } from './instructions.js';
import { opcodeByName } from './opcodes.js';
import { writeOperand } from './operand-codec.js';

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

/** Returns the header that functions need: an opcodeMax of at least 169, since newer loaders refuse less, and counts that are true. */
export function buildCodeHeader(functions: readonly CodeFunction[]): CodeHeader {
  const opcodeMax = Math.max(LEAST_OPCODE_MAX, highestOpcode(functions));
  const labelCount = [...definedLabels(functions)].reduce((highest, label) => Math.max(highest, label), 0) + 1;
  return { subSize: 16, instructionSet: 0, opcodeMax, labelCount, functionCount: functions.length };
}

/** Returns the number of the highest opcode in use; int_code_end, which ends all code, is one. */
export function highestOpcode(functions: readonly CodeFunction[]): number {
  let highest = opcodeByName('int_code_end').number;
  for (const { instructions } of functions) {
    for (const { name } of instructions) highest = Math.max(highest, opcodeByName(name).number);
  }
  return highest;
}

/** Returns the labels that `label` instructions define. */
export function definedLabels(functions: readonly CodeFunction[]): ReadonlySet<number> {
  const labels = new Set<number>();
  for (const { instructions } of functions) {
    for (const { name, operands } of instructions) {
      if (name === 'label' && operands[0]?.kind === 'unsigned') labels.add(Number(operands[0].value));
    }
  }
  return labels;
}
