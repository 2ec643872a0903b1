// Why exports aren't used, on modules made by hand; test/otp/explain-exports.test.ts does it on all of OTP.
import { describe, expect, it } from 'vitest';
import { runAnalysis } from '../../../src/graph/analyses/analysis.js';
import { type ExplainOptions, explainExports, missingBehaviours } from '../../../src/graph/analyses/explain-exports.js';
import { explainFindings } from '../../../src/graph/analyses/explain-findings.js';
import { knownCallbacks } from '../../../src/graph/analyses/known-behaviours.js';
import { isRefusal, reportAnalyses } from '../../../src/graph/analyses/report.js';
import { readAppFile } from '../../../src/graph/applications/app-file.js';
import type { ModuleFacts, Reference } from '../../../src/graph/module-facts.js';
import { buildProgram } from '../../../src/graph/program/build-program.js';
import type { ProgramMode } from '../../../src/graph/program/program.js';
import { renderAnalysisText } from '../../../src/report/xref/text.js';
import { moduleFacts } from '../program/small-program.js';
import { explainedRows } from './explained-rows.js';

function explain(facts: readonly ModuleFacts[], options: ExplainOptions = {}, mode: ProgramMode = 'functions') {
  const program = buildProgram(facts, { mode, builtins: false, otp: 25 });
  const explained = explainExports(program, options);
  return { program, explained, rows: explainedRows(program, explained) };
}

const shop = (functions: readonly string[], more: Partial<ModuleFacts> = {}, module = 'shop') =>
  moduleFacts(module, null, functions, [], more);

function reference(
  kind: Reference['kind'],
  name: string | null,
  arity: number | null,
  confidence: Reference['confidence'] = 'literal',
) {
  return { kind, from: 0, module: 'shop', name, arity, confidence, sites: [] };
}

