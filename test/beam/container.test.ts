import { describe, expect, it } from 'vitest';
import { decodeContainer, encodeContainer } from '../../src/beam/container.js';
import { readBeam } from '../../src/beam/module.js';
import { gzip } from '../../src/bytes/zlib.js';
import { readFixture } from '../support/fixtures.js';

/** The smallest module that loads on OTP 25 to 29: `m:f() -> f.` */
const MINIMAL = Uint8Array.from(
  `464f52310000006c4245414d 4174553800000008000000020 16d0166
   436f6465000000210000001000000000000000a90000000300000001 01100212220001204022031303000000
   537472540000000 0 496d70540000000400000000 457870540000001000000001000000020000000000000002`
    .replace(/\s/g, '')
    .match(/../g) as RegExpMatchArray,
  (byte) => Number.parseInt(byte, 16),
);

const changed = (at: number, ...bytes: readonly number[]) => {
  const copy = MINIMAL.slice();
  copy.set(bytes, at);
  return copy;
};

describe('the container', () => {
  it('of a minimal module', () => {
    const module = readBeam(MINIMAL);
    expect(module.container.chunks.map(({ id, offset, data }) => [id, offset, data.length])).toEqual([
      ['AtU8', 20, 8],
      ['Code', 36, 33],
      ['StrT', 80, 0],
      ['ImpT', 88, 4],
      ['ExpT', 100, 16],
    ]);
    expect([module.name, module.exports]).toEqual(['m', [{ name: 'f', arity: 0, label: 2 }]]);
  });

  it('comes back with trailing bytes and odd padding', () => {
    const bytes = new Uint8Array([...changed(69, 1, 2, 3), 0xde, 0xad]);
    expect(encodeContainer(decodeContainer(bytes))).toEqual(bytes);
  });

  it('comes back from gzip', () => {
    const container = decodeContainer(gzip(MINIMAL));
    expect(container.gzipped).toBe(true);
    expect(encodeContainer(container)).toEqual(gzip(MINIMAL));
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'truncated', undefined],
    ['a file that begins otherwise', new TextEncoder().encode('#!/bin/sh'), 'malformed', 0],
    ['a form of another type', changed(8, 0x41, 0x49, 0x46, 0x46), 'malformed', 8],
    ['a form larger than the file', changed(4, 0, 0, 1, 0), 'truncated', 4],
    ['a form too small for its type', changed(4, 0, 0, 0, 3), 'malformed', 4],
    ['a chunk larger than the form', changed(16, 0, 0, 0xff, 0xff), 'truncated', 16],
    ['a chunk of four gigabytes', changed(16, 0xff, 0xff, 0xff, 0xff), 'truncated', 16],
    ['a chunk header cut off', changed(4, 0, 0, 0, 0x0a), 'truncated', undefined],
    ['gzip inside of gzip', gzip(gzip(MINIMAL)), 'malformed', 0],
    ['cut gzip', gzip(MINIMAL).subarray(0, 50), 'truncated', 0],
  ])('refuses %s', (_what, bytes, code, offset) => {
    const error = expect.objectContaining({ name: 'ParseError', code, file: 'm.beam', ...(offset !== undefined && { offset }) });
    expect(() => readBeam(bytes, { file: 'm.beam' })).toThrow(error);
  });
});

describe('a module', () => {
  it('without a chunk that is asked for says so', () => {
    expect(() => readBeam(changed(12, 0x58), { file: 'm.beam' }).name).toThrow('m.beam: no AtU8 or Atom chunk');
  });

  it('with one chunk replaced keeps the others byte for byte', () => {
    const before = readBeam(readFixture('otp25/counter.beam'));
    const after = before.withChunk('Attr', new Uint8Array([131, 106]));
    const others = (module: typeof before) =>
      module.container.chunks.filter(({ id }) => id !== 'Attr').map(({ id, data }) => [id, [...data]]);
    expect(after.attributes).toEqual([]);
    expect(others(after)).toEqual(others(before));
  });

  it('is not changed by asking for its MD5', () => {
    const bytes = Buffer.from(readFixture('otp25/closures.beam'));
    const before = Buffer.from(bytes.toString('hex'), 'hex');
    expect(readBeam(bytes).md5).toMatch(/^[0-9a-f]{32}$/);
    expect(bytes.equals(before)).toBe(true);
  });
});
