import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findInputs, type Input, openInputs, readInputs, type SearchOptions, type Source } from '../../src/io/input.js';
import { MAX_FILE_BYTES, MAX_FOLDER_DEPTH } from '../../src/limits.js';
import { makeTree } from './temporary-tree.js';

const BEAM = 'FOR1 as far as io looks';
const isRoot = process.getuid?.() === 0;

/** What was found, as lines: path below `root`, then where it belongs or what is wrong. */
function lines(root: string, found: readonly (Source | Input)[]): string[] {
  return found.map((item) => {
    const path = item.path === root ? '.' : item.path.replace(`${root}/`, '');
    switch (item.kind) {
      case 'fault':
        return `${path}: ${item.error.code}`;
      case 'skipped':
        return `${path}: skipped, ${item.reason}`;
      case 'archive':
        return `${path}: ${item.format}`;
      default:
        return [path, item.app, item.vsn, item.release].filter((part) => part !== undefined).join(' ');
    }
  });
}

function find(root: string, args: readonly string[] = [''], options: SearchOptions = {}): string[] {
  const paths = args.map((arg) => (arg === '' ? root : `${root}/${arg}`));
  return lines(root, findInputs(paths, options));
}

async function read(paths: readonly string[], options: SearchOptions = {}): Promise<Input[]> {
  const inputs: Input[] = [];
  for await (const input of openInputs(paths, options)) inputs.push(input);
  return inputs;
}

