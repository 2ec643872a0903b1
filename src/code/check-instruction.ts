// The checks of one instruction against the module's tables and labels, for validate.ts. What no loader of OTP 25 and later takes is a
// fault, such as a register beyond x1023 or a label that is jumped to and defined nowhere.

import { asParseError, ParseError, type ParseErrorCode } from '../errors.js';
import type { Instruction } from './instructions.js';
import { loaderAccepts, opcodeByName } from './opcodes.js';
import { type Operand, operandIndex } from './operands.js';
import type { CodeTables } from './tables.js';

/** What an instruction is checked against. */
export interface Checker {
  readonly tables: CodeTables;
  readonly labelCount: number;
  /** All labels that are defined. */
  readonly labels: ReadonlySet<number>;
  /** Those that were met so far. */
  readonly seen: Set<number>;
  readonly otp: number | undefined;
}

/** Throws ParseError for the first fault of an instruction. */
export function checkInstruction(checker: Checker, { name, operands }: Instruction): void {
  const opcode = opcodeByName(name);
  if (checker.otp !== undefined && !loaderAccepts(opcode, checker.otp)) {
    fail('unsupported', `the loader of OTP ${checker.otp} refuses ${name}`);
  }
  let at = 0;
  try {
    for (; at < operands.length; at++) {
      checkOperand(checker, operands[at] as Operand);
      checkRole(checker, operands[at] as Operand, opcode.roles[at] as string);
    }
  } catch (error) {
    throw asParseError(error, `operand ${at}`);
  }
}

/** Registers that the loader has of each kind. */
const REGISTERS = 1024;

function checkOperand(checker: Checker, operand: Operand): void {
  const { tables } = checker;
  switch (operand.kind) {
    case 'atom':
      if (operand.value > 0) tables.atom(operand.value);
      break;
    case 'literal':
      tables.literal(operand.value);
      break;
    case 'label':
      if (operand.value > 0) checkLabel(checker, operand.value);
      break;
    case 'x':
    case 'y':
    case 'fr':
      if (operand.value >= REGISTERS) fail('range', `register ${operand.kind} ${operand.value}`);
      break;
    case 'typed':
      checkOperand(checker, operand.register);
      tables.type(operand.type);
      break;
    case 'list':
      for (const item of operand.items) checkOperand(checker, item);
      break;
    case 'character':
    case 'float':
      fail('unsupported', `an operand of the kind ${operand.kind}, which no loader takes`);
  }
}

function checkLabel({ labels, labelCount }: Checker, label: number): void {
  if (label >= labelCount) fail('range', `label ${label} of ${labelCount}`);
  if (!labels.has(label)) fail('range', `label ${label} is defined nowhere`);
}

/** Checks a number that counts rows or bytes of another chunk. */
function checkRole(checker: Checker, operand: Operand, role: string): void {
  const { tables } = checker;
  switch (role) {
    case 'label':
      checkDefinition(checker, operandIndex(operand));
      break;
    case 'import':
      tables.import(operandIndex(operand));
      break;
    case 'lambda':
      if (operand.kind !== 'atom') tables.lambda(operandIndex(operand));
      break;
    case 'location':
      tables.location(operandIndex(operand));
      break;
    case 'string':
      tables.string(operandIndex(operand), 0);
      break;
    case 'choices':
    case 'pairs':
      if (operand.kind !== 'list' || operand.items.length % 2 === 1) fail('malformed', 'not a list of pairs');
  }
}

function checkDefinition({ labelCount, seen }: Checker, label: number): void {
  if (label === 0 || label >= labelCount) fail('range', `label ${label} of ${labelCount}`);
  if (seen.has(label)) fail('malformed', `label ${label} is defined twice`);
  seen.add(label);
}

/** Throws a fault without a place. */
export function fail(code: ParseErrorCode, reason: string): never {
  throw new ParseError({ code, reason });
}
