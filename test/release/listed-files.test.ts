// Files that are looked for along many folders: what a list of a folder decides, and what it mustn't.
import { expect, it } from 'vitest';
import { listedFiles } from '../../src/release/listed-files.js';
import type { ReleaseFiles } from '../../src/release/release-files.js';

const found = { kind: 'bytes', bytes: new Uint8Array(1) } as const;

function watched(lists: Readonly<Record<string, readonly string[]>>): { files: ReleaseFiles; read: string[]; listed: string[] } {
  const read: string[] = [];
  const listed: string[] = [];
  const files: ReleaseFiles = {
    read: (path) => {
      read.push(path);
      return found;
    },
    kindOf: () => 'nothing',
    list: (folder) => {
      listed.push(folder);
      return lists[folder];
    },
  };
  return { files: listedFiles(files), read, listed };
}

it('opens what a folder lists, and lists each folder once', () => {
  const { files, read, listed } = watched({ 'lib/a': ['a.app'], '.': ['1.rel'] });
  expect(files.read('lib/a/a.app')).toEqual(found);
  expect(files.read('lib/a/b.app')).toEqual({ kind: 'fault', posix: 'enoent' });
  expect(files.read('1.rel')).toEqual(found);
  expect(read).toEqual(['lib/a/a.app', '1.rel']);
  expect(listed).toEqual(['lib/a', '.']);
});

it('asks for a file in a folder that can be entered but not listed', () => {
  const { files, read } = watched({});
  expect(files.read('lib/a/a.app')).toEqual(found);
  expect(read).toEqual(['lib/a/a.app']);
});

it('leaves it to the file system whether names are the same in another case or form', () => {
  const { files } = watched({ lib: ['A.app', 'e\u0301.app'] });
  expect(files.read('lib/a.app')).toEqual(found);
  expect(files.read('lib/\u00e9.app')).toEqual(found);
});
