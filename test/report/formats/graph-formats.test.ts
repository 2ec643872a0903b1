// Every format of a graph, read back by a reader that isn't ours: names and edges have to be the same, whatever the names are.
import { readFileSync } from 'node:fs';
import { instance } from '@viz-js/viz';
import { JSDOM } from 'jsdom';
import { marked } from 'marked';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { renderDot } from '../../../src/report/formats/dot.js';
import { renderGraphCsv } from '../../../src/report/formats/graph-csv.js';
import { renderGraphMarkdown } from '../../../src/report/formats/graph-markdown.js';
import { renderGraphNdjson } from '../../../src/report/formats/graph-ndjson.js';
import type { GraphReport } from '../../../src/report/formats/graph-report.js';
import { renderGraphml } from '../../../src/report/formats/graphml.js';
import { renderLines } from '../../../src/report/formats/lines.js';
import { renderMermaid } from '../../../src/report/formats/mermaid.js';
import { renderTree } from '../../../src/report/formats/tree.js';
import { visible } from '../../../src/report/visible.js';
import { edge, graph, HOSTILE_GRAPH, pairs, SHOP, star } from './graphs.js';
import { parseCsv, parseXml } from './read-formats.js';

const join = (pieces: Iterable<string>) => [...pieces].join('');
const lines = (text: string) => text.split('\n').slice(0, -1);

type Names = (id: string) => string;
const same: Names = (id) => id;

/** Edges as texts, in order. */
const edgesOf = (report: GraphReport, shown: Names = same) =>
  pairs(report)
    .map(([from, to]) => JSON.stringify([shown(from), shown(to)]))
    .sort();

const GRAPHS = [
  ['plain', SHOP],
  ['hostile', HOSTILE_GRAPH],
  ['empty', graph([])],
] as const;

describe('ndjson', () => {
  it.each(GRAPHS)('has every node and edge: %s', (_, report) => {
    const rows = lines(join(renderGraphNdjson(report))).map((line) => JSON.parse(line));
    expect(rows[0]).toMatchObject({ type: 'graph', schema: 'beamtool-deps/1', level: 'module' });
    expect(rows.filter(({ type }) => type === 'node').map(({ id, app }) => ({ id, app }))).toEqual(report.nodes);
    expect(rows.filter(({ type }) => type === 'edge').map(({ type: _type, ...fields }) => fields)).toEqual([...report.edges]);
  });
});

