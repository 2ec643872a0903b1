// Where sources are in the repository, and who owns them.
import { describe, expect, it } from 'vitest';
import { parseOwners } from '../../src/rules/places/owners.js';
import { sourceFinder } from '../../src/rules/places/source-places.js';

const FILES = [
  'apps/shop/src/shop.erl',
  'apps/shop/src/shop_sup.erl',
  'apps/shop/src/shop.app.src',
  'apps/till/src/shop_sup.erl',
  'apps/till/lib/till/price_list.ex',
  'apps/till/mix.exs',
  'lib/one/util.erl',
  'lib/two/util.erl',
];

const finder = sourceFinder({
  root: '/repo',
  pathMap: [
    ['/build/deps', '/repo/vendor'],
    ['/build', '/repo'],
  ],
  files: FILES,
});
const bare = sourceFinder({ root: '/repo', pathMap: [], files: [] });

describe('a source', () => {
  it.each([
    ['is found by its application and name', 'shop_sup', 'shop', '/somewhere/else/shop_sup.erl', 'apps/shop/src/shop_sup.erl'],
    ['of the other application', 'shop_sup', 'till', '/somewhere/shop_sup.erl', 'apps/till/src/shop_sup.erl'],
    ['by its name where there is one', 'shop', null, '/x/shop.erl', 'apps/shop/src/shop.erl'],
    ['by what the path ends with where there are several', 'util', null, '/x/two/util.erl', 'lib/two/util.erl'],
    ['not by a guess', 'util', null, '/x/util.erl', null],
    ['by the module where the compiler says nothing', 'shop', 'shop', 'ebin/shop.beam', 'apps/shop/src/shop.erl'],
    [
      'of Elixir by the module',
      'Elixir.Till.PriceList',
      'till',
      'Elixir.Till.PriceList.beam',
      'apps/till/lib/till/price_list.ex',
    ],
    ['by what became of its path', 'x', null, '/build/src/x.erl', 'src/x.erl'],
    ['by the longest beginning that is known', 'x', null, '/build/deps/a/x.erl', 'vendor/a/x.erl'],
    ['not by a beginning that ends within a name', 'x', null, '/buildings/x.erl', null],
    ['not outside of the repository', 'x', null, '/build/../etc/passwd', null],
  ] as const)('%s', (_what, module, app, file, found) => {
    expect(finder.sourceOf({ module, app, file })).toBe(found);
  });

  it('without any help is where it was, if that is in the repository', () => {
    expect(bare.sourceOf({ module: 'a', app: null, file: '/repo/src/./a.erl' })).toBe('src/a.erl');
    expect(bare.sourceOf({ module: 'a', app: null, file: '/repo/../a.erl' })).toBe(null);
    expect(bare.sourceOf({ module: 'a', app: null, file: '/repository/a.erl' })).toBe(null);
    expect(bare.sourceOf({ module: 'a', app: null, file: 'a.erl' })).toBe(null);
  });

  it('of an application is its .app.src or mix.exs', () => {
    expect([finder.fileOfApplication('shop'), finder.fileOfApplication('till'), finder.fileOfApplication('x')]).toEqual([
      'apps/shop/src/shop.app.src',
      'apps/till/mix.exs',
      null,
    ]);
  });
});

// By the documents of GitHub and GitLab about code owners.
const OWNERS = `
# all
*            @all
*.ex         @elixir dev@example.com   # by mail as well
/build/      @ops
docs/*       @docs
apps/        @apps
/apps/till   @till
/apps/till/free
**/logs      @logs
with\\ blank.erl @blank

[Tests][2] @testers
*_SUITE.erl
^[Data] @data
*.json @json @json
`;

describe('owners', () => {
  it.each([
    ['README', ['@all']],
    ['lib/a.ex', ['@elixir', 'dev@example.com']],
    ['build/logs.txt', ['@ops']],
    ['sub/build/x', ['@all']],
    ['docs/a.md', ['@docs']],
    ['docs/sub/a.md', ['@all']],
    ['other/apps/x.erl', ['@apps']],
    ['apps/till/x.erl', ['@till']],
    ['apps/till/free/x.erl', []],
    ['deep/down/logs/x', ['@logs']],
    ['with blank.erl', ['@blank']],
    ['a/b_SUITE.erl', ['@all', '@testers']],
    ['a.json', ['@all', '@json']],
  ])('of %s are %s', (file, owners) => {
    expect(parseOwners(OWNERS)(file)).toEqual(owners);
  });

  it('take no time for patterns that are made to', () => {
    const owns = parseOwners(`${'**/a*'.repeat(300)}b @x\n/${'*a'.repeat(5000)}b @y`);
    expect(owns(`${'a/'.repeat(2000)}${'a'.repeat(5000)}`)).toEqual([]);
  });
});
