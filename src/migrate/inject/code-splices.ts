// The edits of the Code chunk: functions before int_code_end, another name in the func_info of the renamed one, and a header that is true.
//   u32 subSize, set, opcodeMax, labels, functions        see code/instructions.ts

import { TAG_A, writeCompactTerm } from '../../beam/compact-term.js';
import { Writer } from '../../bytes/writer.js';
import { highestOpcode, writeInstruction } from '../../code/assemble.js';
import type { CodeFunction } from '../../code/instructions.js';
import type { FoundCode, FoundFunction } from './code-functions.js';
import type { Splice } from './splice.js';

/** Where opcodeMax lies, which the counts follow. */
const OPCODE_MAX = 8;

/** A function and the atom that becomes its name. */
export interface RenamedFunction {
  readonly found: FoundFunction;
  readonly name: number;
}

/** Returns the edits that append functions and rename one. */
export function codeSplices(
  code: FoundCode,
  added: readonly CodeFunction[],
  labelCount: number,
  renamed?: RenamedFunction,
): readonly Splice[] {
  const opcodeMax = Math.max(code.header.opcodeMax, highestOpcode(added));
  const header = new Writer(12)
    .u32(opcodeMax)
    .u32(labelCount)
    .u32(code.header.functionCount + added.length);
  const body = new Writer(4096);
  for (const { instructions } of added) for (const instruction of instructions) writeInstruction(body, instruction);
  return [
    { at: OPCODE_MAX, length: 12, bytes: header.finish() },
    ...(renamed === undefined ? [] : [nameSplice(renamed)]),
    { at: code.end, length: 0, bytes: body.finish() },
  ];
}

function nameSplice({ found, name }: RenamedFunction): Splice {
  const operand = new Writer(4);
  writeCompactTerm(operand, TAG_A, name);
  return { at: found.nameStart, length: found.nameEnd - found.nameStart, bytes: operand.finish() };
}
