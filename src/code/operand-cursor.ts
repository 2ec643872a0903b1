// A cursor over the Code chunk for those who look at few of the instructions: it moves past operands without keeping them, and reads one
// where it is asked to. So it is several times faster than scanner.ts, and takes what that refuses in operands that it skips.
//
//   next        the opcode; its operands must be read or skipped, all of them
//   nextOf      the next one of some opcodes, past all others
//   read        one operand: kind and value as in scanner.ts; of a list the number of its items, which must be read or skipped too
//   skip        so many operands, each list with its items

import { TAG_U, TAG_X, TAG_Y, TAG_Z } from '../beam/compact-term.js';
import { CODE_HEADER, readLayout } from '../beam/layout.js';
import type { Reader } from '../bytes/reader.js';
import { OPCODES, opcodeByName } from './opcodes.js';
import { OPERAND_TAGS, readListLength, readOperand } from './operand-codec.js';
import { KIND_FLOAT_REGISTER, KIND_LIST, KIND_LITERAL, KIND_OTHER } from './scanner.js';

const INT_CODE_END = opcodeByName('int_code_end').number;
/** Arity by opcode; 255 where there is none. */
const ARITIES = Uint8Array.from({ length: 256 }, (_, number) => OPCODES[number - 1]?.arity ?? 255);

/** By the first byte of an operand how many follow it, where that byte tells; else this. */
const UNTOLD = 255;
const FOLLOWING = Uint8Array.from({ length: 256 }, (_, first) => {
  if ((first & 7) === TAG_Z || first >= 0xf8) return UNTOLD;
  return (first & 8) === 0 ? 0 : (first & 16) === 0 ? 1 : (first >> 5) + 2;
});

/** First byte of an operand whose number takes the two bytes after it, but for the tag; a number is negative where their first bit is set. */
const TWO_BYTES = 0x18;

/** First bytes of the operands that hold others. */
const LIST = 0x17;
const LITERAL = 0x47;
const TYPED = 0x57;

/** Goes through instructions and their operands; throws ParseError. */
export class OperandCursor {
  /** Number of the opcode. */
  op = 0;
  /** How many operands it has. */
  arity = 0;
  /** 0-based index in the data of the reader of what comes next. */
  pos: number;
  /** Of the operand that {@link read} read last. */
  kind = 0;
  /** One beyond 2^53 is rounded. */
  value = 0;
  /** Literals that are marked, as they are passed; whoever watches empties it. */
  readonly seen: number[] = [];
  private readonly marked: Uint8Array | undefined;
  private readonly data: Uint8Array;
  private readonly end: number;
  private readonly reader: Reader;

  /** Takes a reader of a Code chunk's data, and reads the header. Literals of which `marked` is 1 are noted in passing. */
  constructor(reader: Reader, marked?: Uint8Array) {
    const start = reader.pos;
    const { subSize, instructionSet } = readLayout(reader, CODE_HEADER);
    if (subSize < 16) reader.fail('malformed', `a code header of ${subSize} bytes`, start);
    if (instructionSet !== 0) reader.fail('unsupported', `instruction set ${instructionSet}`, start + 4);
    reader.skip(subSize - 16);
    this.reader = reader;
    this.marked = marked;
    // A subclass such as Node's Buffer would make each access below polymorphic.
    this.data = new Uint8Array(reader.data.buffer, reader.data.byteOffset, reader.end);
    this.end = reader.end;
    this.pos = reader.pos;
  }

  /** Moves to the next instruction; false at int_code_end. */
  next(): boolean {
    // What is skipped past the end reads as zeros, and is found out here.
    if (this.pos >= this.end) this.reader.fail('truncated', `truncated ${this.reader.origin.what}: no int_code_end`, this.end);
    this.op = this.data[this.pos++] as number;
    this.arity = ARITIES[this.op] as number;
    if (this.arity === 255) this.reader.fail('unsupported', `unknown opcode ${this.op}`, this.pos - 1);
    return this.op !== INT_CODE_END;
  }

