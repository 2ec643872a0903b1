// Whole questions about the small program and one with every kind of reference; what real modules answer is in test/otp/deps-calls.test.ts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askDependencies, type DependencyQuestion } from '../../../src/graph/dependencies/ask.js';
import { EDGE_KINDS, type EdgeChoice } from '../../../src/graph/dependencies/build-dependencies.js';
import { parseGroups } from '../../../src/graph/dependencies/groups.js';
import type { Confidence, ModuleFacts, Reference, ReferenceKind } from '../../../src/graph/module-facts.js';
import { buildProgram } from '../../../src/graph/program/build-program.js';
import type { Program } from '../../../src/graph/program/program.js';
import { renderDependenciesJson } from '../../../src/report/dependencies.js';
import { moduleFacts, SMALL_FACTS, smallProgram } from '../program/small-program.js';

const CALLS: EdgeChoice = { level: 'module', kinds: new Set(['call']), minConfidence: 'inferred', unresolved: false, groups: [] };

const ask = (program: Program, edges: Partial<EdgeChoice> = {}, more: Partial<DependencyQuestion> = {}) => {
  const answer = askDependencies(program, {
    edges: { ...CALLS, ...edges },
    include: [],
    exclude: [],
    collapse: [],
    from: [],
    to: [],
    focus: [],
    hops: 1,
    uses: [],
    usedBy: [],
    reduce: false,
    view: { kind: 'graph' },
    sites: false,
    ...more,
  });
  return { ...answer, edges: [...answer.edges] };
};

const edgesOf = (...args: Parameters<typeof ask>) =>
  ask(...args).edges.map(({ from, to, functions, sites }) => `${from} -> ${to} ${functions} ${sites}`);

describe('the edges of calls', () => {
  it.each([
    [
      'module',
      false,
      [
        'bare -> store 1 1',
        'shop -> log 1 1',
        'shop -> shop 1 2',
        'shop -> store 1 2',
        'store -> shop 1 1',
        'store -> store 1 1',
      ],
    ],
    ['application', false, ['shop -> shop 1 2', 'shop -> store 1 2', 'store -> shop 1 1', 'store -> store 1 1']],
    ['release', false, ['rel -> rel 4 6']],
    [
      'function',
      true,
      [
        'bare:run/0 -> store:old/0 1 1',
        'shop:loop/1 -> $M_EXPR:stop/0 1 1',
        'shop:loop/1 -> shop:loop/1 1 1',
        'shop:loop/1 -> store:get/1 1 2',
        'shop:start/0 -> log:write/1 1 1',
        'shop:start/0 -> shop:loop/1 1 1',
        'store:find/2 -> shop:start/0 1 1',
        'store:get/1 -> store:find/2 1 1',
      ],
    ],
  ] as const)('at level %s, unresolved %s', (level, unresolved, edges) => {
    expect(edgesOf(smallProgram(), { level, unresolved })).toEqual(edges);
  });

  it('of groups, with one of all modules that are in none', () => {
    const groups = parseGroups('{"groups": {"web": ["sh*"], "(a)": ["app:store"]}}', '');
    const { nodes } = ask(smallProgram(), { level: 'group', groups });
    expect(nodes.map(({ id }) => id)).toEqual(['(a)', '(none)', 'web']);
    expect(edgesOf(smallProgram(), { level: 'group', groups })).toEqual([
      '(a) -> (a) 1 1',
      '(a) -> web 1 1',
      '(none) -> (a) 1 1',
      'web -> (a) 1 2',
      'web -> (none) 1 1',
      'web -> web 1 2',
    ]);
  });

  it('are those of import tables in modules mode', () => {
    const answer = ask(smallProgram('modules'));
    expect(answer.unresolved).toBeNull();
    expect(answer.edges).toEqual([
      { from: 'bare', to: 'store', functions: 1, sites: 1, kinds: ['call'] },
      { from: 'shop', to: 'log', functions: 1, sites: 1, kinds: ['call'] },
      { from: 'shop', to: 'store', functions: 1, sites: 1, kinds: ['call'] },
      { from: 'store', to: 'shop', functions: 1, sites: 1, kinds: ['call'] },
    ]);
  });

  it('come with a count of what is only known at run time', () => {
    expect(ask(smallProgram()).unresolved).toEqual({ calls: 1, sites: 1 });
  });

  it('list functions that nobody calls', () => {
    expect(ask(smallProgram(), { level: 'function' }).nodes.map(({ id }) => id)).toContain('shop:unused/0');
  });
});

it('ids stay different where names have colons and quotes in them', () => {
  const facts = [
    moduleFacts('a:b', null, ['+c/0'], []),
    moduleFacts('a', null, ['+b:c/0'], []),
    moduleFacts("'a", null, ['+b/0'], []),
  ];
  const { nodes } = ask(buildProgram(facts, { mode: 'functions', builtins: false }), { level: 'function' });
  expect(nodes.map(({ id }) => id)).toEqual(["'\\'a':b/0", 'a:b:c/0', "'a:b':c/0"]);
});

