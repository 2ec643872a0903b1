// `beamtool appup generate` on the fixture releases: what is written, what stays, what is refused.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeContainer, encodeContainer } from '../../../src/beam/container.js';
import { generateAppup } from '../../../src/cli/commands/appup-generate.js';
import { injectMigration } from '../../../src/cli/commands/inject-migration.js';
import { main } from '../../../src/cli/main.js';
import { ParseError, UsageError } from '../../../src/errors.js';
import { versionText } from '../../../src/release/appup/model.js';
import { parseAppup } from '../../../src/release/appup/read-appup.js';
import { formatTerm } from '../../../src/term/format.js';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';
import { runCommand } from '../../support/run-command.js';

const run = (...words: readonly string[]) => runCommand(generateAppup, ...words);

const [first, second, third] = ['shop-1', 'shop-2', 'shop-3'].map((name) => join(beamsFolder, name)) as [string, string, string];

/** A copy of a release. */
function copy(release: string, edit: (root: string) => void = () => {}): string {
  const root = makeTree({ 'x/': '' });
  cpSync(release, root, { recursive: true });
  edit(root);
  return root;
}

/** Removes the debug info of all modules. */
function strip(root: string): void {
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.beam'))) {
    const container = decodeContainer(readFileSync(join(root, name)));
    const chunks = container.chunks.filter(({ id }) => id !== 'Dbgi' && id !== 'Docs');
    writeFileSync(join(root, name), encodeContainer({ ...container, chunks }));
  }
}

const STOCK = 'lib/stock-2.0.0/ebin/stock.appup';

function versionsIn(file: string): readonly (readonly string[])[] {
  const { up, down } = parseAppup(readFileSync(file), file);
  return [up, down].map((entries) => entries.map(({ from }) => versionText(from)));
}

function upFrom(file: string, version: string): readonly string[] {
  const entry = parseAppup(readFileSync(file), file).up.find(({ from }) => versionText(from) === version);
  return (entry?.instructions ?? []).map((term) => formatTerm(term));
}

const TILL = `till 1.0.1, not written: ${second}/lib/till-1.0.1/ebin/till.appup
  up from 1.0.0: 2 instructions
    {load_module,till_fsm,brutal_purge,brutal_purge,[till_price]}
    {load_module,till_price,brutal_purge,brutal_purge,[]}
  down to 1.0.0: 2 instructions
    {load_module,till_fsm,brutal_purge,brutal_purge,[till_price]}
    {load_module,till_price,brutal_purge,brutal_purge,[]}
`;

