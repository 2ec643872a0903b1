import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAtoms, encodeAtoms } from '../../src/beam/chunks/atoms.js';
import { Reader } from '../../src/bytes/reader.js';
import { findName, newNameTable, numberAtom, numberName } from '../../src/graph/names.js';

const tableOf = (names: readonly string[], layout: 'latin1' | 'short') =>
  decodeAtoms(
    new Reader(encodeAtoms(names, layout), { base: 0, space: 'file', what: 'atoms' }),
    layout === 'latin1' ? 'latin1' : 'utf8',
  );

/** Names whose hashes are the same: of two words, where the first mixes to whatever the second takes back. */
function collidingNames(count: number): readonly string[] {
  const names: string[] = [];
  for (let seed = 0; names.length < count; seed++) {
    const first = 0x61616161 + seed * 0x0101;
    const product = Math.imul(8 ^ first, 0x9e3779b1);
    const second = product ^ (product >>> 15) ^ 0x2a2a2a2a;
    if (((first | second) & 0x80808080) !== 0) continue;
    names.push(String.fromCharCode(...[first, second].flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff))));
  }
  return names;
}

describe('the numbers of names', () => {
  const nameArbitrary = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }));

  it('are the same for the same name, given as a text or as an atom of either encoding', () => {
    fc.assert(
      fc.property(fc.uniqueArray(nameArbitrary, { minLength: 1, maxLength: 40 }), (texts) => {
        const names = newNameTable();
        const known = texts.map((text) => numberName(names, text));
        expect(known).toEqual(texts.map((_, at) => at));
        expect(names.texts).toEqual(texts);
        const atoms = tableOf(texts, 'short');
        expect(texts.map((_, at) => numberAtom(names, atoms, at + 1))).toEqual(known);
        const latin1 = texts.filter((text) => !/[^\0-\xff]/.test(text));
        if (latin1.length === 0) return;
        const old = tableOf(latin1, 'latin1');
        expect(latin1.map((_, at) => numberAtom(names, old, at + 1))).toEqual(latin1.map((text) => texts.indexOf(text)));
      }),
    );
  });

  it('are found among many, whatever they hash to', () => {
    const texts = [...Array.from({ length: 20_000 }, (_, at) => `name_${at}`), ...collidingNames(300)];
    const names = newNameTable();
    const atoms = tableOf(texts, 'short');
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.map((_, at) => numberAtom(names, atoms, at + 1))).toEqual(texts.map((_, at) => at));
    expect(names.crowded.size).toBeGreaterThan(200);
    expect(texts.map((text) => findName(names, text))).toEqual(texts.map((_, at) => at));
    expect(findName(names, 'name_20000')).toBe(-1);
  });

  it('are asked for by atoms that are there', () => {
    const atoms = tableOf(['m'], 'short');
    for (const index of [0, 2, -1]) expect(() => numberAtom(newNameTable(), atoms, index)).toThrow(/isn't in the table/);
  });
});