describe('the kinds of folders', () => {
  it('reads a beam folder without an application', () => {
    const root = makeTree({ 'stdlib-4.2/ebin/b.beam': BEAM, 'stdlib-4.2/ebin/a.beam': BEAM, 'stdlib-4.2/ebin/stdlib.app': '' });
    expect(find(root, ['stdlib-4.2/ebin'])).toEqual(['stdlib-4.2/ebin/a.beam', 'stdlib-4.2/ebin/b.beam']);
  });

  it('reads the ebin of an application and nothing else of it', () => {
    const root = makeTree({ 'a-1.0/ebin/m.beam': BEAM, 'a-1.0/examples/ebin/x.beam': BEAM, 'a-1.0/ebin/sub/y.beam': BEAM });
    expect(find(root, ['a-1.0'])).toEqual(['a-1.0/ebin/m.beam a 1.0']);
    expect(find(root, ['a-1.0/'])).toEqual(['a-1.0/ebin/m.beam a 1.0']);
    expect(find(root, ['a-1.0/.'])).toEqual(['a-1.0/./ebin/m.beam a 1.0']);
  });

  it('names an application without version, and one whose version is none', () => {
    const root = makeTree({ 'lib/elixir/ebin/m.beam': BEAM, 'lib/foo-1.2.3-rc1/ebin/m.beam': BEAM });
    expect(find(root, ['lib'])).toEqual(['lib/elixir/ebin/m.beam elixir', 'lib/foo-1.2.3-rc1/ebin/m.beam foo-1.2.3-rc1']);
  });

  it('reads of several versions the highest alone, as xref does', () => {
    const root = makeTree({
      'lib/a-1.10/ebin/m.beam': BEAM,
      'lib/a-1.9/ebin/m.beam': BEAM,
      'lib/a/ebin/m.beam': BEAM,
      'lib/a-2/doc/x': '',
      'lib/b-1.ez': '',
      'lib/b-1/ebin/m.beam': BEAM,
      'lib/c-1.ez': '',
    });
    expect(find(root, ['lib'])).toEqual([
      'lib/a: skipped, a-1.10 is read in its place',
      'lib/a-1.10/ebin/m.beam a 1.10',
      'lib/a-1.9: skipped, a-1.10 is read in its place',
      'lib/b-1/ebin/m.beam b 1',
      'lib/b-1.ez: skipped, b-1 is read in its place',
      'lib/c-1.ez: zip',
    ]);
  });

  it('reads the lib of a release', () => {
    const root = makeTree({
      'shop-1.0.0/lib/shop-1.0.0/ebin/m.beam': BEAM,
      'shop-1.0.0/releases/1.0.0/consolidated/Elixir.Enumerable.beam': BEAM,
      'shop-1.0.0/releases/1.0.0/shop.rel': '',
      'shop-1.0.0/erts-13.0/ebin/x.beam': BEAM,
    });
    const beam = 'shop-1.0.0/lib/shop-1.0.0/ebin/m.beam shop 1.0.0 shop';
    expect(find(root, ['shop-1.0.0'])).toEqual([beam]);
    expect(find(root, [''])).toEqual([beam]);
    expect(find(root, ['shop-1.0.0'], { wanted: ['beam', 'rel'] })).toEqual([beam, 'shop-1.0.0/releases/1.0.0/shop.rel shop']);
  });

  it('reads one profile of a build tree, and neither its release nor its plugins', () => {
    const root = makeTree({
      'p/_build/default/lib/a/ebin/m.beam': BEAM,
      'p/_build/default/lib/.rebar3/x.beam': BEAM,
      'p/_build/default/checkouts/b/ebin/m.beam': BEAM,
      'p/_build/default/plugins/c/ebin/m.beam': BEAM,
      'p/_build/default/rel/p/lib/a-1.0': { link: '../../../lib/a' },
      'p/_build/default/rel/p/lib/stdlib-4.2/ebin/lists.beam': BEAM,
      'p/_build/default/rel/p/releases/': '',
      'p/_build/test/lib/a/ebin/m.beam': BEAM,
      'p/src/a.erl': '',
    });
    const found = [
      'p/_build/default/checkouts/b/ebin/m.beam b',
      'p/_build/default/lib/a/ebin/m.beam a',
      'p/_build/test: skipped, another build profile than default',
    ];
    expect(find(root, ['p'])).toEqual(found);
    expect(find(root, ['p/_build'])).toEqual(found);
    expect(find(root, ['p/_build/default'])).toEqual(found.slice(0, 2));
    expect(find(root, ['p/_build/test'])).toEqual(['p/_build/test/lib/a/ebin/m.beam a']);
    expect(find(root, ['p/_build/default/rel/p'])).toEqual([
      'p/_build/default/rel/p/lib/a-1.0/ebin/m.beam a 1.0 p',
      'p/_build/default/rel/p/lib/stdlib-4.2/ebin/lists.beam stdlib 4.2 p',
    ]);
  });

  it('prefers dev of the profiles of mix, and passes over consolidated protocols unless they are asked for', () => {
    const root = makeTree({
      '_build/prod/lib/a/ebin/Elixir.A.beam': BEAM,
      '_build/dev/lib/a/ebin/Elixir.A.beam': BEAM,
      '_build/dev/lib/a/consolidated/Elixir.Enumerable.beam': BEAM,
      '_build/docs/html/': '',
    });
    expect(find(root)).toEqual(['_build/dev/lib/a/ebin/Elixir.A.beam a', '_build/prod: skipped, another build profile than dev']);
    expect(find(root, ['_build/dev/lib/a/consolidated'])).toEqual(['_build/dev/lib/a/consolidated/Elixir.Enumerable.beam']);
  });

  it('takes the first profile by name where none is known, and a release where there is no lib', () => {
    const root = makeTree({
      '_build/z/lib/a/ebin/m.beam': BEAM,
      '_build/b/rel/r/lib/a-1/ebin/m.beam': BEAM,
      '_build/b/rel/r/releases/': '',
    });
    expect(find(root)).toEqual(['_build/b/rel/r/lib/a-1/ebin/m.beam a 1 r', '_build/z: skipped, another build profile than b']);
  });

  it('searches any other folder through, sorted level by level', () => {
    const root = makeTree({
      'z.beam': BEAM,
      'a-1/ebin/m.beam': BEAM,
      'a/x/y/ebin/m.beam': BEAM,
      'B/m.beam': BEAM,
      '.git/m.beam': BEAM,
      'node_modules/m.beam': BEAM,
      'm.beam/ebin/n.beam': BEAM,
      'x.ez': '',
      'x.tar.gz': '',
    });
    expect(find(root)).toEqual([
      'z.beam',
      'B/m.beam',
      'a/x/y/ebin/m.beam y',
      'a-1/ebin/m.beam a 1',
      'm.beam/ebin/n.beam m.beam',
      'x.ez: zip',
    ]);
  });

  it('finds .app files beside the beams', () => {
    const root = makeTree({ 'lib/a-1/ebin/a.app': '', 'lib/a-1/ebin/m.beam': BEAM });
    expect(find(root, ['lib'], { wanted: ['app'] })).toEqual(['lib/a-1/ebin/a.app a 1']);
    expect(find(root, ['lib'], { wanted: ['app', 'beam'] })).toEqual(['lib/a-1/ebin/a.app a 1', 'lib/a-1/ebin/m.beam a 1']);
  });
});

