// `beamtool diff` on the two fixture releases: text, JSON, Markdown, exit codes, what is an error.
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildChunk, decodeContainer, encodeContainer } from '../../../src/beam/container.js';
import { diff } from '../../../src/cli/commands/diff.js';
import { UsageError } from '../../../src/errors.js';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';
import { runCommand } from '../../support/run-command.js';

const run = (...words: readonly string[]) => runCommand(diff, ...words);

const [first, second] = ['shop-1', 'shop-2'].map((name) => join(beamsFolder, name)) as [string, string];

/** A copy of the first release. */
function copy(edit: (root: string) => void = () => {}): string {
  const root = makeTree({ 'x/': '' });
  cpSync(first, root, { recursive: true });
  edit(root);
  return root;
}

const price = 'lib/till-1.0.0/ebin/till_price.beam';

/** Puts the second release's module in the place of the first's, without another version. */
const withOtherPrice = (root: string) => cpSync(join(second, 'lib/till-1.0.1/ebin/till_price.beam'), join(root, price));

function editChunk(path: string, id: string): void {
  const container = decodeContainer(readFileSync(path));
  const chunks = container.chunks.map((chunk) => (chunk.id === id ? buildChunk(id, Uint8Array.of(...chunk.data, 0)) : chunk));
  writeFileSync(path, encodeContainer({ ...container, chunks }));
}

const SHOP = `release shop 1 -> 2
shop 1.0.0 -> 1.1.0
  + shop_offers
  ~ shop
      functions  + refund/1, ~ report/0
      exports    + refund/1
stock 1.0.0 -> 2.0.0
  + stock_history
  - stock_legacy
  ~ stock_report
      functions  + columns/2, + text/1, - text/0
      exports    + text/1, - text/0
  ~ stock_server
      functions  + reserve/2, ~ handle_call/3, ~ handle_cast/2, ~ handle_info/2, ~ init/1
      exports    + reserve/2
      record     + limits{low, most}
      record     ~ state: + reserved, + since, + limits, + key, - low, order name items reserved since limits sold key
      state      #state{} laid out otherwise, and no migration
till 1.0.0 -> 1.0.1
  ~ till_fsm
      functions  ~ init/1, ~ scanning/3
      record     ~ basket: + currency
      state      #basket{} laid out otherwise, and no migration
  ~ till_price
      functions  ~ of_item/1
3 applications upgraded, 5 modules changed, 2 added, 1 removed, 0 with other docs, lines or debug info only, 5 identical
`;

