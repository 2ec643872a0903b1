// `beamtool deps diff` on the fixture releases; what is expected is read off their sources in beams/src. In the second release shop calls
// shop_offers, stock_report calls the till, stock_server calls crypto and stock_history where it called stock_legacy, which is gone.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';

const beamtool = fileURLToPath(new URL('../../../bin/beamtool.js', import.meta.url));
const [first, second] = ['shop-1', 'shop-2'].map((name) => join(beamsFolder, name)) as [string, string];

function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [beamtool, 'deps', 'diff', ...words], { encoding: 'utf8' });
  return { exit: status, output: stdout, errors: stderr };
}

describe('deps diff', () => {
  it('tells what changed between the modules of two releases, and nothing else', () => {
    const { exit, output, errors } = run(first, second);
    expect([exit, errors]).toEqual([0, '']);
    expect(output).toBe(`modules
  + calendar
  + crypto
  + logger
  + shop_offers
  + stock_history
  - error_logger
  - stock_legacy
edges
  + shop -> shop_offers
  + shop_offers -> calendar
  + stock_history -> lists
  + stock_history -> logger
  + stock_report -> till_price
  + stock_server -> crypto
  + stock_server -> stock_history
  - stock_legacy -> error_logger
  - stock_legacy -> stock_item
  - stock_server -> stock_legacy
metrics
  ~ lists: fan-in 2 -> 3
  ~ shop: fan-out 6 -> 7
  ~ stock_item: fan-in 6 -> 5
  ~ stock_report: fan-out 3 -> 4
  ~ stock_server: fan-out 4 -> 5
  ~ till_price: fan-in 2 -> 3
7 edges added, 3 removed, 0 of other kinds; 0 cycles added, 0 removed, 0 changed; 0 undefined calls added, 0 removed
`);
  });

  it('tells of applications, and of the cycle that they are now', () => {
    expect(run('--level', 'application', first, second).output).toBe(`edges
  + stock -> till
cycles
  + stock, till
metrics
  ~ stock: fan-out 0 -> 1
  ~ till: fan-in 1 -> 2
1 edge added, 0 removed, 0 of other kinds; 1 cycle added, 0 removed, 0 changed; 0 undefined calls added, 0 removed
`);
  });

  it('gives every field in JSON, and calls from import tables alone', () => {
    const answer = JSON.parse(run('--format', 'json', '--level', 'application', '--source', 'imports', second, first).output);
    const coverage = { failed: [], skipped: [] };
    expect(answer).toEqual({
      schema: 'beamtool-deps-diff/1',
      ...{ base: second, head: first, level: 'application', source: 'imports', kinds: ['call'] },
      nodes: { added: [], removed: [] },
      edges: { added: [], removed: [{ from: 'stock', to: 'till', kinds: ['call'] }], changed: [] },
      cycles: { added: [], removed: [['stock', 'till']], changed: [] },
      undefinedCalls: null,
      unresolved: null,
      metrics: [
        {
          id: 'stock',
          from: { fanIn: 2, fanOut: 1, instability: 1 / 3 },
          to: { fanIn: 2, fanOut: 0, instability: 0 },
        },
        {
          id: 'till',
          from: { fanIn: 2, fanOut: 1, instability: 1 / 3 },
          to: { fanIn: 1, fanOut: 1, instability: 0.5 },
        },
      ],
      coverage: { base: { files: 12, ...coverage }, head: { files: 11, ...coverage } },
    });
  });

  it('tells of kinds other than calls', () => {
    const { edges } = JSON.parse(run('--format', 'json', '--edges', 'call,child_spec,type', first, second).output);
    expect(edges.added).toContainEqual({ from: 'stock_report', to: 'till_price', kinds: ['call'] });
    expect(edges.removed).toContainEqual({ from: 'stock_server', to: 'stock_legacy', kinds: ['call'] });
    expect(edges.changed).toEqual([]);
  });

  it('tells of calls of what a build has no more', () => {
    const head = makeTree({ 'x/': '' });
    cpSync(first, head, { recursive: true });
    rmSync(join(head, 'lib/stock-1.0.0/ebin/stock_legacy.beam'));
    expect(run(first, head).output).toContain('undefined calls\n  + stock_server:handle_info/2 -> stock_legacy:order/1\n');
    expect(run(head, first).output).toContain('undefined calls\n  - stock_server:handle_info/2 -> stock_legacy:order/1\n');
    rmSync(head, { recursive: true });
  });

  it('tells of nothing where nothing changed', () => {
    const sum =
      '0 edges added, 0 removed, 0 of other kinds; 0 cycles added, 0 removed, 0 changed; 0 undefined calls added, 0 removed\n';
    expect(run(second, second).output).toBe(sum);
  });

  it('refuses what it cannot answer', () => {
    const table: readonly (readonly [readonly string[], number, string])[] = [
      [[first], 2, 'deps diff takes two paths, BASE and HEAD, and was given 1'],
      [['--level', 'function', first, second], 2, 'level'],
      [['--source', 'imports', '--edges', 'all', first, second], 2, 'leave out --source imports'],
      [['--edges', 'call', '--edges', 'type', first, second], 2, '--edges is given twice'],
      [[first, join(second, 'nowhere')], 3, 'nowhere'],
    ];
    for (const [words, code, text] of table) {
      const { exit, errors } = run(...words);
      expect([words, exit, errors.includes(text) ? text : errors]).toEqual([words, code, text]);
    }
  });
});