describe('arguments', () => {
  it('keep their order, and what comes twice counts once', () => {
    const root = makeTree({
      'lib/a-1/ebin/m.beam': BEAM,
      'lib/b-1/ebin/m.beam': BEAM,
      'link.beam': { link: 'lib/b-1/ebin/m.beam' },
    });
    expect(find(root, ['link.beam', 'lib/a-1/ebin', 'lib', 'lib'])).toEqual(['link.beam', 'lib/a-1/ebin/m.beam']);
    expect(find(root, ['lib/b-1', 'lib/a-1'])).toEqual(['lib/b-1/ebin/m.beam b 1', 'lib/a-1/ebin/m.beam a 1']);
  });

  it('may be any file; one of another known type is skipped', () => {
    const root = makeTree({ a: BEAM, 'm.beam': 'nonsense', 'a.app': '{application' });
    expect(find(root, ['a', 'm.beam', 'a.app'])).toEqual(['a', 'm.beam', 'a.app: skipped, a .app file']);
    expect(find(root, ['a.app'], { wanted: ['app'] })).toEqual(['a.app']);
  });

  it('that give nothing are faults, and the others are read', async () => {
    const root = makeTree({ 'empty/': '', 'other/readme.txt': '', 'm.beam': BEAM });
    const args = ['nowhere', 'm.beam/x', 'empty', 'other', 'm.beam', `${'n'.repeat(300)}.beam`, 'nul\0.beam'];
    const inputs = await read(args.map((arg) => join(root, arg)));
    expect(lines(root, inputs)).toEqual([
      'nowhere: missing',
      'm.beam/x: missing',
      'empty: missing',
      'other: missing',
      'm.beam',
      `${'n'.repeat(300)}.beam: missing`,
      'nul\0.beam: missing',
    ]);
    const [, , empty] = inputs;
    expect(empty?.kind === 'fault' && empty.error.message).toBe(`${root}/empty: nothing to read: no .beam file in it`);
  });

  it('give the bytes of their files', async () => {
    const root = makeTree({ 'lib/a-1/ebin/m.beam': BEAM, 'lib/a-1/ebin/n.beam': '' });
    const inputs = await read([join(root, 'lib')]);
    expect(inputs).toEqual([
      {
        kind: 'file',
        path: `${root}/lib/a-1/ebin/m.beam`,
        type: 'beam',
        app: 'a',
        vsn: '1',
        bytes: new Uint8Array(Buffer.from(BEAM)),
      },
      { kind: 'file', path: `${root}/lib/a-1/ebin/n.beam`, type: 'beam', app: 'a', vsn: '1', bytes: new Uint8Array(0) },
    ]);
  });
});

