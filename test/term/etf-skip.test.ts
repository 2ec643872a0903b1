import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/errors.js';
import { decodeTermPrefix } from '../../src/term/etf-decode.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { skipTerm } from '../../src/term/etf-skip.js';
import { terms } from './term-arbitrary.js';

const origin = { base: 10, space: 'file', what: 'term' } as const;

function faultOf(data: Uint8Array): unknown {
  try {
    return skipTerm(data, 1, origin);
  } catch (error) {
    return error;
  }
}

describe('skipTerm', () => {
  it('ends where decoding ends', () => {
    const choices = fc.record({ atoms: fc.constantFrom('latin1' as const, 'utf8' as const) });
    fc.assert(
      fc.property(terms, choices, fc.uint8Array({ maxLength: 3 }), (term, options, rest) => {
        const data = encodeTerm(term, options);
        const more = Buffer.concat([Buffer.alloc(5), data, rest]);
        expect(skipTerm(more, 6, origin)).toBe(5 + decodeTermPrefix(more.subarray(5)).end);
      }),
    );
  });

  it('passes the old tags of identifiers', () => {
    const a = [119, 1, 97];
    const old = [
      [101, ...a, 0, 0, 0, 9, 1],
      [102, ...a, 0, 0, 0, 7, 3],
      [103, ...a, 0, 0, 0, 5, 0, 0, 0, 6, 3],
      [114, 0, 1, 118, 0, 1, 97, 1, 0, 0, 0, 9],
    ];
    for (const bytes of old) expect(skipTerm(new Uint8Array([131, ...bytes, 106]), 1, origin)).toBe(1 + bytes.length);
  });

  it('passes no more than there is', () => {
    fc.assert(
      fc.property(terms, fc.nat(), (term, at) => {
        const data = encodeTerm(term);
        const fault = faultOf(data.subarray(0, at % data.length));
        expect(fault).toBeInstanceOf(ParseError);
        expect(fault).toMatchObject({ code: 'truncated', space: 'file' });
      }),
    );
  });

  it('names the tag that begins no term', () => {
    expect(faultOf(new Uint8Array([131, 104, 2, 106, 200]))).toMatchObject({ code: 'malformed', offset: 14 });
  });

  it('names it at the very beginning', () => {
    expect(() => skipTerm(new Uint8Array([200, 1]), 0, origin)).toThrow('unknown tag 200 of a term (file offset 0xa)');
  });

  it('passes any bytes or says why not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (data) => {
        const end = faultOf(data);
        if (typeof end === 'number') expect(end).toBeLessThanOrEqual(data.length);
        else expect(end).toBeInstanceOf(ParseError);
      }),
      { numRuns: 2000 },
    );
  });
});