describe('a chain', () => {
  const why = (level: EdgeChoice['level'], from: string, to: string) =>
    ask(smallProgram(), { level }, { view: { kind: 'why', from, to } }).why?.steps?.map((step) => `${step.from} -> ${step.to}`);

  it.each([
    ['module', 'bare', 'log', ['bare -> store', 'store -> shop', 'shop -> log']],
    ['module', 'log', 'shop', undefined],
    ['function', 'shop', 'store:find/2', ['shop:loop/1 -> store:get/1', 'store:get/1 -> store:find/2']],
    ['function', 'store', 'log', ['store:find/2 -> shop:start/0', 'shop:start/0 -> log:write/1']],
    ['function', 'bare', 'log', undefined],
  ] as const)('at level %s from %s to %s', (level, from, to, steps) => expect(why(level, from, to)).toEqual(steps));

  it('has the places of its calls', () => {
    const { why: answer, nodes, edges } = ask(smallProgram(), {}, { view: { kind: 'why', from: 'shop', to: 'store' } });
    const call = { kind: 'call', confidence: 'exact', from: 'shop:loop/1', to: 'store:get/1', file: 'shop.beam' };
    expect(answer?.steps?.[0]?.places).toEqual([
      { ...call, line: 21, column: 5 },
      { ...call, line: 23, column: 5 },
    ]);
    expect(nodes.map(({ id }) => id)).toEqual(['shop', 'store']);
    expect(edges).toHaveLength(1);
  });
});

it('cycles come with a cut that has the fewest call sites', () => {
  const { cycles, nodes, edges } = ask(smallProgram(), {}, { view: { kind: 'cycles', fewest: 'edges' } });
  expect(cycles).toMatchObject([
    { nodes: ['shop', 'store'], edges: 2, fewest: true, cut: [{ from: 'store', to: 'shop', places: [{ line: 21 }] }] },
  ]);
  expect([nodes.length, edges.length]).toEqual([2, 2]);
});

it('metrics leave out what a node does to itself', () => {
  const { metrics, totals } = ask(smallProgram(), {}, { view: { kind: 'metrics' } });
  expect(metrics).toEqual([
    { id: 'store', fanIn: 2, fanOut: 1, instability: 1 / 3, functions: 3, inner: 1 },
    { id: 'log', fanIn: 1, fanOut: 0, instability: 0, functions: null, inner: 0 },
    { id: 'shop', fanIn: 1, fanOut: 2, instability: 2 / 3, functions: 3, inner: 2 },
    { id: 'bare', fanIn: 0, fanOut: 1, instability: 1, functions: 1, inner: 0 },
  ]);
  expect(totals).toEqual({ nodes: 4, edges: 4, cycles: 1, nodesInCycles: 2, meanFan: 1 });
});

const REFERENCE_KINDS = EDGE_KINDS.filter((kind) => kind !== 'call') as readonly ReferenceKind[];

function referring(confidence: Confidence): Program {
  const references = REFERENCE_KINDS.map((kind, at): Reference => {
    const isData = kind === 'mfa' || kind === 'child_spec';
    const target = isData
      ? { name: 'init', arity: 1 }
      : { name: kind === 'type' ? 't' : null, arity: kind === 'type' ? 0 : null };
    const sites = kind === 'transform' ? [] : [{ line: at + 1, column: 3 }];
    return { kind, from: isData ? 0 : -1, module: `m_${kind}`, ...target, confidence, sites };
  });
  const facts = [
    moduleFacts('user', 'app', ['+run/0'], ['run/0 -> m_mfa:init/1 @ 40'], { references }),
    // What data seems to name counts only where it is there.
    moduleFacts('m_mfa', null, ['+init/1'], []),
  ];
  return buildProgram(facts, { mode: 'functions', builtins: false });
}

