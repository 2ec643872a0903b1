// `beamtool deps affected` on the fixture releases. What differs and who depends on it is read off their sources in beams/src: of the second release
// stock_item, shop_app, shop_log, shop_sup and till_receipt are as they were; shop_sup starts stock_server and till_fsm, shop_app calls
// shop_sup, and till_receipt calls till_price.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';

const beamtool = fileURLToPath(new URL('../../../bin/beamtool.js', import.meta.url));
const [first, second] = ['shop-1', 'shop-2'].map((name) => join(beamsFolder, name)) as [string, string];

function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [beamtool, 'deps', 'affected', ...words], { encoding: 'utf8' });
  return { exit: status, output: stdout, lines: stdout.split('\n').slice(0, -1), errors: stderr };
}

const json = (...words: readonly string[]) => JSON.parse(run('--format', 'json', ...words).output);

const CHANGED = `changed
  ~ shop (interface: exports + refund/1; specs + refund/1)
  + shop_offers
  + stock_history
  - stock_legacy
  ~ stock_report (interface: exports + text/1, - text/0)
  ~ stock_server (interface: exports + reserve/2)
  ~ till_fsm (inner)
  ~ till_price (inner)
`;
const SUM = '5 modules changed, 2 added, 1 removed, 0 with other line literals only';
const NO_TESTS = 'no tests were read: --tests DIR names where their beams are\n';

describe('deps affected', () => {
  it('tells what differs between two releases, and who depends on it', () => {
    const { exit, output, errors } = run(first, second);
    expect([exit, errors]).toEqual([0, '']);
    expect(output).toBe(`${CHANGED}dependants
  1  shop_sup -> stock_server
  1  till_receipt -> till_price
  2  shop_app -> shop_sup -> stock_server
${SUM}, 3 dependants
${NO_TESTS}`);
  });

  it('tells it the other way round, by the dependencies of the older release', () => {
    const { counts, changed, dependants } = json(second, first);
    expect(counts).toEqual({
      changed: 5,
      added: 1,
      removed: 2,
      unreadable: 0,
      lineLiteralsOnly: 0,
      dependants: 3,
      suites: 0,
    });
    expect(changed.map(({ module, change }: Record<string, string>) => `${change} ${module}`)).toEqual([
      'changed shop',
      'removed shop_offers',
      'removed stock_history',
      'added stock_legacy',
      'changed stock_report',
      'changed stock_server',
      'changed till_fsm',
      'changed till_price',
    ]);
    expect(dependants.map(({ module }: Record<string, string>) => module)).toEqual(['shop_sup', 'till_receipt', 'shop_app']);
  });

  it('follows the kinds of dependencies that are asked for, and so far', () => {
    // A child specification is no call.
    for (const words of [
      ['--edges', 'call'],
      ['--source', 'imports'],
      ['--source', 'code', '--edges', 'call'],
    ])
      expect([words, json(...words, first, second).dependants]).toEqual([
        words,
        [{ module: 'till_receipt', app: 'till', distance: 1, chain: ['till_receipt', 'till_price'] }],
      ]);
    const near = run('--depth', '1', first, second).lines;
    expect(near.slice(-4)).toEqual([
      '  1  shop_sup -> stock_server',
      '  1  till_receipt -> till_price',
      `${SUM}, 2 dependants up to distance 1`,
      NO_TESTS.trimEnd(),
    ]);
    expect(run('--depth', '0', first, second).output).toBe(`${CHANGED}${SUM}, 0 dependants up to distance 0\n${NO_TESTS}`);
  });

  it('gives every field in JSON', () => {
    const answer = json(first, second);
    expect(Object.keys(answer)).toEqual([
      ...['schema', 'base', 'head', 'edges', 'depth', 'compilers', 'counts'],
      ...['changed', 'lineLiteralsOnly', 'dependants', 'suites', 'coverage'],
    ]);
    const none = { added: [], removed: [], changed: [] };
    expect([answer.schema, answer.depth, answer.compilers]).toEqual(['beamtool-affected/1', null, null]);
    expect(answer.edges).toEqual(['call', 'behaviour', 'transform', 'struct', 'protocol', 'mfa', 'child_spec']);
    expect(answer.changed[1]).toEqual({ module: 'shop_offers', app: 'shop', change: 'added', interface: null });
    expect(answer.changed[4]).toEqual({
      module: 'stock_report',
      app: 'stock',
      change: 'changed',
      interface: {
        changed: true,
        exports: { added: ['text/1'], removed: ['text/0'], changed: [] },
        ...{ macros: none, callbacks: none, fields: none, deprecated: none, specs: none, types: none },
      },
    });
    expect(answer.suites).toEqual({ known: 0, reached: [], commands: [] });
    expect(answer.coverage).toEqual({
      base: { files: 11, failed: [], skipped: [] },
      head: { files: 12, failed: [], skipped: [] },
    });
  });

  it('tells of nothing where nothing differs', () => {
    const { exit, output } = run(first, first);
    expect([exit, output]).toEqual([
      0,
      `0 modules changed, 0 added, 0 removed, 0 with other line literals only, 0 dependants\n${NO_TESTS}`,
    ]);
  });

  it('counts a module that cannot be read as one of which anything may have changed, and names the file once', () => {
    const head = makeTree({ 'x/': '' });
    cpSync(first, head, { recursive: true });
    const file = join(head, 'lib/till-1.0.0/ebin/till_price.beam');
    writeFileSync(file, 'FOR1 and no more');
    const { exit, lines, errors } = run(first, head);
    expect(lines.slice(0, -2)).toEqual([
      ...['changed', '  ? till_price (not readable)'],
      'dependants',
      '  1  till_fsm -> till_price',
      '  1  till_receipt -> till_price',
      '  2  shop -> till_fsm -> till_price',
      '  2  shop_sup -> till_fsm -> till_price',
      '  3  shop_app -> shop_sup -> till_fsm -> till_price',
    ]);
    expect([exit, errors.split('\n').length - 1, errors.includes('till_price.beam')]).toEqual([0, 1, true]);
    expect(run('--strict-input', first, head).exit).toBe(3);
    rmSync(head, { recursive: true });
  });

  it('refuses what it cannot answer', () => {
    const table: readonly (readonly [readonly string[], number, string])[] = [
      [[first], 2, 'deps affected takes two paths, BASE and HEAD, and was given 1'],
      [[first, second, second], 2, 'was given 3'],
      [[first, '-'], 2, 'reads HEAD twice'],
      [['--depth', '-1', first, second], 2, '--depth takes a number of edges'],
      [['--depth', '1', '--depth', '2', first, second], 2, '--depth is given twice'],
      [['--edges', 'calls', first, second], 2, "'calls' is no kind of edge"],
      [['--source', 'imports', '--edges', 'type', first, second], 2, 'leave out --source imports'],
      [['--test-root', join(first, 'nowhere'), first, second], 2, '--test-root'],
      [[first, join(second, 'nowhere')], 3, 'nowhere'],
    ];
    for (const [words, code, text] of table) {
      const { exit, errors } = run(...words);
      expect([words, exit, errors.includes(text) ? text : errors]).toEqual([words, code, text]);
    }
  });
});
