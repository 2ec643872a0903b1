// The first step to the normal form of code: the Code chunk as blocks, from a label to the next one, of instructions as bytes that say the
// same in every module, and the places that these lead to.
//
//   bytes   opcode, then the operands: kind and number, or kind and what symbols.ts says; line, executable_line, debug_line, labels and
//           jumps are left out, as are the types of registers, what func_info names, and what stands where nothing leads to
//   edges   in the order of the operands: a label, or -1 - label for a function that is called or made a fun of

import { TAG_A, TAG_F, TAG_U } from '../../beam/compact-term.js';
import type { BeamModule } from '../../beam/module.js';
import { Writer } from '../../bytes/writer.js';
import { ParseError } from '../../errors.js';
import { MAX_NORMAL_FORM_BYTES } from '../../limits.js';
import { OPCODES, type Opcode, opcodeByName } from '../opcodes.js';
import { OperandCursor } from '../operand-cursor.js';
import { KIND_LIST, KIND_LITERAL, KIND_OTHER } from '../scanner.js';
import type { LineLiterals } from './line-literals.js';
import type { Symbols } from './symbols.js';

/** A function as the code has it. */
export interface BlockFunction {
  readonly name: string;
  readonly arity: number;
  /** Label of its entry. */
  readonly entry: number;
}

/** All blocks of a module. */
export interface Blocks {
  readonly bytes: Uint8Array;
  /** Instruction N has the bytes from `starts[N]` up to `starts[N + 1]`, and likewise its edges. */
  readonly starts: readonly number[];
  readonly edges: readonly number[];
  readonly edgeStarts: readonly number[];
  /** Block N has the instructions from `firsts[N]` up to `firsts[N + 1]`. */
  readonly firsts: readonly number[];
  /** The label where each block goes on; -1 where it ends. */
  readonly nexts: readonly number[];
  /** The function that each block belongs to. */
  readonly owners: readonly number[];
  readonly functions: readonly BlockFunction[];
  readonly blockAt: ReadonlyMap<number, number>;
}

/** What is done with an instruction. */
const PLAIN = 0;
const IGNORED = 1;
const LABEL = 2;
const FUNCTION = 3;
const JUMP = 4;
const CALL = 5;
const EXTERNAL_CALL = 6;
const BUILD_BINARY = 7;

const STEPS = Uint8Array.from({ length: 256 }, (_, number) => {
  const opcode = OPCODES[number - 1];
  return opcode === undefined ? PLAIN : stepOf(opcode);
});

function stepOf({ name, roles }: Opcode): number {
  if (roles.includes('location')) return IGNORED;
  switch (name) {
    case 'label':
      return LABEL;
    case 'func_info':
      return FUNCTION;
    case 'jump':
      return JUMP;
    case 'call':
    case 'call_last':
    case 'call_only':
    case 'make_fun':
      return CALL;
    case 'call_ext':
      return EXTERNAL_CALL;
    case 'bs_create_bin':
      return BUILD_BINARY;
    default:
      return PLAIN;
  }
}

/** What an unsigned operand counts, by its role. */
const NUMBER = 0;
const IMPORT = 1;
const LAMBDA = 2;
const STRING_BYTES = 3;
const STRING_BITS = 4;
const SUBJECTS: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, number) => {
  const { roles = [] } = OPCODES[number - 1] ?? {};
  return roles.map((role) => {
    if (role === 'import') return IMPORT;
    if (role === 'lambda') return LAMBDA;
    if (role === 'string') return roles.includes('bits') ? STRING_BITS : STRING_BYTES;
    return NUMBER;
  });
});

const ENDS = new Set(
  (
    [
      ...['return', 'func_info', 'jump', 'call_only', 'call_last', 'call_ext_only', 'call_ext_last', 'apply_last'],
      ...['select_val', 'select_tuple_arity', 'wait', 'loop_rec_end'],
      ...['badmatch', 'case_end', 'if_end', 'try_case_end', 'badrecord', 'raise'],
    ] as const
  ).map((name) => opcodeByName(name).number),
);
const LABEL_OPCODE = opcodeByName('label').number;
const PUT_LIST = opcodeByName('put_list').number;

/** BIFs after which nothing comes, in the functions that are no last call of theirs. */
const EXITS: ReadonlySet<string> = new Set(
  ['error/1', 'error/2', 'error/3', 'exit/1', 'throw/1'].map((name) => `erlang:${name}`),
);

