// Which parts of a beam are compressed already.
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildChunk, encodeContainer } from '../../src/beam/container.js';
import { packedRanges } from '../../src/beam/packed-ranges.js';

const packed = Buffer.concat([Buffer.from([131, 80, 0, 1, 0, 0]), Buffer.alloc(1000, 7)]);
const chunks = [
  buildChunk('Code', Buffer.alloc(1000)),
  buildChunk('Dbgi', packed),
  buildChunk('LitT', Buffer.concat([Buffer.from([0, 0, 9, 0]), deflateSync(Buffer.from('x')), Buffer.alloc(1000)])),
  buildChunk('Docs', packed.subarray(0, 100)),
];
const encoded = (gzipped: boolean) => encodeContainer({ gzipped, chunks, trailing: new Uint8Array(0) });

describe('packedRanges', () => {
  it('are compressed terms and tables that are worth a pause', () => {
    const file = encoded(false);
    const found = packedRanges(file).map(([start, end]) => [
      Buffer.from(file).toString('latin1', start - 8, start - 4),
      end - start,
    ]);
    expect(found).toEqual([
      ['Dbgi', packed.length],
      ['LitT', 4 + deflateSync(Buffer.from('x')).length + 1000],
    ]);
  });

  it('are all of a gzipped file', () => {
    const file = encoded(true);
    expect(packedRanges(file)).toEqual([[0, file.length]]);
  });

  it('are none in what is no beam', () => {
    expect(packedRanges(Buffer.from('text'))).toEqual([]);
    expect(packedRanges(gzipSync('text'))).toEqual([]);
    expect(packedRanges(encoded(false).subarray(0, 40))).toEqual([]);
  });

  it('are none where a table of literals is not compressed', () => {
    const plain = [buildChunk('LitT', Buffer.alloc(1000))];
    expect(packedRanges(encodeContainer({ gzipped: false, chunks: plain, trailing: new Uint8Array(0) }))).toEqual([]);
  });
});
