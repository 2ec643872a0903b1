// Modules made for one test: given instructions and the rows that they need, with nothing else in them.
import { encodeAtoms } from '../../src/beam/chunks/atoms.js';
import { encodeEntries } from '../../src/beam/chunks/entries.js';
import { encodeImports } from '../../src/beam/chunks/imports.js';
import { encodeLambdas } from '../../src/beam/chunks/lambdas.js';
import { encodeLines } from '../../src/beam/chunks/lines.js';
import { encodeLiteralBytes } from '../../src/beam/chunks/literals.js';
import { encodeTypes, type TypeEntry } from '../../src/beam/chunks/types.js';
import { buildChunk, encodeContainer } from '../../src/beam/container.js';
import type { CodeHeader } from '../../src/beam/layout.js';
import { Writer } from '../../src/bytes/writer.js';
import { writeInstruction } from '../../src/code/assemble.js';
import type { Instruction } from '../../src/code/instructions.js';
import type { OpcodeName } from '../../src/code/opcodes.js';
import type { Allocation, Operand, XRegister, YRegister } from '../../src/code/operands.js';

/** Operands in short: `o.x(1)`, `o.list(o.atom('a'), o.label(3))`. */
export const o = {
  u: (value: number | bigint): Operand => ({ kind: 'unsigned', value }),
  i: (value: number | bigint): Operand => ({ kind: 'integer', value }),
  x: (value: number): XRegister => ({ kind: 'x', value }),
  y: (value: number): YRegister => ({ kind: 'y', value }),
  fr: (value: number): Operand => ({ kind: 'fr', value }),
  label: (value: number): Operand => ({ kind: 'label', value }),
  atom: (name: string): Operand => ({ kind: 'atom', value: atomIndex(name) }),
  nil: { kind: 'atom', value: 0 } as Operand,
  literal: (value: number): Operand => ({ kind: 'literal', value }),
  character: (value: number): Operand => ({ kind: 'character', value }),
  float: (value: number): Operand => ({ kind: 'float', value }),
  list: (...items: readonly Operand[]): Operand => ({ kind: 'list', items }),
  allocation: (...items: readonly Allocation[]): Operand => ({ kind: 'allocation', items }),
  typed: (register: XRegister | YRegister, type: number): Operand => ({ kind: 'typed', register, type }),
};

/** An instruction that was never in a file. */
export function make(name: OpcodeName, ...operands: readonly Operand[]): Instruction {
  return { name, operands, offset: -1 };
}

const ATOMS = [
  ...['m', 'f', 'g', 'a', 'b', 'erlang', '+', 'self', 'lists', 'map', '-f/0-fun-0-', 'element', 'raise', 'is_atom', 'all'],
  ...[
    'integer',
    'string',
    'binary',
    'append',
    'private_append',
    'float',
    'utf8',
    'undefined',
    'ensure_at_least',
    'ensure_exactly',
  ],
  ...['skip', 'get_tail', '=:=', 'entry', 'line', 'copy', 'safe', 'unsafe', 'no_fail', 'resume', 'external'],
];

function atomIndex(name: string): number {
  const at = ATOMS.indexOf(name);
  if (at < 0) throw new Error(`made-module.ts has no atom ${name}`);
  return at + 1;
}

const etf = (...bytes: readonly number[]): Uint8Array => Uint8Array.of(131, ...bytes);

/** The literals of every module: {1,2}, 1.5, "a", 5, <<"a">>, a, [little], 2^64. */
const LITERALS = [
  etf(104, 2, 97, 1, 97, 2),
  etf(70, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0),
  etf(107, 0, 1, 97),
  etf(97, 5),
  etf(109, 0, 0, 0, 1, 97),
  etf(119, 1, 97),
  etf(108, 0, 0, 0, 1, 119, 6, ...new TextEncoder().encode('little'), 106),
  etf(110, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
];

/** What a module has besides its instructions. */
export interface MadeModule {
  /** The whole body of f/0, after its entry label 2; labels 1 to 5 and 7 are free to jump to. */
  readonly body: readonly Instruction[];
  readonly types?: { readonly version: number; readonly entries: readonly TypeEntry[] };
  readonly lines?: false;
  readonly header?: Partial<CodeHeader>;
  readonly exports?: readonly { readonly name: number; readonly arity: number; readonly label: number }[];
}

/** Encodes a module m with f/0 (labels 1 and 2) and g/1 (labels 3 and 4), both of which return; label 5 is inside g/1. */
export function madeModule({ body, types, lines, header, exports }: MadeModule): Uint8Array {
  const chunks = [
    buildChunk('AtU8', encodeAtoms(ATOMS, 'short')),
    buildChunk('Code', encodeCode(body, header)),
    buildChunk('StrT', new TextEncoder().encode('hello')),
    buildChunk('ImpT', encodeImports(IMPORTS)),
    buildChunk('ExpT', encodeEntries(exports ?? [{ name: atomIndex('f'), arity: 0, label: 2 }])),
    buildChunk('FunT', encodeLambdas(LAMBDAS)),
    buildChunk('LitT', encodeLiteralBytes(LITERALS, true)),
    ...(lines === false ? [] : [buildChunk('Line', encodeLines(LINES))]),
    ...(types === undefined ? [] : [buildChunk('Type', encodeTypes(types))]),
  ];
  return encodeContainer({ gzipped: false, chunks, trailing: new Uint8Array(0) });
}

const remote = (module: string, name: string, arity: number) => ({ module: atomIndex(module), name: atomIndex(name), arity });

const IMPORTS = [
  remote('erlang', '+', 2),
  remote('erlang', 'self', 0),
  remote('lists', 'map', 2),
  remote('erlang', 'is_atom', 1),
  remote('erlang', 'element', 2),
  remote('erlang', 'raise', 2),
  remote('m', 'f', 0),
];

const LAMBDAS = [
  { name: atomIndex('-f/0-fun-0-'), arity: 1, label: 4, index: 0, free: 0, uniq: 1234 },
  { name: atomIndex('g'), arity: 1, label: 3, index: 1, free: 0, uniq: 77 },
];

/** Line 7 of the module's own file, 8 and 9 of x.erl. */
const LINES = {
  version: 0,
  flags: 0,
  instructionCount: 20,
  items: [
    { file: 0, line: 7 },
    { file: 1, line: 8 },
    { file: 1, line: 9 },
  ],
  names: ['x.erl'],
};

function encodeCode(body: readonly Instruction[], header: Partial<CodeHeader> = {}): Uint8Array {
  const instructions = [
    make('label', o.u(1)),
    make('line', o.u(1)),
    make('func_info', o.atom('m'), o.atom('f'), o.u(0)),
    make('label', o.u(2)),
    ...body,
    make('return'),
    make('label', o.u(3)),
    make('line', o.u(2)),
    make('func_info', o.atom('m'), o.atom('g'), o.u(1)),
    make('label', o.u(4)),
    make('return'),
    make('label', o.u(5)),
    make('return'),
    make('int_code_end'),
  ];
  const whole = { subSize: 16, instructionSet: 0, opcodeMax: 191, labelCount: 20, functionCount: 2, ...header };
  const writer = new Writer();
  writer.u32(whole.subSize).u32(whole.instructionSet).u32(whole.opcodeMax).u32(whole.labelCount).u32(whole.functionCount);
  for (const instruction of instructions) writeInstruction(writer, instruction);
  return writer.finish();
}
