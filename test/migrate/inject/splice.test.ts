import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySplices, invertSplices, type Splice, sortSplices } from '../../../src/migrate/inject/splice.js';

const bytes = fc.uint8Array({ maxLength: 20 });

/** Data and splices that fit it. */
const cases = fc.uint8Array({ maxLength: 60 }).chain((data) =>
  fc.array(fc.record({ skip: fc.nat(9), length: fc.nat(9), bytes }), { maxLength: 6 }).map((steps) => {
    let from = 0;
    const splices: Splice[] = [];
    for (const step of steps) {
      const at = from + step.skip;
      if (at + step.length > data.length) break;
      splices.push({ at, length: step.length, bytes: step.bytes });
      from = at + step.length;
    }
    return { data, splices };
  }),
);

describe('splices', () => {
  it('are what replacing them one by one from the last is', () => {
    fc.assert(
      fc.property(cases, ({ data, splices }) => {
        const expected = [...data];
        for (const { at, length, bytes: made } of [...splices].reverse()) expected.splice(at, length, ...made);
        expect([...applySplices(data, splices)]).toEqual(expected);
      }),
    );
  });

  it('are taken back by their inverse', () => {
    fc.assert(
      fc.property(cases, ({ data, splices }) => {
        expect(applySplices(applySplices(data, splices), invertSplices(data, splices))).toEqual(data);
      }),
    );
  });

  it('at one place stay in their order', () => {
    const at = (index: number, byte: number) => ({ at: index, length: 0, bytes: Uint8Array.of(byte) });
    const sorted = sortSplices([at(2, 1), at(1, 2), at(2, 3)]);
    expect([...applySplices(Uint8Array.of(7, 8, 9), sorted)]).toEqual([7, 2, 8, 1, 3, 9]);
  });

  it.each([
    [[{ at: 1, length: 3, bytes: new Uint8Array(0) }]],
    [[{ at: 4, length: 0, bytes: new Uint8Array(0) }]],
    [[{ at: -1, length: 1, bytes: new Uint8Array(0) }]],
    [[{ at: 2, length: -1e15, bytes: new Uint8Array(0) }]],
    [
      [
        { at: 1, length: 2, bytes: new Uint8Array(0) },
        { at: 2, length: 0, bytes: new Uint8Array(0) },
      ],
    ],
  ])('that do not fit are refused: %o', (splices) => {
    expect(() => applySplices(new Uint8Array(3), splices)).toThrow(expect.objectContaining({ code: 'range' }));
  });
});
