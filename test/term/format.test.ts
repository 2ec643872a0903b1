// Texts as OTP 25, 27 and 29 gave them; test/otp/term-format.test.ts asks many more.
import { expect, it } from 'vitest';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type FormatOptions, formatTerm } from '../../src/term/format.js';
import { atom, binary, float, list, map, NIL, type Pid, stringTerm, type Term, tuple } from '../../src/term/model.js';

const bytes = (...values: readonly number[]) => binary(Uint8Array.from(values));

const pid: Pid = { kind: 'pid', node: atom('nonode@nohost'), id: 1, serial: 2, creation: 3 };

const cases: readonly (readonly [string, Term, FormatOptions?])[] = [
  ['1', 1],
  ['-9007199254740993', -9007199254740993n],
  ['1.0e3', float(1000)],
  ["'Ok'", atom('Ok')],
  ['[]', NIL],
  ['{}', tuple()],
  ['{a,{b},[]}', tuple(atom('a'), tuple(atom('b')), NIL)],
  ['"abc"', stringTerm('abc')],
  ['"\\n\\t\\r\\b\\f\\v\\e\\"\\\\\'"', stringTerm('\n\t\r\b\f\v\x1b"\\\'')],
  ['[97,98,99]', stringTerm('abc'), { mode: 'w' }],
  ['[0]', list([0])],
  ['[97|98]', list([97], 98)],
  ['["abc"|b]', list([stringTerm('abc')], atom('b'))],
  ['[97,127]', list([97, 127])],
  ['"é"', stringTerm('é')],
  ['[97,1024]', stringTerm('aЀ')],
  ['"aЀ"', stringTerm('aЀ'), { encoding: 'unicode' }],
  ['[97,1024]', stringTerm('aЀ'), { encoding: 'unicode', output: 'latin1' }],
  ['[97,55296]', list([97, 0xd800]), { encoding: 'unicode' }],
  ['[97,65534]', list([97, 0xfffe]), { encoding: 'unicode' }],
  [
    '#{1 => 3,1.0 => 2,a => 1,{} => 4,"x" => b}',
    map([
      [stringTerm('x'), atom('b')],
      [tuple(), 4],
      [atom('a'), 1],
      [float(1), 2],
      [1, 3],
    ]),
  ],
  ['#{}', map([])],
  ['#{#{a => 1} => 2}', map([[map([[atom('a'), 1]]), 2]])],
  ['<<>>', bytes()],
  ['<<"abc">>', bytes(97, 98, 99)],
  ['<<97,98,99>>', bytes(97, 98, 99), { mode: 'w' }],
  ['<<0>>', bytes(0)],
  ['<<"é"/utf8>>', bytes(195, 169)],
  ['<<"Ã©">>', bytes(195, 169), { output: 'latin1' }],
  ['<<"é">>', bytes(233)],
  ['<<208,160>>', bytes(208, 160)],
  ['<<"Р"/utf8>>', bytes(208, 160), { encoding: 'unicode' }],
  ['<<"Ð\u00a0ÿ">>', bytes(208, 160, 255), { otp: 27 }],
  ['<<208,160,255>>', bytes(208, 160, 255), { otp: 29 }],
  ['<<"Ð\u00a0ÿ">>', bytes(208, 160, 255), { otp: 29, encoding: 'unicode' }],
  ['<<239,191,191,255>>', bytes(239, 191, 191, 255), { encoding: 'unicode' }],
  ['<<"ÿþ">>', bytes(255, 254)],
  ['<<1,2,3:4>>', { kind: 'bitstring', bytes: Uint8Array.of(1, 2, 48), bits: 4 }],
  ['<<1:1>>', { kind: 'bitstring', bytes: Uint8Array.of(128), bits: 1 }],
  ['<0.1.2>', pid],
  ['<a@b.1.2>', { ...pid, node: atom('a@b') }],
  ["<'shop@db-1'.1.2>", { ...pid, node: atom('shop@db-1') }],
  ['#Port<0.5>', { kind: 'port', node: pid.node, id: 5n, creation: 0 }],
  ['#Ref<0.5.3.2>', { kind: 'reference', node: pid.node, creation: 0, ids: [2, 3, 5] }],
  ['fun m:f/1', { kind: 'export', module: atom('m'), name: atom('f'), arity: 1 }],
  ["fun 'M':'F x'/1", { kind: 'export', module: atom('M'), name: atom('F x'), arity: 1 }],
  ["fun maybe:'a@b'/3", { kind: 'export', module: atom('maybe'), name: atom('a@b'), arity: 3 }],
  ["fun xÃ©:'\\033\\n'/0", { kind: 'export', module: atom('xé'), name: atom('\x1b\n'), arity: 0 }],
  [
    '#Fun<m x.3.4>',
    { kind: 'fun', module: atom('m x'), arity: 1, uniq: new Uint8Array(16), index: 2, oldIndex: 3, oldUniq: 4, pid, free: [] },
  ],
  ['#m:r{}', { kind: 'record', module: atom('m'), name: atom('r'), exported: true, fields: [] }],
  [
    "#'M':'R r'{a = \"x\",'B' = [{}]}",
    {
      kind: 'record',
      module: atom('M'),
      name: atom('R r'),
      exported: false,
      fields: [
        [atom('a'), stringTerm('x')],
        [atom('B'), list([tuple()])],
      ],
    },
  ],
];

it.each(cases.map(([text, term, options]) => ({ text, term, options })))('writes $text', ({ text, term, options }) => {
  expect(formatTerm(term, options)).toBe(text);
});

it('writes terms of any depth', () => {
  let term: Term = atom('x');
  for (let depth = 0; depth < 100_000; depth++) term = depth % 2 === 0 ? tuple(1, term) : map([[term, 1]]);
  const text = formatTerm(term);
  expect(text.slice(0, 8)).toBe('#{{1,#{{');
  expect(text.length).toBe(1 + 50_000 * '{1,}'.length + 50_000 * '#{ => 1}'.length);
});

it('takes time in proportion to the text', () => {
  const size = 200_000;
  const long = list(Array.from({ length: size }, (_, index) => (index === size - 1 ? atom('z') : 97)));
  expect(formatTerm(long).length).toBe(3 * size);
  expect(formatTerm(binary(new Uint8Array(size).fill(97).fill(0xc3, size - 1))).length).toBe(size + 6);
});

it('writes a decoded term', () => {
  expect(formatTerm(decodeTerm(Uint8Array.of(131, 104, 2, 119, 2, 111, 107, 107, 0, 2, 104, 105)))).toBe('{ok,"hi"}');
});
