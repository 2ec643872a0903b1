// What file:consult makes of a text; the values are those of OTP 29 (25 where it says so). test/otp/consult.test.ts asks many more.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/errors.js';
import { formatTerm } from '../../src/term/format.js';
import { atom, binary, float, list, map, NIL, stringTerm, type Term, tuple } from '../../src/term/model.js';
import { equalTerms } from '../../src/term/order.js';
import { parseTerm, parseTerms } from '../../src/term/parse.js';
import { decodeSource } from '../../src/term/parse-source.js';

const [a, b, c] = [atom('a'), atom('b'), atom('c')];
const bytes = (...values: readonly number[]) => binary(Uint8Array.from(values));
const s = stringTerm;

const accepted: readonly (readonly [text: string, term: Term])[] = [
  ["'a\\x{2603}'", atom('a☃')],
  ['éa', atom('éa')],
  ['1_000', 1000],
  ['36#zZ', 1295],
  ['16#ffffffffffffffffffff', 2n ** 80n - 1n],
  ['- 1', -1],
  ['-(1)', -1],
  ['- 0', 0],
  ['-$a', -97],
  ['-0.0', float(-0)],
  ['1.5e1_0', float(1.5e10)],
  ['1.0e-400', float(0)],
  ['16#1.8#e2', float(384)],
  ['36#z.z#e-10', float(9.838802888860203e-15)],
  ['$\\^a', 1],
  ['$ ', 32],
  ['"\\777\\s\\x41\\q"', list([511, 32, 65, 113])],
  ['"a" % c\n "b"', s('ab')],
  ['"""\n  a\n    b\n  """', s('a\n  b')],
  ['~"☃"', bytes(0xe2, 0x98, 0x83)],
  ['~S(a\\n)', s('a\\n')],
  ['~s(a\\n)', s('a\n')],
  ['{a,[b|c],{}}', tuple(a, list([b], c), tuple())],
  ['[a|[b|"c"]]', list([a, b, 99])],
  ['[a|([b|([])])]', list([a, b])],
  ['((a))', a],
  [
    '#{a => 1, a => [], 1 => b, 1.0 => c}',
    map([
      [a, NIL],
      [1, b],
      [float(1), c],
    ]),
  ],
  ['fun a:b/16#a', { kind: 'export', module: a, name: b, arity: 10 }],
  ['<<1:3,2:6>>', { kind: 'bitstring', bytes: Uint8Array.of(33, 0), bits: 1 }],
  ['<<16#12345:20/little>>', { kind: 'bitstring', bytes: Uint8Array.of(69, 35, 16), bits: 4 }],
  ['<<"aé☃">>', bytes(97, 233, 3)],
  ['<<"é☃"/utf8, "a":16/little>>', bytes(195, 169, 226, 152, 131, 97, 0)],
  ['<<1.0e5:16/float, 65519:16/float, 2.9802322387695316e-8:16/float>>', bytes(124, 0, 123, 255, 0, 1)],
  ['<<<<1,2,3>>:2/binary, 97:undefined/utf8>>', bytes(1, 2, 97)],
  ['<< 1: (4) / little - signed - unit : 2 >>', bytes(1)],
];

const refused: readonly (readonly [text: string, code: string, line: number, column: number])[] = [
  ['a', 'truncated', 1, 2],
  ['{a,\n b,\n c d}.', 'malformed', 3, 4],
  ['{"☃😀", @}.', 'malformed', 1, 8],
  ['[\n1,\n"x\ny",\n$\n, @].', 'malformed', 6, 3],
  ['a b.', 'malformed', 1, 3],
  ['X.', 'malformed', 1, 1],
  ['- -1.', 'malformed', 1, 3],
  ['f().', 'malformed', 1, 2],
  ['#r{}.', 'malformed', 1, 2],
  ['"a\nb', 'truncated', 1, 1],
  ['"a\n\\xZZ".', 'malformed', 2, 1],
  ['"a""b".', 'malformed', 1, 4],
  ['"""\n  a\n b\n  """.', 'malformed', 3, 2],
  ['12abc.', 'malformed', 1, 1],
  ['37#1.', 'malformed', 1, 1],
  ['1.0e400.', 'malformed', 1, 1],
  ['~x"a".', 'malformed', 1, 1],
  ['~s"a"x.', 'malformed', 1, 6],
  ['☃.', 'malformed', 1, 1],
  ['% \u{fffe}\na.', 'malformed', 1, 1],
  ['<<1, a>>.', 'malformed', 1, 6],
  ['<<1:-4>>.', 'malformed', 1, 5],
  ['<<1:99999999999>>.', 'limit', 1, 3],
  ['<<1/little-big>>.', 'malformed', 1, 3],
  ['fun a:b/256.', 'malformed', 1, 9],
  [`${'['.repeat(2001)}.`, 'limit', 1, 2001],
  [`${'1'.repeat(2_000_000)}.`, 'limit', 1, 1],
];

