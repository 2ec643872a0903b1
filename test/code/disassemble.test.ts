import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { Reader } from '../../src/bytes/reader.js';
import { Writer } from '../../src/bytes/writer.js';
import { assemble, buildCodeHeader, writeInstruction } from '../../src/code/assemble.js';
import { disassemble, disassembleModule } from '../../src/code/disassemble.js';
import type { Instruction } from '../../src/code/instructions.js';
import { OPCODES } from '../../src/code/opcodes.js';
import { CodeScanner } from '../../src/code/scanner.js';
import { ParseError } from '../../src/errors.js';
import { madeModule, make, o } from './made-module.js';
import { anyOperand, anySingle } from './operand-arbitrary.js';

const BASE = 0x40;
const readerOf = (bytes: Uint8Array) => new Reader(bytes, { base: BASE, space: 'file', what: 'Code chunk' });

const HEAD = [make('label', o.u(1)), make('func_info', o.atom('m'), o.atom('f'), o.u(0)), make('label', o.u(2))];
const END = make('int_code_end');

function codeOf(instructions: readonly Instruction[], header: readonly number[] = [16, 0, 191, 3, 1]): Uint8Array {
  const writer = new Writer();
  for (const word of header) writer.u32(word);
  for (const instruction of instructions) writeInstruction(writer, instruction);
  return writer.finish();
}

