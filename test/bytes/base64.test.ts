import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/bytes/base64.js';

describe('base64', () => {
  it('is that of Node, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(encodeBase64(bytes)).toBe(text);
        expect(decodeBase64(text)).toEqual(bytes);
      }),
    );
  });

  it.each(['a', 'ab', 'abc', 'a===', '=abc', 'ab-_', 'ab c', 'abcd\n', 'äbcd'])('isn\'t "%s"', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