describe('an export that is not used', () => {
  it.each<[string, readonly ModuleFacts[], readonly string[], ExplainOptions?]>([
    ['is exported for nobody', [shop(['+a/0'])], ['shop:a/0 nobody']],
    [
      'is used by its own module',
      [moduleFacts('shop', null, ['+a/0', '+b/0'], ['b/0 -> a/0 @ 1'])],
      ['shop:a/0 nobody its own module', 'shop:b/0 nobody'],
    ],
    ['is the function of on_load', [shop(['+a/0'], { onLoad: { name: 'a', arity: 0 } })], ['shop:a/0 on_load']],
    [
      'is a callback of OTP',
      [shop(['+init/1', '+format_status/2', '+init/2'], { behaviours: ['gen_server'] })],
      ['shop:format_status/2 callback gen_server', 'shop:init/1 callback gen_server', 'shop:init/2 nobody'],
    ],
    [
      'is a callback of a module of the program',
      [shop(['+a/1', '+b/1'], { behaviours: ['store'] }), shop([], { callbacks: [{ name: 'a', arity: 1 }] }, 'store')],
      ['shop:a/1 callback store', 'shop:b/1 nobody'],
    ],
    [
      'is a callback that the library path tells',
      [shop(['+a/1'], { behaviours: ['store'] })],
      ['shop:a/1 callback store'],
      { behaviours: new Map([['store', [{ name: 'a', arity: 1 }]]]) },
    ],
    [
      'may be a callback where nobody tells them',
      [shop(['+a/1'], { behaviours: ['store', 'gen_event'] }), shop([], {}, 'store')],
      ['shop:a/1 open store'],
    ],
    [
      'starts an application',
      [shop(['+start/2', '+stop/1', '+start_phase/3', '+start/1'], { behaviours: ['application'] })],
      [
        'shop:start/1 nobody',
        'shop:start/2 application bank',
        'shop:start_phase/3 application bank',
        'shop:stop/1 application bank',
      ],
      { applications: [readAppFile(Buffer.from('{application, bank, [{mod, {shop, []}}]}.'), 'bank.app')] },
    ],
    [
      'is in a child specification',
      [
        shop(['+a/0', '+b/1', '+child_spec/1', '+child_spec/2']),
        shop(
          ['+c/0'],
          {
            references: [
              reference('child_spec', 'a', 0),
              reference('child_spec', 'b', null),
              reference('child_spec', null, null),
            ],
          },
          'sup',
        ),
      ],
      [
        'shop:a/0 child_spec sup:c/0',
        'shop:b/1 child_spec sup:c/0',
        'shop:child_spec/1 child_spec sup:c/0',
        'shop:child_spec/2 nobody',
        'sup:c/0 nobody',
      ],
    ],
    [
      'is named by data, and better by a child specification',
      [
        shop(['+a/0', '+b/0']),
        shop(
          ['+c/0'],
          {
            references: [
              reference('mfa', 'a', 0),
              reference('mfa', 'b', 0, 'exact'),
              reference('child_spec', 'b', 0, 'inferred'),
              reference('mfa', null, null),
            ],
          },
          'data',
        ),
      ],
      ['data:c/0 nobody', 'shop:a/0 mfa data:c/0', 'shop:b/0 child_spec data:c/0'],
    ],
    [
      'is not named by other kinds of references',
      [shop(['+a/0'], { references: [reference('type', 'a', 0), reference('behaviour', 'a', 0)] })],
      ['shop:a/0 nobody'],
    ],
    [
      'is called by a tool',
      [shop(['+parse_transform/2', '+main/1', '+format_error/1'])],
      [
        'shop:format_error/1 convention who got an error of this module',
        'shop:main/1 convention escript',
        'shop:parse_transform/2 convention the compiler, as a parse transform',
      ],
    ],
    [
      'is made by a generator',
      [shop(['+parse/1', '+parse_and_scan/1', '+format_error/1'])],
      ['shop:format_error/1', 'shop:parse/1', 'shop:parse_and_scan/1'].map((name) => `${name} glue yecc, in all its parsers`),
    ],
    [
      'is made by Elixir',
      [shop(['+__struct__/0', '+MACRO-use/2', '+__schema__/1', '+impl_for/1', '+child_spec/1', '+run/0'], {}, 'Elixir.Shop')],
      [
        'Elixir.Shop:MACRO-use/2 glue Elixir, as a macro',
        'Elixir.Shop:__schema__/1 glue Elixir, by a reserved name',
        'Elixir.Shop:__struct__/0 glue Elixir, of a struct',
        'Elixir.Shop:child_spec/1 glue supervisors, of {Module, Argument}',
        'Elixir.Shop:impl_for/1 nobody',
        'Elixir.Shop:run/0 nobody',
      ],
    ],
    [
      'looks so in Erlang alone',
      [shop(['+__struct__/0', '+child_spec/1'])],
      ['shop:__struct__/0 nobody', 'shop:child_spec/1 nobody'],
    ],
    [
      'is a test of EUnit',
      [shop(['+test/0', '+a_test/0', '+b_test_/0', '+c_test/1'])],
      ['shop:a_test/0 test EUnit', 'shop:b_test_/0 test EUnit', 'shop:c_test/1 nobody', 'shop:test/0 test EUnit'],
    ],
    [
      'is in a module of tests',
      [shop(['+a/1'], {}, 'shop_SUITE'), shop(['+b/0'], {}, 'Elixir.ShopTest')],
      ['Elixir.ShopTest:b/0 test', 'shop_SUITE:a/1 test'],
    ],
  ])('%s', (_what, facts, expected, options = {}) => {
    expect(explain(facts, options).rows).toEqual(expected);
  });
});

describe('what tests call', () => {
  const facts = [
    shop(['+a/0', '+b/0', '+init/1', '+c/0'], { behaviours: ['gen_server'] }),
    moduleFacts('shop_tests', null, ['+run/0'], ['run/0 -> shop:a/0 @ 1', 'run/0 -> shop:b/0 @ 2', 'run/0 -> shop:init/1 @ 3']),
    moduleFacts('user', null, ['+run/0'], ['run/0 -> shop:b/0 @ 1']),
  ];

  it('is theirs alone where nobody else calls it, and nothing else explains it', () => {
    const { rows } = explain(facts);
    expect(rows).toEqual([
      'shop:a/0 tests_only shop_tests:run/0',
      'shop:c/0 nobody',
      'shop_tests:run/0 test',
      'user:run/0 nobody',
    ]);
  });

  it('is told by imports in modules mode', () => {
    expect(explain(facts, {}, 'modules').rows).toContain('shop:a/0 tests_only shop_tests');
  });

  it('depends on what a module of tests is', () => {
    expect(explain(facts, { tests: ['user'] }).rows).toEqual(['shop:c/0 nobody', 'shop_tests:run/0 nobody', 'user:run/0 test']);
    expect(explain(facts, { tests: [] }).rows).not.toContain('shop:a/0 tests_only shop_tests:run/0');
    expect(explain(facts, { tests: ['*'] }).rows).toEqual(['shop:c/0 test', 'shop_tests:run/0 test', 'user:run/0 test']);
  });

  it('takes patterns by the letter, but for *', () => {
    const one = [shop(['+a/0'], {}, 'shop.tests')];
    expect(explain(one, { tests: ['shop.t*s'] }).rows).toEqual(['shop.tests:a/0 test']);
    expect(explain(one, { tests: ['shop_tests', 'shop.test', 'sh?p.tests', '(a+)+$'] }).rows).toEqual(['shop.tests:a/0 nobody']);
  });
});