describe('diff', () => {
  it('says what the sources of two releases differ in', async () => {
    expect(await run(first, second)).toEqual({ exit: 1, output: SHOP, warnings: [] });
  });

  it('finds nothing between a release, its copy and its archive', async () => {
    const nothing = '0 modules changed, 0 added, 0 removed, 0 with other docs, lines or debug info only, 11 identical\n';
    expect(await run(first, copy())).toEqual({ exit: 0, output: nothing, warnings: [] });
    expect(await run(first, join(beamsFolder, 'archives/shop-1.tar.gz'))).toEqual({ exit: 0, output: nothing, warnings: [] });
  });

  it('goes back as it came', async () => {
    const { output } = await run(second, first);
    expect(output).toMatch(/^release shop 2 -> 1$/m);
    expect(output).toMatch(/^ {2}- shop_offers$/m);
    expect(output).toMatch(/^ {6}functions {2}\+ text\/0, - columns\/2, - text\/1$/m);
  });

  it('takes an application, an ebin folder or a beam', async () => {
    const application = await run(join(first, 'lib/till-1.0.0'), join(second, 'lib/till-1.0.1/ebin'));
    expect(application.output).toMatch(/^till 1\.0\.0 -> 1\.0\.1\n {2}~ till_fsm\n/);
    const beam = await run(join(first, price), join(second, 'lib/till-1.0.1/ebin/till_price.beam'));
    expect(beam.output).toMatch(/^modules\n {2}~ till_price\n {6}functions {2}~ of_item\/1\n1 module changed,/);
    const within = await run(join(first, price), second);
    expect(within.output).toMatch(/^ {2}~ till_price$/m);
  });

  it('calls the same version with another module an error', async () => {
    const root = copy(withOtherPrice);
    const { exit, output } = await run(first, root);
    expect(exit).toBe(1);
    expect(output).toMatch(/^error: till: the same version 1\.0\.0 in both builds, with other modules \(1 changed\)$/m);
    expect((await run('--fail-on', 'conflicts', first, root)).exit).toBe(1);
    expect((await run('--fail-on', 'conflicts', first, second)).exit).toBe(0);
    expect((await run('--fail-on', 'none', first, root)).exit).toBe(0);
  });

  it('counts lines and debug info only with --strict, and compile info never', async () => {
    const lines = copy((root) => editChunk(join(root, price), 'Line'));
    expect(await run(first, lines)).toMatchObject({ exit: 0, output: expect.stringMatching(/, 1 with other docs, lines/) });
    const strict = await run('--strict', first, lines);
    expect(strict.output).toMatch(/ {2}~ till_price \(docs, lines or debug info only\)\n {6}chunks {5}Line\n/);
    expect(strict.exit).toBe(1);
    expect(
      (
        await run(
          '--strict',
          first,
          copy((root) => editChunk(join(root, price), 'CInf')),
        )
      ).exit,
    ).toBe(0);
  });

  it('tells of modules that moved to another application, and of whole applications', async () => {
    const moved = copy((root) => renameSync(join(root, price), join(root, 'lib/stock-1.0.0/ebin/till_price.beam')));
    expect((await run(first, moved)).output).toMatch(/^stock 1\.0\.0\n {2}\+ till_price\ntill 1\.0\.0\n {2}- till_price$/m);
    const fewer = copy((root) => rmSync(join(root, 'lib/till-1.0.0'), { recursive: true }));
    expect((await run(first, fewer)).output).toMatch(/^- till 1\.0\.0 \(3 modules\)$/m);
    expect((await run(fewer, first)).output).toMatch(/^\+ till 1\.0\.0 \(3 modules\)$/m);
  });

  it('says nothing of a module that it cannot read but that it cannot', async () => {
    const broken = copy((root) => writeFileSync(join(root, price), 'no beam'));
    const { exit, output, warnings } = await run(first, broken);
    expect(exit).toBe(0);
    expect(warnings).toEqual([expect.stringMatching(/till_price\.beam: not a BEAM file/)]);
    expect(output).toMatch(/10 identical, 1 file not readable/);
    expect((await run('--strict-input', first, broken)).exit).toBe(3);
    const damaged = copy((root) => {
      withOtherPrice(root);
      editChunk(join(root, price), 'ExpT');
    });
    const found = await run(first, damaged);
    expect(found.warnings).toEqual([expect.stringMatching(/till_price\.beam: .*ExpT/)]);
    expect(found.output).toMatch(/^till 1\.0\.0\n {2}\? till_price \(not readable\)$/m);
  });

  it('counts a file that it cannot read neither as an added nor as a removed module', async () => {
    const odd = copy((root) => writeFileSync(join(root, 'lib/till-1.0.0/ebin/no_such_module.beam'), 'no beam'));
    const text = /^till 1\.0\.0\n {2}\? no_such_module \(not readable\)\n0 modules changed, 0 added, 0 removed, /m;
    for (const paths of [
      [first, odd],
      [odd, first],
      [odd, odd],
    ] as const) {
      const { exit, output } = await run(...paths);
      expect({ exit, output }).toEqual({ exit: 0, output: expect.stringMatching(text) });
      expect((await run('--format', 'markdown', ...paths)).output).toContain('- not readable: `no_such_module`');
      const { applications } = JSON.parse((await run('--format', 'json', ...paths)).output);
      const till = applications.find((one: { application: string }) => one.application === 'till');
      expect(till).toMatchObject({ kind: 'unchanged', added: [], removed: [], unreadable: ['no_such_module'], identical: 3 });
    }
  });

  it('takes a module that it can read for one that it cannot, where two files have its name', async () => {
    const twice = copy((root) => {
      cpSync(join(root, price), join(root, 'lib/till-1.0.0/ebin/zz.beam'));
      writeFileSync(join(root, price), 'no beam');
    });
    expect((await run(first, twice)).output).toMatch(/11 identical/);
  });

  it('prints JSON with the keys that are documented, and Markdown', async () => {
    const json = JSON.parse((await run('--format', 'json', first, second)).output);
    const docs = readFileSync(new URL('../../../docs/json.md', import.meta.url), 'utf8');
    const section = docs.slice(docs.indexOf('## `diff`'), docs.indexOf('## `xref`'));
    const { schema, ...rest } = json;
    expect(schema).toBe('beamtool-diff/1');
    const [application] = json.applications.filter((one: { application: string }) => one.application === 'stock');
    const [, server] = application.changed;
    for (const part of [rest, application, server, json.counts, server.state, server.functions]) {
      for (const key of Object.keys(part)) expect(section).toContain(key);
    }
    expect(server.state).toEqual({ record: 'state', status: 'unhandled', callback: null });
    const { output } = await run('--format', 'markdown', first, second);
    expect(output).toContain('| `stock` | upgraded | 1.0.0 -\\> 2.0.0 | 1 | 1 | 2 |');
    expect(output).toContain(
      '### `stock`\n\n- added `stock_history`\n- removed `stock_legacy`\n- changed `stock_report`\n  - functions: `+ columns/2, + text/1, - text/0`',
    );
  });

  it('wants two paths that are there', async () => {
    await expect(run(first)).rejects.toThrow(UsageError);
    await expect(run(first, second, first)).rejects.toThrow(/diff takes two paths/);
    expect((await run(first, '/nowhere')).exit).toBe(3);
  });
});