describe('csv', () => {
  const unguarded = (cell = '') => cell.replace(/^'(?=[=+\-@])/, '');

  it.each(GRAPHS)('has every edge: %s', (_, report) => {
    const [titles, ...records] = parseCsv(join(renderGraphCsv(report)));
    expect(titles).toEqual(['from', 'to', 'functions', 'sites', 'kinds']);
    expect(records.map(([from, to]) => JSON.stringify([unguarded(from), unguarded(to)])).sort()).toEqual(
      edgesOf(report, visible),
    );
    for (const cell of records.flat()) expect(cell).not.toMatch(/^[=+\-@]/);
  });

  it('has a node a record for metrics, and for cycles', () => {
    const figures = { id: 'a', fanIn: 1, fanOut: 2, instability: null, functions: null, inner: 3 };
    expect(parseCsv(join(renderGraphCsv({ ...SHOP, metrics: [figures] })))[1]).toEqual(['a', '1', '2', '', '', '3']);
    const cycle = { nodes: ['a', 'b'], edges: 2, cut: [], few: 'edges', fewest: true } as const;
    expect(parseCsv(join(renderGraphCsv({ ...SHOP, cycles: [cycle, cycle] })))).toEqual([
      ['cycle', 'node'],
      ['1', 'a'],
      ['1', 'b'],
      ['2', 'a'],
      ['2', 'b'],
    ]);
  });
});

describe('lines', () => {
  it.each(GRAPHS)('have two words each: %s', (_, report) => {
    const word = (id: string) => visible(id).replaceAll(' ', '\\x20');
    const written = lines(join(renderLines(report)));
    const both = written.filter((line) => line.includes(' ')).map((line) => JSON.stringify(line.split(' ')));
    expect(both.sort()).toEqual(edgesOf(report, word));
  });

  it('name a node without edges', () => expect(lines(join(renderLines(SHOP))).at(-1)).toBe('lonely'));
});

describe('tree', () => {
  it('opens each node once', () =>
    expect(lines(join(renderTree(SHOP)))).toEqual([
      'lonely',
      'shop',
      '  stock',
      '    till',
      '      stock (above)',
      '  till (above)',
    ]));

  it('begins a cycle that nothing leads to somewhere', () =>
    expect(lines(join(renderTree(graph([edge('a', 'b'), edge('b', 'a')]))))).toEqual(['a', '  b', '    a (above)']));

  it('bears a chain of any length', () => {
    const chain = graph(Array.from({ length: 50_000 }, (_, at) => edge(`a${at}`, `a${at + 1}`)));
    expect(lines(join(renderTree(chain)))).toHaveLength(50_001);
  });
});

describe('DOT', () => {
  it.each(GRAPHS)('is drawn by Graphviz with the names as they are: %s', async (_, report) => {
    const { status, output, errors } = (await instance()).render(join(renderDot(report)), { format: 'svg', engine: 'dot' });
    // It knows no widths of letters beyond ASCII, and says so.
    const faults = errors.filter(({ message }) => !message.includes('non-ASCII'));
    expect([status, faults]).toEqual(['success', []]);
    const drawing = parseXml(output as string);
    const texts = (type: string) =>
      Array.from(drawing.querySelectorAll(`g.${type} text`)).map((one) => (one.textContent ?? '').replaceAll('\u00a0', ' '));
    expect(texts('node').sort()).toEqual(report.nodes.map(({ id }) => visible(id)).sort());
    const apps = new Set(report.nodes.flatMap(({ app }) => (app === null ? [] : [visible(app)])));
    expect(texts('cluster').sort()).toEqual([...apps].sort());
    expect(drawing.querySelectorAll('g.edge')).toHaveLength(pairs(report).filter(([from, to]) => from !== to).length);
  });
});

describe('Mermaid', () => {
  /** What mermaid itself makes of a flowchart. */
  interface Flowchart {
    readonly db: {
      readonly getVertices: () => ReadonlyMap<string, { readonly text: string }>;
      readonly getEdges: () => readonly { readonly start: string; readonly end: string }[];
    };
  }
  let parse: (text: string) => Promise<Flowchart>;

  beforeAll(async () => {
    const { window } = new JSDOM('');
    Object.assign(globalThis, { window, document: window.document });
    const { default: mermaid } = await import('mermaid');
    mermaid.initialize({ startOnLoad: false });
    parse = async (text) => {
      expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'flowchart-v2' });
      return (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as Flowchart;
    };
  }, 60_000);

  /** Entities come as mermaid keeps them until it draws. */
  const unescaped = (text: string) =>
    text.replace(/ﬂ°°(\d+)¶ß|#(\d+);/g, (_, kept: string | undefined, plain: string) =>
      String.fromCodePoint(Number(kept ?? plain)),
    );

  it.each(GRAPHS.slice(0, 2))('is parsed with the names as they are: %s', async (_, report) => {
    const { db } = await parse(renderMermaid(report));
    const vertices = db.getVertices();
    const name = (id: string) => unescaped(vertices.get(id)?.text ?? '');
    expect([...vertices.keys()].map(name).sort()).toEqual(report.nodes.map(({ id }) => visible(id)).sort());
    expect(
      db
        .getEdges()
        .map(({ start, end }) => JSON.stringify([name(start), name(end)]))
        .sort(),
    ).toEqual(edgesOf({ ...report, edges: [...report.edges].filter(({ from, to }) => from !== to) }, visible));
  });

  it.each([
    ['500 edges', star(500), 500, ''],
    ['501 edges', star(501), 500, '1 node and 1 edge'],
    ['long names', star(400, 255), 170, 'nodes and '],
    ['names of entities', graph(Array.from({ length: 300 }, (_, at) => edge('hub', `${'$'.repeat(200)}${at}`))), 40, ''],
    ['nodes alone', { ...graph([]), nodes: Array.from({ length: 9_000 }, (_, at) => ({ id: `m${at}`, app: null })) }, 0, 'nodes'],
  ])('has at most 500 edges and 50000 characters: %s', async (_, report, least, missing) => {
    const text = renderMermaid(report);
    expect(text.length).toBeLessThanOrEqual(50_000);
    const { db } = await parse(text);
    const drawn = db.getEdges().length;
    expect(drawn).toBeGreaterThanOrEqual(least);
    expect(drawn).toBeLessThanOrEqual(500);
    const said = unescaped(db.getVertices().get('missing')?.text ?? '');
    const nodes = report.nodes.length - (db.getVertices().size - (said === '' ? 0 : 1));
    if (drawn < report.edges.length) expect(said).toContain(`${report.edges.length - drawn} edge`);
    if (nodes > 0) expect(said).toContain(`${nodes} node`);
    expect(said).toContain(missing);
  });
});

describe('GraphML', () => {
  const schema = readFileSync(new URL('graph.rng', import.meta.url), 'utf8');

  it.each(GRAPHS)('is valid, with the names as they are: %s', async (_, report) => {
    const text = join(renderGraphml(report));
    const { errors } = await validateXML({ xml: { fileName: 'g.xml', contents: text }, schema, extension: 'relaxng' });
    expect(errors).toEqual([]);
    const document = parseXml(text);
    const label = (id: string | null) => document.querySelector(`node[id="${id}"] data[key="label"]`)?.textContent ?? '';
    expect(Array.from(document.querySelectorAll('node')).map((one) => label(one.getAttribute('id')))).toEqual(
      report.nodes.map(({ id }) => visible(id)),
    );
    const edges = Array.from(document.querySelectorAll('edge'));
    const ends = edges.map((one) => JSON.stringify([label(one.getAttribute('source')), label(one.getAttribute('target'))]));
    expect(ends.sort()).toEqual(edgesOf(report, visible));
  });
});

describe('Markdown', () => {
  const html = (text: string) => new JSDOM(marked.parse(text, { async: false })).window.document;

  it.each(GRAPHS.slice(0, 2))('has every edge in its table: %s', (_, report) => {
    const document = html(renderGraphMarkdown(report));
    const rows = Array.from(document.querySelectorAll('tbody tr')).map((row) => Array.from(row.querySelectorAll('td')));
    for (const row of rows) expect(row).toHaveLength(4);
    expect(rows.map(([from, to]) => JSON.stringify([from?.textContent, to?.textContent])).sort()).toEqual(
      edgesOf(report, (id) => visible(id).trim()),
    );
    expect(document.querySelectorAll('a, img, script, em')).toHaveLength(0);
    expect(document.querySelectorAll('code.language-mermaid')).toHaveLength(1);
  });

  it('stays under 1000 KB, and says how many rows it leaves out', () => {
    const text = renderGraphMarkdown(star(60_000, 30));
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    const rows = [...text.matchAll(/^\| `hub/gm)].length;
    expect(text).toContain(`and ${60_000 - rows} more rows`);
    expect(text).toMatch(/60001 modules read, 60001 modules, 60000 edges\n$/);
  });
});
