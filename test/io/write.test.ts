import * as fs from 'node:fs';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { writeAllOrNothing, writeFileAtomically } from '../../src/io/write.js';
import { makeTree } from './temporary-tree.js';

// Renames pass through unless a test lets one fail: the disk can't be made to fail between two of them.
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, renameSync: vi.fn(real.renameSync), linkSync: vi.fn(real.linkSync) };
});

const NEW = new Uint8Array(Buffer.from('new'));
const isRoot = process.getuid?.() === 0;

afterEach(() => {
  vi.mocked(fs.renameSync).mockReset().mockImplementation(realRename);
});

const { renameSync: realRename } = await vi.importActual<typeof fs>('node:fs');

/** Lets the rename of number `index` fail as the system does. */
function failRename(index: number): void {
  let count = 0;
  vi.mocked(fs.renameSync).mockImplementation((from, to) => {
    if (count++ === index) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    realRename(from, to);
  });
}

function text(path: string): string {
  return readFileSync(path, 'utf8');
}

describe('writeFileAtomically', () => {
  it('makes a new file', () => {
    const root = makeTree({});
    writeFileAtomically(join(root, 'a.beam'), NEW);
    expect(text(join(root, 'a.beam'))).toBe('new');
    expect(statSync(join(root, 'a.beam')).mode & 0o777).toBe(0o666 & ~process.umask());
    expect(readdirSync(root)).toEqual(['a.beam']);
  });

  it('replaces an old file and keeps its mode', () => {
    const root = makeTree({ 'a.beam': 'the old one' });
    chmodSync(join(root, 'a.beam'), 0o751);
    const before = statSync(join(root, 'a.beam'));
    writeFileAtomically(join(root, 'a.beam'), NEW);
    const after = statSync(join(root, 'a.beam'));
    expect(text(join(root, 'a.beam'))).toBe('new');
    expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
    expect(after.ino).not.toBe(before.ino);
    expect(readdirSync(root)).toEqual(['a.beam']);
  });

  it('writes where a link leads, there or not yet', () => {
    const root = makeTree({ 'real/a.beam': 'old', 'links/a': { link: '../real/a.beam' }, 'links/b': { link: '../real/b.beam' } });
    writeFileAtomically(join(root, 'links/a'), NEW);
    writeFileAtomically(join(root, 'links/b'), NEW);
    expect(readlinkSync(join(root, 'links/a'))).toBe('../real/a.beam');
    expect(lstatSync(join(root, 'links/b')).isSymbolicLink()).toBe(true);
    expect([text(join(root, 'real/a.beam')), text(join(root, 'real/b.beam'))]).toEqual(['new', 'new']);
    expect(readdirSync(join(root, 'links'))).toEqual(['a', 'b']);
  });

  it('finds the target of a link behind a linked folder', () => {
    const root = makeTree({ 'x/y/sub/a': { link: '../a.beam' }, short: { link: 'x/y/sub' } });
    writeFileAtomically(join(root, 'short/a'), NEW);
    expect(text(join(root, 'x/y/a.beam'))).toBe('new');
  });

  it('takes a name of any length that the system takes', () => {
    const root = makeTree({});
    writeFileAtomically(join(root, 'n'.repeat(255)), NEW);
    expect(readdirSync(root)).toEqual(['n'.repeat(255)]);
  });

  it.each([
    ['nowhere/a.beam', 'no such folder'],
    ['file/a.beam', 'no such folder'],
    ['folder', 'not a regular file'],
    ['loop', 'a loop of symbolic links'],
    ['n'.repeat(256), 'the name is too long'],
    ['nul\0', 'not a name for a file'],
  ])('says why %j can not be written, and leaves nothing behind', (name, reason) => {
    const root = makeTree({ file: 'old', 'folder/': '', loop: { link: 'loop' } });
    const path = `${root}/${name}`;
    expect(() => writeFileAtomically(path, NEW)).toThrow(new UsageError(`${path}: can't be written: ${reason}`));
    expect(readdirSync(root).sort()).toEqual(['file', 'folder', 'loop']);
  });

  it('keeps the old file when the rename fails', () => {
    const root = makeTree({ 'a.beam': 'old' });
    failRename(0);
    expect(() => writeFileAtomically(join(root, 'a.beam'), NEW)).toThrow(/a\.beam: can't be written: EIO$/);
    expect([readdirSync(root), text(join(root, 'a.beam'))]).toEqual([['a.beam'], 'old']);
  });

  it.skipIf(isRoot)('respects a file or folder that is read-only (left out for root, who may write everything)', () => {
    const root = makeTree({ 'a.beam': 'old', 'closed/': '' });
    chmodSync(join(root, 'a.beam'), 0o444);
    chmodSync(join(root, 'closed'), 0o555);
    expect(() => writeFileAtomically(join(root, 'a.beam'), NEW)).toThrow(/no permission$/);
    expect(() => writeFileAtomically(join(root, 'closed/b.beam'), NEW)).toThrow(/no permission$/);
    expect(readdirSync(root)).toEqual(['a.beam', 'closed']);
  });
});

describe('writeAllOrNothing', () => {
  function threeFiles(root: string) {
    return ['a', 'b', 'c'].map((name) => ({ path: join(root, name), bytes: NEW }));
  }

  it('writes all', () => {
    const root = makeTree({ a: 'old a', b: 'old b' });
    writeAllOrNothing(threeFiles(root));
    expect(readdirSync(root)).toEqual(['a', 'b', 'c']);
    expect(['a', 'b', 'c'].map((name) => text(join(root, name)))).toEqual(['new', 'new', 'new']);
  });

  it('touches none if one can not be prepared', () => {
    const root = makeTree({ a: 'old a', 'b/': '' });
    expect(() => writeAllOrNothing(threeFiles(root))).toThrow(`${root}/b: can't be written: not a regular file`);
    expect([readdirSync(root), text(join(root, 'a'))]).toEqual([['a', 'b'], 'old a']);
    expect(fs.renameSync).not.toHaveBeenCalled();
  });

  it('refuses two names of one file', () => {
    const root = makeTree({ a: 'old', b: { link: 'a' } });
    expect(() => writeAllOrNothing(threeFiles(root))).toThrow(`${root}/b: can't be written twice at once`);
    expect([readdirSync(root), text(join(root, 'a'))]).toEqual([['a', 'b'], 'old']);
  });

  it.each(['links', 'copies'])('takes back what was renamed when a later rename fails, by %s', (way) => {
    if (way === 'copies') {
      vi.mocked(fs.linkSync).mockImplementationOnce(() => {
        throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
      });
    }
    const root = makeTree({ a: 'old a', c: 'old c' });
    const { mode } = statSync(join(root, 'a'));
    failRename(2);
    expect(() => writeAllOrNothing(threeFiles(root))).toThrow(`${root}/c: can't be written: EIO`);
    expect(readdirSync(root)).toEqual(['a', 'c']);
    expect([text(join(root, 'a')), text(join(root, 'c')), statSync(join(root, 'a')).mode]).toEqual(['old a', 'old c', mode]);
  });

  it('keeps and names the old file when it can not be taken back', () => {
    const root = makeTree({ a: 'old a', b: 'old b' });
    let count = 0;
    vi.mocked(fs.renameSync).mockImplementation((from, to) => {
      if (count++ > 0) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      realRename(from, to);
    });
    expect(() => writeAllOrNothing(threeFiles(root))).toThrow(
      /b: can't be written: EIO; not taken back: the old .*\/a is .*\.tmp$/,
    );
    const kept = readdirSync(root).filter((name) => name.endsWith('.tmp'));
    expect(kept).toHaveLength(1);
    expect(text(join(root, kept[0] as string))).toBe('old a');
    expect(existsSync(join(root, 'c'))).toBe(false);
  });

  it('does nothing for no files', () => {
    expect(() => writeAllOrNothing([])).not.toThrow();
  });
});