describe('appup generate', () => {
  it('shows what it would write, and what to look at', async () => {
    const { exit, output, warnings } = await run('--dry-run', '--app', 'till', first, second);
    expect([exit, output]).toEqual([0, TILL]);
    expect(warnings).toEqual([
      'beamtool: warning: till: till_fsm is only loaded, and its state #basket{} is laid out otherwise than in 1.0.0: nothing converts it ' +
        '(inject-migration does, or a code_change)',
    ]);
    expect(existsSync(join(second, 'lib/till-1.0.1/ebin/till.appup'))).toBe(false);
  });

  it('tells of calls between applications that fail in between', async () => {
    const { warnings } = await run(first, second, '--dry-run', '--app', 'shop');
    expect(warnings).toEqual([
      expect.stringMatching(
        /shop: on the way up from 1\.0\.0, stock comes before shop, .*shop calls stock_report:text\/0, which stock doesn't/,
      ),
      expect.stringMatching(
        /shop: on the way down to 1\.0\.0, stock comes before shop, .*shop calls stock_report:text\/1, which stock doesn't/,
      ),
    ]);
  });

  it('writes an entry for each older version, and the same once more', async () => {
    const root = copy(third);
    const file = join(root, 'lib/stock-2.1.0/ebin/stock.appup');
    expect((await run(second, first, root)).exit).toBe(0);
    expect(versionsIn(file)).toEqual([
      ['2.0.0', '1.0.0'],
      ['2.0.0', '1.0.0'],
    ]);
    const text = readFileSync(file, 'utf8');
    await run(second, first, root);
    expect(readFileSync(file, 'utf8')).toBe(text);
    // What was made before for another version stays.
    await run(second, root);
    expect(versionsIn(file)[0]).toEqual(['2.0.0', '1.0.0']);
    expect((await run(first, root)).output).not.toContain('that was there counts');
  });

  it('updates what an injected migration converts', async () => {
    const root = copy(second);
    const stock = join(root, 'lib/stock-2.0.0/ebin');
    await runCommand(injectMigration, stock, '--from', join(first, 'lib/stock-1.0.0/ebin'));
    const { warnings } = await run(first, root, '--app', 'stock');
    expect(warnings).toEqual([]);
    expect(upFrom(join(root, STOCK), '1.0.0')).toContain(
      '{update,stock_server,{advanced,[]},brutal_purge,brutal_purge,[stock_history]}',
    );
  });

  it('keeps what a person wrote', async () => {
    const own = '{"2.0.0", [{"0.9", [restart_emulator]}, {<<"1\\\\..*">>, []}], [{"1.0.0", [restart_emulator]}]}.\n';
    const root = copy(second, (path) => writeFileSync(join(path, STOCK), own));
    const { output } = await run(first, root, '--app', 'stock');
    expect(output).toMatch(
      /up from 1\.0\.0: the entry that was there counts\n {2}down to 1\.0\.0: the entry that was there counts/,
    );
    expect(output).toMatch(/kept: up from 0\.9, <<"1\\\\\..\*">>\n {2}kept: down to 1\.0\.0\n/);
    expect(versionsIn(join(root, STOCK))).toEqual([['0.9', '<<"1\\\\..*">>'], ['1.0.0']]);
    await run(first, root, '--replace', '--app', 'stock');
    expect(versionsIn(join(root, STOCK))).toEqual([['0.9', '<<"1\\\\..*">>'], ['1.0.0']]);
    expect(readFileSync(join(root, STOCK), 'utf8')).toContain('{delete_module,stock_history}');
  });

  it('keeps nothing of an appup of another version', async () => {
    const root = copy(second, (path) => writeFileSync(join(path, STOCK), '{"1.9", [{"0.9", []}], []}.\n'));
    const { warnings } = await run(first, root, '--app', 'stock');
    expect(warnings.at(-1)).toMatch(/stock: the appup that was there is of version 1\.9: nothing of it is kept/);
    expect(versionsIn(join(root, STOCK))).toEqual([['1.0.0'], ['1.0.0']]);
  });

  it('takes what goes before and after', async () => {
    const scripts = makeTree({
      'till.appup.pre.src': '{"1.0", [{"1", [{apply, {io, nl, []}}]}, {"2.*", [no]}, {".*", [{load_module, till_price}]}], []}.',
      'a/till.appup.post.src': '{".*", [{"1.0.0", [last]}], [{"1.0.0", [last]}]}.',
      'stock.appup.pre.src': '{"3", [{".*", [no]}], []}.',
    });
    const root = copy(second);
    const { warnings } = await run(first, root, '--scripts', scripts);
    expect(upFrom(join(root, 'lib/till-1.0.1/ebin/till.appup'), '1.0.0')).toEqual([
      '{apply,{io,nl,[]}}',
      '{load_module,till_price}',
      '{load_module,till_fsm,brutal_purge,brutal_purge,[till_price]}',
      'last',
    ]);
    expect(warnings).toContain(
      'beamtool: warning: till: the way up has an instruction for till_price that was written by hand, and that one counts',
    );
    expect(warnings).toContain(
      `beamtool: warning: stock: ${scripts}/stock.appup.pre.src is for other versions: none of its instructions is used`,
    );
  });

  it('purges and waits as it is told', async () => {
    const choices = ['--purge', 'default=soft;till_price=soft/brutal;till_fsm = brutal', '--timeout', '5000'];
    const { output } = await run(first, second, '--dry-run', ...choices, '--app', 'till');
    expect(output).toContain('{load_module,till_fsm,brutal_purge,brutal_purge,[till_price]}');
    expect(output).toContain('{load_module,till_price,soft_purge,brutal_purge,[]}');
    const shop = await run(second, third, '--dry-run', ...choices, '--app', 'shop');
    expect(shop.output).toContain(
      '{update,shop_sup,static,5000,{advanced,[]},soft_purge,soft_purge,[shop_desk_sup,shop_offers,shop_wishes]}',
    );
  });

  it('starts and stops children, first what goes and last what comes', async () => {
    const { output } = await run(second, third, '--dry-run', '--app', 'shop');
    expect(output).toMatch(
      /\n {4}\{apply,\{supervisor,restart_child,\[shop_sup,offers\]\}\}\n.*wishes\]\}\}\n.*desks\]\}\}\n {2}down to 1\.1\.0: 13 instructions\n {4}\{apply,\{supervisor,terminate_child,\[shop_sup,desks\]\}\}\n {4}\{apply,\{supervisor,delete_child,\[shop_sup,desks\]\}\}/,
    );
    const back = await run(third, second, '--dry-run', '--app', 'shop');
    expect(back.output).toMatch(
      /up from 1\.2\.0: 13 instructions\n {4}\{apply,\{supervisor,terminate_child,\[shop_sup,desks\]\}\}\n/,
    );
  });

  it('needs no debug info, and says what it can not know (plugin issues 70, 73)', async () => {
    const [old, now] = [copy(first, strip), copy(second, strip)];
    const { output, warnings } = await run(old, now, '--dry-run', '--format', 'erl');
    expect(output).toBe((await run(first, second, '--dry-run', '--format', 'erl')).output);
    expect(warnings).toContain(
      'beamtool: warning: stock: stock_server is only loaded: without debug info nothing tells whether its state #state{} is that of 1.0.0',
    );
  });

  it('restarts an application where that is asked', async () => {
    const { output } = await run(first, second, '--dry-run', '--restart-application', 'till', '--app', 'till');
    expect(output).toMatch(/up from 1\.0\.0: 1 instruction\n {4}\{restart_application,till\}\n/);
    await expect(run(first, second, '--dry-run', '--restart-application', 'crypto')).rejects.toThrow(UsageError);
  });

  it('answers in JSON and in Erlang', async () => {
    const json = await run(first, second, '--dry-run', '--format', 'json', '--app', 'till');
    const { warnings, ...rest } = JSON.parse(json.output);
    expect(warnings).toEqual([
      expect.objectContaining({
        application: 'till',
        from: '1.0.0',
        kind: 'state_unhandled',
        module: 'till_fsm',
        record: 'basket',
      }),
    ]);
    expect(rest).toEqual({
      schema: 'beamtool-appups/1',
      from: [first],
      to: second,
      added: [],
      removed: [],
      appups: [
        {
          application: 'till',
          vsn: '1.0.1',
          file: `${second}/lib/till-1.0.1/ebin/till.appup`,
          changed: true,
          written: false,
          entries: [{ from: '1.0.0', up: expect.any(Array), down: expect.any(Array) }],
          kept: { up: [], down: [] },
        },
      ],
      conflicts: [],
    });
    const erl = await run(first, second, '--dry-run', '--format', 'erl', '--app', 'till');
    expect(erl.output).toMatch(/^\{till,\{"1\.0\.1",\[\{"1\.0\.0",\[\{load_module,till_fsm,.*\}\]\}\]\}\}\.\n$/);
  });

  it('writes into a folder, from archives as well', async () => {
    const archive = join(beamsFolder, 'archives/shop-1.tar.gz');
    const target = makeTree({ 'x/': '' });
    expect((await run(archive, second, '--target', target)).exit).toBe(0);
    expect(versionsIn(join(target, 'till.appup'))).toEqual([['1.0.0'], ['1.0.0']]);
    await expect(run(second, archive)).rejects.toThrow(/not in a folder that can be written to: --target/);
  });

  it('refuses a version with other modules', async () => {
    const price = 'lib/till-1.0.0/ebin/till_price.beam';
    const root = copy(first, (path) => cpSync(join(second, 'lib/till-1.0.1/ebin/till_price.beam'), join(path, price)));
    const { exit, warnings } = await run(first, root);
    expect(exit).toBe(1);
    expect(warnings).toEqual([
      expect.stringMatching(/^beamtool: till: the same version 1\.0\.0 in both builds, with other modules/),
    ]);
  });

  it('refuses a module of two applications', async () => {
    const root = copy(second, (path) => {
      cpSync(join(second, 'lib/shop-1.1.0/ebin/shop_offers.beam'), join(path, 'lib/till-1.0.1/ebin/shop_offers.beam'));
      const app = join(path, 'lib/till-1.0.1/ebin/till.app');
      writeFileSync(app, readFileSync(app, 'utf8').replace('[till_fsm,', '[shop_offers, till_fsm,'));
    });
    const { exit, warnings } = await run(first, root);
    expect([exit, existsSync(join(root, STOCK))]).toEqual([1, false]);
    expect(warnings.at(-1)).toMatch(
      /^beamtool: till: shop_offers \(.*till-1\.0\.1.*\) is a module of shop \(.*shop-1\.1\.0.*\) as well$/,
    );
  });

  it('says of applications that come and go that they need no appup', async () => {
    const [old, now] = [copy(first), copy(second)];
    rmSync(join(old, 'lib/till-1.0.0'), { recursive: true });
    rmSync(join(now, 'lib/stock-2.0.0'), { recursive: true });
    const { output } = await run(old, now, '--dry-run');
    expect(output).toMatch(/\ntill is new: .* no appup is needed\nstock is gone: .* no appup is needed\n$/);
  });

  it('writes nothing where a module is damaged or an appup is none', async () => {
    const broken = copy(second, (path) => writeFileSync(join(path, 'lib/till-1.0.1/ebin/till_price.beam'), 'FOR1'));
    const { exit, warnings } = await run(first, broken);
    expect([exit, warnings.length]).toEqual([3, 1]);
    expect(warnings[0]).toContain('till_price.beam');
    expect(existsSync(join(broken, STOCK))).toBe(false);
    const odd = copy(second, (path) => writeFileSync(join(path, STOCK), '{"2.0.0", [}.'));
    await expect(run(first, odd)).rejects.toThrow(ParseError);
    expect(existsSync(join(odd, 'lib/till-1.0.1/ebin/till.appup'))).toBe(false);
  });

  it('passes over modules that the .app does not list', async () => {
    const root = copy(second, (path) =>
      renameSync(join(path, 'lib/till-1.0.1/ebin/till_price.beam'), join(path, 'lib/till-1.0.1/ebin/x.beam')),
    );
    rmSync(join(root, 'lib/till-1.0.1/ebin/x.beam'));
    cpSync(join(second, 'lib/shop-1.1.0/ebin/shop_offers.beam'), join(root, 'lib/till-1.0.1/ebin/shop_offers.beam'));
    const { warnings } = await run(first, root, '--app', 'till');
    expect(warnings).toContainEqual(
      expect.stringMatching(/shop_offers is not among the modules of .*till\.app, so that no release has it/),
    );
    expect(warnings).toContainEqual(
      expect.stringMatching(/till_price is among the modules of .*till\.app, and there is no beam of it/),
    );
  });

  it.each([
    ['one path', [second], /at least two paths/],
    ['a module that is nowhere', [first, second, '--purge', 'nobody=soft'], /--purge: no build has a module nobody/],
    ['an unknown purge', [first, second, '--purge', 'default=hard'], /--purge default=hard isn't understood/],
    ['an application that is nowhere', [first, second, '--app', 'nobody'], /no application nobody in the new build/],
    ['modules alone', [join(first, 'lib/till-1.0.0/ebin/till_fsm.beam'), second], /no \.app file/],
  ])('refuses %s', async (_, words, message) => {
    await expect(run(...words, '--dry-run')).rejects.toThrow(message);
  });

  it('is a command of a family', async () => {
    expect(await main(['appup'])).toBe(2);
    expect(await main(['appup', 'generate', first])).toBe(2);
  });
});
