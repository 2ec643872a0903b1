// What term_to_binary of OTP 25 and 27 gives; test/otp/term-encode.test.ts asks for much more of that.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type EncodeTermOptions, encodeTerm } from '../../src/term/etf-encode.js';
import { atom, binary, float, list, map, NIL, stringTerm, type Term, tuple } from '../../src/term/model.js';
import { terms } from './term-arbitrary.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const LATIN1: EncodeTermOptions = { atoms: 'latin1' };
const PORT: Term = { kind: 'port', node: atom('a'), id: 7n, creation: 3 };

const ENCODINGS: readonly (readonly [string, Term, EncodeTermOptions, string])[] = [
  ['255', 255, {}, '8361ff'],
  ['256', 256, {}, '836200000100'],
  ['-2^31', -(2 ** 31), {}, '836280000000'],
  ['2^31', 2 ** 31, {}, '836e040000000080'],
  ['-2^64', -(2n ** 64n), {}, '836e0901000000000000000001'],
  ['2^2040', 2n ** 2040n, {}, `836f0000010000${'00'.repeat(255)}01`],
  ['-0.0', float(-0), {}, '83468000000000000000'],
  ['an atom', atom('é'), {}, '837702c3a9'],
  ['an atom of OTP 25', atom('é'), LATIN1, '83640001e9'],
  ['an atom of OTP 25 outside of Latin-1', atom('Ѐ'), LATIN1, '837702d080'],
  ['a long atom', atom('é'.repeat(128)), {}, `83760100${'c3a9'.repeat(128)}`],
  ['[]', NIL, {}, '836a'],
  ['{}', tuple(), {}, '836800'],
  ['a tuple of 256', tuple(...new Array(256).fill(NIL)), {}, `836900000100${'6a'.repeat(256)}`],
  ['a string', stringTerm('abc'), {}, '836b0003616263'],
  ['a string of 65536', stringTerm('a'.repeat(65536)), {}, `836c00010000${'6161'.repeat(65536)}6a`],
  ['a list with one 256', list([1, 256]), {}, '836c00000002610162000001006a'],
  ['an improper list of bytes', list([1], 2), {}, '836c0000000161016102'],
  ['a binary', binary(new Uint8Array([1, 2])), {}, '836d000000020102'],
  ['a bitstring', { kind: 'bitstring', bytes: new Uint8Array([0xe0]), bits: 3 }, {}, '834d0000000103e0'],
  [
    'a map',
    map([
      [2, NIL],
      [1, NIL],
    ]),
    {},
    '83740000000261026a61016a',
  ],
  [
    'a map in term order',
    map([
      [2, NIL],
      [1, NIL],
    ]),
    { mapOrder: 'deterministic' },
    '83740000000261016a61026a',
  ],
  ['a port of OTP 25', PORT, LATIN1, '8359640001610000000700000003'],
  ['a port', PORT, {}, '8378770161000000000000000700000003'],
  ['a port of OTP 25 with UTF-8', PORT, { ports: 'narrow' }, '83597701610000000700000003'],
  ['an external fun', { kind: 'export', module: atom('m'), name: atom('f'), arity: 2 }, {}, '837177016d7701666102'],
  [
    'what compresses to as much',
    binary(new Uint8Array(16).map((_, i) => (i % 2 ? 0x79 : 0xd3))),
    { compressed: true },
    '835000000015789ccb65606010b85c890a0163ae0ade',
  ],
  ['what doesn’t compress', binary(new Uint8Array([1, 2])), { compressed: true }, '836d000000020102'],
];

describe('encodeTerm', () => {
  it.each(ENCODINGS)('encodes %s', (_, term, options, expected) => {
    expect(hex(encodeTerm(term, options))).toBe(expected);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses the float %d', (value) => {
    expect(() => encodeTerm(float(value))).toThrow(RangeError);
  });

  it('is undone by decodeTerm, whatever the options', () => {
    const options = fc.record<EncodeTermOptions>({
      atoms: fc.constantFrom('latin1', 'utf8'),
      ports: fc.constantFrom('narrow', 'wide'),
      compressed: fc.boolean(),
    });
    fc.assert(
      fc.property(terms, options, (term, choice) => {
        expect(decodeTerm(encodeTerm(term, choice))).toEqual(term);
      }),
    );
  });
});
