// `beamtool upgrade` on the shop's releases: what it prints and writes, and that a fault in any step leaves nothing behind.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import yargs from 'yargs';
import { commonOptions } from '../../../src/cli/command.js';
import { upgrade } from '../../../src/cli/commands/upgrade.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { ParseError, UsageError } from '../../../src/errors.js';
import { parseAppup } from '../../../src/release/appup/read-appup.js';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';

const OTP = { kernel: '8.5.3', stdlib: '4.2', sasl: '4.2', crypto: '5.1.2' };

/** The releases `versions` of the shop, each in a folder of its own; of OTP's applications there is no module. */
function shops(...versions: readonly (1 | 2 | 3)[]): string {
  const root = makeTree({ 'x/': '' });
  for (const version of versions) {
    const folder = join(root, String(version));
    cpSync(join(beamsFolder, `shop-${version}`), folder, { recursive: true });
    for (const [name, vsn] of Object.entries(OTP)) {
      const app = `{application, ${name}, [{description, ""}, {vsn, "${vsn}"}, {modules, []}, {registered, []}, {applications, []}]}.`;
      write(join(folder, 'lib', `${name}-${vsn}/ebin/${name}.app`), app);
    }
    write(join(folder, 'releases/RELEASES'), '[].');
    write(join(folder, 'releases', String(version), 'sys.config'), '[].\n');
    write(join(folder, 'releases', String(version), 'vm.args'), '-sname shop\n');
    write(join(folder, 'bin/shop'), '#!/bin/sh\n');
  }
  return root;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function run(root: string, ...words: readonly string[]) {
  const output: string[] = [];
  const warnings: string[] = [];
  const plain = (text: string) => text;
  const terminal = {
    write: async (data: string | Uint8Array) => void output.push(String(data)),
    warn: (line: string) => void warnings.push(line),
    style: { bold: plain, dim: plain },
  } as unknown as Terminal;
  const args = words.map((word) => (/^\d/.test(word) || word.startsWith('out') ? join(root, word) : word));
  const parser = yargs([...args]).command('$0 <path..>', '', (one) => upgrade.options(commonOptions(one)) as never);
  const exit = await upgrade.run((await parser.exitProcess(false).fail(false).parse()) as never, terminal);
  const local = (text: string) => text.replaceAll(`${root}/`, '');
  return { exit, output: local(output.join('')), warnings: warnings.map(local) };
}

const members = (path: string) => {
  const { stdout } = spawnSync('tar', ['-tf', '-'], { input: gunzipSync(readFileSync(path)), encoding: 'utf8' });
  return stdout.trimEnd().split('\n');
};

const BROKEN = 'on the way up from 1.0.0, stock comes before shop, and meanwhile shop calls stock_report:text/0';

describe('upgrade', () => {
  it('prints the plan, then writes all of it', async () => {
    const root = shops(1, 2);
    const { exit, output, warnings } = await run(root, '1', '2', '--output', 'out/a');
    expect(exit).toBe(0);
    expect(output).toMatch(/^upgrade of shop to 2 \(2\) from 1 \(1\)\nchanges\n {2}release shop 1 -> 2\n {2}\+ crypto/);
    expect(output).toMatch(/^ {2}stock_server .*: to be injected\n {4}#state\{\}, from vsn \d+ .*\n/m);
    expect(output).toMatch(/^ {2}stock 2\.0\.0, from 1\.0\.0: up 4 instructions, down 4 instructions$/m);
    expect(output).toMatch(/^relup\n {2}up from 1: 20 instructions\n {2}down to 1: \d+ instructions$/m);
    const packed = members(join(root, 'out/a/shop-2.tar.gz'));
    expect(output.split('files\n')[1]).toBe(
      `  out/a/shop-2.tar.gz: ${packed.length} members
  out/a/relup
  out/a/shop.appup
  out/a/stock.appup
  out/a/till.appup
  out/a/UPGRADE.md
written
`,
    );
    expect(warnings.some((warning) => warning.startsWith(`beamtool: warning: shop: ${BROKEN}`))).toBe(true);
    expect(readdirSync(join(root, 'out/a')).sort()).toEqual([
      'UPGRADE.md',
      'relup',
      'shop-2.tar.gz',
      'shop.appup',
      'stock.appup',
      'till.appup',
    ]);
    expect(packed).toEqual(
      expect.arrayContaining(['releases/shop.rel', 'releases/shop-2.rel', 'releases/2/shop.rel', 'releases/2/relup', 'bin/shop']),
    );
    expect(packed).toEqual(expect.arrayContaining(['releases/2/vm.args', 'releases/start_erl.data', 'releases/RELEASES']));
    expect(new Set(packed).size).toBe(packed.length);
    const page = readFileSync(join(root, 'out/a/UPGRADE.md'), 'utf8');
    expect(page).toMatch(/^# shop 1 to 2\n/);
    expect(page).toMatch(/^\| `till_fsm` \| `#basket\{\}` \| `\d+` \| `currency = eur` \| {2}\| {2}\|$/m);
    expect(page).toMatch(/release_handler:unpack_release\("shop-2"\)/);
  });

  it('packs what it made: appups that make this relup, and modules that convert states', async () => {
    const root = shops(1, 2);
    await run(root, '1', '2', '--output', 'out');
    const unpack = (name: string) =>
      spawnSync('tar', ['-xzOf', join(root, 'out/shop-2.tar.gz'), name], { maxBuffer: 1e9 }).stdout;
    expect(unpack('releases/2/relup').equals(readFileSync(join(root, 'out/relup')))).toBe(true);
    expect(unpack('lib/stock-2.0.0/ebin/stock_server.beam').includes('beamtool')).toBe(true);
    const appup = parseAppup(readFileSync(join(root, 'out/stock.appup')), 'stock.appup');
    expect([appup.vsn, appup.up.length, appup.down.length]).toEqual(['2.0.0', 1, 1]);
    // The release itself is as it was.
    expect(existsSync(join(root, '2/lib/stock-2.0.0/ebin/stock.appup'))).toBe(false);
    expect(readFileSync(join(root, '2/lib/stock-2.0.0/ebin/stock_server.beam')).includes('beamtool')).toBe(false);
  });

  it('goes from several releases, one of them a package, and gives the same from both', async () => {
    const root = shops(1, 2, 3);
    spawnSync('tar', ['-czf', join(root, '1.tar.gz'), '-C', join(root, '1'), 'lib', 'releases']);
    const first = await run(root, '1', '2', '3', '--output', 'out1');
    const second = await run(root, '1.tar.gz', '2', '3', '--output', 'out2');
    expect([first.exit, second.exit]).toEqual([0, 0]);
    expect(first.output).toMatch(/^ {2}till 1\.1\.0, from 1\.0\.0: up .*; from 1\.0\.1: up .*$/m);
    expect(first.output).toMatch(/^ {2}up from 2: .*\n {2}up from 1: .*\n {2}down to 2: .*\n {2}down to 1: /m);
    for (const name of ['relup', 'shop.appup', 'stock.appup', 'till.appup']) {
      expect(readFileSync(join(root, 'out2', name), 'utf8')).toBe(readFileSync(join(root, 'out1', name), 'utf8'));
    }
  });

  it('writes the same bytes each time where SOURCE_DATE_EPOCH is set, and the page elsewhere where asked', async () => {
    const root = shops(1, 2);
    process.env.SOURCE_DATE_EPOCH = '1700000000';
    try {
      await run(root, '1', '2', '--output', 'out1', '--report', 'out/page.md');
      await run(root, '1', '2', '--output', 'out2');
    } finally {
      delete process.env.SOURCE_DATE_EPOCH;
    }
    expect(readFileSync(join(root, 'out1/shop-2.tar.gz')).equals(readFileSync(join(root, 'out2/shop-2.tar.gz')))).toBe(true);
    expect(readFileSync(join(root, 'out/page.md'), 'utf8')).toBe(readFileSync(join(root, 'out2/UPGRADE.md'), 'utf8'));
  });

  it('prints JSON', async () => {
    const root = shops(1, 2);
    const { output, exit } = await run(root, '1', '2', '--output', 'out', '--format', 'json');
    const answer = JSON.parse(output);
    expect(exit).toBe(0);
    expect(Object.keys(answer)).toEqual(
      'schema dryRun release from changes modules appups relup members files written warnings errors'.split(' '),
    );
    expect(answer).toMatchObject({
      schema: 'beamtool-upgrade/1',
      dryRun: false,
      release: { path: join(root, '2').replace(`${root}/`, ''), name: 'shop', vsn: '2', erts: '13.1.5' },
      from: [{ vsn: '1' }],
      errors: [],
    });
    expect(answer.changes[0].counts.modules).toMatchObject({ added: 2, removed: 1 });
    expect(answer.appups.map((one: { readonly application: string }) => one.application)).toEqual(['shop', 'stock', 'till']);
    expect(answer.relup.up[0].script).toHaveLength(20);
    expect(answer.written).toEqual(answer.files.map(({ path }: { readonly path: string }) => path));
  });

  it('writes nothing with --dry-run', async () => {
    const root = shops(1, 2);
    const { exit, output } = await run(root, '1', '2', '--dry-run', '--output', 'out');
    expect(exit).toBe(0);
    expect(output).toMatch(/ {2}out\/relup\n(.*\n)*nothing is written\n$/);
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  it('keeps an entry that was written by hand, and other entries', async () => {
    const root = shops(1, 2);
    const entries = '[{"1.0.0", [{restart_application, till}]}, {<<"0\\\\..*">>, []}]';
    write(join(root, '2/lib/till-1.0.1/ebin/till.appup'), `{"1.0.1", ${entries}, ${entries}}.`);
    const { exit, output } = await run(root, '1', '2', '--output', 'out');
    expect(exit).toBe(0);
    expect(output).toMatch(
      /^ {2}till 1\.0\.1, from 1\.0\.0: up as it is there already, down as it is there already; 4 other entries kept$/m,
    );
    expect(readFileSync(join(root, 'out/relup'), 'utf8')).toMatch(/\{apply,\{application,stop,\[till\]\}\}/);
    expect(existsSync(join(root, 'out/till.appup'))).toBe(false);
  });

  it('leaves modules alone with --no-inject, and says what that means', async () => {
    const root = shops(1, 2);
    const { output, warnings } = await run(root, '1', '2', '--output', 'out', '--no-inject');
    expect(output).not.toMatch(/^migrations$/m);
    expect(warnings).toEqual(
      expect.arrayContaining([expect.stringMatching(/^beamtool: warning: stock: stock_server is only loaded, /)]),
    );
  });

  it('says what no relup does, and what is in no tar', async () => {
    const root = shops(1, 2);
    rmSync(join(root, '1/releases/RELEASES'));
    rmSync(join(root, '2/releases/2/sys.config'));
    write(join(root, '2/releases/2/sys.config.src'), '[].');
    write(join(root, '2/releases/2/runtime.exs'), '');
    write(join(root, '2/releases/2/consolidated/Elixir.Shop.beam'), 'x');
    write(join(root, '2/releases/2/vm.args'), '-sname other\n');
    write(join(root, '2/etc/shop.conf'), '');
    const { exit, warnings } = await run(root, '1', '2', '--output', 'out');
    expect(exit).toBe(0);
    for (const text of [
      'there is no RELEASES in 1/releases: ',
      '2/releases/2/sys.config.src becomes sys.config when a start script runs',
      '2/releases/2/runtime.exs is evaluated when the node boots only',
      'consolidated protocols belong to no application, .*: Elixir.Shop$',
      'looked at when the node boots only, and other than before: runtime.exs, vm.args$',
      'not in the tar: etc of 2$',
    ]) {
      expect(warnings).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(`^beamtool: warning: ${text}`))]));
    }
    expect(members(join(root, 'out/shop-2.tar.gz'))).toContain('releases/2/consolidated/Elixir.Shop.beam');
  });
});

/** What is done to the releases, and what is said then. */
const FAULTS: readonly (readonly [what: string, spoil: (root: string) => void, message: RegExp])[] = [
  [
    'an unreadable module',
    (root) => writeFileSync(join(root, '2/lib/shop-1.1.0/ebin/shop.beam'), 'x'),
    /2\/lib\/shop-1\.1\.0\/ebin\/shop\.beam: not a BEAM file/,
  ],
  [
    'a damaged module of the older release',
    (root) => {
      const path = join(root, '1/lib/till-1.0.0/ebin/till_fsm.beam');
      writeFileSync(path, readFileSync(path).subarray(0, 300));
    },
    /1\/lib\/till-1\.0\.0\/ebin\/till_fsm\.beam: truncated/,
  ],
  [
    'a module that is missing',
    (root) => rmSync(join(root, '2/lib/shop-1.1.0/ebin/shop_sup.beam')),
    /shop_sup\.beam: there is no such file, and the \.app lists/,
  ],
  [
    'an .app that is missing',
    (root) => rmSync(join(root, '2/lib/shop-1.1.0/ebin/shop.app')),
    /the \.app of shop: version 1\.1\.0 isn't on the path; 1\/lib/,
  ],
  ['a broken .app', (root) => writeFileSync(join(root, '1/lib/shop-1.0.0/ebin/shop.app'), '{application, shop'), /shop/],
  ['a broken .rel', (root) => writeFileSync(join(root, '2/releases/2/shop.rel'), '{release'), /2\/releases\/2\/shop\.rel/],
  [
    'a broken appup',
    (root) => write(join(root, '2/lib/shop-1.1.0/ebin/shop.appup'), '{"1.1.0", ['),
    /2\/lib\/shop-1\.1\.0\/ebin\/shop\.appup/,
  ],
  [
    'an appup with an instruction that is none',
    (root) => write(join(root, '2/lib/shop-1.1.0/ebin/shop.appup'), '{"1.1.0", [{"1.0.0", [nonsense]}], [{"1.0.0", []}]}.'),
    /2\/lib\/shop-1\.1\.0\/ebin\/shop\.appup: .*nonsense/,
  ],
  ['a sys.config that is none', (root) => writeFileSync(join(root, '2/releases/2/sys.config'), 'x.'), /sys\.config/],
  [
    'an application with its old version and another module',
    (root) => {
      const ebin = '2/lib/stock-2.0.0/ebin';
      cpSync(join(root, ebin), join(root, '2/lib/stock-1.0.0/ebin'), { recursive: true });
      rmSync(join(root, '2/lib/stock-2.0.0'), { recursive: true });
      for (const path of [join(root, '2/lib/stock-1.0.0/ebin/stock.app'), join(root, '2/releases/2/shop.rel')]) {
        writeFileSync(path, readFileSync(path, 'utf8').replace('"2.0.0"', '"1.0.0"'));
      }
    },
    /^beamtool: stock: the same version 1\.0\.0 in both builds/,
  ],
];

describe('upgrade refuses, and writes nothing, for', () => {
  it.each(FAULTS)('%s', async (_, spoil, message) => {
    const root = shops(1, 2);
    spoil(root);
    let said: readonly string[] = [];
    let exit: number | undefined;
    try {
      const answer = await run(root, '1', '2', '--output', 'out');
      said = answer.warnings;
      exit = answer.exit;
    } catch (error) {
      if (!(error instanceof ParseError) && !(error instanceof UsageError)) throw error;
      said = [error.message];
    }
    expect(exit).not.toBe(0);
    expect(said.some((line) => message.test(line))).toBe(true);
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  it.each([
    [['1'], /at least two paths/],
    [['1', '2'], /--output/],
    [['1', '1', '--output', 'out'], /are both shop 1/],
    [['1', '2', '2', '--output', 'out'], /are both shop 2/],
    [['1', '0', '--output', 'out'], /0: no release: neither a folder/],
    [['1', '1/lib', '--output', 'out'], /1\/lib: no release in it/],
    [['1', '2.tar.gz', '--output', 'out'], /the new release has to be a folder/],
    [['1', '2', '--output', 'out', '--rename', 'state.a=b'], /--rename a: no module/],
    [['1', '2', '--output', 'out', '--purge', 'nobody=soft'], /--purge: no build has a module nobody/],
    [['1', '2', '--output', 'out', '--no-inject', '--rename', 'a=b'], /--rename is for what is injected/],
    [['1', '2', '--output', 'out', '--otp', '24'], /--otp is 25 to 29/],
  ])('%j', async (words, message) => {
    const root = shops(1, 2);
    await expect(run(root, ...words)).rejects.toThrow(message);
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  it('warnings, where these are errors', async () => {
    const root = shops(1, 2);
    const { exit, output } = await run(root, '1', '2', '--output', 'out', '--warnings-as-errors');
    expect([exit, existsSync(join(root, 'out'))]).toEqual([1, false]);
    expect(output).toMatch(/nothing is written\n$/);
  });

  it('a place that one of the files can not be written to', async () => {
    const root = shops(1, 2);
    mkdirSync(join(root, 'out/relup'), { recursive: true });
    await expect(run(root, '1', '2', '--output', 'out')).rejects.toThrow(/out\/relup: can't be written: not a regular file/);
    expect(readdirSync(join(root, 'out'))).toEqual(['relup']);
    write(join(root, 'file'), '');
    symlinkSync(join(root, 'file'), join(root, 'out3'));
    await expect(run(root, '1', '2', '--output', 'out3/a')).rejects.toThrow(UsageError);
  });
});
