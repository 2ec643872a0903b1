// Words as OTP 25, 27 and 29 gave them (io_lib:write_atom, write_string, write_char and their _as_latin1).
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatAtom, formatCharacter, formatFloat, formatString } from '../../src/term/format-token.js';

const plain = ['ok', 'foo@bar_A', 'é', 'ß', 'aB9', 'nil', 'query', 'spec'];

it.each(plain)('writes the atom %s without quotes', (name) => {
  expect(formatAtom(name)).toBe(name);
});

it.each([
  ['', "''"],
  ['Foo', "'Foo'"],
  ['and', "'and'"],
  ['cond', "'cond'"],
  ['÷', "'÷'"],
  ['aª', "'aª'"],
  ['aЀ', "'aЀ'"],
  ['a\nb', "'a\\nb'"],
  ["a'b", "'a\\'b'"],
  ['a"b', "'a\"b'"],
  ['\\', "'\\\\'"],
  ['\x7f', "'\\d'"],
  ['a\x9f', "'a\\237'"],
  ['\u200b', "'\u200b'"],
])('writes the atom %j as %s', (name, text) => {
  expect(formatAtom(name)).toBe(text);
});

it('escapes characters above 255 for latin1', () => {
  expect(formatAtom('éЀ', { output: 'latin1' })).toBe("'é\\x{400}'");
  expect(formatString('\u200b1', 'latin1')).toBe('"\\x{200B}1"');
  expect(formatCharacter(0x10ffff, 'latin1')).toBe('$\\x{10FFFF}');
});

it('quotes the words of maybe_expr since OTP 27', () => {
  const written = [25, 27, 29].map((otp) => ['maybe', 'else'].map((name) => formatAtom(name, { otp })));
  expect(written).toEqual([
    ['maybe', 'else'],
    ["'maybe'", "'else'"],
    ["'maybe'", "'else'"],
  ]);
});

it.each([
  [0, '$\\000'],
  [7, '$\\007'],
  [8, '$\\b'],
  [27, '$\\e'],
  [32, '$\\s'],
  [34, '$"'],
  [39, "$'"],
  [92, '$\\\\'],
  [97, '$a'],
  [127, '$\\d'],
  [128, '$\\200'],
  [160, '$\u00a0'],
  [0x400, '$Ѐ'],
])('writes the character %i as %s', (code, text) => {
  expect(formatCharacter(code)).toBe(text);
});

it.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [100, '100.0'],
  [1000, '1.0e3'],
  [123000, '1.23e5'],
  [123456.789, '123456.789'],
  [123456789012, '123456789012.0'],
  [9007199254740991, '9007199254740991.0'],
  [-9007199254740992, '-9.007199254740992e15'],
  [9007199254740000, '9.00719925474e15'],
  [1e22, '1.0e22'],
  [0.001, '0.001'],
  [0.0001, '0.0001'],
  [0.00012, '1.2e-4'],
  [0.00123456, '0.00123456'],
  [0.00001, '1.0e-5'],
  [5e-324, '5.0e-324'],
  [2.2250738585072014e-308, '2.2250738585072014e-308'],
  [Number.MAX_VALUE, '1.7976931348623157e308'],
])('writes the float %d as %s', (value, text) => {
  expect(formatFloat(value)).toBe(text);
});

it('writes floats that read back as the same', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = formatFloat(value);
      expect(Object.is(Number(text), value)).toBe(true);
      expect(text).toMatch(/^-?\d+\.\d+(e-?\d+)?$/);
    }),
    { verbose: true },
  );
});
