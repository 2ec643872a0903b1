// `beamtool deps check` and `deps init` on the two fixture releases, each run in a folder of its own that is a repository. What the releases call is
// read off their sources in beams/src: the second release has stock_report call till_price, so that stock and till are a circle.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runWithin } from '../../../src/cli/rules/run-within.js';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';

const beamtool = fileURLToPath(new URL('../../../bin/beamtool.js', import.meta.url));
const [first, second] = ['shop-1', 'shop-2'].map((name) => join(beamsFolder, name)) as [string, string];

const RULES = {
  layers: { kind: 'layers', level: 'application', layers: ['shop', 'till', 'stock'], comment: 'The till knows the stock.' },
  'no-cycles': { kind: 'acyclic', level: 'application', severity: 'warning' },
};

/** A repository with a config and other files. */
function repository(config: object = { rules: RULES }, files: Readonly<Record<string, string>> = {}): string {
  return makeTree({ '.git/': '', 'beamtool.config.json': JSON.stringify(config), ...files });
}

function run(cwd: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [beamtool, 'deps', ...words], { cwd, encoding: 'utf8' });
  return { exit: status, lines: stdout.split('\n').slice(0, -1), errors: stderr };
}

const last = ({ lines }: { readonly lines: readonly string[] }) => lines.at(-1);

