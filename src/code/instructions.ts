// The model of the Code chunk: instructions in functions, with the header and what follows the code, so that nothing is lost.
//
//   header     u32 subSize, instruction set, opcodeMax, labels, functions, and subSize - 16 bytes that nobody reads
//   function   label, [line], func_info module name arity, label (the entry), body
//   end        int_code_end, and bytes that nobody reads
//
// Defined by lib/compiler/src/beam_asm.erl and erts/emulator/beam/beam_file.c; disassemble.ts and assemble.ts are its codec.

import type { AtomIndex } from '../beam/chunks/atoms.js';
import type { Label } from '../beam/chunks/entries.js';
import type { CodeHeader } from '../beam/layout.js';
import type { OpcodeName } from './opcodes.js';
import type { Operand } from './operands.js';

/** One instruction. */
export interface Instruction {
  readonly name: OpcodeName;
  /** As many as the opcode's arity. */
  readonly operands: readonly Operand[];
  /** Of its opcode, from the first byte of the Code chunk's data; -1 for one that was never in a file. */
  readonly offset: number;
}

/** The instructions of one function, and what its func_info and entry label say. */
export interface CodeFunction {
  readonly module: AtomIndex;
  readonly name: AtomIndex;
  readonly arity: number;
  /** The label of calls. */
  readonly entry: Label;
  /** From the label before func_info to the last one before the next function. */
  readonly instructions: readonly Instruction[];
}

/** The whole Code chunk. */
export interface Code {
  /** As the file has it: the counts are claims. */
  readonly header: CodeHeader;
  /** What a header of more than 16 bytes holds beyond them. */
  readonly headerRest: Uint8Array;
  readonly functions: readonly CodeFunction[];
  /** The bytes after int_code_end. */
  readonly trailing: Uint8Array;
}
