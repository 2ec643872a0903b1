import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { beamDisasm } from '../../src/code/beam-disasm.js';
import type { Instruction } from '../../src/code/instructions.js';
import { formatListing, listCode } from '../../src/code/listing.js';
import { OPCODES } from '../../src/code/opcodes.js';
import { validateCode } from '../../src/code/validate.js';
import { ParseError } from '../../src/errors.js';
import { fixtureBeams } from '../support/fixtures.js';
import { type MadeModule, madeModule, make, o } from './made-module.js';
import { sampleInstructions } from './sample-instructions.js';

const faultsOf = (made: MadeModule) => validateCode(readBeam(madeModule(made), { file: 'm.beam' }));
const inBody = ['Code', 'function 0', 'instruction 4'];

describe('validating code', () => {
  it.each([
    ['an atom beyond its table', make('move', { kind: 'atom', value: 99 }, o.x(0)), 'range', 'operand 0'],
    ['an import beyond its table', make('call_ext', o.u(0), o.u(7)), 'range', 'operand 1'],
    ['an import that is no number', make('call_ext', o.u(0), o.x(0)), 'malformed', 'operand 1'],
    ['a literal beyond its table', make('put_tuple2', o.x(0), o.list(o.literal(8))), 'range', 'operand 1'],
    ['a lambda beyond its table', make('make_fun3', o.u(2), o.x(0), o.list()), 'range', 'operand 0'],
    ['a type beyond its table', make('badmatch', o.typed(o.x(0), 2)), 'range', 'operand 0'],
    ['a line beyond its table', make('line', o.u(4)), 'range', 'operand 0'],
    ['a string beyond its table', make('bs_match_string', o.label(5), o.x(0), o.u(8), o.u(6)), 'range', 'operand 3'],
    ['a label beyond the count', make('jump', o.label(20)), 'range', 'operand 0'],
    ['a label that is defined nowhere', make('jump', o.label(19)), 'range', 'operand 0'],
    [
      'a label in a list that is defined nowhere',
      make('select_val', o.x(0), o.label(1), o.list(o.i(1), o.label(9))),
      'range',
      'operand 2',
    ],
    ['a label that is defined twice', make('label', o.u(2)), 'malformed', 'operand 0'],
    ['label 0', make('label', o.u(0)), 'range', 'operand 0'],
    ['a register that no loader has', make('move', o.x(1024), o.x(0)), 'range', 'operand 0'],
    ['an odd list of pairs', make('select_val', o.x(0), o.label(1), o.list(o.i(1))), 'malformed', 'operand 2'],
    ['a character', make('move', o.character(65), o.x(0)), 'unsupported', 'operand 0'],
    ['a float of R16', make('move', o.float(1.5), o.x(0)), 'unsupported', 'operand 0'],
  ] as const)('reports %s', (_, instruction, code, operand) => {
    const types = { version: 3, entries: [{ bits: 0xfff }, { bits: 0x20 }] };
    const faults = faultsOf({ body: [instruction], types });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ code, path: [...inBody, operand], file: 'm.beam' });
    expect(faults[0]?.offset).toBeGreaterThan(0);
  });

  it.each([
    ['a count of functions that isn’t true', { header: { functionCount: 3 } }, ['Code', 'header']],
    ['a highest opcode that is lower than one there', { header: { opcodeMax: 18 } }, ['Code', 'header']],
    ['an export of a label that is defined nowhere', { exports: [{ name: 2, arity: 0, label: 6 }] }, ['ExpT', 'row 0']],
    ['an export without a name', { exports: [{ name: 0, arity: 0, label: 2 }] }, ['ExpT', 'row 0']],
    ['an export of 256 arguments', { exports: [{ name: 2, arity: 256, label: 2 }] }, ['ExpT', 'row 0']],
  ] as const)('reports %s', (_, made, path) => {
    expect(faultsOf({ body: [], ...made })).toEqual([expect.objectContaining({ code: 'range', path, file: 'm.beam' })]);
  });

  it('reports what the loader of a release refuses', () => {
    const module = readBeam(madeModule({ body: [make('bs_add', o.label(0), o.x(0), o.x(1), o.u(1), o.x(0))] }));
    expect(validateCode(module, { otp: 27 })).toEqual([]);
    expect(validateCode(module, { otp: 29 })).toEqual([expect.objectContaining({ code: 'unsupported', path: inBody })]);
  });

  it('reports no more than it is asked for', () => {
    const body = Array.from({ length: 500 }, () => make('jump', o.label(9)));
    expect(faultsOf({ body })).toHaveLength(100);
    expect(validateCode(readBeam(madeModule({ body })), { limit: 7 })).toHaveLength(7);
  });

  it('reports code that can’t be disassembled', () => {
    expect(faultsOf({ body: [], header: { subSize: 3 } })).toEqual([
      expect.objectContaining({ code: 'malformed', path: ['Code'] }),
    ]);
  });

  it('finds nothing in the fixtures', () => {
    for (const { path } of fixtureBeams()) expect(validateCode(readBeam(readFileSync(path), { file: path }))).toEqual([]);
  });

  it('and showing code give a ParseError or an answer, whatever its operands and bytes', () => {
    const samples: readonly Instruction[] = OPCODES.filter(({ name }) => !['func_info', 'int_code_end'].includes(name)).flatMap(
      sampleInstructions,
    );
    const edit = fc.record({ at: fc.nat(), byte: fc.nat(255) });
    const property = fc.property(fc.subarray([...samples], { maxLength: 8 }), fc.array(edit, { maxLength: 6 }), (body, edits) => {
      const module = readBeam(madeModule({ body, types: { version: 4, entries: [{ bits: 1 }, { bits: 0x1fff }] } }));
      const data = Uint8Array.from(module.reader('Code').data);
      for (const { at, byte } of edits) data[20 + (at % (data.length - 20))] = byte;
      const damaged = module.withChunk('Code', data);
      const asked = [
        () => validateCode(damaged),
        () => formatListing(listCode(damaged)),
        ...[25, 27, 29].map((otp) => () => beamDisasm(damaged, { otp })),
      ];
      for (const ask of asked) {
        try {
          ask();
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
        }
      }
    });
    fc.assert(property, { numRuns: 500 });
  });
});
