// Which command lines run some suites, and how a person is told.
import { expect, it } from 'vitest';
import type { SuiteKind } from '../../src/affected/find-suites.js';
import { testCommands } from '../../src/affected/test-commands.js';
import type { AffectedReport } from '../../src/report/affected/report.js';
import { renderAffectedText } from '../../src/report/affected/text.js';

const suite = (kind: SuiteKind, module: string, file: string | null = null) => ({ kind, module, file });

it('names suites of Common Test by their paths where these are known, modules of EUnit once, and files of ExUnit', () => {
  const table: readonly (readonly [Parameters<typeof testCommands>[0], readonly string[]])[] = [
    [[], []],
    [
      [suite('ct', 'a_SUITE'), suite('ct', 'b_SUITE', 'apps/b/test/b_SUITE.erl')],
      ['rebar3 ct --suite=a_SUITE,apps/b/test/b_SUITE'],
    ],
    // eunit:test(a) runs a_tests as well.
    [[suite('eunit', 'a'), suite('eunit', 'a_tests'), suite('eunit', 'b_tests')], ['rebar3 eunit --module=a,b_tests']],
    [
      [suite('exunit', 'Elixir.A', 'test/a_test.exs'), suite('exunit', 'Elixir.B', 'test/a_test.exs')],
      ['mix test test/a_test.exs'],
    ],
    [[suite('exunit', 'Elixir.A', '-a_test.exs')], ['mix test ./-a_test.exs']],
    [[suite('exunit', 'Elixir.A')], []],
  ];
  for (const [suites, expected] of table)
    expect(testCommands(suites).map(({ tool, arguments: words }) => [tool, ...words].join(' '))).toEqual(expected);
});

it('quotes what a shell would take apart', () => {
  const plain = (text: string) => text;
  const reached = [
    {
      ...suite('ct', "x';rm -rf _SUITE\u001b[2J"),
      app: null,
      sourceFile: null,
      distance: 0,
      chain: ["x';rm -rf _SUITE\u001b[2J"],
    },
  ];
  const report: AffectedReport = {
    ...{ base: 'a', head: 'b', compilers: null, edges: ['call'], depth: null },
    ...{ changed: [], lineLiterals: [], dependants: [] },
    suites: { known: 1, reached, commands: testCommands(reached) },
    coverage: { base: { files: 1, failed: [], skipped: [] }, head: { files: 1, failed: [], skipped: [] } },
  };
  const lines = [...renderAffectedText(report, { bold: plain, dim: plain })].join('').split('\n');
  expect(lines.join('')).not.toContain('\u001b');
  expect(lines[2]).toMatch(/^ {2}\$ rebar3 ct '--suite=x'\\'';rm -rf _SUITE.*'$/);
});
