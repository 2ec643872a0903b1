// Search paths with `*`, as systools expands them but for the order, which is that of names.
import { describe, expect, it } from 'vitest';
import { accessFolder } from '../../src/io/folder-access.js';
import { expandSearchPath } from '../../src/release/search-path.js';
import { makeTree } from '../io/temporary-tree.js';

const root = makeTree({
  'lib/b-1/ebin/': '',
  'lib/a-10/ebin/': '',
  'lib/a-2/ebin/': '',
  'lib/a-2/src/': '',
  'lib/file': '',
  'other/xayaz/ebin/': '',
});

describe('expandSearchPath', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['lib/*/ebin', ['lib/a-10/ebin', 'lib/a-2/ebin', 'lib/b-1/ebin']],
    ['lib/a-*/ebin/', ['lib/a-10/ebin', 'lib/a-2/ebin']],
    ['*/*/ebin', ['lib/a-10/ebin', 'lib/a-2/ebin', 'lib/b-1/ebin', 'other/xayaz/ebin']],
    ['lib/a-2/*', ['lib/a-2/ebin', 'lib/a-2/src']],
    ['lib/*', ['lib/a-10', 'lib/a-2', 'lib/b-1']],
    ['other/x*a*z/ebin', ['other/xayaz/ebin']],
    ['other/x*a*a*a*z/ebin', []],
    ['lib', ['lib']],
    ['./lib', ['./lib']],
    ['nowhere/*/ebin', []],
    ['', []],
  ];
  it.each(cases)('%s', (pattern, folders) => {
    expect(expandSearchPath(accessFolder(root), [pattern])).toEqual(folders);
  });

  it('keeps absolute paths absolute, and takes each folder once', () => {
    const path = expandSearchPath(accessFolder(root), [`${root}/lib/*/ebin`, `${root}/lib/a-2/ebin`]);
    expect(path).toEqual(['a-10', 'a-2', 'b-1'].map((name) => `${root}/lib/${name}/ebin`));
  });
});
