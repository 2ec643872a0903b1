// The bytes and what they are were tried with binary_to_term of OTP 25, 27 and 29; where it says badarg, we say why and where.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/errors.js';
import { MAX_TERM_DEPTH } from '../../src/limits.js';
import { type DecodeTermOptions, decodeTerm, decodeTermPrefix } from '../../src/term/etf-decode.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { atom, binary, float, list, map, NIL, stringTerm, type Term, tuple } from '../../src/term/model.js';
import { terms } from './term-arbitrary.js';

const u16 = (value: number) => [value >>> 8, value & 255];
const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
const a = [119, 1, 97];
const term = (...bytes: number[]) => new Uint8Array([131, ...bytes]);
const compressed = (size: number, ...bytes: number[]) =>
  new Uint8Array([131, 80, ...u32(size), ...deflateSync(new Uint8Array(bytes))]);

function faultOf(run: () => unknown): ParseError {
  try {
    run();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error('no ParseError');
}

const VALUES: readonly (readonly [string, number[], Term])[] = [
  ['a byte', [97, 255], 255],
  ['a negative integer', [98, ...u32(-5)], -5],
  ['no bytes of a big integer', [110, 0, 0], 0],
  ['zero with a sign', [110, 1, 1, 0], 0],
  ['a big integer with leading zeros', [110, 4, 2, 5, 0, 0, 0], -5],
  ['2^53-1', [110, 7, 0, 255, 255, 255, 255, 255, 255, 31], Number.MAX_SAFE_INTEGER],
  ['2^53', [110, 7, 0, 0, 0, 0, 0, 0, 0, 32], 2n ** 53n],
  ['-2^64', [111, ...u32(9), 1, 0, 0, 0, 0, 0, 0, 0, 0, 1], -(2n ** 64n)],
  ['a float', [70, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], float(1.5)],
  ['-0.0', [70, 0x80, 0, 0, 0, 0, 0, 0, 0], float(-0)],
  ['a float as text', [99, ...ascii('1.50000000000000000000e+00'), 0, 0, 0, 0, 0], float(1.5)],
  ['a float as text with a sign', [99, ...ascii('+1.5E-3'), ...new Array(24).fill(0)], float(0.0015)],
  ['a Latin-1 atom', [100, ...u16(2), 0xe9, 97], atom('éa')],
  ['a small Latin-1 atom', [115, 1, 0xe9], atom('é')],
  ['a UTF-8 atom', [118, ...u16(2), 0xc3, 0xa9], atom('é')],
  ['an atom that begins with a byte order mark', [119, 4, 0xef, 0xbb, 0xbf, 97], atom('\ufeffa')],
  ['the empty atom', [119, 0], atom('')],
  ['a tuple', [104, 2, 97, 1, 106], tuple(1, NIL)],
  ['the empty tuple', [105, ...u32(0)], tuple()],
  ['a tuple of six', [104, 6, 97, 1, 97, 2, 97, 3, 97, 4, 97, 5, 97, 6], tuple(1, 2, 3, 4, 5, 6)],
  ['a string', [107, ...u16(3), 97, 98, 99], stringTerm('abc')],
  ['a string of nothing', [107, 0, 0], NIL],
  ['an improper list', [108, ...u32(1), 97, 1, 97, 2], list([1], 2)],
  ['a list of nothing with a tail', [108, ...u32(0), 97, 1], 1],
  ['a list whose tails are lists', [108, ...u32(1), 97, 1, 108, ...u32(1), 97, 2, 107, ...u16(2), 3, 4], list([1, 2, 3, 4])],
  ['a list of nothing in a tail', [108, ...u32(1), 97, 1, 108, ...u32(0), 108, ...u32(1), 97, 2, 106], list([1, 2])],
  ['a binary', [109, ...u32(2), 1, 2], binary(new Uint8Array([1, 2]))],
  [
    'a bitstring with rubbish after its bits',
    [77, ...u32(1), 3, 255],
    { kind: 'bitstring', bytes: new Uint8Array([0xe0]), bits: 3 },
  ],
  [
    'a map in its own order',
    [116, ...u32(2), 97, 2, 106, 97, 1, 106],
    map([
      [2, NIL],
      [1, NIL],
    ]),
  ],
  [
    '1 and 1.0 as keys',
    [116, ...u32(2), 97, 1, 106, 70, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 106],
    map([
      [1, NIL],
      [float(1), NIL],
    ]),
  ],
  [
    'a pid',
    [88, ...a, ...u32(1), ...u32(2), ...u32(-1)],
    { kind: 'pid', node: atom('a'), id: 1, serial: 2, creation: 0xffff_ffff },
  ],
  ['an old pid', [103, ...a, ...u32(5), ...u32(6), 3], { kind: 'pid', node: atom('a'), id: 5, serial: 6, creation: 3 }],
  ['an old port', [102, ...a, ...u32(7), 3], { kind: 'port', node: atom('a'), id: 7n, creation: 3 }],
  ['a port', [89, ...a, ...u32(7), ...u32(3)], { kind: 'port', node: atom('a'), id: 7n, creation: 3 }],
  [
    'a port of 64 bits',
    [120, ...a, ...u32(1), ...u32(2), ...u32(3)],
    { kind: 'port', node: atom('a'), id: 2n ** 32n + 2n, creation: 3 },
  ],
  ['an old reference', [101, ...a, ...u32(9), 1], { kind: 'reference', node: atom('a'), creation: 1, ids: [9] }],
  [
    'a reference',
    [114, ...u16(2), ...a, 1, ...u32(9), ...u32(8)],
    { kind: 'reference', node: atom('a'), creation: 1, ids: [9, 8] },
  ],
  [
    'a newer reference',
    [90, ...u16(1), ...a, ...u32(1), ...u32(-1)],
    { kind: 'reference', node: atom('a'), creation: 1, ids: [0xffff_ffff] },
  ],
  ['an external fun', [113, ...a, ...a, 98, ...u32(2)], { kind: 'export', module: atom('a'), name: atom('a'), arity: 2 }],
  [
    'a fun, whatever size it claims',
    [
      112,
      ...u32(0),
      1,
      ...new Array(16).fill(7),
      ...u32(2),
      ...u32(1),
      ...a,
      97,
      1,
      98,
      ...u32(-5),
      88,
      ...a,
      ...u32(1),
      ...u32(2),
      ...u32(3),
      97,
      4,
    ],
    {
      kind: 'fun',
      module: atom('a'),
      arity: 1,
      uniq: new Uint8Array(16).fill(7),
      index: 2,
      oldIndex: 1,
      oldUniq: -5,
      pid: { kind: 'pid', node: atom('a'), id: 1, serial: 2, creation: 3 },
      free: [4],
    },
  ],
  [
    'a native record',
    [67, ...u32(2), 1, ...a, 119, 1, 114, 119, 1, 98, ...a, 97, 1, 104, 1, 106],
    {
      kind: 'record',
      module: atom('a'),
      name: atom('r'),
      exported: true,
      fields: [
        [atom('b'), 1],
        [atom('a'), tuple(NIL)],
      ],
    },
  ],
];

/** Bytes after the 131, the code, and the offset from the beginning. */
const FAULTS: readonly (readonly [string, number[], ParseError['code'], number])[] = [
  ['nothing', [], 'truncated', 1],
  ['half an integer', [98, 0, 0], 'truncated', 2],
  ['half an atom', [119, 3, 97], 'truncated', 3],
  ['half a binary', [109, ...u32(3), 1], 'truncated', 6],
  ['a tuple without its last element', [104, 2, 97, 1], 'truncated', 5],
  ['a list without a tail', [108, ...u32(1), 97, 1], 'truncated', 8],
  ['more elements than bytes', [105, ...u32(100), 97, 1], 'truncated', 6],
  ['more elements than the bytes of outer ones leave', [104, 3, 104, 3, 97, 1, 97, 1], 'truncated', 5],
  ['more items than bytes', [108, ...u32(-1), 97, 1, 106], 'truncated', 6],
  ['more pairs than bytes', [116, ...u32(-1), 97, 1, 106], 'truncated', 6],
  ['an unknown tag', [104, 1, 255], 'malformed', 3],
  ['a distribution header', [68, 0], 'malformed', 1],
  ['an atom cache reference', [82, 0], 'unsupported', 1],
  ['an old fun', [117, 0], 'unsupported', 1],
  ['a local term', [121, 0, 0, 0, 0, 106], 'unsupported', 1],
  ['a compressed term in a term', [104, 1, 80, 0], 'unsupported', 3],
  ['a second 131', [131, 106], 'unsupported', 1],
  ['an infinite float', [70, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0], 'malformed', 2],
  ['no number', [70, 0x7f, 0xf8, 0, 0, 0, 0, 0, 1], 'malformed', 2],
  ['a float without a point', [99, ...ascii('1e5'), ...new Array(28).fill(0)], 'malformed', 2],
  ['a float of text that is infinite', [99, ...ascii('1.5e400'), ...new Array(24).fill(0)], 'malformed', 2],
  ['a float with rubbish', [99, ...ascii('1.5x'), ...new Array(27).fill(0)], 'malformed', 2],
  ['bytes that are not UTF-8', [119, 2, 0xc3, 0x28], 'malformed', 3],
  ['a surrogate', [119, 3, 0xed, 0xa0, 0x80], 'malformed', 3],
  ['an atom of 256 characters', [100, ...u16(256), ...new Array(256).fill(97)], 'range', 4],
  ['bits of the last byte: 0', [77, ...u32(1), 0, 255], 'malformed', 2],
  ['bits of the last byte: 9', [77, ...u32(1), 9, 255], 'malformed', 2],
  ['bits of no byte', [77, ...u32(0), 8], 'malformed', 2],
  ['a key twice', [116, ...u32(2), 97, 1, 106, 98, ...u32(1), 106], 'malformed', 15],
  ['an atom twice as key', [116, ...u32(2), ...a, 106, 100, ...u16(1), 97, 106], 'malformed', 15],
  ['a field twice', [67, ...u32(2), 1, ...a, ...a, ...a, ...a, 106, 106], 'malformed', 1],
  ['a flag of a record that is none', [67, ...u32(0), 2, ...a, ...a], 'malformed', 6],
  ['a node that is no atom', [88, 97, 1, ...u32(1), ...u32(2), ...u32(3)], 'malformed', 2],
  ['a reference of six words', [90, ...u16(6), ...a, ...new Array(28).fill(0)], 'range', 2],
  ['a fun of arity 256', [113, ...a, ...a, 98, ...u32(256)], 'range', 8],
  ['a fun of arity -1', [113, ...a, ...a, 98, ...u32(-1)], 'range', 8],
  ['a fun of arity a', [113, ...a, ...a, ...a], 'malformed', 8],
];

describe('decodeTerm', () => {
  it.each(VALUES)('decodes %s', (_, bytes, value) => {
    const data = term(...bytes);
    expect(decodeTermPrefix(data)).toEqual({ term: value, end: data.length });
  });

  it.each(FAULTS)('refuses %s', (_, bytes, code, offset) => {
    expect(faultOf(() => decodeTerm(term(...bytes)))).toMatchObject({ code, offset, space: 'file', path: [] });
  });

  it('decodes the same in the memory of Node', () => {
    const data = Buffer.concat([Buffer.alloc(3), term(104, 2, ...a, 77, ...u32(1), 1, 255)]).subarray(3);
    expect(decodeTerm(data)).toEqual(tuple(atom('a'), { kind: 'bitstring', bytes: new Uint8Array([0x80]), bits: 1 }));
    expect(data.at(-1)).toBe(255);
  });

  it('tells where the bytes lie in the file', () => {
    const options: DecodeTermOptions = { origin: { base: 100, space: 'file', what: 'Attr chunk', file: 'm.beam' } };
    const fault = faultOf(() => decodeTerm(term(104, 1, 109, ...u32(9)), options));
    expect(fault.message).toBe('m.beam: truncated Attr chunk: need 9 bytes, have 0 (file offset 0x6c)');
  });

  it('keeps atoms of equal bytes in two encodings apart', () => {
    const [latin1, utf8] = [term(100, ...u16(2), 0xc3, 0xa9), term(118, ...u16(2), 0xc3, 0xa9)];
    for (const _ of [1, 2]) expect([decodeTerm(latin1), decodeTerm(utf8)]).toEqual([atom('Ã©'), atom('é')]);
  });

  it('decodes atoms of every length', () => {
    for (let size = 0; size <= 255; size++) {
      const name = Array.from({ length: size }, (_, i) => String.fromCharCode(0xe0 + ((i * 7 + size) % 32))).join('');
      const wide = new TextEncoder().encode(name);
      for (const _ of [1, 2]) {
        expect(decodeTerm(term(100, ...u16(size), ...Buffer.from(name, 'latin1')))).toEqual(atom(name));
        expect(decodeTerm(term(118, ...u16(wide.length), ...wide))).toEqual(atom(name));
      }
    }
  });
});

describe('trailing bytes', () => {
  it('are ignored by default', () => {
    expect(decodeTermPrefix(term(97, 1, 9, 9))).toEqual({ term: 1, end: 3 });
    expect(decodeTermPrefix(new Uint8Array([...compressed(2, 97, 1), 9]))).toEqual({ term: 1, end: compressed(2, 97, 1).length });
    expect(decodeTerm(compressed(3, 97, 1, 9))).toBe(1);
  });

  it('are refused where that is asked for', () => {
    expect(faultOf(() => decodeTerm(term(97, 1, 9, 9), { trailing: 'refuse' }))).toMatchObject({ code: 'malformed', offset: 3 });
  });
});

describe('a compressed term', () => {
  const origin = { base: 40, space: 'file', what: 'Dbgi' } as const;

  it('is inflated', () => {
    expect(decodeTerm(compressed(2, 97, 1))).toBe(1);
  });

  it.each([
    ['a size that is too small', compressed(1, 97, 1), 'limit', 46],
    ['a size that is too large', compressed(3, 97, 1), 'malformed', 42],
    ['half a head', new Uint8Array([131, 80, 0]), 'truncated', 40],
    ['half a stream', compressed(2, 97, 1).subarray(0, 10), 'truncated', 46],
    ['a wrong checksum', compressed(2, 97, 1).map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte)), 'malformed', 46],
  ] as const)('is refused for %s', (_, data, code, offset) => {
    expect(faultOf(() => decodeTerm(data, { origin }))).toMatchObject({ code, offset, space: 'file' });
  });

  it('counts offsets in the inflated bytes', () => {
    const fault = faultOf(() => decodeTerm(compressed(4, 104, 2, 97, 1), { origin }));
    expect(fault).toMatchObject({ code: 'truncated', offset: 4, space: 'inflated Dbgi' });
  });

  it('is refused where none may be', () => {
    expect(faultOf(() => decodeTerm(compressed(2, 97, 1), { compressed: 'refuse' }))).toMatchObject({
      code: 'malformed',
      offset: 1,
    });
  });

  it('has no more terms than its size justifies', () => {
    const many = Buffer.alloc(5_000_000, 106);
    many.set([108, ...u32(many.length - 6)]);
    const data = Buffer.concat([Buffer.from([131, 80, ...u32(many.length)]), deflateSync(many)]);
    expect(faultOf(() => decodeTerm(data, { origin }))).toMatchObject({ code: 'limit', space: 'inflated Dbgi' });
  });
});

