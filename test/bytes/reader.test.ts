import { describe, expect, it } from 'vitest';
import { Reader } from '../../src/bytes/reader.js';
import { Writer } from '../../src/bytes/writer.js';
import { ParseError } from '../../src/errors.js';

const open = (...bytes: readonly number[]) =>
  new Reader(new Uint8Array(bytes), { base: 0x100, space: 'file', what: 'test', file: 'x.beam' });

describe('Reader', () => {
  it('reads what Writer writes', () => {
    const bytes = new Writer(1).u8(1).u16(0xfffe).u32(0xdeadbeef).i32(-5).i64(-7n).f64(-0.5).bytes([9, 8]).finish();
    const reader = open(...bytes);
    expect([reader.u8(), reader.u16(), reader.u32(), reader.i32(), reader.i64(), reader.f64(), [...reader.bytes(2)]]).toEqual([
      1,
      0xfffe,
      0xdeadbeef,
      -5,
      -7n,
      -0.5,
      [9, 8],
    ]);
    expect(reader.left).toBe(0);
  });

  it('reads unsigned 64 bits', () => expect(open(255, 255, 255, 255, 255, 255, 255, 254).u64()).toBe(0xfffffffffffffffen));

  it.each([
    ['u8', (reader: Reader) => reader.u8(), 1],
    ['u16', (reader: Reader) => reader.u16(), 2],
    ['u32', (reader: Reader) => reader.u32(), 4],
    ['f64', (reader: Reader) => reader.f64(), 8],
    ['bytes', (reader: Reader) => reader.bytes(9), 9],
    ['part', (reader: Reader) => reader.part(9, 'inner'), 9],
  ] as const)('tells where the bytes of %s are missing', (_name, read, needed) => {
    const reader = open();
    expect(() => read(reader)).toThrow(
      expect.objectContaining({
        code: 'truncated',
        offset: 0x100,
        file: 'x.beam',
        reason: `truncated test: need ${needed} bytes, have 0`,
      }),
    );
  });

  it('keeps a part inside its bounds', () => {
    const outer = open(1, 2, 3, 4);
    const inner = outer.part(2, 'inner');
    expect(() => inner.u32()).toThrow(/truncated inner: need 4 bytes, have 2 \(file offset 0x100\)/);
    expect(outer.u16()).toBe(0x0304);
  });

  it('refuses counts that can not be and bytes that are over', () => {
    expect(() => open(0, 0).checkCount(3, 1, 'things')).toThrow(ParseError);
    expect(() => open(0).expectEnd()).toThrow(/1 bytes after the end of test/);
  });
});
