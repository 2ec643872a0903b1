// What changed between the dependencies of two builds, on dependencies that are written here.
import { expect, it } from 'vitest';
import { compareDependencies } from '../../src/affected/compare-dependencies.js';
import type { BuildDependencies } from '../../src/affected/read-dependencies.js';

const EMPTY: BuildDependencies = {
  ...{ modules: new Set(), nodes: new Map(), edges: [], cycles: [], undefinedCalls: [], unresolved: { calls: 0, sites: 0 } },
};

const words = (text: string) => text.split(' ').filter((word) => word !== '');

it('tells cycles that are new, gone, grown, shrunk, joined and parted', () => {
  const table: readonly (readonly [name: string, old: readonly string[], now: readonly string[], expected: readonly string[]])[] =
    [
      ['same', ['a b'], ['a b'], []],
      ['new', [], ['a b'], ['+ a b']],
      ['gone', ['a b'], [], ['- a b']],
      ['grown', ['a b'], ['a b c'], ['~ a b c: + c']],
      ['shrunk', ['a b c'], ['a b'], ['~ a b: - c']],
      ['another member', ['a b'], ['a c'], ['~ a c: + c - b']],
      ['joined', ['a b', 'c d'], ['a b c d'], ['~ a b c d:']],
      ['parted', ['a b c d'], ['a b', 'c d'], ['~ a b: - c d', '~ c d: - a b']],
      ['one of two', ['a b', 'c d'], ['c d', 'e f'], ['+ e f', '- a b']],
    ];
  for (const [name, old, now, expected] of table) {
    const { cycles } = compareDependencies({ ...EMPTY, cycles: old.map(words) }, { ...EMPTY, cycles: now.map(words) });
    const found = [
      ...cycles.added.map((nodes) => `+ ${nodes.join(' ')}`),
      ...cycles.removed.map((nodes) => `- ${nodes.join(' ')}`),
      ...cycles.changed.map(({ nodes, added, removed }) =>
        [
          `~ ${nodes.join(' ')}:`,
          ...(added.length > 0 ? ['+', ...added] : []),
          ...(removed.length > 0 ? ['-', ...removed] : []),
        ].join(' '),
      ),
    ];
    expect([name, found]).toEqual([name, expected]);
  }
});

it('tells edges of other kinds, undefined calls of what either build has, and nodes that are coupled otherwise', () => {
  const coupling = (fanIn: number, fanOut: number) => ({ fanIn, fanOut, instability: fanOut / (fanIn + fanOut) });
  const old: BuildDependencies = {
    ...EMPTY,
    modules: new Set(['a', 'b']),
    nodes: new Map([
      ['a', coupling(1, 2)],
      ['b', coupling(1, 1)],
    ]),
    edges: [{ from: 'a', to: 'b', kinds: ['call'] }],
    undefinedCalls: [{ from: 'a:f/0', to: 'b:g/0', module: 'b' }],
  };
  const now: BuildDependencies = {
    ...old,
    modules: new Set(['a']),
    nodes: new Map([
      ['a', coupling(1, 3)],
      ['b', coupling(1, 1)],
    ]),
    edges: [{ from: 'a', to: 'b', kinds: ['call', 'behaviour'] }],
    undefinedCalls: [
      { from: 'a:f/0', to: 'b:g/0', module: 'b' },
      { from: 'a:f/0', to: 'b:h/0', module: 'b' },
      { from: 'a:f/0', to: 'lists:nothing/0', module: 'lists' },
    ],
    unresolved: { calls: 2, sites: 3 },
  };
  expect(compareDependencies(old, now)).toEqual({
    nodes: { added: [], removed: [] },
    edges: { added: [], removed: [], changed: [{ from: 'a', to: 'b', kinds: { from: ['call'], to: ['call', 'behaviour'] } }] },
    cycles: { added: [], removed: [], changed: [] },
    undefinedCalls: { added: [{ from: 'a:f/0', to: 'b:h/0' }], removed: [] },
    unresolved: { from: { calls: 0, sites: 0 }, to: { calls: 2, sites: 3 } },
    metrics: [{ id: 'a', from: coupling(1, 2), to: coupling(1, 3) }],
  });
});
