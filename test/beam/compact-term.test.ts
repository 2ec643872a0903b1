// Expected bytes from the specification's examples, which beam_asm wrote.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCompactTerm, TAG_I, TAG_U, writeCompactTerm } from '../../src/beam/compact-term.js';
import { Reader } from '../../src/bytes/reader.js';
import { Writer } from '../../src/bytes/writer.js';

const bytesOf = (text: string) => new Uint8Array(text.split(' ').map((byte) => Number.parseInt(byte, 16)));
const open = (bytes: Uint8Array) => new Reader(bytes, { base: 0, space: 'file', what: 'operand' });
const write = (tag: number, value: number | bigint) => {
  const writer = new Writer();
  writeCompactTerm(writer, tag, value);
  return writer.finish();
};

describe('the compact term encoding', () => {
  it.each([
    [5, '51'],
    [1000, '69 e8'],
    [2047, 'e9 ff'],
    [2048, '19 08 00'],
    [2 ** 32 - 1, '79 00 ff ff ff ff'],
    [-4294967295, '79 ff 00 00 00 01'],
    [-1, '19 ff ff'],
    [-70000, '39 fe ee 90'],
  ])('of the integer %d is %s', (value, hex) => {
    expect(write(TAG_I, value)).toEqual(bytesOf(hex));
    expect(readCompactTerm(open(bytesOf(hex)))).toEqual({ tag: TAG_I, value });
  });

  it('reads more bytes than needed', () => expect(readCompactTerm(open(bytesOf('19 00 05')))).toEqual({ tag: TAG_I, value: 5 }));

  it('round trips integers of any size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), (value) => {
        const reader = open(write(TAG_I, value));
        expect(BigInt(readCompactTerm(reader).value)).toBe(value);
        expect(reader.left).toBe(0);
      }),
    );
  });

  it.each([
    ['a cut number', 'f9', 'truncated'],
    ['a length with another tag than u', 'f8 01', 'malformed'],
    ['a length with a long length', 'f8 f8 f8 f8', 'malformed'],
    ['a length of gigabytes', 'f8 58 7f ff ff ff', 'limit'],
  ])('refuses %s', (_what, hex, code) => {
    expect(() => readCompactTerm(open(bytesOf(hex)))).toThrow(expect.objectContaining({ name: 'ParseError', code }));
  });

  it('writes unsigned numbers with a clear first bit', () => expect(write(TAG_U, 0x8000)).toEqual(bytesOf('38 00 80 00')));
});
