// Graphs of facts written by hand; test/otp/deps.test.ts holds those of real modules against xref.
import { expect, it } from 'vitest';
import type { ImportFacts } from '../../src/graph/import-facts.js';
import { buildImportGraph } from '../../src/graph/import-graph.js';

const facts = (module: string, app: string | null, imports: Readonly<Record<string, readonly string[]>>): ImportFacts => ({
  module,
  app,
  file: `${module}.beam`,
  imports: Object.entries(imports).map(([name, functions]) => ({ module: name, count: functions.length, functions })),
});

const shop = [
  facts('b', 'one', { c: ['f/1', 'g/2'], a: ['f/0'] }),
  facts('a', 'one', { a: ['f/0'], c: ['f/1'], lists: ['map/2'] }),
  facts('c', 'two', { loose: ['f/0'] }),
  facts('loose', null, { c: ['f/1'] }),
];

it('of modules has targets outside the input as nodes without an application', () => {
  expect(buildImportGraph(shop, 'module')).toEqual({
    level: 'module',
    nodes: [
      { id: 'a', app: 'one' },
      { id: 'b', app: 'one' },
      { id: 'c', app: 'two' },
      { id: 'lists', app: null },
      { id: 'loose', app: null },
    ],
    edges: [
      { from: 'a', to: 'a', functions: 1 },
      { from: 'a', to: 'c', functions: 1 },
      { from: 'a', to: 'lists', functions: 1 },
      { from: 'b', to: 'a', functions: 1 },
      { from: 'b', to: 'c', functions: 2 },
      { from: 'c', to: 'loose', functions: 1 },
      { from: 'loose', to: 'c', functions: 1 },
    ],
  });
});

it('of applications counts distinct functions and leaves modules without one out', () => {
  expect(buildImportGraph(shop, 'application')).toEqual({
    level: 'application',
    nodes: [
      { id: 'one', app: 'one' },
      { id: 'two', app: 'two' },
    ],
    edges: [
      { from: 'one', to: 'one', functions: 1 },
      { from: 'one', to: 'two', functions: 2 },
    ],
  });
});

it('is the same for facts in any order', () => {
  expect(buildImportGraph([...shop].reverse(), 'module')).toEqual(buildImportGraph(shop, 'module'));
});
