// Which release a path means, in folders as rebar3 and mix lay them out.
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.js';
import { findReleaseFolder, rootOfRel } from '../../../src/release/folder/release-folder.js';
import { overlayFiles } from '../../../src/release/overlay-files.js';
import type { ReleaseFiles } from '../../../src/release/release-files.js';

const nothing: ReleaseFiles = {
  read: () => ({ kind: 'fault', posix: 'enoent' }),
  kindOf: () => 'nothing',
  list: () => undefined,
};

const tree = (files: Readonly<Record<string, string>>) =>
  overlayFiles(nothing, new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));

const APP = { 'r/lib/shop-1/ebin/shop.app': '' };
const ONE = { ...APP, 'r/releases/1/shop.rel': '', 'r/releases/RELEASES': '' };
const TWO = { ...ONE, 'r/releases/2/shop.rel': '', 'r/releases/2/shop-2.rel': '' };

describe('a release', () => {
  it.each([
    ['the folder that has one', ONE, 'r', 'r/releases/1/shop'],
    ['the folder, with a slash at its end', ONE, 'r/', 'r/releases/1/shop'],
    ['the version', TWO, 'r/releases/1', 'r/releases/1/shop'],
    ['a version that was unpacked, with two names for its .rel', TWO, 'r/releases/2', 'r/releases/2/shop'],
    [
      'the folder, of which start_erl.data tells',
      { ...TWO, 'r/releases/start_erl.data': '13.1.5 2\n' },
      'r',
      'r/releases/2/shop',
    ],
    [
      'a package',
      { 't.tar.gz!/releases/1/shop.rel': '', 't.tar.gz!/releases/shop.rel': '' },
      't.tar.gz!',
      't.tar.gz!/releases/1/shop',
    ],
  ])('is found by %s', (_, files, path, rel) => {
    const found = findReleaseFolder(tree(files), path);
    expect(found?.rel).toBe(rel);
    expect(found?.root).toBe(path.includes('!') ? 't.tar.gz!' : 'r');
    expect(found?.versionFolder).toBe(rel.slice(0, rel.lastIndexOf('/')));
  });

  it('is none where the path is no folder', () => {
    expect(findReleaseFolder(tree(ONE), 'r/releases/1/shop.rel')).toBeUndefined();
    expect(rootOfRel(tree(ONE), 'r/releases/1/shop')).toBe('r');
    expect(rootOfRel(tree(ONE), 'elsewhere/shop')).toBeUndefined();
  });

  it.each([
    ['has several versions', TWO, 'r', 'r: which release? r/releases/1, r/releases/2'],
    ['has other versions than start_erl.data says', { ...TWO, 'r/releases/start_erl.data': '13 3' }, 'r', 'r: which release? '],
    ['has an empty start_erl.data', { ...TWO, 'r/releases/start_erl.data': '' }, 'r', 'r: which release? '],
    ['has none', { ...APP, 'r/releases/1/sys.config': '' }, 'r', 'r: no release in it'],
    ['is another', APP, 'r/lib', 'r/lib: no release in it'],
  ])('is told to be missing where the folder %s', (_, files, path, message) => {
    expect(() => findReleaseFolder(tree(files), path)).toThrow(UsageError);
    expect(() => findReleaseFolder(tree(files), path)).toThrow(message);
  });
});

describe('overlayFiles', () => {
  const over = overlayFiles(
    tree({ 'a/b/old': 'old', 'a/c': 'c' }),
    new Map([
      ['a/b/new', Buffer.from('new')],
      ['a/c', Buffer.from('other')],
    ]),
  );

  it('shows what is there and what is made', () => {
    expect(over.list('a/b')).toEqual(['new', 'old']);
    expect(over.list('a')).toEqual(['b', 'c']);
    expect(over.list('x')).toBeUndefined();
    expect(['a', 'a/b', 'a/b/new', 'a/b/old', 'x'].map(over.kindOf)).toEqual(['folder', 'folder', 'file', 'file', 'nothing']);
  });

  it('prefers what is made', () => {
    const text = (path: string) => {
      const answer = over.read(path);
      return answer.kind === 'bytes' ? Buffer.from(answer.bytes).toString() : answer.posix;
    };
    expect(['a/c', 'a//c', 'a/b/old', 'x'].map(text)).toEqual(['other', 'other', 'old', 'enoent']);
  });
});
