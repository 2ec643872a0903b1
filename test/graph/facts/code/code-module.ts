// Modules made for tests of facts from code: functions of given instructions, with whatever atoms, imports and literals they name.
import { encodeAtoms } from '../../../../src/beam/chunks/atoms.js';
import { encodeEntries } from '../../../../src/beam/chunks/entries.js';
import { encodeImports } from '../../../../src/beam/chunks/imports.js';
import { encodeLambdas } from '../../../../src/beam/chunks/lambdas.js';
import { encodeLines } from '../../../../src/beam/chunks/lines.js';
import { encodeLiterals } from '../../../../src/beam/chunks/literals.js';
import { buildChunk, encodeContainer } from '../../../../src/beam/container.js';
import { type BeamModule, readBeam } from '../../../../src/beam/module.js';
import { Writer } from '../../../../src/bytes/writer.js';
import { writeInstruction } from '../../../../src/code/assemble.js';
import type { Instruction } from '../../../../src/code/instructions.js';
import type { Operand } from '../../../../src/code/operands.js';
import type { Term } from '../../../../src/term/model.js';
import { make, o } from '../../../code/made-module.js';

/** Names what instructions refer to, each time with its operand. */
export interface Names {
  atom(name: string): Operand;
  /** A row of the import table, `lists:map/2`. */
  import(function_: string): Operand;
  literal(term: Term): Operand;
  /** The entry of a function of the module, `f/0`. */
  entry(function_: string): Operand;
  /** A row of the lambda table for such a function. */
  lambda(function_: string): Operand;
}

/** A function `f/0` and its body after the entry label, in a module where each function begins on the line of its position, in tens. */
export type MadeFunctions = Readonly<Record<string, (names: Names) => readonly Instruction[]>>;

/** The `line` instruction of a line below 200. */
export const line = (number: number): Instruction => make('line', o.u(number));

const splitName = (text: string) => ({
  name: text.slice(0, text.lastIndexOf('/')),
  arity: Number(text.slice(text.lastIndexOf('/') + 1)),
});

/** Makes a module `m`; label 100 stands for any inside a function. */
export function codeModule(functions: MadeFunctions, options: { readonly lines?: Uint8Array | null } = {}): BeamModule {
  const atoms = ['m'];
  const imports: string[] = [];
  const lambdas: string[] = [];
  const literals: Term[] = [];
  const positions = Object.keys(functions);
  const indexIn = <T>(rows: T[], row: T) => (rows.includes(row) ? rows.indexOf(row) : rows.push(row) - 1);
  const atomIndex = (name: string) => indexIn(atoms, name) + 1;
  const labelOf = (name: string) => 2 * positions.indexOf(name) + 2;
  const names: Names = {
    atom: (name) => ({ kind: 'atom', value: atomIndex(name) }),
    import: (name) => o.u(indexIn(imports, name)),
    literal: (term) => o.literal(literals.push(term) - 1),
    entry: (name) => o.label(labelOf(name)),
    lambda: (name) => o.u(indexIn(lambdas, name)),
  };
  const code = new Writer().u32(16).u32(0).u32(191).u32(200).u32(positions.length);
  for (const [at, [text, body]] of Object.entries(functions).entries()) {
    const { name, arity } = splitName(text);
    const head = [make('func_info', names.atom('m'), names.atom(name), o.u(arity)), make('label', o.u(labelOf(text)))];
    for (const each of [make('label', o.u(labelOf(text) - 1)), line(10 * (at + 1)), ...head, ...body(names), make('return')]) {
      writeInstruction(code, each);
    }
  }
  writeInstruction(code, make('int_code_end'));
  const remote = (text: string) => {
    const [module = '', rest = ''] = text.split(':');
    const { name, arity } = splitName(rest);
    return { module: atomIndex(module), name: atomIndex(name), arity };
  };
  const rows = imports.map(remote);
  const made = lambdas.map((text, index) => {
    const { name, arity } = splitName(text);
    return { name: atomIndex(name), arity, label: labelOf(text), index, free: 0, uniq: 0 };
  });
  const chunks = [
    buildChunk('AtU8', encodeAtoms(atoms, 'short')),
    buildChunk('Code', code.finish()),
    buildChunk('ImpT', encodeImports(rows)),
    buildChunk('ExpT', encodeEntries([])),
    buildChunk('FunT', encodeLambdas(made)),
    buildChunk('LitT', encodeLiterals(literals, true)),
    ...(options.lines === null ? [] : [buildChunk('Line', options.lines ?? encodeLines(LINES))]),
  ];
  const bytes = encodeContainer({ gzipped: false, chunks, trailing: new Uint8Array(0) });
  return readBeam(bytes, { file: 'm.beam' });
}

const LINES = {
  version: 0,
  flags: 0,
  instructionCount: 200,
  items: Array.from({ length: 200 }, (_, at) => ({ file: 0, line: at + 1 })),
  names: [],
};