describe('references', () => {
  it('are edges of the kinds that are asked for', () => {
    for (const kind of REFERENCE_KINDS) {
      const { edges } = ask(referring('exact'), { kinds: new Set([kind]) });
      expect(edges).toEqual([{ from: 'user', to: `m_${kind}`, functions: 0, sites: 1, kinds: [kind] }]);
    }
  });

  it('join the calls between the same nodes', () => {
    const { edges } = ask(referring('exact'), { kinds: new Set(EDGE_KINDS) });
    expect(edges).toContainEqual({ from: 'user', to: 'm_mfa', functions: 1, sites: 2, kinds: ['call', 'mfa'] });
    expect(edges).toHaveLength(8);
  });

  it('lead to functions where they name one, and else from and to modules', () => {
    expect(edgesOf(referring('exact'), { level: 'function', kinds: new Set(REFERENCE_KINDS) })).toEqual([
      ...['behaviour', 'protocol', 'record', 'struct', 'transform', 'type'].map((kind) => `user -> m_${kind} 0 1`),
      'user:run/0 -> m_child_spec:init/1 0 1',
      'user:run/0 -> m_mfa:init/1 0 1',
    ]);
  });

  it('lead to an application where no more is known', () => {
    const record = { kind: 'record', from: -1, module: null, application: 'kernel', name: 'file_info', arity: null } as const;
    const references: readonly Reference[] = [{ ...record, confidence: 'inferred', sites: [] }];
    const facts = [moduleFacts('user', 'app', ['+run/0'], [], { references }), moduleFacts('file', 'kernel', ['+open/2'], [])];
    const program = buildProgram(facts, { mode: 'functions', builtins: false });
    const kinds = new Set(EDGE_KINDS);
    expect(ask(program, { level: 'application', kinds }, { sites: true }).edges).toMatchObject([
      { from: 'app', to: 'kernel', kinds: ['record'], places: [{ from: 'user', to: 'kernel:file_info', line: null }] },
    ]);
    expect(ask(program, { level: 'module', kinds }).edges).toEqual([]);
  });

  it('are as sure as is asked for', () => {
    const kinds = new Set(EDGE_KINDS);
    const counts = (confidence: Confidence) =>
      (['exact', 'literal', 'inferred'] as const).map(
        (min) => ask(referring(confidence), { kinds, minConfidence: min }).edges.length,
      );
    expect([counts('exact'), counts('literal'), counts('inferred')]).toEqual([
      [8, 8, 8],
      [1, 8, 8],
      [1, 1, 8],
    ]);
  });

  it('name what they refer to, with a place or without', () => {
    const { edges } = ask(referring('literal'), { kinds: new Set(['type', 'transform', 'mfa']) }, { sites: true });
    const site = { confidence: 'literal', file: 'user.beam' };
    expect(edges.flatMap(({ places = [] }) => places)).toEqual([
      { ...site, kind: 'mfa', from: 'user:run/0', to: 'm_mfa:init/1', line: 7, column: 3 },
      { ...site, kind: 'transform', from: 'user', to: 'm_transform', line: null, column: null },
      { ...site, kind: 'type', from: 'user', to: 'm_type:t/0', line: 2, column: 3 },
    ]);
  });
});

it('a ring of 20 000 modules is no trouble', () => {
  const size = 20_000;
  const name = (at: number) => `m${at % size}`;
  const facts = Array.from({ length: size }, (_, at) =>
    moduleFacts(name(at), null, ['+f/0'], [`f/0 -> ${name(at + 1)}:f/0 @ 1`]),
  );
  const program = buildProgram(facts, { mode: 'functions', builtins: false });
  for (const level of ['module', 'function'] as const) {
    expect(ask(program, { level }, { view: { kind: 'cycles', fewest: 'edges' } }).cycles).toMatchObject([
      { edges: size, fewest: true },
    ]);
    expect(ask(program, { level }, { view: { kind: 'why', from: 'm1', to: 'm0' } }).why?.steps).toHaveLength(size - 1);
    expect(ask(program, { level }, { reduce: true }).nodes).toMatchObject([{ members: { length: size } }]);
    expect(ask(program, { level }, { focus: ['m5'], hops: 3 }).edges).toHaveLength(6);
    expect(ask(program, { level }, { collapse: ['/^m(.)/'] }).nodes).toHaveLength(10);
  }
});

it('answers are the same bytes for modules in any order', () => {
  const more = [
    ...SMALL_FACTS,
    moduleFacts('log', 'shop', ['+write/1'], ['write/1 -> bare:run/0 @ 12', 'write/1 -> zz:f/0 @ 13']),
  ];
  const views = [
    { kind: 'graph' },
    { kind: 'cycles', fewest: 'edges' },
    { kind: 'metrics' },
    { kind: 'why', from: 'bare', to: 'zz' },
  ] as const;
  const answers = (facts: readonly ModuleFacts[]) => {
    const program = buildProgram(facts, { mode: 'functions', builtins: false, otp: 25 });
    const coverage = {
      files: 4,
      failed: [],
      skipped: [],
      duplicates: [],
      modules: { abstract: 4, code: 0, tables: 0 },
      fallbacks: [],
    };
    return views.map((view) =>
      [
        ...renderDependenciesJson({ ...ask(program, {}, { view, sites: true }), source: 'abstract', builtins: false, coverage }),
      ].join(''),
    );
  };
  const expected = answers(more);
  fc.assert(
    fc.property(fc.shuffledSubarray(more, { minLength: more.length }), (facts) => {
      expect(answers(facts)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});
