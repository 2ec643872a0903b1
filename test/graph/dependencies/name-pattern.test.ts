// Patterns over names, and the groups of a config file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.js';
import { groupOf, parseGroups } from '../../../src/graph/dependencies/groups.js';
import { isPattern, matchesNode, parsePattern } from '../../../src/graph/dependencies/name-pattern.js';

const matches = (text: string, id: string, app: string | null = null) => matchesNode(parsePattern(text), { id, app });

describe('a pattern', () => {
  it.each([
    ['lists', 'lists', true],
    ['lists', 'lists2', false],
    ['li*', 'lists', true],
    ['*', '', true],
    ['*ts', 'lists', true],
    ['l?sts', 'lists', true],
    ['l?sts', 'lsts', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b*', 'xxbxxaxx', false],
    ['a.c', 'abc', false],
    ['?', '\u{1f600}', true],
    ['/^li/', 'lists', true],
    ['/LI/', 'lists', false],
    ['/LI/i', 'lists', true],
    ['/^\\p{Lu}/', '\u00c4pfel', true],
  ])('%s and the name %s: %s', (text, id, answer) => expect(matches(text, id)).toBe(answer));

  it.each([
    ['app:std*', 'stdlib', true],
    ['app:std*', 'kernel', false],
    ['app:/^k/', 'kernel', true],
    ['app:stdlib', null, false],
  ])('%s and the application %s: %s', (text, app, answer) => expect(matches(text, 'lists', app)).toBe(answer));

  it.each(['app:', '', '/(/', '/a/b/(/', 'app:/[/'])('%j is refused', (text) => {
    expect(() => parsePattern(text)).toThrow(UsageError);
  });

  it('may stand for one name or several', () => {
    expect(['a*', '/a/', 'app:a', 'a?', 'a', '/a', 'a:b/1'].map(isPattern)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is a glob that matches what the regular expression of the same meaning matches', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(glob, letters, (text, name) => {
        const source = text.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matches(text, name)).toBe(new RegExp(`^${source}$`).test(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no exponential time', () => {
    expect(matches(`${'a*'.repeat(100)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('groups', () => {
  const groups = parseGroups(
    '\ufeff{"rules": [], "groups": {"web": ["cow*", "app:gun"], "db": ["/^(cow|ep)/"], "none": []}}',
    'c.json',
  );

  it.each([
    ['cowboy', null, 0],
    ['epgsql', null, 1],
    ['gun_http', 'gun', 0],
    ['lists', 'stdlib', -1],
  ])('have %s of %s in that at %i: the first counts', (module, app, at) => expect(groupOf(groups, module, app)).toBe(at));

  it.each([
    ['nonsense', /^c\.json: not JSON: /],
    ['[]', 'c.json: there are no groups in it: {"groups": {"name": ["pattern"]}}'],
    ['{"groups": []}', 'c.json: groups: not an object of names and lists of patterns'],
    ['{"groups": {"a": "b"}}', 'c.json: groups.a: not a list of patterns'],
    ['{"groups": {"a": ["b", 1]}}', 'c.json: groups.a[1]: not a pattern: a string was expected'],
    ['{"groups": {"a": ["/(/"]}}', /^c\.json: groups\.a\[0\]: '\/\(\/' is no pattern: /],
    ['{"groups": {"(none)": []}}', "c.json: groups: '(none)' can't be the name of a group"],
  ])('of %s are refused', (text, message) => expect(() => parseGroups(text, 'c.json')).toThrow(message));
});