const released: readonly (readonly [text: string, otp: number, term: Term | undefined])[] = [
  ['"""a"""', 25, s('a')],
  ['"""a"""', 27, undefined],
  ['"a""b"', 25, s('ab')],
  ['maybe', 25, atom('maybe')],
  ['maybe', 27, undefined],
  ['~"a"', 25, undefined],
  ['~"a"', 27, bytes(97)],
  ['"\\^1"', 25, list([17])],
  ['"\\^1"', 27, undefined],
  ['16#1.8#e2', 27, undefined],
];

function faultOf(read: () => unknown): ParseError {
  try {
    read();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parseTerm', () => {
  it.each(accepted)('reads %j', (text, term) => {
    expect(equalTerms(parseTerm(text), term)).toBe(true);
    expect(parseTerms(`${text} .`).length).toBe(1);
  });

  it.each(released)('reads %j as OTP %d does', (text, otp, term) => {
    if (term === undefined) expect(faultOf(() => parseTerm(text, { otp }))).toBeInstanceOf(ParseError);
    else expect(equalTerms(parseTerm(text, { otp }), term)).toBe(true);
  });

  it('refuses a second term', () => expect(faultOf(() => parseTerm('a. b')).column).toBe(4));
});

describe('parseTerms', () => {
  it('reads terms up to their dots', () => {
    expect(parseTerms('a. b.% c\n{c}.')).toEqual([a, b, tuple(c)]);
    expect(parseTerms('% nothing')).toEqual([]);
  });

  it.each(refused.map((row) => [row[0].slice(0, 40), row] as const))('refuses %j', (_title, [text, code, line, column]) => {
    const { message: _message, ...fault } = faultOf(() => parseTerms(text, { file: 'x.config' }));
    expect(fault).toMatchObject({ code, line, column, file: 'x.config', space: 'text' });
  });

  it('nests 2000 deep, and tails of lists without an end', () => {
    for (const [open, close] of ['{}', '[]', '()'] as const) {
      expect(parseTerms(`${open?.repeat(2000)}1${close?.repeat(2000)}.`).length).toBe(1);
    }
    expect(parseTerm(`${'[a|'.repeat(100_000)}[]${']'.repeat(100_000)}`)).toEqual(list(Array(100_000).fill(a)));
  });

  it('gives terms or a ParseError for any text', () => {
    const pieces =
      'a|B|1|-|(|)|[|]|{|}|<<|>>|,|=>|#{|#|.|:|/|unit:2|utf8|"|"""|\n|~s|~|$|\\|16#|_| |%|fun|\'|é|☃|😀|\ud800|.\n'.split('|');
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces, '|'), fc.string({ maxLength: 3 })), { maxLength: 30 });
    const release = fc.constantFrom(25, 27, 28, 29);
    fc.assert(
      fc.property(text, release, (parts, otp) => {
        try {
          parseTerms(parts.join(''), { otp });
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('parses what formatTerm prints', () => {
    const { terms } = fc.letrec<{ terms: Term }>((tie) => ({
      terms: fc.oneof(
        { maxDepth: 5 },
        fc.maxSafeInteger(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map(float),
        fc.string({ unit: 'binary-ascii', maxLength: 9 }).map(atom),
        fc.string({ maxLength: 9 }).map(stringTerm),
        fc.uint8Array({ maxLength: 9 }).map(binary),
        fc.array(tie('terms'), { maxLength: 4 }).map((items) => tuple(...items)),
        fc.tuple(fc.array(tie('terms'), { maxLength: 4 }), tie('terms')).map(([items, tail]) => list(items, tail)),
      ),
    }));
    fc.assert(
      fc.property(terms, fc.constantFrom('p', 'w'), (term, mode) => {
        expect(equalTerms(parseTerm(formatTerm(term, { mode })), term)).toBe(true);
      }),
    );
  });
});

describe('decodeSource', () => {
  const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

  it.each([
    ['%% coding: latin-1\né', 'é'],
    ['%% -*- coding: Latin-1 -*-\né', 'é'],
    ['a.\n b. % coding = latin-1\né', 'é'],
  ])('takes %j as latin1', (text, end) => expect(decodeSource(latin1(text)).endsWith(end)).toBe(true));

  it.each([
    'é',
    'a\nb\n%% coding: latin-1\né',
    '%% coding: latin-2\né',
    'coding: latin-1\né',
    '%% coding: utf-8\n% coding: latin-1\né',
  ])('takes %j as UTF-8', (text) => {
    expect(decodeSource(new TextEncoder().encode(text))).toBe(text);
    expect(faultOf(() => decodeSource(latin1(text)))).toMatchObject({ code: 'malformed', offset: text.length });
  });
});
