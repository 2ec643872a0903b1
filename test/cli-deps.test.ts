// `beamtool deps` as a process: what it prints of the fixtures' release, which reader it takes, and what it refuses.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { beamsFolder } from './support/fixtures.js';

const program = fileURLToPath(new URL('../bin/beamtool.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'beamtool-deps-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const shop = join(beamsFolder, 'shop-1');

function deps(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [program, 'deps', ...args], { encoding: 'utf8', cwd: beamsFolder });
  return { status, stdout, stderr };
}

/** The answer as text, its lines but the last. */
function lines(...args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = deps(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trimEnd().split('\n').slice(0, -1);
}

function json(...args: readonly string[]) {
  const { status, stdout } = deps(...args, '--format', 'json');
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

const edges = (...args: readonly string[]): readonly string[] =>
  json(...args).edges.map(({ from, to }: { from: string; to: string }) => `${from} -> ${to}`);

function config(text: string): string {
  const path = join(scratch, `${Math.random()}.json`);
  writeFileSync(path, text);
  return path;
}

describe('the reader', () => {
  it.each([
    [[], undefined],
    [['--level', 'application'], undefined],
    [['--metrics'], 'imports'],
    [['--from', 'shop', '--reduce'], 'imports'],
    [['--cycles'], 'auto'],
    [['--why', 'shop', 'lists'], 'auto'],
    [['--used-by', 'lists'], 'auto'],
    [['--level', 'function'], 'auto'],
    [['--level', 'release'], 'auto'],
    [['--edges', 'behaviour'], 'auto'],
    [['--sites'], 'auto'],
    [['--cycles', '--source', 'imports'], 'imports'],
    [['--source', 'code'], 'code'],
    [['--source', 'abstract'], 'abstract'],
  ])('for %j is %s', (args, source) =>
    expect(json(...args, shop)).toMatchObject({ schema: 'beamtool-deps/1', ...(source && { source }) }),
  );

  it.each([
    [[], '11 modules read, 20 modules, 27 edges; from import tables, BIFs left out'],
    [
      ['--source', 'code'],
      '11 modules read, 20 modules, 28 edges, 0 unresolved calls at 0 places; from the code of 11, BIFs left out',
    ],
    [
      ['--source', 'auto', '--builtins', '--level', 'release'],
      '11 modules read, 1 release, 1 edge, 0 unresolved calls at 0 places; from the abstract code of 11, BIFs counted',
    ],
  ])('for %j is said in the last line', (args, line) =>
    expect(
      deps(...args, shop)
        .stdout.trimEnd()
        .split('\n')
        .at(-1),
    ).toBe(line),
  );

  it('is the code where there is no debug info, with the reason', () => {
    const stripped = join(beamsFolder, 'variants/otp25-stripped');
    expect(json('--level', 'function', stripped).coverage).toMatchObject({ files: 1, modules: { abstract: 0, code: 1 } });
    expect(deps('--source', 'abstract', '--level', 'function', stripped).status).toBe(3);
  });
});

describe('parts of a release', () => {
  it('by what is reached', () => {
    expect(edges('--from', 'till_price', shop)).toEqual([
      'till_price -> io_lib',
      'till_price -> lists',
      'till_price -> stock_item',
    ]);
  });

  it('by what lies between', () => {
    expect(edges('--from', 'shop', '--to', 'till_price', shop)).toEqual([
      'shop -> till_fsm',
      'till_fsm -> till_price',
      'till_fsm -> till_receipt',
      'till_receipt -> till_price',
    ]);
  });

  it('by neighbourhood, without what is excluded', () => {
    expect(edges('--focus', 'till_receipt', '--exclude', 'l*', '--exclude', 'app:stock', shop)).toEqual([
      'till_fsm -> till_receipt',
      'till_receipt -> till_price',
    ]);
  });

  it('collapsed by application', () => {
    expect(edges('--collapse', 'app:*', '--include', 'app:*', shop)).toEqual([
      'app:shop -> app:shop',
      'app:shop -> app:stock',
      'app:shop -> app:till',
      'app:stock -> app:stock',
      'app:till -> app:stock',
      'app:till -> app:till',
    ]);
  });

  it('reduced', () => {
    expect(edges('--reduce', '--include', 'app:till', '--include', 'app:shop', shop)).toEqual([
      'shop -> till_fsm',
      'shop_app -> shop_sup',
      'till_fsm -> till_receipt',
      'till_receipt -> till_price',
    ]);
  });

  it('by groups of a config', () => {
    const file = config('{"rules": {}, "groups": {"till": ["app:till"], "rest": ["s*"]}}');
    expect(edges('--level', 'group', '--config', file, shop)).toEqual([
      'rest -> (none)',
      'rest -> rest',
      'rest -> till',
      'till -> (none)',
      'till -> rest',
      'till -> till',
    ]);
  });
});

const at = (module: string, place: string) => `${module}.erl:${place}`;

describe('answers with places', () => {
  it('why', () => {
    expect(lines('--why', 'shop', 'till_price', 'shop-1')).toEqual([
      'shop depends on till_price in 2 steps:',
      '  shop -> till_fsm',
      `    ${at('shop', '18:10')}: shop:pay/1 -> till_fsm:pay/1`,
      `    ${at('shop', '12:23')}: shop:put_in_basket/2 -> till_fsm:scan/1`,
      '  till_fsm -> till_price',
      `    ${at('till_fsm', '25:72')}: till_fsm:scanning/3 -> till_price:of_item/1`,
    ]);
  });

  it('why, of a function', () => {
    expect(lines('--why', 'till_receipt:print/2', 'stock_item', 'shop-1')).toEqual([
      'till_receipt:print/2 depends on stock_item in 2 steps:',
      '  till_receipt:print/2 -> till_receipt:line/1',
      `    ${at('till_receipt', '7:14')}: till_receipt:print/2 -> till_receipt:line/1`,
      '  till_receipt:line/1 -> stock_item:name/1',
      `    ${at('till_receipt', '10:28')}: till_receipt:line/1 -> stock_item:name/1`,
    ]);
  });

  it('why not', () => expect(lines('--why', 'lists', 'shop', shop)).toEqual(["lists doesn't depend on shop"]));

  it('who uses it', () => {
    expect(lines('--used-by', 'till_price:format/1', 'shop-1')).toEqual([
      'till_receipt:line/1 (till)',
      '  -> till_price:format/1 (till) 1 place',
      `     ${at('till_receipt', '10:61')}: till_receipt:line/1 -> till_price:format/1`,
      'till_receipt:print/2 (till)',
      '  -> till_price:format/1 (till) 1 place',
      `     ${at('till_receipt', '8:40')}: till_receipt:print/2 -> till_price:format/1`,
    ]);
  });

  it('of Elixir, named with its prefix or without', () => {
    const elixir = join(beamsFolder, 'elixir-1.14');
    const users = edges('--used-by', 'Parcel', elixir);
    expect(users).toContain('Elixir.Courier -> Elixir.Parcel');
    expect(edges('--used-by', "'Elixir.Parcel'", elixir)).toEqual(users);
    expect(edges('--used-by', 'Parcel:send_off/1', elixir)).toEqual(['Elixir.Courier:handle_call/3 -> Elixir.Parcel:send_off/1']);
  });

  it('no cycles', () => expect(lines('--cycles', shop)).toEqual(['no cycles']));

  it('metrics', () => {
    expect(lines('--metrics', '--include', 'app:till', shop)).toEqual([
      '  fan-in  fan-out  instab.     funs  name',
      '       2        0     0.00        -  till_price',
      '       1        1     0.50        -  till_receipt',
      '       0        2     1.00        -  till_fsm',
      '3 nodes, 3 edges between them, 1.00 a node; 0 cycles of 0 nodes',
    ]);
  });
});

describe('is wrong usage:', () => {
  it.each([
    ['an unknown node', ['--focus', 'shpo'], "no module 'shpo' in the graph (did you mean shop?)"],
    ['an unknown function', ['--why', 'shop:pya/1', 'lists'], "no function 'shop:pya/1' in the graph (did you mean shop:pay/1?)"],
    [
      'an unknown module among functions',
      ['--level', 'function', '--from', 'shpo'],
      "no function 'shpo' in the graph (did you mean shop?)",
    ],
    ['a pattern without a match', ['--to', 'z*'], "no module of the graph matches 'z*'"],
    ['a bad pattern', ['--include', '/(/'], "'/(/' is no pattern"],
    ['a kind that is none', ['--edges', 'call,cal'], "'cal' is no kind of edge"],
    [
      'functions of import tables',
      ['--level', 'function', '--source', 'imports'],
      'import tables know nothing of --level function',
    ],
    ['kinds of import tables', ['--edges', 'all', '--source', 'imports'], 'import tables know nothing of other edges than calls'],
    ['groups without a config', ['--level', 'group'], '--level group needs --config FILE'],
    ['a config that is not there', ['--level', 'group', '--config', 'nowhere.json'], "nowhere.json can't be read: ENOENT"],
    ['two questions', ['--cycles', '--metrics'], 'ask one at a time'],
    ['a repeated option', ['--level', 'module', '--level', 'function'], '--level is given twice'],
    ['half a hop', ['--focus', 'shop', '--hops', '0.5'], '--hops takes a number of edges'],
    ['one end of a chain', ['--why', 'shop'], 'Not enough'],
  ])('%s', (_what, args, message) => {
    const { status, stdout, stderr } = deps(shop, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

it('answers the same bytes for paths in any order', () => {
  const paths = ['otp25', 'shop-1', 'elixir-1.14', 'src', 'nowhere', 'not-there-either'].map((name) => join(beamsFolder, name));
  for (const args of [[], ['--level', 'function', '--sites'], ['--cycles'], ['--metrics', '--source', 'auto']]) {
    const [one, other] = [paths, [...paths].reverse()].map((order) => deps('--format', 'json', ...args, ...order).stdout);
    expect(other).toBe(one);
  }
});

it('exits with 3 where nothing could be read', () => expect(deps('--cycles', join(beamsFolder, 'nowhere')).status).toBe(3));
