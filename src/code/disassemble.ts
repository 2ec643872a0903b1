// The Code chunk's bytes into functions and instructions; instructions.ts says how they lie. Instructions have no length of their own:
// an unknown opcode or a bad operand ends the reading. Paths of errors count functions, instructions and operands from 0.

import { CODE_HEADER, readLayout } from '../beam/layout.js';
import type { BeamModule } from '../beam/module.js';
import type { Reader } from '../bytes/reader.js';
import { asParseError, within } from '../errors.js';
import type { Code, CodeFunction, Instruction } from './instructions.js';
import { OPCODES } from './opcodes.js';
import { readOperand } from './operand-codec.js';
import type { Operand } from './operands.js';

/** Disassembles a module's Code chunk; throws ParseError, `missing` where there is none. */
export function disassembleModule(module: BeamModule): Code {
  return module.located('Code', () => disassemble(module.reader('Code')));
}

/** Disassembles the data of a Code chunk, to the end of the reader; throws ParseError. */
export function disassemble(reader: Reader): Code {
  const start = reader.pos;
  const header = readLayout(reader, CODE_HEADER);
  if (header.subSize < 16) reader.fail('malformed', `a code header of ${header.subSize} bytes`, start);
  if (header.instructionSet !== 0) reader.fail('unsupported', `instruction set ${header.instructionSet}`, start + 4);
  const headerRest = within('header', () => reader.bytes(header.subSize - 16));
  const instructions = readInstructions(reader, start);
  const functions = splitFunctions(instructions, reader, start);
  return { header, headerRest, functions, trailing: reader.bytes(reader.left) };
}

/** Reads all instructions up to int_code_end, which is read too but not returned. */
function readInstructions(reader: Reader, start: number): readonly Instruction[] {
  const instructions: Instruction[] = [];
  try {
    for (;;) {
      const instruction = readInstruction(reader, start);
      if (instruction.name === 'int_code_end') return instructions;
      instructions.push(instruction);
    }
  } catch (error) {
    const [functionIndex, index] = placeOf(instructions);
    throw asParseError(asParseError(error, `instruction ${index}`), `function ${functionIndex}`);
  }
}

function readInstruction(reader: Reader, start: number): Instruction {
  const offset = reader.pos - start;
  const opcode = OPCODES[reader.u8() - 1];
  if (opcode === undefined) {
    return reader.fail('unsupported', `unknown opcode ${reader.data[reader.pos - 1]}`, reader.pos - 1);
  }
  return { name: opcode.name, operands: opcode.arity === 0 ? NONE : readOperands(reader, opcode.arity), offset };
}

const NONE: readonly Operand[] = [];

function readOperands(reader: Reader, arity: number): readonly Operand[] {
  const operands: Operand[] = [];
  try {
    while (operands.length < arity) {
      const at = reader.pos;
      const operand = readOperand(reader);
      if (operand.kind === 'list' && operands.length < arity - 1) reader.fail('malformed', 'a list before the last operand', at);
      operands.push(operand);
    }
    return operands;
  } catch (error) {
    throw asParseError(error, `operand ${operands.length}`);
  }
}

/** Returns in which function the instruction after these would be, and where in it. */
function placeOf(instructions: readonly Instruction[]): readonly [functionIndex: number, index: number] {
  const infos = infosIn(instructions);
  const last = infos.at(-1);
  const head = last === undefined ? 0 : (headOf(instructions, last) ?? last);
  return [Math.max(0, infos.length - 1), instructions.length - head];
}

/** Returns where the func_info instructions are, one for each function. */
function infosIn(instructions: readonly Instruction[]): readonly number[] {
  const infos: number[] = [];
  for (let at = 0; at < instructions.length; at++) if (instructions[at]?.name === 'func_info') infos.push(at);
  return infos;
}

/** Returns where the function begins whose func_info is at `info`, or undefined if no label stands before that. */
function headOf(instructions: readonly Instruction[], info: number): number | undefined {
  const label = instructions[info - 1]?.name === 'line' ? info - 2 : info - 1;
  return instructions[label]?.name === 'label' ? label : undefined;
}

function splitFunctions(instructions: readonly Instruction[], reader: Reader, start: number): readonly CodeFunction[] {
  const infos = infosIn(instructions);
  const fail = (at: number, reason: string): never =>
    reader.fail('malformed', reason, start + (instructions[at] as Instruction).offset);
  const heads = infos.map((info, index) =>
    within(`function ${index}`, () => headOf(instructions, info) ?? fail(info, 'func_info without a label before it')),
  );
  if ((heads[0] ?? instructions.length) > 0) fail(0, 'instructions before the first function');
  return infos.map((info, index) =>
    within(`function ${index}`, () => {
      const head = functionHead(instructions[info], instructions[info + 1]);
      if (head === undefined) fail(info, 'func_info is not of atoms and an arity, with a label after it');
      return { ...(head as FunctionHead), instructions: instructions.slice(heads[index], heads[index + 1]) };
    }),
  );
}

type FunctionHead = Omit<CodeFunction, 'instructions'>;

/** Returns what the func_info and the entry label of a function say, or undefined where they aren't such. */
function functionHead(info: Instruction | undefined, label: Instruction | undefined): FunctionHead | undefined {
  const [module, name, arity] = info?.operands ?? [];
  const entry = label?.name === 'label' ? label.operands[0] : undefined;
  if (module?.kind !== 'atom' || name?.kind !== 'atom') return undefined;
  if (arity?.kind !== 'unsigned' || entry?.kind !== 'unsigned') return undefined;
  if (typeof arity.value === 'bigint' || typeof entry.value === 'bigint') return undefined;
  return { module: module.value, name: name.value, arity: arity.value, entry: entry.value };
}