describe('nesting', () => {
  const nested = (depth: number, open: number[], close: number[]) => {
    const parts = [new Uint8Array([131])];
    for (let i = 0; i < depth; i++) parts.push(new Uint8Array(open));
    parts.push(new Uint8Array([104, 0]));
    for (let i = 0; i < depth; i++) parts.push(new Uint8Array(close));
    return Buffer.concat(parts);
  };
  const OPENINGS: readonly (readonly [string, number[], number[]])[] = [
    ['tuples', [104, 1], []],
    ['first elements', [104, 2], [106]],
    ['lists', [108, ...u32(1)], [106]],
    ['tails', [108, ...u32(1), 106, 104, 1], []],
    ['values of maps', [116, ...u32(1), 106], []],
    ['keys of maps', [116, ...u32(2), 97, 1, 106], [106]],
    ['native records', [67, ...u32(1), 1, ...a, ...a, ...a], []],
  ];

  it.each(OPENINGS)('of %s goes as deep as the limit, and back', (_, open, close) => {
    const data = nested(MAX_TERM_DEPTH / 2, open, close);
    const decoded = decodeTerm(data);
    expect(Buffer.from(encodeTerm(decoded)).equals(data)).toBe(true);
  });

  it.each(OPENINGS)('of %s goes no deeper', (_, open, close) => {
    expect(faultOf(() => decodeTerm(nested(MAX_TERM_DEPTH + 1, open, close)))).toMatchObject({ code: 'limit' });
  });

  it('of lists in tails is no nesting', () => {
    const size = 300_000;
    const data = nested(size, [108, ...u32(1), 106], []);
    expect(decodeTerm(data)).toMatchObject({ kind: 'list', tail: tuple(), items: { length: size } });
  });

  it('of claims costs nothing', () => {
    const claims = nested(MAX_TERM_DEPTH, [105, 0, 3, 0x0d, 0x40], []);
    const before = process.memoryUsage().heapUsed;
    expect(faultOf(() => decodeTerm(claims))).toMatchObject({ code: 'truncated' });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('any bytes', () => {
  it('are a term or a ParseError', () => {
    const tags = fc.constantFrom(67, 70, 77, 88, 90, 97, 98, 100, 104, 105, 106, 107, 108, 109, 110, 112, 113, 116, 119, 120);
    const bytes = fc.array(fc.oneof(tags, fc.nat({ max: 3 }), fc.nat({ max: 255 })), { maxLength: 60 });
    fc.assert(
      fc.property(bytes, (some) => {
        try {
          decodeTerm(term(...some));
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('of a term that is cut short are a ParseError inside of it', () => {
    fc.assert(
      fc.property(terms, fc.nat(), (any, at) => {
        const data = encodeTerm(any);
        const fault = faultOf(() => decodeTerm(data.subarray(0, at % data.length)));
        expect(fault.code).toBe('truncated');
        expect(fault.offset).toBeLessThanOrEqual(at % data.length);
      }),
    );
  });
});