describe('lending', () => {
  it('gives each file in full while it lasts, whatever its size', async () => {
    const large = 'x'.repeat(3_000_000);
    const root = makeTree({ 'a.beam': 'first', 'b.beam': large, 'c.beam': '', 'd.beam': 'last' });
    const texts: string[] = [];
    for await (const input of openInputs([root], { lend: true })) {
      texts.push(input.kind === 'file' ? Buffer.from(input.bytes).toString() : input.kind);
    }
    expect(texts.map((content) => content.length)).toEqual([5, 3_000_000, 0, 4]);
    expect(texts[1] === large && texts[3] === 'last').toBe(true);
  });
});

describe('hostile folders and files', () => {
  it('ends where links make loops', () => {
    const root = makeTree({
      'a/loop': { link: '..' },
      'a/self.beam': { link: 'self.beam' },
      'a/gone.beam': { link: 'nowhere' },
      'a/gone': { link: 'nowhere' },
      'a/m.beam': BEAM,
      'only/self': { link: '.' },
    });
    expect(find(root)).toEqual(['a/gone.beam: missing', 'a/self.beam: unreadable', 'a/m.beam']);
    expect(find(root, ['only'])).toEqual(['only: missing']);
    expect(find(root, ['a/self.beam'])).toEqual(['a/self.beam: unreadable']);
  });

  it('never waits for a pipe, as an argument or in a folder', async () => {
    const root = makeTree({ 'a-1/ebin/m.beam': BEAM });
    const pipe = join(root, 'a-1/ebin/pipe.beam');
    execFileSync('mkfifo', [pipe]);
    expect(lines(root, await read([root]))).toEqual(['a-1/ebin/m.beam a 1', 'a-1/ebin/pipe.beam: unreadable']);
    expect(lines(root, await read([pipe, '/dev/zero']))).toEqual(['a-1/ebin/pipe.beam: unreadable', '/dev/zero: unreadable']);
  });

  it('refuses a file that is too large without reading it', async () => {
    const root = makeTree({ 'm.beam': '' });
    truncateSync(join(root, 'm.beam'), MAX_FILE_BYTES + 1);
    expect(lines(root, await read([root]))).toEqual(['m.beam: limit']);
  });

  it('passes over folders named like beams in an ebin, and lists files that vanish', async () => {
    const root = makeTree({ 'ebin/x.beam/y.beam': BEAM, 'ebin/m.beam': BEAM, 'ebin/n.beam': BEAM });
    const found = findInputs([join(root, 'ebin')]);
    rmSync(join(root, 'ebin/m.beam'));
    const inputs: Input[] = [];
    for await (const input of readInputs(found)) inputs.push(input);
    expect(lines(root, inputs)).toEqual(['ebin/m.beam: missing', 'ebin/n.beam']);
  });

  it('stops at a depth', () => {
    const root = makeTree({});
    let path = root;
    for (let depth = 0; depth < MAX_FOLDER_DEPTH + 2; depth++) path = join(path, 'd');
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'm.beam'), BEAM);
    expect(find(root).map((line) => line.replace(/^.*: /, ''))).toEqual(['limit']);
  });

  it('names a file whose name is not UTF-8 as a fault', async () => {
    const root = makeTree({});
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.beam')]), BEAM);
    expect(lines(root, await read([root]))).toEqual(['\ufffd\ufffd.beam: missing']);
  });

  it.skipIf(isRoot)('lists what there is no permission to read (left out for root, who may read everything)', async () => {
    const root = makeTree({ 'a.beam': BEAM, 'closed/m.beam': BEAM, 'm.beam': BEAM });
    chmodSync(join(root, 'a.beam'), 0);
    chmodSync(join(root, 'closed'), 0);
    const inputs = await read([root]);
    chmodSync(join(root, 'closed'), 0o700);
    expect(lines(root, inputs)).toEqual(['a.beam: unreadable', 'm.beam', 'closed: unreadable']);
  });
});
