// What explaining unused exports reads besides the program: `.app` files of the input.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ExplainArgs, explainUnusedExports } from '../../src/cli/explain.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { buildProgram } from '../../src/graph/program/build-program.js';
import { explainedRows } from '../graph/analyses/explained-rows.js';
import { moduleFacts } from '../graph/program/small-program.js';
import { makeTree } from '../io/temporary-tree.js';
import { beamsFolder } from '../support/fixtures.js';

const program = buildProgram(
  [
    moduleFacts('shop_app', 'shop', ['+start/2', '+start/1'], []),
    moduleFacts('square', 'shop', ['+measure/1', '+area/1'], [], { behaviours: ['contract'] }),
    moduleFacts('square_check', 'shop', ['+run/0'], ['run/0 -> square:area/1 @ 1']),
  ],
  { mode: 'functions', builtins: false, otp: 25 },
);

async function explain(args: Partial<ExplainArgs>) {
  const warnings: string[] = [];
  const terminal = { warn: (line: string) => void warnings.push(line) } as unknown as Terminal;
  const explained = await explainUnusedExports(program, { path: [], ...args }, terminal);
  return { rows: explainedRows(program, explained), warnings };
}

it('applications are those of the input', async () => {
  const { rows } = await explain({ path: [join(beamsFolder, 'shop-1')] });
  expect(rows).toContain('shop_app:start/2 application shop');
  expect(rows).toContain('shop_app:start/1 nobody');
  expect((await explain({})).rows).toContain('shop_app:start/2 nobody');
});

it('behaviours may be told from elsewhere', async () => {
  expect((await explain({})).rows).toContain('square:measure/1 open contract');
  const behaviours = new Map([['contract', [{ name: 'measure', arity: 1 }]]]);
  expect((await explain({ behaviours })).rows).toContain('square:measure/1 callback contract');
});

it('modules of tests are those of the patterns given', async () => {
  expect((await explain({})).rows.join()).not.toContain('square:area/1');
  expect((await explain({ tests: ['*_check'] })).rows).toContain('square:area/1 tests_only square_check:run/0');
});

it('a broken .app is named', async () => {
  const root = makeTree({ 'shop/ebin/shop.app': '{application, shop' });
  expect((await explain({ path: [root] })).warnings).toEqual([expect.stringMatching(/shop\.app: .*\(line 1, column \d+\)/)]);
});