interface BlockReader {
  readonly module: BeamModule;
  readonly symbols: Symbols;
  readonly lines: LineLiterals | undefined;
  readonly code: OperandCursor;
  readonly data: Uint8Array;
  readonly out: Writer;
  readonly exits: ReadonlySet<number>;
  readonly starts: number[];
  readonly edges: number[];
  readonly edgeStarts: number[];
  readonly firsts: number[];
  readonly nexts: number[];
  readonly owners: number[];
  readonly functions: BlockFunction[];
  readonly blockAt: Map<number, number>;
  /** Whether the last instruction goes on to the next one. */
  goesOn: boolean;
}

/** Reads the blocks of a module's code; `lines` says which literals are lines and files where these are to be passed over. Throws ParseError. */
export function readBlocks(module: BeamModule, symbols: Symbols, lines?: LineLiterals): Blocks {
  const source = module.reader('Code');
  const reader: BlockReader = {
    module,
    symbols,
    lines,
    code: new OperandCursor(source),
    data: source.data,
    out: new Writer((source.end - source.pos) * 2),
    exits: exitsOf(module),
    starts: [],
    edges: [],
    edgeStarts: [],
    firsts: [],
    nexts: [],
    owners: [],
    functions: [],
    blockAt: new Map(),
    goesOn: false,
  };
  while (reader.code.next()) {
    takeStep(reader, STEPS[reader.code.op] as number);
    checkSize(reader.out);
  }
  reader.firsts.push(reader.starts.length);
  beginInstruction(reader);
  return { ...reader, bytes: reader.out.finish() };
}

/** Throws ParseError `limit` where names make too much of the code. */
export function checkSize({ length }: Writer): void {
  if (length <= MAX_NORMAL_FORM_BYTES) return;
  throw new ParseError({ code: 'limit', reason: `a normal form of more than ${MAX_NORMAL_FORM_BYTES} bytes` });
}

function exitsOf(module: BeamModule): ReadonlySet<number> {
  const exits = new Set<number>();
  module.importRows.forEach((row, at) => {
    const isKnown = row.arity <= 3 && EXITS.has(`${module.atom(row.module)}:${module.atom(row.name)}/${row.arity}`);
    if (isKnown) exits.add(at);
  });
  return exits;
}

/** A dispatch table. */
function takeStep(reader: BlockReader, step: number): void {
  const { code } = reader;
  if (step === LABEL) {
    code.read();
    beginBlock(reader, code.value);
  } else if (step === IGNORED || !reader.goesOn) {
    if (reader.firsts.length === 0) fail(reader, 'an instruction before the first label');
    code.skip(code.arity);
  } else if (step === JUMP) {
    code.read();
    endBlock(reader, code.value);
  } else {
    beginInstruction(reader);
    addInstruction(reader, step);
  }
}

function addInstruction(reader: BlockReader, step: number): void {
  const { op } = reader.code;
  if (step === FUNCTION) beginFunction(reader);
  else if (step === EXTERNAL_CALL) addExternalCall(reader);
  else {
    if (step === CALL) addCall(reader);
    else addPlain(reader, step === BUILD_BINARY);
    reader.goesOn = !ENDS.has(op);
  }
}

function beginInstruction({ starts, edgeStarts, out, edges }: BlockReader): void {
  starts.push(out.length);
  edgeStarts.push(edges.length);
}

function endBlock(reader: BlockReader, next: number): void {
  reader.nexts[reader.nexts.length - 1] = next;
  reader.goesOn = false;
}

function beginBlock(reader: BlockReader, label: number): void {
  const { firsts, nexts, owners, functions, blockAt } = reader;
  if (reader.goesOn) endBlock(reader, label);
  if (blockAt.has(label)) fail(reader, `label ${label} is defined twice`);
  blockAt.set(label, firsts.length);
  firsts.push(reader.starts.length);
  nexts.push(-1);
  // The label before func_info is counted to the function later.
  owners.push(functions.length - 1);
  reader.goesOn = true;
}

function beginFunction(reader: BlockReader): void {
  const { code, out, functions, owners } = reader;
  const { op } = code;
  code.skip(1);
  code.read();
  if (code.kind !== TAG_A || code.value === 0) fail(reader, 'func_info without a name');
  const name = reader.module.atom(code.value);
  code.read();
  const arity = code.value;
  out.u8(op).u8(arity);
  reader.goesOn = false;
  if (!code.next() || code.op !== LABEL_OPCODE) fail(reader, 'func_info without a label after it');
  owners[owners.length - 1] = functions.length;
  code.read();
  functions.push({ name, arity, entry: code.value });
  beginBlock(reader, code.value);
}

