import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { md5 as nodeMd5 } from './node-md5.js';

const text = new TextEncoder().encode('hot code loading '.repeat(500));

/** Both roads: with node:zlib and node:crypto, and as in a browser. */
describe.each([true, false])('zlib and MD5, Node: %s', (node) => {
  const load = async () => {
    vi.resetModules();
    if (!node) vi.stubGlobal('process', { ...process, getBuiltinModule: undefined });
    return { ...(await import('../../src/bytes/zlib.js')), ...(await import('../../src/bytes/md5.js')) };
  };
  afterEach(() => vi.unstubAllGlobals());

  it('inflate what they deflate', async () => {
    const { deflate, deflateQuickly, gzip, inflate } = await load();
    expect(inflate(deflate(text), { what: 'x', base: 0 })).toEqual(expect.objectContaining({ length: text.length }));
    expect(new Uint8Array(inflate(deflateQuickly(text), { what: 'x', base: 0 }))).toEqual(text);
    expect(new Uint8Array(inflate(gzip(text), { format: 'gzip', what: 'x', base: 0 }))).toEqual(text);
  });

  it('tell where a stream ended', async () => {
    const { deflate, inflatePrefix } = await load();
    const stream = deflate(text);
    expect(inflatePrefix(new Uint8Array([...stream, 1, 2, 3]), { what: 'x', base: 0 }).consumed).toBe(stream.length);
  });

  it.each([
    ['bytes after the stream', (stream: Uint8Array) => new Uint8Array([...stream, 0]), 'malformed'],
    ['a cut stream', (stream: Uint8Array) => stream.subarray(0, 20), 'truncated'],
    ['no stream', () => new Uint8Array([1, 2, 3, 4]), 'malformed'],
  ])('refuse %s', async (_what, damage, code) => {
    const { deflate, inflate } = await load();
    expect(() => inflate(damage(deflate(text)), { what: 'x', base: 7 })).toThrow(
      expect.objectContaining({ name: 'ParseError', code }),
    );
  });

  it('stop at the limit', async () => {
    const { deflate, inflate } = await load();
    expect(() => inflate(deflate(text), { what: 'x', base: 0, limit: 1000 })).toThrow(expect.objectContaining({ code: 'limit' }));
    const bomb = deflateSync(new Uint8Array(40 * 1024 * 1024));
    expect(() => inflate(bomb, { what: 'x', base: 0 })).toThrow(expect.objectContaining({ code: 'limit' }));
  });

  it('have the MD5 of the machine', async () => {
    const { hex, md5 } = await load();
    expect(hex(md5(text))).toBe(nodeMd5(text));
  });
});