  /** Moves to the next instruction whose opcode is not 0 in `wanted`, past all others; false at int_code_end, wanted or not. */
  nextOf(wanted: Uint8Array): boolean {
    const { data, end } = this;
    let { pos } = this;
    // What next and skip do, in one loop, which is compiled long before calls of the two would be.
    while (pos < end) {
      const op = data[pos++] as number;
      const arity = ARITIES[op] as number;
      if (wanted[op] !== 0 || arity === 255 || op === INT_CODE_END) {
        pos--;
        break;
      }
      for (let left = arity; left > 0; left--) {
        const first = (data[pos++] as number) & 255;
        const following = FOLLOWING[first] as number;
        if (following !== UNTOLD) pos += following;
        else {
          this.pos = pos;
          left += this.skipExtended(first, left);
          pos = this.pos;
        }
      }
    }
    this.pos = pos;
    return this.next();
  }

  /** Moves past `count` operands. */
  skip(count: number): void {
    const { data } = this;
    let { pos } = this;
    for (let left = count; left > 0; left--) {
      // What isn't there reads as 0.
      const first = (data[pos++] as number) & 255;
      const following = FOLLOWING[first] as number;
      if (following !== UNTOLD) pos += following;
      else {
        this.pos = pos;
        left += this.skipExtended(first, left);
        pos = this.pos;
      }
    }
    this.pos = pos;
  }

  /** Reads one operand. */
  read(): void {
    const { data, pos } = this;
    const first = data[pos] as number;
    const isPlain = (first & 7) !== TAG_Z;
    if (isPlain && (first & 24) !== 24 && pos < this.end) {
      this.kind = first & 7;
      this.value = (first & 8) === 0 ? first >> 4 : ((first & 0xe0) << 3) | (data[pos + 1] as number);
      this.pos = pos + ((first & 8) === 0 ? 1 : 2);
    } else if (isPlain && (first & 0xf8) === TWO_BYTES && pos + 2 < this.end && (data[pos + 1] as number) < 0x80) {
      this.kind = first & 7;
      this.value = ((data[pos + 1] as number) << 8) | (data[pos + 2] as number);
      this.pos = pos + 3;
    } else {
      this.readSlowly();
      if (this.kind === KIND_LITERAL) this.note(this.value);
    }
  }

  /** Moves past an operand whose first byte has been read; of a list returns how many operands more are awaited besides `left`. */
  private skipExtended(first: number, left: number): number {
    // The register and the index of its type.
    if (first === TYPED) return 2;
    if (first === LITERAL) {
      this.read();
      this.note(this.value);
    } else if (first === LIST) {
      this.read();
      // Each takes a byte at least, so that no count that is only claimed costs time.
      if (this.kind !== TAG_U || !(left - 1 + this.value <= this.end - this.pos)) {
        this.reader.fail('truncated', `${this.value} operands can't be in what is left`, this.pos);
      }
      return this.value;
    } else {
      this.pos--;
      this.readSlowly();
    }
    return 0;
  }

  private note(literal: number): void {
    if (this.marked !== undefined && this.marked[literal] === 1) this.seen.push(literal);
  }

  private readSlowly(): void {
    const { reader } = this;
    reader.pos = this.pos;
    const length = this.data[this.pos] === LIST ? readListLength(reader) : undefined;
    if (length === undefined) this.keep(readOperand(reader));
    else {
      reader.checkCount(length, 1, 'operands');
      this.kind = KIND_LIST;
      this.value = length;
    }
    this.pos = reader.pos;
  }

  private keep(operand: ReturnType<typeof readOperand>): void {
    switch (operand.kind) {
      case 'literal':
        this.kind = KIND_LITERAL;
        this.value = operand.value;
        break;
      case 'fr':
        this.kind = KIND_FLOAT_REGISTER;
        this.value = operand.value;
        break;
      case 'typed':
        this.kind = operand.register.kind === 'x' ? TAG_X : TAG_Y;
        this.value = operand.register.value;
        break;
      case 'list':
      case 'allocation':
      case 'float':
        this.kind = KIND_OTHER;
        this.value = 0;
        break;
      default:
        this.kind = OPERAND_TAGS[operand.kind];
        this.value = Number(operand.value);
    }
  }
}
