// A cursor over the Code chunk that makes no objects, for questions over many modules such as who calls whom: it is several times
// faster than disassembling. Operands lie in two arrays, the items of a list after the operands:
//
//   call_ext 2 lists:map/2        op 7    kinds TAG_U TAG_U                          values 2 17
//   select_val x0 f9 [a, f3]      op 59   kinds TAG_X TAG_F KIND_LIST TAG_A TAG_F    values 0 9 2 5 3
//
// What it refuses disassemble.ts refuses too, and the other way round, but for the order of instructions in a function.

import { TAG_X, TAG_Y, TAG_Z } from '../beam/compact-term.js';
import { CODE_HEADER, readLayout } from '../beam/layout.js';
import type { Reader } from '../bytes/reader.js';
import { OPCODES, opcodeByName } from './opcodes.js';
import { OPERAND_TAGS, readListLength, readOperand } from './operand-codec.js';
import type { Operand } from './operands.js';

/** The kind of a list; its value is the number of its items. */
export const KIND_LIST = 8;
export const KIND_FLOAT_REGISTER = 9;
/** The kind of a literal; its value is a row of LitT, from 0. */
export const KIND_LITERAL = 10;
/** The kind of what is no single number, an allocation list or an old float. */
export const KIND_OTHER = 11;

const INT_CODE_END = opcodeByName('int_code_end').number;
/** Arity by opcode; 255 where there is none. */
const ARITIES = Uint8Array.from({ length: 256 }, (_, number) => OPCODES[number - 1]?.arity ?? 255);

/** Goes through the instructions of a Code chunk one after the other, from first to last. */
export class CodeScanner {
  /** Number of the opcode. */
  op = 0;
  /** Of the opcode, from the first byte of the Code chunk's data. */
  offset = 0;
  /** How many entries of `kinds` and `values` belong to the instruction: its operands, then the items of a list. */
  size = 0;
  /** A TAG of beam/compact-term.ts (typed registers are TAG_X or TAG_Y) or a KIND. */
  kinds = new Uint8Array(64);
  /** The operand's number; one beyond 2^53 is rounded. */
  values = new Float64Array(64);
  private readonly reader: Reader;
  private readonly start: number;

  /** Takes a reader of a Code chunk's data and reads the header; throws ParseError. */
  constructor(reader: Reader) {
    this.reader = reader;
    this.start = reader.pos;
    const { subSize, instructionSet } = readLayout(reader, CODE_HEADER);
    if (subSize < 16) reader.fail('malformed', `a code header of ${subSize} bytes`, this.start);
    if (instructionSet !== 0) reader.fail('unsupported', `instruction set ${instructionSet}`, this.start + 4);
    reader.skip(subSize - 16);
  }

  /** Moves to the next instruction; false at int_code_end. Throws ParseError. */
  next(): boolean {
    const { reader } = this;
    this.offset = reader.pos - this.start;
    this.op = reader.u8();
    this.size = 0;
    const arity = ARITIES[this.op] as number;
    if (arity === 255) reader.fail('unsupported', `unknown opcode ${this.op}`, reader.pos - 1);
    while (this.size < arity) {
      if (this.readSlot() === KIND_LIST) this.readItems(arity);
    }
    return this.op !== INT_CODE_END;
  }

  private readItems(arity: number): void {
    const { reader } = this;
    if (this.size < arity) reader.fail('malformed', 'a list before the last operand');
    const count = this.values[arity - 1] as number;
    reader.checkCount(count, 1, 'operands');
    this.reserve(arity + count);
    while (this.size < arity + count) {
      if (this.readSlot() === KIND_LIST) reader.fail('malformed', 'a list in a list');
    }
  }

  /** Reads one operand into the next entry and returns its kind; of a list only the count. */
  private readSlot(): number {
    const { reader } = this;
    const first = reader.u8();
    if ((first & 7) !== TAG_Z) {
      if ((first & 8) === 0) return this.add(first & 7, first >> 4);
      if ((first & 16) === 0) return this.add(first & 7, ((first & 0xe0) << 3) | reader.u8());
    }
    reader.pos -= 1;
    const length = readListLength(reader);
    return length === undefined ? this.addOperand(readOperand(reader)) : this.add(KIND_LIST, length);
  }

  private addOperand(operand: Operand): number {
    switch (operand.kind) {
      case 'literal':
        return this.add(KIND_LITERAL, operand.value);
      case 'fr':
        return this.add(KIND_FLOAT_REGISTER, operand.value);
      case 'typed':
        return this.add(operand.register.kind === 'x' ? TAG_X : TAG_Y, operand.register.value);
      case 'list':
      case 'allocation':
      case 'float':
        return this.add(KIND_OTHER, 0);
      default:
        return this.add(OPERAND_TAGS[operand.kind], Number(operand.value));
    }
  }

  private add(kind: number, value: number): number {
    const at = this.size++;
    this.kinds[at] = kind;
    this.values[at] = value;
    return kind;
  }

  private reserve(size: number): void {
    if (size <= this.kinds.length) return;
    const [kinds, values] = [new Uint8Array(size * 2), new Float64Array(size * 2)];
    kinds.set(this.kinds);
    values.set(this.values);
    this.kinds = kinds;
    this.values = values;
  }
}