describe('disassembling', () => {
  it('groups instructions into functions', () => {
    const code = disassembleModule(readBeam(madeModule({ body: [make('move', o.i(1), o.x(0))] })));
    expect(code.functions).toHaveLength(2);
    const [f, g] = code.functions;
    expect(f).toMatchObject({ module: 1, name: 2, arity: 0, entry: 2 });
    expect(g).toMatchObject({ module: 1, name: 3, arity: 1, entry: 4 });
    expect(f?.instructions.map(({ name, offset }) => [offset, name])).toEqual([
      [20, 'label'],
      [22, 'line'],
      [24, 'func_info'],
      [28, 'label'],
      [30, 'move'],
      [33, 'return'],
    ]);
    expect(f?.instructions[4]?.operands).toEqual([o.i(1), o.x(0)]);
    expect(g?.instructions.map(({ name }) => name)).toEqual(['label', 'line', 'func_info', 'label', 'return', 'label', 'return']);
  });

  it('keeps a longer header and the bytes after the end', () => {
    const writer = new Writer().u32(20).u32(0).u32(191).u32(3).u32(1).u32(0xdeadbeef);
    for (const instruction of [...HEAD, END]) writeInstruction(writer, instruction);
    const bytes = writer.u8(7).u8(7).finish();
    const code = disassemble(readerOf(bytes));
    expect(code.headerRest).toEqual(Uint8Array.of(0xde, 0xad, 0xbe, 0xef));
    expect(code.trailing).toEqual(Uint8Array.of(7, 7));
    expect(assemble(code)).toEqual(bytes);
  });

  const anyInstruction = fc
    .constantFrom(...OPCODES.filter(({ name }) => name !== 'int_code_end' && name !== 'func_info'))
    .chain(({ name, arity }) =>
      fc
        .tuple(fc.array(anySingle, { minLength: arity, maxLength: arity }), anyOperand)
        .map(([operands, last]) => make(name, ...(arity === 0 ? [] : [...operands.slice(1), last]))),
    );

  it('and assembling are inverse, and the scanner sees the same', () => {
    fc.assert(
      fc.property(fc.array(anyInstruction, { maxLength: 30 }), (body) => {
        const bytes = codeOf([...HEAD, ...body, END]);
        const code = disassemble(readerOf(bytes));
        expect(code.functions[0]?.instructions.slice(3).map(({ name, operands }) => [name, operands])).toEqual(
          body.map(({ name, operands }) => [name, operands]),
        );
        expect(assemble(code)).toEqual(bytes);
        const scanner = new CodeScanner(readerOf(bytes));
        for (const { offset, operands } of code.functions.flatMap(({ instructions }) => instructions)) {
          expect(scanner.next()).toBe(true);
          const last = operands.at(-1);
          expect([scanner.offset, scanner.size]).toEqual([
            offset,
            operands.length + (last?.kind === 'list' ? last.items.length : 0),
          ]);
        }
        expect(scanner.next()).toBe(false);
      }),
    );
  });

  it('gives a ParseError or code that assembles to the same bytes, whatever the bytes', () => {
    const anyBody = fc.array(fc.oneof(fc.nat(255), fc.constantFrom(1, 2, 3, 0x17, 0x47, 0x57)), { maxLength: 60 });
    fc.assert(
      fc.property(anyBody, (tail) => {
        const bytes = Uint8Array.of(...codeOf(HEAD), ...tail);
        const outcome = attempt(() => assemble(disassemble(readerOf(bytes))));
        if (outcome !== undefined) expect(outcome).toEqual(bytes);
        const scanner = new CodeScanner(readerOf(bytes));
        const scanned = attempt(() => {
          while (scanner.next());
        });
        if (outcome !== undefined) expect(scanned).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Returns what `run` returns (true for nothing), and undefined where it throws ParseError. */
function attempt<T>(run: () => T): T | true | undefined {
  try {
    return run() ?? true;
  } catch (error) {
    expect(error).toBeInstanceOf(ParseError);
    return undefined;
  }
}

describe('code that is no code', () => {
  const list = o.list(o.u(1));
  it.each([
    ['is empty', new Uint8Array(0), 'truncated', 0, []],
    ['has a header of 12 bytes', codeOf([...HEAD, END], [12, 0, 0, 0, 0]), 'malformed', 0, []],
    ['has a header longer than itself', codeOf([], [4000, 0, 0, 0, 0]), 'truncated', 20, ['header']],
    ['is of another instruction set', codeOf([...HEAD, END], [16, 1, 0, 0, 0]), 'unsupported', 4, []],
    ['has no end', codeOf(HEAD), 'truncated', 28, ['function 0', 'instruction 3']],
    [
      'ends in an operand',
      codeOf([...HEAD, make('move', o.x(0), o.x(1))]).subarray(0, -1),
      'truncated',
      30,
      ['function 0', 'instruction 3', 'operand 1'],
    ],
    ['has opcode 0', Uint8Array.of(...codeOf(HEAD), 0), 'unsupported', 28, ['function 0', 'instruction 3']],
    ['has opcode 192', Uint8Array.of(...codeOf([...HEAD, ...HEAD]), 192), 'unsupported', 36, ['function 1', 'instruction 3']],
    [
      'has a list too early',
      codeOf([...HEAD, make('select_val', list, o.label(1), list)]),
      'malformed',
      29,
      ['function 0', 'instruction 3', 'operand 0'],
    ],
    ['begins with something else', codeOf([make('return'), ...HEAD, END]), 'malformed', 20, []],
    ['has no function', codeOf([make('return'), END]), 'malformed', 20, []],
    ['has func_info without a label before it', codeOf([...HEAD.slice(1), END]), 'malformed', 20, ['function 0']],
    [
      'has func_info without an entry',
      codeOf([...HEAD, ...HEAD.slice(0, 2), make('return'), END]),
      'malformed',
      30,
      ['function 1'],
    ],
    [
      'has func_info of numbers',
      codeOf([...HEAD.slice(0, 1), make('func_info', o.u(1), o.u(2), o.u(0)), END]),
      'malformed',
      22,
      ['function 0'],
    ],
  ] as const)('since it %s is refused', (_, bytes, code, offset, path) => {
    expect(() => disassemble(readerOf(bytes))).toThrow(
      expect.objectContaining({ name: 'ParseError', code, offset: BASE + offset, path }),
    );
  });

  it('since its lengths have lengths without end is refused before the stack is used up', () => {
    const bytes = Uint8Array.of(...codeOf(HEAD), 64, ...new Uint8Array(60_000).fill(0xf8));
    expect(() => disassemble(readerOf(bytes))).toThrow(ParseError);
  });

  it('names the chunk and the file', () => {
    const bytes = madeModule({ body: [], header: { subSize: 9 } });
    expect(() => disassembleModule(readBeam(bytes, { file: 'm.beam' }))).toThrow(
      expect.objectContaining({ file: 'm.beam', path: ['Code'], code: 'malformed' }),
    );
  });

  it('without a Code chunk is missing it', () => {
    const module = readBeam(madeModule({ body: [] }));
    const renamed = { ...module.container, chunks: module.container.chunks.filter(({ id }) => id !== 'Code') };
    const without = Object.assign(Object.create(Object.getPrototypeOf(module)), module, { container: renamed });
    expect(() => disassembleModule(without)).toThrow(expect.objectContaining({ code: 'missing' }));
  });
});

describe('assembling', () => {
  it('refuses an instruction with too few operands', () => {
    expect(() => codeOf([make('move', o.x(0))])).toThrow(RangeError);
  });

  it('builds the header that functions need', () => {
    const { functions, header } = disassembleModule(readBeam(madeModule({ body: [make('swap', o.x(0), o.x(1))] })));
    expect(header).toMatchObject({ opcodeMax: 191, labelCount: 20 });
    expect(buildCodeHeader(functions)).toEqual({
      subSize: 16,
      instructionSet: 0,
      opcodeMax: 169,
      labelCount: 6,
      functionCount: 2,
    });
  });
});
