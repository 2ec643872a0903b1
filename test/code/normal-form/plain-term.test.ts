import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasOneEncoding } from '../../../src/code/normal-form/plain-term.js';
import { termBytes } from '../../../src/code/normal-form/symbols.js';
import { encodeTerm } from '../../../src/term/etf-encode.js';
import { atom, float, list, map, stringTerm, tuple } from '../../../src/term/model.js';
import { terms } from '../../term/term-arbitrary.js';

it('is said of no bytes that another compiler would write otherwise', () => {
  fc.assert(
    fc.property(terms, fc.constantFrom('latin1', 'utf8'), (term, atoms) => {
      const bytes = encodeTerm(term, { atoms });
      if (hasOneEncoding(bytes)) expect(bytes).toEqual(termBytes(term));
    }),
  );
});

it.each([
  [tuple(atom('a'), 1, 300, -1, 2n ** 70n), true],
  [list([float(1.5), list([])], atom('tail')), true],
  [stringTerm('text'), true],
  [list([stringTerm('long '.repeat(20_000))]), true],
  [tuple(map([[atom('a'), 1]])), false],
])('tells plain terms: %#', (term, expected) => {
  expect(hasOneEncoding(encodeTerm(term))).toBe(expected);
});

it('reads no further than the bytes go, whatever they claim', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(typeof hasOneEncoding(Uint8Array.of(131, ...bytes))).toBe('boolean');
    }),
  );
  expect(hasOneEncoding(Uint8Array.of(131, 108, 255, 255, 255, 255, 106))).toBe(false);
  expect(hasOneEncoding(Uint8Array.of(131, 109, 0, 0))).toBe(false);
  expect(hasOneEncoding(Uint8Array.of(131, 97, 1, 0))).toBe(false);
});
