// Chains of terms in ascending order as OTP 25, 27 and 29 sort them; test/otp/term-order.test.ts asks for many random pairs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { list, map, type Term, tuple } from '../../src/term/model.js';
import { compareTerms, compareTermsExactly, equalTerms, hasDuplicateKeys, sortedPairs } from '../../src/term/order.js';
import { parseTerm } from '../../src/term/parse.js';
import { terms } from './term-arbitrary.js';

const CHAINS: readonly (readonly [string, readonly string[]])[] = [
  ['kinds', ['1', 'a', 'fun a:a/1', '{}', '#{}', '[]', '[a]', '<<>>']],
  [
    'numbers',
    [
      '-1.0e308',
      '-18446744073709551616',
      '-1.5',
      '-1',
      '0',
      '0.5',
      '1',
      '1.5',
      '9007199254740992',
      '9007199254740993',
      '9007199254740994',
      '18446744073709551615',
      '18446744073709551616.0',
      '18446744073709551617',
      '1.0e308',
    ],
  ],
  ['atoms', ["''", "'A'", 'a', 'aa', 'ab', 'b', "'é'", "'Ѐ'", "'\ue000'", "'\u{10000}'", "'\u{10000}a'", "'\u{10001}'"]],
  ['external funs', ['fun a:a/1', 'fun a:a/2', 'fun a:b/0', 'fun b:a/0']],
  ['tuples, by size first', ['{}', '{z}', '{1,1}', '{1,2}', '{2,1}', '{1,1,1}']],
  ['lists, by item', ['[1|a]', '[1]', '[1,1|a]', '[1,1]', '[1,1,1]', '[1,1|<<>>]', '[1,2]', '[1|<<>>]', '[2]', '[[]]']],
  [
    'bitstrings, by bit',
    ['<<>>', '<<0:1>>', '<<0>>', '<<0,0>>', '<<1:4>>', '<<127>>', '<<1:1>>', '<<128>>', '<<128,0>>', '<<255>>'],
  ],
  [
    'maps, by size, keys, values',
    [
      '#{}',
      '#{1 => 2}',
      '#{2 => 1}',
      '#{1.0 => 1}',
      '#{a => 1}',
      '#{1 => 1,2 => 3}',
      '#{1 => 2,2 => 2}',
      '#{1 => 2,a => 1}',
      '#{2 => 1,1.0 => 1}',
    ],
  ],
]; // prettier-ignore

const pairsOf = <T>(items: readonly T[]) => items.flatMap((left, i) => items.slice(i + 1).map((right) => [left, right] as const));
const term = (text: string): Term => parseTerm(text);

describe('compareTerms', () => {
  it.each(CHAINS)('orders %s', (_, chain) => {
    for (const [less, more] of pairsOf(chain)) {
      expect([less, more, compareTerms(term(less), term(more)) < 0, compareTerms(term(more), term(less)) > 0]).toEqual([
        less,
        more,
        true,
        true,
      ]);
    }
    for (const one of chain) expect(compareTerms(term(one), term(one))).toBe(0);
  });

  it.each([
    ['1', '1.0'],
    ['0.0', '-0.0'],
    ['{1,[2]}', '{1.0,[2.0]}'],
    ['#{a => 1}', '#{a => 1.0}'],
    ['36893488147419103232', '36893488147419103232.0'],
  ])('takes %s and %s as equal', (left, right) => {
    expect(compareTerms(term(left), term(right))).toBe(0);
    expect(equalTerms(term(left), term(right))).toBe(false);
  });

  it('tells an integer from a float that it rounds to', () => {
    expect(compareTerms(term('9007199254740993'), term('9007199254740992.0'))).toBeGreaterThan(0);
    expect(compareTerms(term('36893488147419103233'), term('36893488147419103232.0'))).toBeGreaterThan(0);
  });
});

describe('compareTermsExactly', () => {
  it.each([
    ['2', '1.0'],
    ['-0.0', '0.0'],
    ['{9,1}', '{1.0,2}'],
    ['#{a => 9}', '#{a => 1.0}'],
  ])('has %s before %s', (less, more) => {
    expect(compareTermsExactly(term(less), term(more))).toBeLessThan(0);
    expect(compareTermsExactly(term(more), term(less))).toBeGreaterThan(0);
  });

  it('sorts the keys of a map', () => {
    expect(
      sortedPairs(
        map([
          [tuple(), 1],
          [term('1.0'), 2],
          [term('a'), 3],
          [2, 4],
        ]),
      ).map(([, value]) => value),
    ).toEqual([4, 2, 3, 1]);
  });
});

describe('hasDuplicateKeys', () => {
  it.each([
    ['no key', [], false],
    ['one', ['a'], false],
    ['atoms', ['a', 'b'], false],
    ['an atom twice', ['a', 'b', 'a'], true],
    ['1 and 1.0', ['1', '1.0'], false],
    ['a map twice', ['#{a => 1,2 => b}', 'a', '#{2 => b,a => 1}'], true],
  ] as const)('of %s', (_, keys, expected) => {
    expect(hasDuplicateKeys(keys.map((key) => [term(key), 1] as const))).toBe(expected);
  });
});

describe('an order', () => {
  it.each([
    ['arithmetic', compareTerms],
    ['exact', compareTermsExactly],
  ] as const)('that is %s is one', (_, compare) => {
    fc.assert(
      fc.property(terms, terms, terms, (a, b, c) => {
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        const [least, middle, most] = [a, b, c].sort(compare) as [Term, Term, Term];
        expect(compare(least, middle)).toBeLessThanOrEqual(0);
        expect(compare(middle, most)).toBeLessThanOrEqual(0);
        expect(compare(least, most)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('has a copy as the same, with the pairs of a map in any order', () => {
    fc.assert(
      fc.property(terms, (any) => {
        expect(equalTerms(any, decodeTerm(encodeTerm(any, { mapOrder: 'deterministic' })))).toBe(true);
      }),
    );
  });
});

describe('deep terms', () => {
  const nested = (wrap: (inner: Term) => Term, centre: Term) => {
    let made = centre;
    for (let i = 0; i < 30_000; i++) made = wrap(made);
    return made;
  };

  it.each([
    ['tuples', (inner: Term) => tuple(1, inner)],
    ['lists', (inner: Term) => list([inner])],
    ['values', (inner: Term) => map([[1, inner]])],
  ] as const)('of %s are compared', (_, wrap) => {
    expect(compareTerms(nested(wrap, 1), nested(wrap, 2))).toBeLessThan(0);
    expect(equalTerms(nested(wrap, 1), nested(wrap, 1))).toBe(true);
  });

  it('of keys are compared when they were decoded', () => {
    const data = encodeTerm(
      nested(
        (inner) =>
          map([
            [inner, 1],
            [2, 1],
          ]),
        1,
      ),
    ); // prettier-ignore
    expect(equalTerms(decodeTerm(data), decodeTerm(data))).toBe(true);
  });
});
