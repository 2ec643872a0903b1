// What a change affects, on modules that the compilers of three releases make: which edits count, which are seen by others, and which tests reach
// them. rebar3 and mix run what is told.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { compareSides, type Side } from '../../src/affected/compare-sides.js';
import { INTERFACE_PARTS, type InterfaceChange } from '../../src/affected/module-interface.js';
import { readBeam } from '../../src/beam/module.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isBinary, properList } from '../../src/term/model.js';
import { isOnPath, runIn } from './support/build-tools.js';
import { describeWithOtp, type OtpRelease, runCommand } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const folder = mkdtempSync('/tmp/beamtool-affected-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const beamtool = fileURLToPath(new URL('../../bin/beamtool.js', import.meta.url));

const BASE = `
-module(m).
-export([area/1, pick/2, all/1]).
-export_type([shape/0, id/0]).
-callback draw(shape()) -> ok.
-callback hide() -> ok.
-optional_callbacks([hide/0]).
-type shape() :: round | square.
-opaque id() :: integer().
-type inner() :: integer().
%% Says how large it is.
-spec area(number()) -> number().
area(R) when R > 0 -> R * R * 3;
area(_) -> 0.
-spec pick(inner(), id()) -> id().
pick(A, X) -> other(A) + X.
all(L) -> [lists:reverse(L), lists:sort(L)].
-spec other(inner()) -> inner().
other(A) -> A + 1.
`;

/** The same with code that holds its line and file. */
const LOUD = `${BASE.replace('-module(m).', '-module(m).\n-include_lib("kernel/include/logger.hrl").').replace('[area/1', '[note/1, here/0, area/1')}
note(X) -> ?LOG_INFO("note ~p", [X]), X.
here() -> ?FILE.
`;

type Edit = (source: string) => string;
const replace =
  (from: string | RegExp, to: string): Edit =>
  (source) => {
    const made = source.replace(from, to);
    if (made === source) throw new Error(`nothing to replace: ${from}`);
    return made;
  };

/** What becomes of the module: none, lines, inner, or the parts of the interface that differ, with the names. */
const EDITS: readonly (readonly [name: string, base: string, edit: Edit, expected: string, options?: string])[] = [
  ['nothing, in another folder', BASE, (source) => source, 'none'],
  ['a comment', BASE, replace('how large', 'how big'), 'none'],
  ['lines at the top', BASE, (source) => `\n\n${source}`, 'none'],
  ['a call over two lines', BASE, replace('lists:sort(L)', '\n  lists:sort(\n  L)'), 'none'],
  ['names of variables', BASE, replace('pick(A, X) -> other(A) + X', 'pick(B, Y) -> other(B) + Y'), 'none'],
  ['a spec', BASE, replace('area(number())', 'area(integer())'), 'none'],
  ['documentation', BASE, replace('%% Says', '%% @doc Says'), 'none'],
  [
    'the place of a function',
    BASE,
    (source) => source.replace(/^area.*\narea.*\n/m, '').concat(source.match(/^area.*\narea.*\n/m)?.[0] ?? ''),
    'none',
  ],
  ['no debug info', BASE, (source) => source, 'none', '[]'],
  ['lines before ?LOG_INFO', LOUD, (source) => `\n\n${source}`, 'lines'],
  ['?FILE from elsewhere', LOUD, (source) => source, 'lines'],
  ['what is logged', LOUD, replace('note ~p', 'seen ~p'), 'inner'],
  ['a bare ?LINE', BASE, replace('area(_) -> 0', 'area(_) -> ?LINE'), 'inner'],
  ['a body', BASE, replace('R * R * 3', 'R * R * 4'), 'inner'],
  ['a local function', BASE, replace('A + 1', 'A + 2'), 'inner'],
  ['a function that is not exported', BASE, replace('all(L) -> [', 'more() -> 1.\nall(L) -> [more(), '), 'inner'],
  [
    'a spec of its own',
    BASE,
    (source) => source.replace('other(inner())', 'other(integer())').replace('A + 1', 'A + 2'),
    'inner',
  ],
  [
    'an opaque type',
    BASE,
    (source) => source.replace('id() :: integer()', 'id() :: number()').replace('A + 1', 'A + 2'),
    'inner',
  ],
  ['an export more', BASE, replace('[area/1', '[other/1, area/1'), 'exports + other/1; specs + other/1'],
  ['an export less', BASE, replace(', all/1', ''), 'exports - all/1'],
  ['another arity', BASE, (source) => source.replace('all/1', 'all/2').replace('all(L)', 'all(L, _)'), 'exports + all/2 - all/1'],
  ['a callback', BASE, replace('-callback draw', '-callback show() -> ok.\n-callback draw'), 'callbacks + show/0'],
  ['a callback that is optional no more', BASE, replace('-optional_callbacks([hide/0]).', ''), 'callbacks ~ hide/0'],
  [
    'a deprecated function',
    BASE,
    replace('-export_type', '-deprecated([{all, 1, next_version}]).\n-export_type'),
    'deprecated + all/1',
  ],
  [
    'a spec with a body',
    BASE,
    (source) => source.replace('area(number())', 'area(integer())').replace('A + 1', 'A + 2'),
    'specs ~ area/1',
  ],
  ['a type with a body', BASE, (source) => source.replace('| square', '| flat').replace('A + 1', 'A + 2'), 'types ~ shape/0'],
  ['a body without debug info', BASE, replace('R * R * 3', 'R * R * 4'), 'inner, without specs types', '[]'],
];

function textOf(surface: InterfaceChange | null): string {
  if (surface === null) return '';
  const unknown = INTERFACE_PARTS.filter((part) => surface.parts[part] === null);
  const parts = INTERFACE_PARTS.flatMap((part) => {
    const { added = [], removed = [], changed = [] } = surface.parts[part] ?? {};
    const names = [
      ...added.map((name) => `+ ${name}`),
      ...removed.map((name) => `- ${name}`),
      ...changed.map((name) => `~ ${name}`),
    ];
    return names.length === 0 ? [] : [`${part} ${names.join(' ')}`];
  });
  expect(surface.isChanged).toBe(parts.length > 0);
  return `${parts.length === 0 ? 'inner' : parts.join('; ')}${unknown.length === 0 ? '' : `, without ${unknown.join(' ')}`}`;
}

const sideOf = (bytes: Uint8Array): Side => {
  const module = readBeam(bytes);
  return new Map([[module.name, { app: null, module }]]);
};

/** Says what becomes of a module. */
function fateOf(old: Uint8Array, now: Uint8Array): string {
  const [one, ...others] = compareSides(sideOf(old), sideOf(now), (error) => {
    throw error;
  });
  expect(others).toEqual([]);
  if (one === undefined) return 'none';
  return one.fate === 'changed' ? textOf(one.surface) : one.fate;
}

const ELIXIR = `defmodule Thing do
  defstruct a: 1, b: nil
  @callback draw(integer) :: :ok
  @doc "Says go."
  @spec go(integer) :: integer
  def go(x), do: x + 1
  def old(x), do: {x, %Thing{}}
  defmacro twice(x), do: quote(do: unquote(x) * 2)
end
`;

const ELIXIR_EDITS: readonly (readonly [name: string, edit: Edit, expected: string])[] = [
  ['documentation', replace('Says go', 'Goes'), 'none'],
  ['a body', replace('x + 1', 'x + 2'), 'inner'],
  ['a field', replace('b: nil', 'c: nil'), 'fields + c - b'],
  ['a default of a field', replace('a: 1', 'a: 2'), 'inner'],
  ['a macro', replace('defmacro twice(x), do:', 'defmacro twice(x, _), do:'), 'macros + twice/2 - twice/1'],
  ['a callback', replace('draw(integer)', 'draw(integer, integer)'), 'callbacks + draw/2 - draw/1'],
  [
    'deprecation',
    (source) => source.replace('def old', '@deprecated "use go"\n  def old').replace('x + 1', 'x + 2'),
    'deprecated + old/1',
  ],
  [
    'a spec with a body',
    (source) => source.replace('@spec go(integer)', '@spec go(number)').replace('x + 1', 'x + 2'),
    'specs ~ go/1',
  ],
];

/** Compiles each source under the same path, all in one run of Elixir. */
function compileElixir(release: OtpRelease, sources: readonly string[]): readonly Uint8Array[] {
  const root = mkdtempSync(join(folder, `elixir-${release}-`));
  sources.forEach((source, at) => {
    writeFileSync(join(root, `${at}.ex`), source);
  });
  const script = `Code.compiler_options(ignore_module_conflict: true)
for at <- 0..${sources.length - 1} do
  File.rename!("${root}/#{at}.ex", "${root}/thing.ex")
  for {module, beam} <- Code.compile_file("${root}/thing.ex"), module == Thing, do: File.write!("${root}/#{at}.beam", beam)
end`;
  runCommand(release, ['elixir', '-e', script]);
  return sources.map((_, at) => readFileSync(join(root, `${at}.beam`)));
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `affected, by OTP ${release}`, () => {
    it('tells inner changes from those that others see, and none from both', () => {
      const asked = [BASE, LOUD, ...EDITS.map(([, base, edit]) => edit(base))].map((source, at) => [
        join(folder, String(release), String(at)),
        source,
        EDITS[at - 2]?.[4] ?? '[debug_info]',
      ]);
      const beams = (properList(decodeTerm(runOracle(release, 'changes_oracle', 'compile', [asked]))) ?? []).map((beam) =>
        isBinary(beam) ? new Uint8Array(beam.bytes) : new Uint8Array(0),
      );
      const found = EDITS.map(([name, base], at) => [
        name,
        fateOf(beams[base === BASE ? 0 : 1] as Uint8Array, beams[at + 2] as Uint8Array),
      ]);
      expect(found).toEqual(EDITS.map(([name, , , expected]) => [name, expected]));
    });

    it('does so for Elixir', () => {
      const [base, ...beams] = compileElixir(release, [ELIXIR, ...ELIXIR_EDITS.map(([, edit]) => edit(ELIXIR))]);
      const found = ELIXIR_EDITS.map(([name], at) => [name, fateOf(base as Uint8Array, beams[at] as Uint8Array)]);
      expect(found).toEqual(ELIXIR_EDITS.map(([name, , expected]) => [name, expected]));
    });

    it('knows the tests of ExUnit, and no case template', () => {
      const [root, output] = [join(folder, `exunit-${release}`), join(folder, `exunit-${release}`, 'beams')];
      mkdirSync(output, { recursive: true });
      const source = `defmodule Shared do
  use ExUnit.CaseTemplate
end
defmodule ThingTest do
  use ExUnit.Case
  test "go", do: assert(Thing.go(1) == 2)
end
defmodule OtherTest do
  use ExUnit.Case
  test "no", do: assert(true)
end
`;
      mkdirSync(join(root, 'test'));
      writeFileSync(join(root, 'test/thing_test.exs'), source);
      runCommand(release, ['elixirc', '-o', output, join(root, 'test/thing_test.exs')]);
      mkdirSync(join(root, 'base'));
      mkdirSync(join(root, 'head'));
      compileElixir(release, [ELIXIR, ELIXIR.replace('x + 1', 'x + 2')]).forEach((beam, at) => {
        writeFileSync(join(root, at === 0 ? 'base' : 'head', 'Elixir.Thing.beam'), beam);
      });
      const answer = affected(root, '--tests', 'beams', 'base', 'head');
      expect(answer.suites).toEqual({
        known: 2,
        reached: [
          {
            module: 'Elixir.ThingTest',
            app: null,
            kind: 'exunit',
            file: 'test/thing_test.exs',
            distance: 1,
            chain: ['Elixir.ThingTest', 'Elixir.Thing'],
          },
        ],
        commands: [{ tool: 'mix', arguments: ['test', 'test/thing_test.exs'] }],
      });
    });
  });
}

