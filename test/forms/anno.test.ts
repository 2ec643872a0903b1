// Every shape of annotation that compilers and transforms have been seen to write.
import { expect, it } from 'vitest';
import { fileOf, isGenerated, locationOf } from '../../src/forms/anno.js';
import { atom, list, NIL, stringTerm, type Term, tuple } from '../../src/term/model.js';

const generated = tuple(atom('generated'), atom('true'));
const located = tuple(atom('location'), tuple(3, 7));

it.each<readonly [string, Term, ReturnType<typeof locationOf>, boolean, string | undefined]>([
  ['a line', 12, { line: 12 }, false, undefined],
  ['line 0', 0, undefined, false, undefined],
  ['a line and a column', tuple(12, 5), { line: 12, column: 5 }, false, undefined],
  ['a list with a line', list([generated, tuple(atom('location'), 4)]), { line: 4 }, true, undefined],
  [
    'a list with line and column',
    list([tuple(atom('text'), stringTerm('x')), located]),
    { line: 3, column: 7 },
    false,
    undefined,
  ],
  ['a list with a file', list([located, tuple(atom('file'), stringTerm('a.hrl'))]), { line: 3, column: 7 }, false, 'a.hrl'],
  ['an empty list', NIL, undefined, false, undefined],
  ['a list of unknown things', list([atom('x'), tuple(atom('y'))]), undefined, false, undefined],
  ['something else', atom('none'), undefined, false, undefined],
])('reads %s', (_, anno, location, isMade, file) => {
  expect(locationOf(anno)).toEqual(location);
  expect(isGenerated(anno)).toBe(isMade);
  expect(fileOf(anno)).toBe(file);
});
