// Archives written again with other members, held against what the system's tar says of them before and after.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ParseError, UsageError } from '../../src/errors.js';
import { rewriteArchive } from '../../src/io/rewrite-archive.js';
import { rewriteTar } from '../../src/io/tar-rewrite.js';
import { writeAllOrNothing } from '../../src/io/write.js';
import { makeTar, paxRecord } from './make-archive.js';
import { makeTree } from './temporary-tree.js';

const LONG = `lib/shop-1.0.0/${'priv_'.repeat(40)}/data.bin`;

function tar(...args: readonly string[]): string {
  return execFileSync('tar', [...args], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' } });
}

/** A release on disk with modes, times, a link and a long name, packed by the system's tar in the given format. */
function packedRelease(name: string, format: string) {
  const root = makeTree({
    'rel/lib/shop-1.0.0/ebin/shop.beam': 'old code',
    'rel/lib/shop-1.0.0/ebin/shop.app': '{application, shop, []}.',
    'rel/lib/shop-1.0.0/ebin/other.beam': new Uint8Array(1500).fill(7),
    [`rel/${LONG}`]: 'far down',
    'rel/bin/start': { link: '../lib/shop-1.0.0' },
    'rel/releases/1/shop.rel': 'rel',
  });
  chmodSync(join(root, 'rel/lib/shop-1.0.0/ebin/shop.beam'), 0o750);
  const archive = join(root, name);
  const flags = ['--sort=name', `--format=${format}`, '--mtime=2020-02-03 04:05:06', '--owner=erl:123', '--group=erl:321'];
  tar('-C', join(root, 'rel'), ...flags, name.endsWith('gz') ? '-czf' : '-cf', archive, 'bin', 'lib', 'releases');
  return { root, archive };
}

/** What tar lists, without the sizes. */
function listing(archive: string): readonly string[] {
  return tar('-tvf', archive)
    .split('\n')
    .map((line) => line.replace(/^(\S+ \S+) +\d+ /, '$1 '));
}

function extracted(archive: string, member: string): Buffer {
  return execFileSync('tar', ['-xOf', archive, member]);
}

const member = 'lib/shop-1.0.0/ebin/shop.beam';
const replacement = (bytes: Uint8Array, before = 'old code') => new Map([[member, { before: Buffer.from(before), bytes }]]);

describe('rewriteArchive', () => {
  for (const format of ['gnu', 'pax']) {
    for (const name of ['shop-1.tar.gz', 'shop-1.tar']) {
      it.skipIf(format === 'v7' || format === 'ustar')(
        `changes one member of ${name}, format ${format}, and nothing else`,
        async () => {
          const { root, archive } = packedRelease(name, format);
          const before = listing(archive);
          const bytes = new Uint8Array(70_000).map((_, at) => at % 251);
          const output = join(root, `new-${name}`);
          writeAllOrNothing([await rewriteArchive(archive, output, replacement(bytes))]);
          expect(listing(output)).toEqual(before);
          expect(before.join('\n')).toMatch(/-rwxr-x--- erl\/erl 2020-02-03 04:05(:06)? lib\/shop-1.0.0\/ebin\/shop.beam/);
          expect(extracted(output, member).equals(bytes)).toBe(true);
          expect(extracted(output, LONG).toString()).toBe('far down');
          expect(extracted(output, 'lib/shop-1.0.0/ebin/other.beam').equals(Buffer.alloc(1500, 7))).toBe(true);
        },
      );
    }
  }

  it('gives the same tar again when the old member comes back', async () => {
    const { archive } = packedRelease('shop-1.tar.gz', 'gnu');
    const first = gunzipSync(readFileSync(archive));
    const bytes = new Uint8Array(12_345);
    writeAllOrNothing([await rewriteArchive(archive, archive, replacement(bytes))]);
    expect(gunzipSync(readFileSync(archive)).length).toBeGreaterThan(first.length);
    const back = new Map([[member, { before: bytes, bytes: Buffer.from('old code') }]]);
    writeAllOrNothing([await rewriteArchive(archive, archive, back)]);
    expect(gunzipSync(readFileSync(archive)).equals(first)).toBe(true);
  });

  it('keeps mode and place of the archive', async () => {
    const { root, archive } = packedRelease('shop-1.tar.gz', 'gnu');
    chmodSync(archive, 0o640);
    const written = await rewriteArchive(archive, archive, replacement(new Uint8Array(3)));
    expect(written.temporary.startsWith(root)).toBe(true);
    writeAllOrNothing([written]);
    expect(statSync(archive).mode & 0o777).toBe(0o640);
    expect(readdirSync(root).sort()).toEqual(['rel', 'shop-1.tar.gz']);
  });

  it('leaves nothing behind where the archive is damaged, changed or not there', async () => {
    const { root, archive } = packedRelease('shop-1.tar.gz', 'gnu');
    const bytes = readFileSync(archive);
    const cases: readonly [string, Uint8Array, RegExp][] = [
      ['cut.tar.gz', bytes.subarray(0, bytes.length - 100), /truncated gzip/],
      ['bad.tar.gz', bytes.map((byte, at) => (at > 60 && at < 90 ? byte ^ 0x55 : byte)), /damaged|truncated|checksum|checksum/],
      ['no.tar.gz', gzipSync(makeTar([{ name: 'x', data: new Uint8Array(2) }])), /shop\.beam: isn't there as it was/],
      ['other.tar.gz', gzipSync(makeTar([{ name: member, data: new Uint8Array(8) }])), /shop\.beam: isn't there as it was/],
    ];
    mkdirSync(join(root, 'out'));
    for (const [name, content, reason] of cases) {
      const path = join(root, name);
      writeFileSync(path, content);
      const failed = rewriteArchive(path, join(root, 'out', name), replacement(new Uint8Array(3)));
      await expect(failed).rejects.toThrow(ParseError);
      await expect(rewriteArchive(path, join(root, 'out', name), replacement(new Uint8Array(3)))).rejects.toThrow(reason);
    }
    await expect(rewriteArchive(archive, join(root, 'nowhere/x.tar.gz'), replacement(new Uint8Array(3)))).rejects.toThrow(
      UsageError,
    );
    expect(readdirSync(join(root, 'out'))).toEqual([]);
  });

  it('is gone with all the rest when another file cannot be written', async () => {
    const { root, archive } = packedRelease('shop-1.tar.gz', 'gnu');
    const before = readFileSync(archive);
    const written = await rewriteArchive(archive, archive, replacement(new Uint8Array(3)));
    const other = { path: join(root, 'nowhere/m.beam'), bytes: new Uint8Array(1) };
    expect(() => writeAllOrNothing([other, written])).toThrow(UsageError);
    expect(readdirSync(root).sort()).toEqual(['rel', 'shop-1.tar.gz']);
    expect(readFileSync(archive).equals(before)).toBe(true);
  });
});

describe('rewriteTar', () => {
  async function rewritten(archive: Uint8Array, bytes: Uint8Array, step = 1000): Promise<Buffer> {
    async function* steps() {
      for (let at = 0; at < archive.length; at += step) yield archive.subarray(at, at + step);
    }
    const parts: Uint8Array[] = [];
    for await (const part of rewriteTar(steps(), replacement(bytes))) parts.push(part);
    return Buffer.concat(parts);
  }

  const old = { name: member, data: Buffer.from('old code') };

  it('keeps the style of the numbers', async () => {
    for (const size of ['00000000010\0', '        10 \0', '10\0         ', '          10', '0000000010 \0']) {
      const archive = makeTar([{ ...old, sizeField: Buffer.from(size) }]);
      const changed = await rewritten(archive, new Uint8Array(9));
      expect(changed.toString('latin1', 124, 136)).toBe(size.replace('10', '11'));
      expect(changed.toString('latin1', 154, 156)).toBe('\0 ');
      expect((await rewritten(archive, new Uint8Array(9), 7)).equals(changed)).toBe(true);
    }
  });

  it('writes sizes that need more room than the old one had', async () => {
    const sizeField = Buffer.from('10\0         ');
    const changed = await rewritten(makeTar([{ ...old, sizeField }]), new Uint8Array(5000));
    expect(changed.toString('latin1', 124, 136)).toBe('00000011610\0');
    const inBase256 = Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8]);
    const plain = await rewritten(makeTar([{ ...old, sizeField: inBase256 }]), new Uint8Array(9));
    expect(plain.toString('latin1', 124, 136)).toBe('00000000011\0');
  });

  it('keeps what follows the end mark, unless it is zeros', async () => {
    const archive = Buffer.concat([makeTar([old]), Buffer.from('more'), Buffer.alloc(508)]);
    expect((await rewritten(archive, new Uint8Array(600))).subarray(1536)).toEqual(archive.subarray(1024));
    expect((await rewritten(makeTar([old]), new Uint8Array(600))).length).toBe(512 + 1024 + 1024);
  });

  it('refuses a size in an extension header, a member that is there twice, and one that ends early', async () => {
    const extended = makeTar([{ name: 'pax', type: 'x', data: paxRecord('size', '8') }, old]);
    await expect(rewritten(extended, new Uint8Array(1))).rejects.toMatchObject({ code: 'unsupported' });
    await expect(rewritten(makeTar([old, old]), new Uint8Array(1))).rejects.toThrow(/not once/);
    await expect(rewritten(makeTar([old]).subarray(0, 515), new Uint8Array(1))).rejects.toMatchObject({ code: 'truncated' });
  });
});
