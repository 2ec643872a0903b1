import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/errors.js';
import { type Input, openInputs, type SearchOptions } from '../../src/io/input.js';
import { MAX_INFLATED_BYTES } from '../../src/limits.js';
import { makeTar, makeZip, paxRecord, type TarEntry, type ZipMember } from './make-archive.js';
import { makeTree } from './temporary-tree.js';

const BEAM = new Uint8Array(Buffer.from('FOR1 as far as io looks. '.repeat(100)));

async function readFile(name: string, bytes: Uint8Array, options: SearchOptions = {}): Promise<Input[]> {
  const root = makeTree({ [name]: bytes });
  const inputs: Input[] = [];
  for await (const input of openInputs([join(root, name)], options)) inputs.push(input);
  return inputs.map((input) => ({ ...input, path: input.path.replace(`${root}/`, '') }));
}

/** Inputs as lines: path, application, version and release, or what is wrong. */
function lines(inputs: readonly Input[]): string[] {
  return inputs.map((input) => {
    if (input.kind === 'fault') return `${input.path}: ${input.error.code}`;
    if (input.kind === 'skipped') return `${input.path}: skipped`;
    const { path, app, vsn, release } = input;
    return [path, app, vsn, release].filter((part) => part !== undefined).join(' ');
  });
}

function bytesOf(inputs: readonly Input[]): (Uint8Array | undefined)[] {
  return inputs.map((input) => (input.kind === 'file' ? input.bytes : undefined));
}

function zipOf(...members: (Partial<ZipMember> & { name: string })[]): Uint8Array {
  return makeZip(members.map((member) => ({ data: BEAM, ...member })));
}

describe('zip', () => {
  it('gives the beams of an .ez by name, stored or deflated', async () => {
    const zip = zipOf(
      { name: 'foo-1.0/ebin/z.beam', stored: true },
      { name: 'foo-1.0/ebin/' },
      { name: 'foo-1.0/ebin/foo.app' },
      { name: 'foo-1.0/ebin/a.beam' },
      { name: 'foo-1.0/priv/x.txt' },
      { name: '__MACOSX/._a.beam' },
    );
    const inputs = await readFile('foo-1.0.ez', zip);
    expect(lines(inputs)).toEqual(['foo-1.0.ez!/foo-1.0/ebin/a.beam foo 1.0', 'foo-1.0.ez!/foo-1.0/ebin/z.beam foo 1.0']);
    expect(bytesOf(inputs)).toEqual([BEAM, BEAM]);
    const apps = await readFile('foo-1.0.ez', zip, { wanted: ['app'] });
    expect(lines(apps)).toEqual(['foo-1.0.ez!/foo-1.0/ebin/foo.app foo 1.0']);
  });

  it('only shows names that would lead out of a folder, and gives them no application', async () => {
    const names = ['../../ebin/m.beam', '/etc/a/ebin/m.beam', 'C:\\b\\ebin\\m.beam', 'ebin/m.beam', 'm.beam', 'ü-1/ebin/é.beam'];
    expect(lines(await readFile('x.ez', zipOf(...names.map((name) => ({ name })))))).toEqual([
      'x.ez!/../../ebin/m.beam',
      'x.ez!//etc/a/ebin/m.beam a',
      'x.ez!/C:/b/ebin/m.beam b',
      'x.ez!/ebin/m.beam',
      'x.ez!/m.beam',
      'x.ez!/ü-1/ebin/é.beam ü 1',
    ]);
  });

  it('takes the last of two members with one name', async () => {
    const inputs = await readFile('x.ez', zipOf({ name: 'm.beam' }, { name: 'm.beam', data: new Uint8Array(1) }));
    expect(bytesOf(inputs)).toEqual([new Uint8Array(1)]);
  });

  it('says that there is nothing to read', async () => {
    expect(lines(await readFile('x.ez', zipOf({ name: 'readme' })))).toEqual(['x.ez: missing']);
    expect(lines(await readFile('x.ez', zipOf()))).toEqual(['x.ez: missing']);
  });

  it.each([
    ['a size smaller than the truth', { size: 10 }, 'malformed'],
    ['a size larger than the truth', { size: 3000 }, 'malformed'],
    ['a size out of all proportion', { size: 200 * 1024 * 1024 }, 'limit'],
    ['a size over the cap', { size: MAX_INFLATED_BYTES + 1 }, 'limit'],
    ['the largest size', { size: 0xffff_fffe }, 'limit'],
    ['a compressed size past the end', { compressedSize: 1_000_000 }, 'malformed'],
    ['a wrong CRC', { crc: 1 }, 'malformed'],
    ['another compression', { method: 12 }, 'unsupported'],
    ['encryption', { flags: 1 }, 'encrypted'],
    ['bytes that are no deflate stream', { stored: true, method: 8 }, 'malformed'],
  ])('lists a member with %s, and reads the others', async (_, fields, code) => {
    const inputs = await readFile('x.ez', zipOf({ name: 'a/ebin/a.beam', ...fields }, { name: 'a/ebin/b.beam' }));
    expect(lines(inputs)).toEqual([`x.ez!/a/ebin/a.beam: ${code}`, 'x.ez!/a/ebin/b.beam a']);
    const [fault] = inputs;
    expect(fault?.kind === 'fault' && fault.error.file).toMatch(/x\.ez!\/a\/ebin\/a\.beam$/);
  });

  it('stops a bomb at its declared size', async () => {
    const bomb = zipOf({ name: 'm.beam', data: new Uint8Array(64 * 1024 * 1024), size: 1000 });
    const [fault] = await readFile('x.ez', bomb);
    expect(fault?.kind === 'fault' && fault.error.reason).toBe('zip member inflates to more than its 1000 bytes');
  });

  it('reports a cut anywhere as truncated or malformed, once', async () => {
    const zip = zipOf({ name: 'a/ebin/m.beam' }, { name: 'a/ebin/n.beam', stored: true });
    for (let length = 0; length < zip.length; length += 61) {
      const inputs = await readFile('x.ez', zip.subarray(0, length));
      expect(lines(inputs), `${length} bytes`).toEqual(['x.ez: truncated']);
    }
  });

  it('gives inputs or faults for any damage', async () => {
    const zip = zipOf({ name: 'a/ebin/m.beam' }, { name: 'a/ebin/n.beam', stored: true });
    await checkDamage('x.ez', zip);
  });
});