function addCall(reader: BlockReader): void {
  const { code, out, edges } = reader;
  out.u8(code.op);
  for (let left = code.arity; left > 0; left--) {
    code.read();
    if (code.kind !== TAG_F) writeNumber(out, code.kind, code.value);
    else edges.push(-1 - code.value);
  }
}

function addExternalCall(reader: BlockReader): void {
  const { code, out, symbols } = reader;
  out.u8(code.op);
  code.read();
  out.u8(code.value);
  code.read();
  out.bytes(symbols.import(code.value));
  reader.goesOn = !reader.exits.has(code.value);
}

/** Adds an instruction, with its operands in turn; those of bs_create_bin come in segments. */
function addPlain(reader: BlockReader, isBinary: boolean): void {
  const { code, out } = reader;
  const { op, arity } = code;
  out.u8(op);
  const subjects = SUBJECTS[op] as readonly number[];
  const isLine = op === PUT_LIST && reader.lines !== undefined && reader.lines.isLineOfList(code);
  for (let at = 0; at < arity; at++) {
    const before = code.value;
    addOperand(reader, subjects[at] as number, before, isLine && at === 0);
    if (code.kind !== KIND_LIST) continue;
    const count = code.value;
    if (isBinary) addSegments(reader, count);
    else for (let left = count; left > 0; left--) addOperand(reader, NUMBER, 0, false);
  }
}

/** Operands of one segment of bs_create_bin: type, number, unit, flags, value, size. */
const SEGMENT = 6;

function addSegments(reader: BlockReader, count: number): void {
  const { code, out, symbols } = reader;
  let isString = false;
  for (let at = 0; at < count; at++) {
    const place = at % SEGMENT;
    if (place === 0) isString = false;
    if (place !== 4 || !isString) {
      addOperand(reader, NUMBER, 0, false);
      if (place === 0) isString = code.kind === TAG_A && code.value !== 0 && reader.module.atom(code.value) === 'string';
      continue;
    }
    code.read();
    const offset = code.value;
    addOperand(reader, NUMBER, 0, false);
    out.bytes(symbols.string(offset, code.value));
    at++;
  }
}

function addOperand(reader: BlockReader, subject: number, before: number, isLine: boolean): void {
  const { code, out, symbols, edges } = reader;
  const start = code.pos;
  code.read();
  const { kind, value } = code;
  if (kind === TAG_F) {
    out.u8(value === 0 ? TAG_F : TAG_F | 0x80);
    if (value !== 0) edges.push(value);
  } else if (kind === TAG_A) out.u8(TAG_A).bytes(symbols.atom(value));
  else if (kind === KIND_LITERAL) {
    out.u8(KIND_LITERAL);
    if (!isLine) out.bytes(symbols.literal(value));
  } else if (kind === KIND_OTHER || !(value >= 0 && value <= 0x7fff_ffff)) {
    out.u8(kind).u32(code.pos - start);
    out.bytes(reader.data.subarray(start, code.pos));
  } else if (kind !== TAG_U || subject === NUMBER) writeNumber(out, kind, value);
  else if (subject === IMPORT) out.u8(IMPORTED).bytes(symbols.import(value));
  else if (subject === LAMBDA) addLambda(reader, value);
  else out.u8(STRING).bytes(symbols.string(value, subject === STRING_BITS ? Math.ceil(before / 8) : before));
}

/** Kinds beside those of operands. */
const IMPORTED = 0x40;
const STRING = 0x41;
const LAMBDA_KIND = 0x42;

function addLambda(reader: BlockReader, index: number): void {
  const row = reader.module.lambdas[index] ?? fail(reader, `lambda ${index} isn't in its table`);
  reader.out.u8(LAMBDA_KIND).u32(row.free).u8(row.arity);
  reader.edges.push(-1 - row.label);
}

/** Writes a kind and a number of at most 31 bits. */
function writeNumber(out: Writer, kind: number, value: number): void {
  if (value < 0x80) out.u8(kind).u8(value);
  else out.u8(kind).u8(0x80).u32(value);
}

function fail(reader: BlockReader, reason: string): never {
  return reader.module.reader('Code').fail('malformed', reason, reader.code.pos - 1);
}
