// Tars that are written, as the system's tar and our own reader see them.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { deflateTarSegments, type NewTarMember, writeTarGz } from '../../src/io/tar-write.js';
import { makeTree } from './temporary-tree.js';

const member = (name: string, more: Partial<NewTarMember> = {}): NewTarMember => ({
  name,
  kind: 'file',
  bytes: Buffer.from(name),
  time: 1_700_000_000,
  isExecutable: false,
  ...more,
});

function listed(members: readonly NewTarMember[], ...options: readonly string[]): string {
  const path = join(makeTree({ 'x/': '' }), 't.tar.gz');
  writeFileSync(path, writeTarGz(members));
  return spawnSync('tar', ['--quoting-style=literal', ...options, '-f', path], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  }).stdout;
}

describe('writeTarGz', () => {
  it('keeps names of all lengths and letters', () => {
    const names = [1, 99, 100, 101, 200, 255, 256, 300].map((length) => `d/${'n'.repeat(length - 1)}`);
    const deep = ['lib/', 'folder/'.repeat(18), 'file.beam'].join('');
    const all = [...names, deep, 'priv/café ☃', 'a'.repeat(100)];
    expect(
      listed(
        all.map((name) => member(name)),
        '-tz',
      )
        .trimEnd()
        .split('\n'),
    ).toEqual(all);
  });

  it('keeps contents, modes and times', () => {
    const sizes = [0, 1, 511, 512, 513, 10_000];
    const members = sizes.map((size) => member(`f${size}`, { bytes: Buffer.alloc(size, 'x') }));
    expect(listed(members, '-xOz').length).toBe(sizes.reduce((sum, size) => sum + size));
    const text = listed(
      [member('bin/run', { isExecutable: true }), member('empty', { kind: 'folder', bytes: new Uint8Array(0) })],
      '-tvz',
    );
    expect(text).toMatch(/^-rwxr-xr-x 0\/0 +7 2023-11-14 22:13 bin\/run\ndrwxr-xr-x 0\/0 +0 2023-11-14 22:13 empty\/\n$/);
  });
  it('stores what is compressed already, and deflates the rest as ever', () => {
    const noise = randomBytes(200_000);
    const text = Buffer.from('text '.repeat(20_000));
    const bytes = Buffer.concat([text, noise, text, noise.subarray(0, 10), text]);
    const packed: NewTarMember['packed'] = [
      [text.length, text.length + noise.length],
      [2 * text.length + noise.length, 2 * text.length + noise.length + 10],
    ];
    const members = [member('a', { bytes, packed }), member('b', { bytes: noise, packed: [[0, noise.length]] }), member('c')];
    const tar = writeTarGz(members);
    expect(gunzipSync(tar).equals(gunzipSync(writeTarGz(members.map(({ packed: _, ...one }) => one))))).toBe(true);
    expect(tar.length).toBeLessThan(2 * noise.length + 3000);
    expect(listed(members, '-xOz').length).toBeGreaterThan(0);
  });
  it('has the right checksum where files are empty', () => {
    const empty = member('empty', { bytes: new Uint8Array(0) });
    expect(
      listed([member('a'), empty, member('lib/x/b'), empty, member('c')], '-tz')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(5);
    expect(() => gunzipSync(writeTarGz([member('a'), empty]))).not.toThrow();
  });

  it('gives the same with segments that were deflated before, by whomever', () => {
    const members = ['lib/a-1/x', 'lib/a-1/y', 'lib/b-1/x', 'releases/1/x'].map((name) =>
      member(name, { bytes: randomBytes(3000) }),
    );
    const early = new Map(deflateTarSegments(members.slice(0, 3)));
    expect(early.size).toBe(2);
    const tar = writeTarGz(members);
    expect(writeTarGz(members, early)).toEqual(tar);
    // Those of other bytes aren't taken.
    const others = members.map((one) => ({ ...one, bytes: randomBytes(3000) }));
    expect(writeTarGz(others, early)).toEqual(writeTarGz(others));
  });
});