describe('tar', () => {
  const long = `lib/${'long/'.repeat(40)}foo-1.0/ebin/m.beam`;
  const entries: TarEntry[] = [
    { name: './lib/b-2.1/ebin/m.beam', data: BEAM },
    { name: 'lib/a-1/ebin/', type: '5' },
    { name: 'lib/a-1/ebin/m.beam', data: BEAM, type: '\0' },
    { name: 'lib/a-1/ebin/link.beam', type: '2' },
    { name: 'lib/a-1/ebin/a.app', data: BEAM },
    { name: 'c-1/ebin/m.beam', prefix: 'some/prefix', data: BEAM, type: '7' },
    { name: '././@LongLink', type: 'L', data: Buffer.from(`${long}\0`) },
    { name: 'lib/long', data: BEAM },
    {
      name: 'PaxHeaders/m.beam',
      type: 'x',
      data: Buffer.concat([paxRecord('mtime', '1.5'), paxRecord('path', 'lib/é-3/ebin/=é é.beam')]),
    },
    { name: 'lib/_-3/ebin/_.beam', data: BEAM },
    { name: 'releases/1/consolidated/m.beam', data: BEAM },
    { name: 'm.beam', data: new Uint8Array(0) },
  ];
  const expected = [
    '/./lib/b-2.1/ebin/m.beam b 2.1 shop',
    '/lib/a-1/ebin/m.beam a 1 shop',
    '/some/prefix/c-1/ebin/m.beam c 1 shop',
    `/${long} foo 1.0 shop`,
    '/lib/é-3/ebin/=é é.beam é 3 shop',
    '/m.beam shop',
  ];

  it.each(['shop-1.0.tar', 'shop-1.0.tar.gz', 'shop-1.0.tgz'])(
    'gives the beams of %s in its order, whatever their names',
    async (name) => {
      const tar = makeTar(entries);
      const inputs = await readFile(name, name.endsWith('gz') ? gzipSync(tar) : tar);
      expect(lines(inputs)).toEqual(expected.map((line) => `${name}!${line}`));
      expect(bytesOf(inputs)).toEqual([BEAM, BEAM, BEAM, BEAM, BEAM, new Uint8Array(0)]);
    },
  );

  it('is known by its bytes under any name', async () => {
    const tar = makeTar([{ name: 'm.beam', data: BEAM }]);
    expect(lines(await readFile('x', tar))).toEqual(['x!/m.beam x']);
    expect(lines(await readFile('x', gzipSync(tar)))).toEqual(['x!/m.beam x']);
  });

  it('is not confused with a gzipped beam', async () => {
    const inputs = await readFile('x', gzipSync(BEAM));
    expect(lines(inputs)).toEqual(['x']);
  });

  it('opens an .ez inside, and goes on after a broken one', async () => {
    const tar = makeTar([
      { name: 'lib/a-1.ez', data: zipOf({ name: 'a-1/ebin/m.beam' }) },
      { name: 'lib/b-1.ez', data: BEAM },
      { name: 'c/ebin/m.beam', data: BEAM },
    ]);
    expect(lines(await readFile('s-1.tar.gz', gzipSync(tar)))).toEqual([
      's-1.tar.gz!/lib/a-1.ez!/a-1/ebin/m.beam a 1 s',
      's-1.tar.gz!/lib/b-1.ez: truncated',
      's-1.tar.gz!/c/ebin/m.beam c s',
    ]);
  });

  it('takes sizes in base 256 and from PAX', async () => {
    const base256 = Buffer.alloc(12);
    base256[0] = 0x80;
    base256.writeUInt32BE(BEAM.length, 8);
    const tar = makeTar([
      { name: 'a.beam', data: BEAM, sizeField: base256 },
      { name: 'pax', type: 'x', data: paxRecord('size', String(BEAM.length)) },
      { name: 'b.beam', data: BEAM, sizeField: Buffer.from('00000000000\0') },
    ]);
    expect(bytesOf(await readFile('x.tar', tar))).toEqual([BEAM, BEAM]);
  });

  it.each([
    ['a negative size', { name: 'm.beam', sizeField: Buffer.alloc(12, 0xff) }, 'range', 0x27c],
    [
      'a size beyond all',
      { name: 'm.beam', sizeField: Buffer.concat([Buffer.from([0x80]), Buffer.alloc(11, 0xff)]) },
      'range',
      0x27c,
    ],
    ['a size that is no number', { name: 'm.beam', sizeField: Buffer.from('12a4567 901\0') }, 'range', 0x27c],
    ['a size over the cap', { name: 'm.beam', sizeField: Buffer.from('77777777777\0') }, 'limit', 0x400],
    ['an unread size past the end', { name: 'm.txt', sizeField: Buffer.from('00777777777\0') }, 'truncated', 0x400],
    ['a read size past the end', { name: 'm.beam', sizeField: Buffer.from('00000777777\0') }, 'truncated', 0x400],
    ['a huge long name', { name: 'm', type: 'L', sizeField: Buffer.from('00777777777\0') }, 'limit', 0x400],
    ['a PAX record of length 0', { name: 'm', type: 'x', data: Buffer.from('0 path=x\n') }, 'malformed', 0x400],
    ['a PAX record past its end', { name: 'm', type: 'x', data: Buffer.from('99 path=x\n') }, 'malformed', 0x400],
    ['a negative PAX record', { name: 'm', type: 'x', data: Buffer.from('-5 path=x\n') }, 'malformed', 0x400],
    ['a PAX record without a space', { name: 'm', type: 'g', data: Buffer.alloc(600, 0x31) }, 'malformed', 0x400],
  ] satisfies [string, TarEntry, string, number][])('ends at %s, keeping what came before', async (_, entry, code, offset) => {
    const tar = makeTar([{ name: 'a.beam', data: new Uint8Array(0) }, entry]);
    const inputs = await readFile('x.tar', tar);
    expect(lines(inputs)).toEqual(['x.tar!/a.beam x', `x.tar: ${code}`]);
    const fault = inputs[1];
    expect(fault?.kind === 'fault' && fault.error.offset).toBe(offset);
  });

  it('misses its end mark when cut between members', async () => {
    const tar = makeTar([{ name: 'a.beam', data: BEAM }]);
    const inputs = await readFile('x.tar', tar.subarray(0, tar.length - 1024));
    expect(lines(inputs)).toEqual(['x.tar!/a.beam x', 'x.tar: truncated']);
  });

  it('places its faults behind gzip', async () => {
    const inputs = await readFile('x.tar.gz', gzipSync(makeTar([{ name: 'm.beam', sizeField: Buffer.alloc(12, 0xff) }])));
    expect(inputs[0]?.kind === 'fault' && inputs[0].error.message).toMatch(
      /x\.tar\.gz: size of a tar member is not a length \(inflated tar offset 0x7c\)$/,
    );
  });

  it('reports gzip that is cut or damaged, even after the end mark', async () => {
    const gz = gzipSync(makeTar([{ name: 'a.beam', data: BEAM }]));
    expect(lines(await readFile('x.tar.gz', gz.subarray(0, gz.length - 4)))).toEqual([
      'x.tar.gz!/a.beam x',
      'x.tar.gz: truncated',
    ]);
    const damaged = Buffer.from(gz);
    damaged[damaged.length - 6] = (damaged[damaged.length - 6] as number) ^ 1;
    expect(lines(await readFile('x.tar.gz', damaged)).at(-1)).toBe('x.tar.gz: malformed');
    expect(lines(await readFile('x.tar.gz', Buffer.from('not gzip')))).toEqual(['x.tar.gz: truncated']);
    expect(lines(await readFile('x.tar.gz', new Uint8Array(0)))).toEqual(['x.tar.gz: truncated']);
  });

  it('can be left in the middle', async () => {
    const root = makeTree({
      'x.tar.gz': gzipSync(makeTar(Array.from({ length: 50 }, (_, i) => ({ name: `${i}.beam`, data: BEAM })))),
    });
    for await (const input of openInputs([join(root, 'x.tar.gz')])) {
      expect(input.kind).toBe('file');
      break;
    }
  });

  it('gives inputs or faults for any damage', async () => {
    await checkDamage('x.tar', makeTar(entries));
    await checkDamage('x.tar.gz', gzipSync(makeTar(entries)));
  });

  const hasTar = spawnSync('tar', ['--version']).stdout?.includes('GNU tar') === true;

  it.skipIf(!hasTar).each(['gnu', 'posix', 'ustar', 'v7', 'oldgnu'])(
    'reads what GNU tar writes as %s (needs GNU tar)',
    async (format) => {
      const deep = format === 'v7' ? 'lib' : `lib/${'d'.repeat(60)}/${'e'.repeat(60)}`;
      const root = makeTree({ [`${deep}/foo-1.0/ebin/m.beam`]: BEAM, 'lib/bar-2/ebin/n.beam': BEAM });
      execFileSync('tar', [`--format=${format}`, '--sort=name', '-czf', 'shop-1.tar.gz', 'lib'], { cwd: root });
      const inputs = await readFile('shop-1.tar.gz', readFileSync(join(root, 'shop-1.tar.gz')));
      expect(lines(inputs).sort()).toEqual([
        'shop-1.tar.gz!/lib/bar-2/ebin/n.beam bar 2 shop',
        `shop-1.tar.gz!/${deep}/foo-1.0/ebin/m.beam foo 1.0 shop`,
      ]);
      expect(bytesOf(inputs)).toEqual([BEAM, BEAM]);
    },
  );
});

