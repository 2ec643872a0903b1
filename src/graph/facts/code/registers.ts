// What registers surely hold while a block of code runs: atoms, lists of a known length, funs, literals. It is forgotten at labels, where
// control may come from elsewhere, and x registers at calls. Enough to see what `apply` and `spawn` are given, which the compiler puts there
// right before.
//
//   value   0 unknown, else number * 8 + tag

import { TAG_A, TAG_X, TAG_Y } from '../../../beam/compact-term.js';
import { OPCODES, type OpcodeName, opcodeByName } from '../../../code/opcodes.js';
import { KIND_LITERAL } from '../../../code/scanner.js';

export const UNKNOWN = 0;
/** A row of the atom table. */
export const IS_ATOM = 1;
/** Its length. */
export const IS_LIST = 2;
export const IS_FUN = 3;
/** A row of the literal table. */
export const IS_LITERAL = 4;
/** Made and read by references/code-references.ts: `{M, F, Args}`, a row of its table. */
export const IS_START = 5;
/** Likewise: the value of `__struct__`. */
export const IS_STRUCT = 6;

/** Returns the value of that tag and number. */
export function registerValue(tag: number, number: number): number {
  return number * 8 + tag;
}

/** The registers, by number. */
export interface Registers {
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Returns the items of a literal that is a list, and -1 for any other. */
  lengthOf: (literal: number) => number;
}

/** An instruction with its operands as in code/scanner.ts: the items of a list after the operands. */
export interface Operands {
  readonly op: number;
  readonly size: number;
  readonly kinds: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Only those of arguments are asked for, and the two after them: the highest have no use here. */
const COUNT = 260;

export function newRegisters(): Registers {
  return { x: new Int32Array(COUNT), y: new Int32Array(COUNT), lengthOf: () => -1 };
}

function forgetX({ x }: Registers): void {
  x.fill(UNKNOWN);
}

export function forgetAll({ x, y }: Registers): void {
  x.fill(UNKNOWN);
  y.fill(UNKNOWN);
}

const opcode = (name: OpcodeName) => opcodeByName(name).number;

const LABEL = opcode('label');
const MOVE = opcode('move');
const SWAP = opcode('swap');
const PUT_LIST = opcode('put_list');
const MAKE_FUN2 = opcode('make_fun2');
const MAKE_FUN3 = opcode('make_fun3');

/** The positions of the operands that an instruction writes to. */
const WRITTEN: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, number) => {
  const opcode = OPCODES[number - 1];
  if (opcode === undefined) return [];
  const { name, roles } = opcode;
  const written = name === 'get_list' || name === 'get_hd' || name === 'get_tl' ? ['head', 'tail'] : ['dst'];
  return roles.flatMap((role, at) => (written.includes(role) ? [at] : []));
});

/** Instructions that write to registers in their list. */
const WRITES_IN_LIST: ReadonlySet<number> = new Set([
  opcode('get_map_elements'),
  opcode('bs_match'),
  opcode('get_record_elements'),
]);

/** Instructions after which no x register is sure: calls, and those that catch. */
const CALLS: ReadonlySet<number> = new Set(
  OPCODES.filter(
    ({ name }) => /^(call|apply|send)/.test(name) || ['catch_end', 'try_case', 'bs_init_writable', 'raw_raise'].includes(name),
  ).map(({ number }) => number),
);

/** Instructions that move the frame. */
const FRAMES: ReadonlySet<number> = new Set(
  OPCODES.filter(({ name }) => /^(allocate|deallocate|trim|init)/.test(name)).map(({ number }) => number),
);

/** Follows the instruction that the scanner has read. */
export function followInstruction(registers: Registers, code: Operands): void {
  const { op } = code;
  if (op === LABEL) forgetAll(registers);
  else if (op === MOVE) write(registers, code, 1, read(registers, code, 0));
  else if (op === PUT_LIST) write(registers, code, 2, longer(listLength(registers, read(registers, code, 1))));
  else if (op === MAKE_FUN3) write(registers, code, 1, registerValue(IS_FUN, 0));
  else if (op === MAKE_FUN2) registers.x[0] = registerValue(IS_FUN, 0);
  else if (op === SWAP) {
    const first = read(registers, code, 0);
    write(registers, code, 0, read(registers, code, 1));
    write(registers, code, 1, first);
  } else if (CALLS.has(op)) forgetX(registers);
  else if (FRAMES.has(op)) registers.y.fill(UNKNOWN);
  else {
    for (const at of WRITTEN[op] as readonly number[]) write(registers, code, at, UNKNOWN);
    if (WRITES_IN_LIST.has(op)) for (let at = 0; at < code.size; at++) write(registers, code, at, UNKNOWN);
  }
}

/** Returns what an operand holds. */
export function read(registers: Registers, code: Operands, at: number): number {
  const value = code.values[at] as number;
  switch (code.kinds[at]) {
    case TAG_X:
      return registers.x[value] ?? UNKNOWN;
    case TAG_Y:
      return registers.y[value] ?? UNKNOWN;
    case TAG_A:
      // Atom 0 is the empty list.
      return value === 0 ? registerValue(IS_LIST, 0) : registerValue(IS_ATOM, value);
    case KIND_LITERAL:
      return registerValue(IS_LITERAL, value);
    default:
      return UNKNOWN;
  }
}

/** Writes to a register; nothing where the operand is none. */
export function write(registers: Registers, code: Operands, at: number, value: number): void {
  const number = code.values[at] as number;
  if (number >= COUNT) return;
  if (code.kinds[at] === TAG_X) registers.x[number] = value;
  else if (code.kinds[at] === TAG_Y) registers.y[number] = value;
}

/** Returns the list with one item more than that many. */
function longer(length: number): number {
  return length < 0 ? UNKNOWN : registerValue(IS_LIST, length + 1);
}

/** Returns the items of a list that a register holds, and -1 where they aren't known. */
export function listLength({ lengthOf }: Registers, value: number): number {
  if (value % 8 === IS_LIST) return value >> 3;
  return value % 8 === IS_LITERAL ? lengthOf(value >> 3) : -1;
}
