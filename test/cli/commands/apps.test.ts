// `beamtool apps` on the fixture release and on broken resource files: exit codes, what is named on standard error, text and JSON.
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apps } from '../../../src/cli/commands/apps.js';
import { UsageError } from '../../../src/errors.js';
import { parseTerms } from '../../../src/term/parse.js';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';
import { runCommand } from '../../support/run-command.js';

const run = (...words: readonly string[]) => runCommand(apps, ...words);

/** A copy of the fixture release; `edit` is given the text of shop.app. */
function release(edit: (app: string) => string = (app) => app): string {
  const root = makeTree({ 'x/': '' });
  cpSync(join(beamsFolder, 'shop-1'), root, { recursive: true });
  const path = join(root, 'lib/shop-1.0.0/ebin/shop.app');
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
  return root;
}

describe('apps', () => {
  it('finds nothing in a release that declares all', async () => {
    const { exit, output, warnings } = await run(release());
    expect({ exit, warnings }).toEqual({ exit: 0, warnings: [] });
    expect(output).toBe(
      'nothing found\n3 applications, 3 .app files, 1 release, 11 modules read (11 from debug info, 0 from code), modules of 2 applications of OTP and Elixir by a table\n',
    );
  });

  it('exits with 1 for what is not declared, and names the calls', async () => {
    const { exit, output } = await run(release((app) => app.replace(', stock, till', ', till')));
    expect(exit).toBe(1);
    expect(output).toMatch(
      /^ {2}undeclared: stock \(started by till\)\n {4}stock_item:new\/2 from shop:stock_up\/2 \(shop\.erl:7\)$/m,
    );
    expect(output).toMatch(/^1 undeclared$/m);
  });

  it('knows the applications of OTP without reading them', async () => {
    const { output } = await run(
      release((app) => app.replace('kernel, stdlib, ', '')),
      '--fix',
    );
    expect(output).toMatch(/added: stdlib\n\{applications, \[stock, till, stdlib\]\}/);
  });

  it('exits as --fail-on says', async () => {
    const root = release((app) => app.replace(', stock, till', ', till'));
    expect((await run(root, '--fail-on', 'unused')).exit).toBe(0);
    expect((await run(root, '--fail-on', 'unused', '--fail-on', 'undeclared')).exit).toBe(1);
    expect((await run(root, '--fail-on', 'none')).exit).toBe(0);
  });

  it('prints lists that declare all', async () => {
    const { exit, output } = await run(
      release((app) => app.replace(', stock, till', ', till')),
      '--fix',
    );
    expect(exit).toBe(1);
    expect(output).toMatch(/^%% shop \(.*shop\.app\)\n%% added: stock\n\{applications, \[kernel, stdlib, till, stock\]\}\.\n$/);
    expect(parseTerms(output)).toHaveLength(1);
    expect((await run(release(), '--fix')).output).toBe('%% nothing to correct\n');
  });

  it('refuses to prune what it does not print', async () => {
    await expect(run(release(), '--prune')).rejects.toThrow(UsageError);
  });

  it('names a broken .app with its line and column, and answers the rest', async () => {
    const root = release((app) => app.replace('{registered', 'registered'));
    const { exit, output, warnings } = await run(root);
    expect(exit).toBe(0);
    expect(warnings).toEqual([expect.stringMatching(/^beamtool: .*shop\.app: .* \(line \d+, column \d+\)$/)]);
    expect(output).toContain('its .app file is not readable');
    expect(output).toContain('3 applications, 2 .app files');
    expect((await run(root, '--strict-input')).exit).toBe(3);
  });

  it('names the term of a .app that has the wrong shape', async () => {
    const { warnings } = await run(release((app) => app.replace('kernel, stdlib', 'kernel, "stdlib"')));
    expect(warnings).toEqual([expect.stringMatching(/shop\.app: not an atom \(applications > item 2\)$/)]);
  });

  it('takes the application of a bare ebin from its .app', async () => {
    const { output } = await run(join(release(), 'lib/shop-1.0.0/ebin'), '--format', 'json');
    const { applications } = JSON.parse(output);
    expect(applications).toMatchObject([{ name: 'shop', vsn: '1.0.0', modules: 4, unlistedModules: [], missingModules: [] }]);
  });

  it('knows what is on the library path, and reports on the input alone', async () => {
    const root = release((app) => app.replace(', stock, till', ''));
    const { output } = await run(join(root, 'lib/shop-1.0.0'), '--library-path', join(root, 'lib'), '--format', 'json');
    const report = JSON.parse(output);
    expect(report.applications).toHaveLength(1);
    expect(report.applications[0].undeclared.map((use: { application: string }) => use.application)).toEqual(['stock', 'till']);
  });

  it('says which modules are missing or not listed', async () => {
    const root = release();
    rmSync(join(root, 'lib/shop-1.0.0/ebin/shop_log.beam'));
    cpSync(join(beamsFolder, 'otp25/counter.beam'), join(root, 'lib/till-1.0.0/ebin/counter.beam'));
    const { exit, output } = await run(root);
    expect(exit).toBe(1);
    expect(output).toContain('  missing modules: shop_log\n');
    expect(output).toContain("  modules that it doesn't list: counter\n");
  });

  it('counts a beam that cannot be read as there', async () => {
    const root = release();
    writeFileSync(join(root, 'lib/shop-1.0.0/ebin/shop_log.beam'), 'FOR1');
    const { exit, output } = await run(root);
    expect(exit).toBe(0);
    expect(output).not.toContain('missing modules');
    expect(output).toContain('1 file not readable');
  });

  it('holds the versions of a release against those read', async () => {
    const { output } = await run(release((app) => app.replace('1.0.0', '1.0.1')));
    expect(output).toContain('version 1.0.1, and its folder says 1.0.0');
    expect(output).toMatch(/shop\.rel: shop is "1\.0\.0" there and "1\.0\.1" here/);
  });

  it('refuses an application that is not there', async () => {
    await expect(run(release(), '--app', 'bank')).rejects.toThrow(UsageError);
    const { applications } = JSON.parse((await run(release(), '--app', 'till', '--format', 'json')).output);
    expect(applications).toMatchObject([{ name: 'till' }]);
  });

  it('chooses an application by the name of its folder or of its .app', async () => {
    const root = release();
    renameSync(join(root, 'lib/shop-1.0.0'), join(root, 'lib/shop_main'));
    for (const name of ['shop', 'shop_main']) {
      const { applications } = JSON.parse((await run(root, '--app', name, '--format', 'json')).output);
      expect(applications).toMatchObject([
        { name: 'shop_main', mismatches: [{ key: 'name', folder: 'shop_main', file: 'shop' }] },
      ]);
    }
  });

  it('exits with 3 where there is nothing', async () => expect((await run('/nowhere/at/all')).exit).toBe(3));

  it('reads an application without beams', async () => {
    const root = makeTree({ 'data-1.0/ebin/data.app': '{application, data, [{vsn, "1.0"}, {applications, [kernel]}]}.' });
    expect(await run(join(root, 'data-1.0'))).toMatchObject({ exit: 0, warnings: [] });
  });

  it('answers the same whatever order the paths come in', async () => {
    const root = release((app) => app.replace(', stock, till', ', till'));
    const paths = ['shop-1.0.0', 'stock-1.0.0', 'till-1.0.0'].map((name) => join(root, 'lib', name));
    const { output } = await run(...paths, '--format', 'json');
    expect((await run(...[...paths].reverse(), '--format', 'json')).output).toBe(output);
  });
});