describe('escript', () => {
  const header = '#!/usr/bin/env escript\n%% -*- erlang -*-\n%%! -escript main x\n';

  it('gives the members of its archive', async () => {
    const zip = zipOf({ name: 'rebar/ebin/m.beam' }, { name: 'Elixir.A.beam' });
    const inputs = await readFile('rebar3', Buffer.concat([Buffer.from(header), zip]));
    expect(lines(inputs)).toEqual(['rebar3!/Elixir.A.beam', 'rebar3!/rebar/ebin/m.beam rebar']);
    expect(bytesOf(inputs)).toEqual([BEAM, BEAM]);
  });

  it('places faults in the file, not in the archive behind the header', async () => {
    const zip = zipOf({ name: 'm.beam', crc: 1 });
    const [fault] = await readFile('x', Buffer.concat([Buffer.from(header), zip]));
    expect(fault?.kind === 'fault' && fault.error.offset).toBe(header.length + 30 + 'm.beam'.length);
  });

  it('may be a beam', async () => {
    const inputs = await readFile('x', Buffer.concat([Buffer.from('#!/usr/bin/env escript\n'), BEAM]));
    expect(lines(inputs)).toEqual(['x']);
    expect(bytesOf(inputs)).toEqual([BEAM]);
  });

  it.each(['main(_) -> ok.\n', '', '%% only comments'])('says that source text is nothing to read: %j', async (source) => {
    const [fault] = await readFile('x', Buffer.from(`#!/usr/bin/env escript\n${source}`));
    expect(fault?.kind === 'fault' && [fault.error.code, fault.error.reason]).toEqual([
      'unsupported',
      'nothing to read: this escript holds source text, not compiled code',
    ]);
  });
});

/** Damages an archive in many ways; every result has to be an input or a fault. */
async function checkDamage(name: string, archive: Uint8Array): Promise<void> {
  const root = makeTree({});
  const path = join(root, name);
  const edit = fc.record({ at: fc.nat(archive.length - 1), byte: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x50) });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.nat(archive.length), async (edits, cut) => {
      const bytes = archive.slice(0, cut % 3 === 0 ? cut : archive.length);
      for (const { at, byte } of edits) if (at < bytes.length) bytes[at] = byte;
      writeFileSync(path, bytes);
      for await (const input of openInputs([path])) if (input.kind === 'fault') expect(input.error).toBeInstanceOf(ParseError);
    }),
    { numRuns: 200 },
  );
}