describe('deps check', () => {
  it('passes where the rules hold', () => {
    const { exit, lines, errors } = run(repository(), 'check', first);
    expect([exit, errors]).toEqual([0, '']);
    expect(lines).toEqual(['2 rules: nothing new found', '11 modules read; from import tables, BIFs left out']);
  });

  it('says what is wrong, where, and fails', () => {
    const { exit, lines } = run(repository(), 'check', second);
    expect(exit).toBe(1);
    expect(lines).toEqual([
      'error layers: stock depends on till: layer 3 must not depend on layer 2 above it',
      '  beamtool.config.json:1: stock -> till',
      '  stock_report.erl:11:36: stock_report:columns/2 -> till_price:format/1',
      '  stock_report.erl:11:54: stock_report:columns/2 -> till_price:of_item/1',
      'warning no-cycles: cycle of 2 applications: stock, till',
      '  without stock -> till there is none (the fewest edges possible)',
      '  beamtool.config.json:1: cycle of stock, till',
      '  stock_report.erl:11:36: stock_report:columns/2 -> till_price:format/1',
      '  stock_report.erl:11:54: stock_report:columns/2 -> till_price:of_item/1',
      '2 rules: 1 error, 1 warning; 2 without a place in the source',
      '12 modules read; from import tables, BIFs left out',
      'failed: 1 error',
    ]);
  });

  it('says with --quiet only what makes it fail, and lets so many be as --max-findings says', () => {
    const quiet = run(repository(), 'check', '--quiet', second);
    expect([quiet.exit, quiet.lines.length, last(quiet)]).toEqual([1, 5, 'failed: 1 error']);
    expect(run(repository(), 'check', '--quiet', '--max-findings', '1', second).exit).toBe(0);
  });

  it('finds sources by application and name, and their owners', () => {
    const root = repository(undefined, {
      'apps/stock/src/stock_report.erl': '',
      'apps/till/src/stock_report.erl': '',
      CODEOWNERS: '/apps/stock/ @stock',
    });
    const { lines } = run(root, 'check', '--source-root', 'apps', '--quiet', second);
    expect(lines.slice(0, 2)).toEqual([
      'error layers: stock depends on till: layer 3 must not depend on layer 2 above it (@stock)',
      '  apps/stock/src/stock_report.erl:11:36: stock_report:columns/2 -> till_price:format/1',
    ]);
  });

  it('points at the application where the source is not found', () => {
    const root = repository(undefined, { 'apps/stock/src/stock.app.src': '' });
    const { lines } = run(root, 'check', '--source-root', 'apps', second);
    expect(lines[1]).toBe('  apps/stock/src/stock.app.src: stock -> till');
    expect(lines.at(-3)).toMatch(/2 without a place in the source$/);
  });

  it('answers in JSON, into files too, and the same each time', () => {
    const root = repository();
    const { exit, lines } = run(
      root,
      'check',
      '--format',
      'json',
      '--output',
      'json:out.json',
      '--output',
      'text:out.txt',
      second,
    );
    const text = `${lines.join('\n')}\n`;
    expect(exit).toBe(1);
    expect(readFileSync(join(root, 'out.json'), 'utf8')).toBe(text);
    expect(readFileSync(join(root, 'out.txt'), 'utf8')).toContain('failed: 1 error');
    expect(JSON.parse(text)).toMatchObject({
      schema: 'beamtool-check/1',
      settings: { level: 'module', edges: ['call'], source: 'imports', builtins: false },
      rules: [
        { name: 'layers', kind: 'layers', level: 'application', comment: 'The till knows the stock.', counts: { new: 1 } },
        { name: 'no-cycles', kind: 'acyclic', severity: 'warning' },
      ],
      findings: [
        {
          rule: 'layers',
          kind: 'edge',
          from: 'stock',
          to: 'till',
          identity: '["edge","layers","stock","till"]',
          placeCount: 2,
          status: 'new',
        },
        { rule: 'no-cycles', kind: 'cycle', members: ['stock', 'till'], cut: [{ from: 'stock', to: 'till' }], isFewest: true },
      ],
      counts: { new: { error: 1, warning: 1, info: 0 }, baselined: 0, withoutPlace: 2 },
      baseline: null,
      comparison: null,
      failures: [{ kind: 'findings', errors: 1, allowed: 0 }],
    });
  });

  it('lets be what the baseline has, and fails for what it has in vain', () => {
    const root = repository();
    const file = join(root, 'beamtool.baseline.jsonl');
    expect(run(root, 'check', '--write-baseline', second).exit).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text.split('\n').slice(1, -1)).toEqual([
      '{"rule":"layers","kind":"edge","from":"stock","to":"till"}',
      '{"rule":"no-cycles","kind":"cycle","level":"application","members":["stock","till"]}',
    ]);
    const passed = run(root, 'check', second);
    expect([passed.exit, passed.lines[0]]).toEqual([0, '2 rules: nothing new found; 2 in the baseline']);
    const stale = run(root, 'check', '--quiet', first);
    expect([stale.exit, ...stale.lines]).toEqual([
      1,
      'stale beamtool.baseline.jsonl:2: layers: stock -> till (there is none any more: --prune)',
      'stale beamtool.baseline.jsonl:3: no-cycles: cycle of stock, till (there is none any more: --prune)',
      'failed: the baseline has 2 stale entries',
    ]);
    writeFileSync(file, text.replace('"to":"till"}', '"to":"till","reason":"soon","expires":"2020-01-01"}'));
    const expired = run(root, 'check', '--quiet', second);
    expect([expired.exit, ...expired.lines.slice(-3)]).toEqual([
      1,
      'expired beamtool.baseline.jsonl:2: layers: stock -> till (since 2020-01-01)',
      'failed: 1 error',
      'failed: the baseline has 1 expired entry',
    ]);
    expect(run(root, 'check', '--prune', first).exit).toBe(0);
    expect(readFileSync(file, 'utf8').split('\n').length).toBe(2);
  });

  it('refuses a baseline of another level, other edges or another source', () => {
    const root = repository();
    run(root, 'check', '--write-baseline', second);
    const other = run(root, 'check', '--source', 'auto', second);
    expect(other.exit).toBe(2);
    expect(other.errors).toContain('beamtool.baseline.jsonl: it was made with source imports, and this run has auto');
    expect(run(root, 'check', '--source', 'auto', '--write-baseline', second).exit).toBe(0);
    expect(run(root, 'check', '--baseline', 'no.jsonl', second).errors).toContain('no.jsonl: no such baseline');
  });

  it('tells with --new-only what a base does not have, be it a build or an answer', () => {
    const root = repository();
    const forth = run(root, 'check', '--new-only', first, second);
    expect([forth.exit, forth.lines.at(-3)]).toEqual([
      1,
      '2 rules: 1 error, 1 warning; 2 without a place in the source; added 2, fixed 0',
    ]);
    run(root, 'check', '--format', 'json', '--output', 'json:base.json', second);
    const same = run(root, 'check', '--new-only', 'base.json', second);
    expect([same.exit, same.lines[0]]).toEqual([0, '2 rules: nothing new found; 2 in the base as well; added 0, fixed 0']);
    const back = run(root, 'check', '--new-only', second, first);
    expect([back.exit, ...back.lines.slice(0, 3)]).toEqual([
      0,
      'fixed layers: stock -> till',
      'fixed no-cycles: cycle of stock, till',
      '2 rules: nothing new found; added 0, fixed 2',
    ]);
  });

  it('fails where too little could be read', () => {
    const root = repository(undefined, { 'ebin/broken.beam': 'FOR1', 'ebin/other.beam': 'x' });
    const { exit, lines } = run(root, 'check', '--min-coverage', '90', first, 'ebin');
    expect([exit, lines.at(-1)]).toEqual([1, 'failed: coverage is 84.61 %, less than 90 %']);
    expect(run(root, 'check', '--min-coverage', '80', first, 'ebin').exit).toBe(0);
  });

  it('lists rules and explains one', () => {
    const root = repository();
    expect(run(root, 'check', '--list-rules').lines).toEqual([
      'error layers layers',
      '  The till knows the stock.',
      'warning acyclic no-cycles',
      '2 rules in beamtool.config.json',
    ]);
    expect(run(root, 'check', '--explain', 'layers', second).lines).toEqual([
      'error layers layers',
      '  The till knows the stock.',
      '  in beamtool.config.json:1, at level application',
      '  layers[0]: shop (1: shop)',
      '  layers[1]: till (1: till)',
      '  layers[2]: stock (1: stock)',
      'finds 1:',
      '  stock depends on till: layer 3 must not depend on layer 2 above it',
    ]);
    expect(run(root, 'check', '--explain', 'layer', second).errors).toContain("has no rule 'layer' (did you mean layers?)");
  });

  it('reads configs in YAML that extend others', () => {
    const root = makeTree({
      '.git/': '',
      'base/rules.json': JSON.stringify({ rules: RULES, baseline: 'known.jsonl' }),
      'beamtool.config.yml': 'extends: [base/rules.json]\nrules:\n  layers: warning\n',
    });
    expect(run(root, 'check', '--write-baseline', second).exit).toBe(0);
    expect(existsSync(join(root, 'base/known.jsonl'))).toBe(true);
    const round = repository({ extends: './beamtool.config.json' });
    expect(run(round, 'check', second)).toMatchObject({ exit: 2 });
    expect(run(round, 'check', second).errors).toContain(
      'beamtool.config.json:1:12: extends: beamtool.config.json extends this one',
    );
  });

  it.each([
    ['no config', {}, [first], 'no beamtool.config.json here'],
    [
      'a config that is none',
      { 'beamtool.config.json': '{"rules": 7}' },
      [first],
      'beamtool.config.json:1:11: rules: expected an object',
    ],
    ['no path', { 'beamtool.config.json': '{}' }, [], 'which paths?'],
    ['nothing readable', { 'beamtool.config.json': '{}' }, ['nowhere'], 'nothing could be read'],
    ['no such format', { 'beamtool.config.json': '{}' }, ['--output', 'sarfi:x', first], "there is no format 'sarfi'"],
    ['no file to write to', { 'beamtool.config.json': '{}' }, ['--output', 'json', first], 'write FORMAT:FILE'],
    [
      'no query',
      { 'beamtool.config.json': '{"rules": {"q": {"kind": "query", "query": "XC ||"}}}' },
      [first],
      'rule q: the query ends too early',
    ],
    [
      'no analysis',
      { 'beamtool.config.json': '{"rules": {"a": {"kind": "analysis", "analysis": "x"}}}' },
      [first],
      'x is not an analysis',
    ],
    [
      'import tables where calls are needed',
      { 'beamtool.config.json': '{"rules": {"a": {"kind": "acyclic", "level": "function"}}, "source": "imports"}' },
      [first],
      'rule a needs more than import tables',
    ],
  ])('exits with 2 for %s', (_what, files, words, message) => {
    const { exit, errors } = run(makeTree({ '.git/': '', ...files }), 'check', ...words);
    expect(errors).toContain(message);
    expect(exit).toBe(2);
  });

  it('is asked about rules of functions, analyses and applications in one run', () => {
    const config = {
      rules: {
        reach: { kind: 'forbidden', level: 'function', from: 'shop', to: 'stock_item', reachable: true },
        undefined: { kind: 'analysis', analysis: 'undefined_function_calls', of: 'stock_report' },
        undeclared: { kind: 'applications' },
        readers: { kind: 'query', query: 'domain (XC || stock_item : Mod)', expect: { max: 100 } },
      },
    };
    const { exit, lines } = run(repository(config), 'check', '--format', 'json', second);
    const { findings, settings } = JSON.parse(lines.join('\n'));
    expect([exit, settings.source]).toEqual([1, 'auto']);
    const rules = new Set(findings.map(({ rule }: { rule: string }) => rule));
    expect(rules).toContain('reach');
    expect(findings.every(({ kind }: { kind: string }) => kind === 'edge')).toBe(true);
  });
});

