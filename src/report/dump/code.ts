// The rows of `Code`: the header's words, then a row for each instruction below the name of its function. The items of a long list get
// rows of their own.

import { Reader } from '../../bytes/reader.js';
import { type Opcode, opcodeByNumber } from '../../code/opcodes.js';
import { readListLength, readOperand } from '../../code/operand-codec.js';
import type { Operand } from '../../code/operands.js';
import { within } from '../../errors.js';
import { counted } from '../counted.js';
import { functionText } from './erlang-text.js';
import { findFunctionHeads } from './function-heads.js';
import type { Lookups } from './lookups.js';
import { operandText, stringText } from './operands.js';
import { BYTES_PER_LINE, type DumpRow, remark, row, u32Row } from './row.js';

/** The list of an instruction that takes more bytes is opened. */
const SHORT = 2 * BYTES_PER_LINE;

/** Reads the chunk as rows; throws ParseError. */
export function* codeRows(reader: Reader, names: Lookups): Generator<DumpRow> {
  const start = reader.pos;
  const heads = findFunctionHeads(new Reader(reader.data, reader.origin, start, reader.end));
  yield* headerRows(reader);
  let next = 0;
  for (let last = false; !last; ) {
    const head = heads[next];
    if (head?.offset === reader.pos - start) {
      yield remark(reader, `function ${next++}: ${functionText(names.atom(head.name), head.arity)}`);
    }
    const instruction = within(`function ${Math.max(0, next - 1)}`, () => readInstruction(reader));
    yield* instructionRows(reader, instruction, names);
    last = instruction.opcode.name === 'int_code_end';
  }
}

function* headerRows(reader: Reader): Generator<DumpRow> {
  const start = reader.pos;
  const size = reader.u32();
  yield row(reader, start, `header of ${size} bytes`);
  if (size < 16) reader.fail('malformed', `a code header of ${size} bytes`, start);
  yield u32Row(reader, (set) => `instruction set ${set}`);
  yield u32Row(reader, (number) => `highest opcode: ${number} ${opcodeByNumber(number)?.name ?? ''}`);
  yield u32Row(reader, (count) => `labels below ${count}`);
  yield u32Row(reader, (count) => counted(count, 'function'));
  const rest = size - 16;
  reader.skip(rest);
  if (rest > 0) yield row(reader, reader.pos - rest, 'rest of the header');
}

/** An instruction that the reader has passed. */
interface FoundInstruction {
  readonly opcode: Opcode;
  readonly operands: readonly Operand[];
  /** Where it begins, and where its last operand does. */
  readonly start: number;
  readonly last: number;
}

function readInstruction(reader: Reader): FoundInstruction {
  const start = reader.pos;
  const number = reader.u8();
  const opcode = opcodeByNumber(number) ?? reader.fail('unsupported', `unknown opcode ${number}`, start);
  const operands: Operand[] = [];
  let last = reader.pos;
  while (operands.length < opcode.arity) {
    last = reader.pos;
    const operand = within(`${opcode.name} > operand ${operands.length}`, () => readOperand(reader));
    operands.push(operand);
    if (operand.kind === 'list' && operands.length < opcode.arity)
      reader.fail('malformed', 'a list before the last operand', last);
  }
  return { opcode, operands, start, last };
}

function* instructionRows(reader: Reader, instruction: FoundInstruction, names: Lookups): Generator<DumpRow> {
  const { opcode, operands, start, last } = instruction;
  const list = operands.at(-1);
  const end = reader.pos;
  if (list?.kind !== 'list' || end - start <= SHORT) {
    yield row(reader, start, instructionText(instruction, names), 1);
    return;
  }
  const groups = groupItems(list.items, opcode.roles.at(-1) ?? '', names);
  reader.pos = last;
  readListLength(reader);
  const head = { ...instruction, operands: operands.slice(0, -1) };
  yield row(reader, start, `${instructionText(head, names)} list of ${list.items.length}`, 1);
  for (const { size, text } of groups) {
    const at = reader.pos;
    for (let left = size; left > 0; left--) readOperand(reader);
    yield row(reader, at, text, 2);
  }
}

function instructionText({ opcode, operands }: FoundInstruction, names: Lookups): string {
  const texts = operands.map((operand, at) => {
    const role = opcode.roles[at] ?? '';
    if (role === 'string') return stringText(operand, stringBytes(operands[at - 1], opcode.roles[at - 1]), names);
    return operand.kind === 'list' ? listText(operand.items, role, names) : operandText(operand, names, role);
  });
  return [opcode.name, ...texts].join(' ');
}

/** Returns the bytes that an operand of role `bits` or `size` counts. */
function stringBytes(operand: Operand | undefined, role: string | undefined): number {
  const size = operand?.kind === 'unsigned' || operand?.kind === 'integer' ? Number(operand.value) : 0;
  return role === 'bits' ? Math.ceil(size / 8) : size;
}

function listText(items: readonly Operand[], role: string, names: Lookups): string {
  return `[${groupItems(items, role, names)
    .map(({ text }) => text)
    .join(', ')}]`;
}

/** Items of a list that belong together. */
interface ItemGroup {
  /** Number of items. */
  readonly size: number;
  readonly text: string;
}

/** Groups the items of a list as the role of the list says: pairs, segments of bs_create_bin, commands of bs_match. */
function groupItems(items: readonly Operand[], role: string, names: Lookups): readonly ItemGroup[] {
  const groups: ItemGroup[] = [];
  for (let at = 0; at < items.length; ) {
    const group = items.slice(at, at + groupSize(items, at, role));
    groups.push({ size: group.length, text: groupText(group, role, names) });
    at += group.length;
  }
  return groups;
}

function groupSize(items: readonly Operand[], at: number, role: string): number {
  if (role === 'segments') return 6;
  if (role !== 'commands') return PAIRS.has(role) ? 2 : 1;
  // Each command begins with its name, and no other of its operands is an atom but nil.
  let next = at + 1;
  while (next < items.length && !isName(items[next] as Operand)) next++;
  return next - at;
}

function isName(item: Operand): boolean {
  return item.kind === 'atom' && item.value !== 0;
}

/** Lists of pairs by their role, and what stands between the two. */
const PAIRS: ReadonlyMap<string, string> = new Map([
  ['choices', ' -> '],
  ['pairs', ' => '],
  ['updates', ': '],
]);

function groupText(group: readonly Operand[], role: string, names: Lookups): string {
  const texts = group.map((item) => operandText(item, names));
  const [type, , , , value, size] = group;
  if (role === 'segments' && type?.kind === 'atom' && names.atom(type.value) === 'string') {
    texts[4] = stringText(value, stringBytes(size, 'size'), names);
  }
  return texts.join(PAIRS.get(role) ?? ' ');
}