function affected(cwd: string, ...words: readonly string[]) {
  const { stdout, stderr } = spawnSync('node', [beamtool, 'deps', 'affected', '--format', 'json', ...words], {
    cwd,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const module = (name: string, body: string) =>
  `-module(${name}).\n-compile(export_all).\n-compile(nowarn_export_all).\n${body}\n`;

/** Two applications; the tests of `one` reach `low` by two steps, those of `two` don't. */
const UMBRELLA: Readonly<Record<string, string>> = {
  'rebar.config': '{erl_opts, [debug_info]}.\n',
  'apps/one/src/one.app.src': '{application, one, [{description, ""}, {vsn, "1"}, {applications, [kernel, stdlib]}]}.\n',
  'apps/one/src/low.erl': module('low', 'f(X) -> X + 1.'),
  'apps/one/src/middle.erl': module('middle', 'f(X) -> low:f(X).'),
  'apps/one/test/middle_SUITE.erl': module('middle_SUITE', 'all() -> [a].\na(_) -> true = is_integer(middle:f(1)).'),
  'apps/one/test/middle_tests.erl': `-module(middle_tests).\n-include_lib("eunit/include/eunit.hrl").\nf_test() -> ?assert(middle:f(1) > 1).\n`,
  'apps/two/src/two.app.src': '{application, two, [{description, ""}, {vsn, "1"}, {applications, [kernel, stdlib]}]}.\n',
  'apps/two/src/apart.erl': module('apart', 'f(X) -> X.'),
  'apps/two/test/apart_SUITE.erl': module('apart_SUITE', 'all() -> [a].\na(_) -> 1 = apart:f(1).'),
  'apps/two/test/apart_tests.erl': `-module(apart_tests).\n-include_lib("eunit/include/eunit.hrl").\nf_test() -> ?assertEqual(1, apart:f(1)).\n`,
};

function writeAll(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

describe.skipIf(!isOnPath('rebar3'))('what is told to be run', () => {
  it('runs with rebar3 the suites that the change reaches, and no other', () => {
    const root = join(folder, 'umbrella');
    writeAll(root, UMBRELLA);
    const compileTests = () => runIn(root, join(folder, 'home'), ['rebar3', 'ct', '--compile_only'], { REBAR_COLOR: 'none' });
    expect(compileTests()).toContain('exit code 0');
    spawnSync('cp', ['-r', '_build/test/lib', 'base'], { cwd: root });
    const edit = (file: string, text: string) => {
      writeFileSync(join(root, file), text);
      // rebar3 looks at whole seconds.
      utimesSync(join(root, file), new Date(), new Date(Date.now() + 5000));
    };
    edit('apps/one/src/low.erl', module('low', 'f(X) -> X + 2.'));
    compileTests();
    const words = ['--tests', '_build/test/lib', '--test-root', 'apps'];
    const { changed, suites } = affected(root, ...words, 'base', '_build/test/lib');
    expect(changed.map(({ module }: { module: string }) => module)).toEqual(['low']);
    expect(suites).toMatchObject({
      known: 4,
      reached: [{ module: 'middle_SUITE' }, { module: 'middle_tests' }],
      commands: [
        { tool: 'rebar3', arguments: ['ct', '--suite=apps/one/test/middle_SUITE'] },
        { tool: 'rebar3', arguments: ['eunit', '--module=middle_tests'] },
      ],
    });
    const withTests = () => affected(root, '--base-tests', 'base', ...words, 'base', '_build/test/lib').suites.commands[0];
    expect(withTests()).toEqual(suites.commands[0]);
    edit('apps/two/test/apart_SUITE.erl', UMBRELLA['apps/two/test/apart_SUITE.erl']?.replace('1 =', '_ =') ?? '');
    compileTests();
    expect(withTests().arguments).toEqual(['ct', '--suite=apps/two/test/apart_SUITE,apps/one/test/middle_SUITE']);
    for (const { tool, arguments: told } of suites.commands) {
      const output = runIn(root, join(folder, 'home'), [tool, ...told], { REBAR_COLOR: 'none' });
      expect(output).toMatch(/All 1 tests passed|1 tests, 0 failures/);
      expect(output).toContain('exit code 0');
    }
  });
});
