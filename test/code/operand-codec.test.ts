import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reader } from '../../src/bytes/reader.js';
import { Writer } from '../../src/bytes/writer.js';
import { readOperand, writeOperand } from '../../src/code/operand-codec.js';
import type { Operand } from '../../src/code/operands.js';
import { ParseError } from '../../src/errors.js';
import { o } from './made-module.js';
import { anyOperand } from './operand-arbitrary.js';

const bytesOf = (hex: string) =>
  Uint8Array.from(
    hex.split(' ').filter((byte) => byte !== ''),
    (byte) => Number.parseInt(byte, 16),
  );
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
const readerOf = (bytes: Uint8Array) => new Reader(bytes, { base: 0x100, space: 'file', what: 'Code chunk' });

function decode(bytes: Uint8Array): Operand {
  const reader = readerOf(bytes);
  const operand = readOperand(reader);
  expect(reader.left).toBe(0);
  return operand;
}

function encode(operand: Operand): Uint8Array {
  const writer = new Writer();
  writeOperand(writer, operand);
  return writer.finish();
}

describe('an operand', () => {
  // The bytes are those of the specification, which has them from the assembler of OTP.
  it.each([
    ['00', o.u(0)],
    ['10', o.u(1)],
    ['51', o.i(5)],
    ['69 e8', o.i(1000)],
    ['e9 ff', o.i(2047)],
    ['19 08 00', o.i(2048)],
    ['79 00 ff ff ff ff', o.i(2 ** 32 - 1)],
    ['79 ff 00 00 00 01', o.i(-4294967295)],
    ['19 ff ff', o.i(-1)],
    ['39 fe ee 90', o.i(-70000)],
    ['38 00 80 00', o.u(0x8000)],
    ['02', o.nil],
    ['12', { kind: 'atom', value: 1 }],
    ['33', o.x(3)],
    ['4b ff', o.x(0x2ff)],
    ['44', o.y(4)],
    ['55', o.label(5)],
    ['05', o.label(0)],
    ['0e 41', o.character(0x41)],
    ['07 3f f8 00 00 00 00 00 00', o.float(1.5)],
    ['07 80 00 00 00 00 00 00 00', o.float(-0)],
    ['17 00', o.list()],
    ['17 20 12 25', o.list({ kind: 'atom', value: 1 }, o.label(2))],
    ['27 30', o.fr(3)],
    ['37 00', o.allocation()],
    [
      '37 30 00 20 10 00 20 10',
      o.allocation({ kind: 'words', count: 2 }, { kind: 'floats', count: 0 }, { kind: 'funs', count: 1 }),
    ],
    ['47 00', o.literal(0)],
    ['47 08 11', o.literal(17)],
    ['57 03 10', o.typed(o.x(0), 1)],
    ['57 14 08 10', o.typed(o.y(1), 16)],
    ['f9 00 7f ff ff ff ff ff ff ff ff', o.i(2n ** 71n - 1n)],
    ['f9 00 80 00 00 00 00 00 00 00 00', o.i(-(2n ** 71n))],
    ['f8 00 00 80 00 00 00 00 00 00 00', o.u(2n ** 63n)],
    ['f8 00 00 ff ff ff ff ff ff ff ff', o.u(2n ** 64n - 1n)],
    ['b8 20 00 00 00 00 00 00', o.u(2n ** 53n)],
    ['b8 1f ff ff ff ff ff ff', o.u(2 ** 53 - 1)],
  ] as const)('%s is read and written', (hex, operand) => {
    expect(decode(bytesOf(hex))).toEqual(operand);
    expect(hexOf(encode(operand as Operand))).toBe(hex);
  });

  it.each([
    ['19 00 05', o.i(5)],
    ['08 05', o.u(5)],
    ['1b 00 01', o.x(1)],
    ['18 80 00', o.u(0x8000)],
    ['f8 00 ff ff ff ff ff ff ff ff ff', o.u(2n ** 72n - 1n)],
    ['f8 08 00 ff ff ff ff ff ff ff ff ff', o.u(2n ** 72n - 1n)],
    ['f9 10 00 00 00 00 00 00 00 00 00 07', o.i(7)],
    ['0f 04 00', o.literal(0)],
    ['17 08 01 00', o.list(o.u(0))],
    ['17 10 19 00 05', o.list(o.i(5))],
    ['57 1b 00 00 10', o.typed(o.x(0), 1)],
    ['37 18 00 01 00 50', o.allocation({ kind: 'words', count: 5 })],
  ] as const)('keeps the bytes %s, which are longer or shorter than they need be', (hex, operand) => {
    const bytes = bytesOf(hex);
    const read = decode(bytes);
    expect({ ...read, encoding: undefined }).toEqual({ ...operand, encoding: undefined });
    expect(read.encoding).toEqual(bytes);
    expect(hexOf(encode(read))).toBe(hex);
  });

  it('forgets its old bytes when it is changed', () => {
    const read = decode(bytesOf('19 00 05'));
    expect(hexOf(encode({ ...read, value: 6 } as Operand))).toBe('61');
  });

  it('is read and written back the same, whatever it is', () => {
    fc.assert(
      fc.property(anyOperand, (operand) => {
        expect(decode(encode(operand))).toEqual(operand);
      }),
    );
  });

  it('comes back to the byte from whatever bytes it was read', () => {
    const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 24 });
    const likely = fc.tuple(fc.constantFrom(0x17, 0x27, 0x37, 0x47, 0x57, 0xf9, 0xf8, 0x0f, 0x1f), anyBytes);
    const input = fc.oneof(
      anyBytes,
      likely.map(([first, rest]) => Uint8Array.of(first, ...rest)),
    );
    fc.assert(
      fc.property(input, (bytes) => {
        const reader = readerOf(bytes);
        let operand: Operand;
        try {
          operand = readOperand(reader);
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
          return;
        }
        expect(hexOf(encode(operand))).toBe(hexOf(bytes.subarray(0, reader.pos)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a hostile operand', () => {
  it.each([
    ['nothing', '', 'truncated', 0],
    ['half a number', '08', 'truncated', 1],
    ['a number cut off', '39 01 02', 'truncated', 1],
    ['a long number without its length', 'f9', 'truncated', 1],
    ['a long number of a length that isn’t u', 'f9 01', 'malformed', 1],
    ['a number of two gigabytes', 'f9 38 7f ff ff f0 00', 'limit', 1],
    ['a number of a megabyte that isn’t there', 'f9 38 10 00 00 00', 'truncated', 5],
    ['a list without its length', '17', 'truncated', 1],
    ['a list of more items than bytes', '17 38 7f ff ff ff', 'truncated', 5],
    ['a list of half its items', '17 30 00', 'truncated', 2],
    ['a list whose length is a register', '17 13 00', 'malformed', 1],
    ['a list in a list', '17 10 17 10 00', 'malformed', 2],
    ['a list in a list, behind a long selector', '17 10 0f 01 00', 'malformed', 2],
    ['an allocation list of four', '37 40 00 10 10 10 20 10 00 10', 'range', 1],
    ['an allocation of an unknown kind', '37 10 30 10', 'range', 2],
    ['a typed literal', '57 47 00 00', 'malformed', 1],
    ['an unknown selector', '67 00', 'unsupported', 0],
    ['an old float that is infinite', '07 7f f0 00 00 00 00 00 00', 'malformed', 1],
    ['a register beyond all numbers', 'fb 00 7f ff ff ff ff ff ff ff ff', 'range', 0],
    ['a literal beyond all numbers', '47 f8 00 7f ff ff ff ff ff ff ff ff', 'range', 1],
  ] as const)('that is %s is refused', (_, hex, code, offset) => {
    expect(() => decode(bytesOf(hex))).toThrow(expect.objectContaining({ name: 'ParseError', code, offset: 0x100 + offset }));
  });

  it('that nests lists is refused before the stack is used up', () => {
    const bytes = new Uint8Array(1_000_000);
    for (let at = 0; at < bytes.length; at += 2) bytes.set([0x17, 0x10], at);
    expect(() => decode(bytes)).toThrow(expect.objectContaining({ code: 'malformed' }));
  });
});