it('every entry of exports_not_used is explained', () => {
  const facts = [
    moduleFacts('shop', null, ['+start/0', '+stop/0', 'loop/1'], ['start/0 -> loop/1 @ 1', 'start/0 -> module_info/0 @ 2']),
    moduleFacts('store', null, ['+get/1'], ['get/1 -> shop:stop/0 @ 1']),
  ];
  const { program, explained, rows } = explain(facts);
  const { value } = runAnalysis(program, { name: 'exports_not_used' });
  expect(explained.map((one) => one.function)).toEqual(value.kind === 'vertices' ? [...value.set] : []);
  expect(rows).toContain('shop:module_info/0 glue the compiler');
});

it('behaviours that nobody tells are named', () => {
  const facts = [
    shop([], { behaviours: ['gen_server', 'cowboy_handler', 'store'] }),
    shop([], { callbacks: [{ name: 'a', arity: 1 }] }, 'store'),
  ];
  expect(missingBehaviours(explain(facts).program)).toEqual(['cowboy_handler']);
});

it('the table of behaviours can be read', () => {
  expect(knownCallbacks('supervisor')).toEqual([{ name: 'init', arity: 1 }]);
  expect(knownCallbacks('gen_statem')).toContainEqual({ name: 'handle_event', arity: 4 });
  expect(knownCallbacks('Elixir.GenServer')).toContainEqual({ name: 'format_status', arity: 2 });
  expect(knownCallbacks('constructor')).toBeUndefined();
});

it('states of state machines are told by their arity', () => {
  const machine = shop(['+callback_mode/0', '+idle/3', '+idle/2'], { behaviours: ['gen_statem'] });
  expect(explain([machine]).rows).toEqual([
    'shop:callback_mode/0 callback gen_statem',
    'shop:idle/2 nobody',
    'shop:idle/3 convention gen_statem, if it is a state',
  ]);
});

describe('explained findings', () => {
  const report = (facts: readonly ModuleFacts[], name = 'exports_not_used') => {
    const { program, explained } = explain(facts);
    const ignore = { mode: 'otp29' } as const;
    const [plain] = reportAnalyses(program, [{ name }], ignore);
    if (plain === undefined) throw new Error('no report');
    return { plain, explained: explainFindings(program, plain, explained, ignore) };
  };
  const style = { bold: (text: string) => text, dim: (text: string) => text };

  it('are a line for each function, with what tests alone use, after a count of each class', () => {
    const { explained } = report([
      shop(['+init/1', '+a\x1b/0', '+tested/0'], { behaviours: ['gen_server'] }),
      moduleFacts('x_tests', null, ['+t/0'], ['t/0 -> shop:tested/0 @ 3']),
    ]);
    expect(renderAnalysisText(explained, style)).toBe(
      'exports_not_used: 4 (1 callback, 1 test, 1 tests_only, 1 nobody)\n' +
        '  shop.beam:20: shop:a\\x1b/0 (exported for nobody)\n' +
        '  shop.beam:10: shop:init/1 (callback of gen_server)\n' +
        '  shop.beam:30: shop:tested/0 (used by tests alone: x_tests:t/0)\n' +
        '  x_tests.beam:10: x_tests:t/0 (in a module of tests)\n',
    );
  });

  it('leave the answer and other analyses as they are, and what is ignored out', () => {
    const facts = [
      shop(['+tested/0'], { ignored: [{ module: 'shop', name: 'tested', arity: 0 }] }),
      moduleFacts('x_tests', null, ['+t/0'], ['t/0 -> shop:tested/0 @ 3']),
    ];
    const { plain, explained } = report(facts);
    expect(isRefusal(explained.result) || explained.result.findings).toHaveLength(1);
    expect('answer' in explained.result && explained.result.answer).toEqual('answer' in plain.result && plain.result.answer);
    const other = report(facts, 'locals_not_used');
    expect(other.explained).toBe(other.plain);
  });
});