describe('deps init', () => {
  it.each([
    ['layers of applications', first, ['1: shop', '2: till', '3: stock', '3 layers of applications']],
    ['a circle of applications as one item', second, ['1: shop', '2: (stock till)', '2 layers of applications']],
  ])('writes %s that pass', (_what, release, shown) => {
    const root = makeTree({ '.git/': '' });
    const { exit, lines } = run(root, 'init', release);
    expect([exit, ...lines]).toEqual([0, ...shown, 'wrote beamtool.config.json']);
    expect(run(root, 'check', release).exit).toBe(0);
    const again = run(root, 'init', release);
    expect([again.exit, again.errors]).toEqual([2, expect.stringContaining('--force writes over it')]);
  });

  it('writes layers of modules that fail for the other release', () => {
    const root = makeTree({ '.git/': '' });
    expect(run(root, 'init', '--level', 'module', first).exit).toBe(0);
    expect([run(root, 'check', first).exit, run(root, 'check', second).exit]).toEqual([0, 1]);
  });
});

it('a path named check stays in reach', () => {
  const root = makeTree({ 'check/': '' });
  expect(run(root, './check').errors).toContain('./check: nothing to read');
});

it('what never ends is ended', () => {
  const endless = () => /^(a+)+$/.test(`${'a'.repeat(60)}b`);
  expect(() => runWithin(endless, () => 'rule x', 200)).toThrow('rule x takes longer than 0.2 seconds');
  expect(
    runWithin(
      () => 7,
      () => '',
    ),
  ).toBe(7);
});
