// `beamtool deps --format` and `deps check --output` as processes: every format of both readers, pictures, and what is refused.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drawSvg } from '../../src/cli/draw-svg.js';
import { CHECK_FORMATS, GRAPH_FORMATS } from '../../src/cli/format-names.js';
import { makeTree } from '../io/temporary-tree.js';
import { parseXml } from '../report/formats/read-formats.js';
import { beamsFolder } from '../support/fixtures.js';

const beamtool = fileURLToPath(new URL('../../bin/beamtool.js', import.meta.url));
const shop = join(beamsFolder, 'shop-2');

function deps(cwd: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [beamtool, 'deps', ...words], { cwd, encoding: 'utf8' });
  return { exit: status, text: stdout, errors: stderr };
}

describe('deps --format', () => {
  const edges = deps(beamsFolder, shop, '--format', 'lines').text;

  it.each(GRAPH_FORMATS)('answers from import tables and from calls: %s', (format) => {
    for (const more of [[], ['--source', 'code']]) {
      const { exit, text, errors } = deps(beamsFolder, shop, '--format', format, ...more);
      expect([exit, errors]).toEqual([0, '']);
      expect(text).toContain('stock');
    }
  });

  it('has the same edges from both', () => {
    // Calls have those within a module besides.
    const calls = deps(beamsFolder, shop, '--format', 'lines', '--source', 'code').text.split('\n');
    expect(calls.filter((line) => !/^(\S+) \1$/.test(line)).join('\n')).toBe(edges);
    const json = JSON.parse(deps(beamsFolder, shop, '--format', 'json').text);
    const pairs = json.edges.map(({ from, to }: { from: string; to: string }) => `${from} ${to}`);
    expect(edges.split('\n').filter((line) => line.includes(' '))).toEqual(pairs);
  });

  it('draws applications, unless another level is asked for', () => {
    const drawn = (...more: readonly string[]) => {
      const drawing = parseXml(deps(beamsFolder, shop, '--format', 'svg', ...more).text);
      return Array.from(drawing.querySelectorAll('g.node title')).map((one) => one.textContent);
    };
    expect(drawn()).toEqual(expect.arrayContaining(['shop', 'stock', 'till']));
    expect(drawn()).not.toContain('till_price');
    expect(drawn('--level', 'module')).toContain('till_price');
  });

  it('refuses to show measures as a graph', () => {
    const { exit, errors } = deps(beamsFolder, shop, '--metrics', '--format', 'dot');
    expect([exit, errors]).toEqual([2, expect.stringContaining('--metrics is no graph to show as dot')]);
  });
});

describe('a drawing', () => {
  it('that takes too long is given up', async () => {
    const nodes = Array.from({ length: 2_000 }, (_, at) => `n${at} -> n${(at * 7) % 1_999}; n${at} -> n${(at * 31) % 1_993};`);
    await expect(drawSvg(`digraph { ${nodes.join('\n')} }`, 1_000)).rejects.toThrow(/takes Graphviz more than 1 s/);
  });

  it('of what is no graph is refused', async () =>
    await expect(drawSvg('digraph { -> }')).rejects.toThrow(/Graphviz can't draw it: .*syntax error/));
});

describe('deps check --output', () => {
  it('writes every format at once, and fails as without', () => {
    const rules = { layers: { kind: 'layers', level: 'application', layers: ['shop', 'till', 'stock'] } };
    const root = makeTree({ '.git/': '', 'beamtool.config.json': JSON.stringify({ rules }) });
    mkdirSync(join(root, 'out'));
    const { exit, text } = deps(
      root,
      'check',
      ...CHECK_FORMATS.flatMap((format) => ['--output', `${format}:out/${format}`]),
      shop,
    );
    expect(exit).toBe(1);
    for (const format of CHECK_FORMATS) expect(readFileSync(join(root, 'out', format), 'utf8')).toMatch(/layers/);
    expect(readFileSync(join(root, 'out/text'), 'utf8')).toBe(text);
    const printed = deps(root, 'check', '--format', 'sarif', shop).text;
    expect(readFileSync(join(root, 'out/sarif'), 'utf8')).toBe(printed);
  });
});
