// Made entries among those that are there: what counts, what stays, in which order.
import { expect, it } from 'vitest';
import { mergeEntries } from '../../../../src/release/appup/generate/merge-entries.js';
import { formatMadeEntries, parseMadeEntries } from '../../../../src/release/appup/made-entries.js';
import { versionText } from '../../../../src/release/appup/model.js';
import { atom, binary, stringTerm, type Term } from '../../../../src/term/model.js';

const regexp = (text: string): Term => binary(new TextEncoder().encode(text));
const [made, there] = [atom('made'), atom('there')];

function merged(existing: readonly Term[], ours: readonly string[] = [], versions: readonly string[] = ['1.0', '1.1']) {
  const { entries, covered } = mergeEntries(
    versions.map((from) => ({ from, instructions: [made] })),
    existing.map((from) => ({ from, instructions: [there] })),
    (from) => ours.includes(from),
  );
  const texts = entries.map(({ from, instructions }) => `${versionText(from)} ${(instructions[0] as { name: string }).name}`);
  return [texts, [...covered]];
}

it('puts what is new before what is there', () => {
  expect(merged([stringTerm('0.9')])).toEqual([['1.0 made', '1.1 made', '0.9 there'], []]);
});

it('keeps what a person wrote for a version, as a string or as a regular expression', () => {
  expect(merged([stringTerm('1.0')])).toEqual([['1.1 made', '1.0 there'], ['1.0']]);
  expect(merged([regexp('1\\.[0-9]')])).toEqual([['<<"1\\\\.[0-9]">> there'], ['1.0', '1.1']]);
});

it('knows which entry systools would come upon first', () => {
  expect(merged([stringTerm('1.0'), regexp('.*')], ['1.0'])).toEqual([['1.0 made', '<<".*">> there'], ['1.1']]);
  expect(merged([regexp('.*'), stringTerm('1.0')], ['1.0'])).toEqual([
    ['<<".*">> there', '1.0 there'],
    ['1.0', '1.1'],
  ]);
});

it('takes a version as it is written, and a pattern that is none for no version', () => {
  expect(merged([stringTerm('1.*'), regexp('('), atom('x')])).toEqual([
    ['1.0 made', '1.1 made', '1.* there', '<<"(">> there', 'x there'],
    [],
  ]);
});

it('finds again which entries were made', () => {
  const read = (text: string) => [...parseMadeEntries(new TextEncoder().encode(text))];
  expect(read(`%% coding: utf-8\n${formatMadeEntries(['1.0', '1.0-\u00fc"'])}{"2",[],[]}.\n`)).toEqual(['1.0', '1.0-\u00fc"']);
  for (const line of ['', '["1.0"', '[1.0', 'x', '[a,"1"'].map(
    (list) => `%% beamtool made the entries for ${list}] and makes them anew;`,
  )) {
    expect(read(line).length, line).toBeLessThan(2);
  }
});
