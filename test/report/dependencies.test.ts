// The text of answers that no fixture gives: cycles, nodes of several, references, names that would steer a terminal.
import { expect, it } from 'vitest';
import type { AnswerCycle, AnswerEdge, DependencyAnswer } from '../../src/graph/dependencies/ask.js';
import { type DependencyReport, renderDependenciesJson, renderDependenciesText } from '../../src/report/dependencies.js';

const style = { bold: (text: string) => `*${text}*`, dim: (text: string) => text };

const report = (answer: Partial<DependencyAnswer>): DependencyReport => ({
  level: 'module',
  nodes: [],
  edges: [],
  unresolved: { calls: 2, sites: 3 },
  source: 'auto',
  builtins: false,
  coverage: {
    files: 3,
    failed: [{ file: 'x.beam', reason: 'no beam' }],
    skipped: [],
    duplicates: [{ module: 'a', file: 'b/a.beam', first: 'a/a.beam' }],
    modules: { abstract: 2, code: 1, tables: 0 },
    fallbacks: [{ module: 'c', file: 'c.beam', reason: 'no debug info' }],
  },
  ...answer,
});

const place = { kind: 'call', confidence: 'exact', file: 'src/a.erl', line: 7, column: 3 } as const;
const edge = (more: Partial<AnswerEdge> = {}): AnswerEdge => ({
  from: 'a',
  to: 'b',
  functions: 1,
  sites: 2,
  kinds: ['call'],
  places: [
    { ...place, from: 'a:f/0', to: 'b:g/1' },
    { ...place, from: 'a:h/0', to: 'b:g/1', column: null },
  ],
  ...more,
});

const text = (answer: Partial<DependencyAnswer>) => [...renderDependenciesText(report(answer), style)].join('').split('\n');

it('of cycles names the edges to remove, with places', () => {
  const cycles: readonly AnswerCycle[] = [
    { nodes: ['a', 'b'], edges: 2, cut: [edge()], few: 'edges', fewest: true },
    {
      nodes: ['c', 'd', 'e'],
      edges: 9,
      cut: [edge({ places: [] }), edge({ from: 'c', places: [] })],
      few: 'edges',
      fewest: false,
    },
  ];
  expect(text({ cycles })).toEqual([
    '*cycle of 2 modules*: a, b',
    '  without this one of its 2 edges there is none (the fewest edges possible):',
    '  a -> b 1 function, 2 places',
    '    src/a.erl:7:3: a:f/0 -> b:g/1',
    '    src/a.erl:7: a:h/0 -> b:g/1',
    '*cycle of 3 modules*: c, d, e',
    '  without these 2 of its 9 edges there is none:',
    '  a -> b 1 function, 2 places',
    '  c -> b 1 function, 2 places',
    expect.stringMatching(/^3 modules read, /),
    '',
  ]);
});

it('of references says how they depend, and how sure that is', () => {
  const reference = {
    ...place,
    kind: 'mfa',
    confidence: 'inferred',
    from: 'a:f/0',
    to: 'b:g/1',
    line: null,
    column: null,
  } as const;
  const edges = [edge({ functions: 0, sites: 1, kinds: ['behaviour', 'mfa'], places: [reference] })];
  expect(text({ edges, nodes: [{ id: 'a', app: 'shop', functions: 1, members: ['a', 'z'] }] }).slice(0, 4)).toEqual([
    '*a* = a, z',
    '*a* (shop)',
    '  -> b 1 place, as behaviour, mfa',
    '     src/a.erl: a:f/0 -> b:g/1 (mfa, inferred)',
  ]);
});

it('ends with what was read', () => {
  expect(text({}).at(-2)).toBe(
    '3 modules read, 0 modules, 0 edges, 1 not readable, 1 duplicate module, 2 unresolved calls at 3 places; from the abstract code of 2 and the code of 1, BIFs left out',
  );
});

it('lets no name steer the terminal', () => {
  const evil = '\x1b[31m';
  const places = [{ ...place, from: evil, to: evil, file: evil }];
  const edges = [edge({ from: evil, to: evil, places })];
  const nodes = [{ id: evil, app: evil, functions: null, members: [evil] }];
  const metrics = [{ id: evil, fanIn: 1, fanOut: 1, instability: 0.5, functions: null, inner: 0 }];
  const totals = { nodes: 1, edges: 0, cycles: 0, nodesInCycles: 0, meanFan: 0 };
  const answers: readonly Partial<DependencyAnswer>[] = [
    { edges, nodes },
    { cycles: [{ nodes: [evil], edges: 1, cut: edges, few: 'edges', fewest: true }] },
    { why: { from: evil, to: evil, steps: edges } },
    { why: { from: evil, to: evil, steps: null } },
    { metrics, totals },
  ];
  for (const answer of answers) {
    expect(text(answer).join('\n')).not.toContain('\x1b');
    expect(text(answer).join('\n')).toContain('\\x1b[31m');
  }
});

it('is JSON with the fields in the order of the docs', () => {
  const why = { from: 'a', to: 'b', steps: [edge()] };
  const nodes = ['a', 'b'].map((id) => ({ id, app: null, functions: null }));
  const parsed = JSON.parse([...renderDependenciesJson(report({ cycles: [], why, nodes, edges: [edge()] }))].join(''));
  expect(Object.keys(parsed)).toEqual([
    ...['schema', 'level', 'coverage', 'nodes', 'edges', 'source', 'builtins', 'unresolved', 'cycles', 'why'],
  ]);
  expect(parsed.why).toEqual(why);
  expect(parsed.edges[0]).toEqual(edge());
  expect(Object.keys(parsed.edges[0])).toEqual(['from', 'to', 'functions', 'kinds', 'sites', 'places']);
});
