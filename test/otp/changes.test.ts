// What counts as a change, on what the compilers of three releases make of one source in many variants, and of OTP's own modules.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { compareModules } from '../../src/changes/compare-modules.js';
import type { ModuleChange } from '../../src/changes/module-change.js';
import { hashModule } from '../../src/code/normal-form/normal-module.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isBinary, properList } from '../../src/term/model.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const folder = mkdtempSync('/tmp/beamtool-changes-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BASE = `
-module(m).
-export([area/1, greet/1, pick/2, both/2, adder/1, evens/1, point/0, wait/1, bits/1, safe/1, note/1, sure/1, here/0, made/2, far/1]).
-author(me).
-include_lib("kernel/include/logger.hrl").
-include_lib("stdlib/include/assert.hrl").
-record(point, {x = 1 :: integer(), y = 2 :: integer()}).
-spec area(number()) -> number().
area(R) when R > 0 -> R * R * 3;
area(_) -> 0.
greet(Name) -> "hello " ++ Name.
pick(a, X) -> {first, X};
pick(b, X) -> {second, X};
pick(_, X) -> shared(X).
shared(X) -> [X, 1.5, #{k => [v]}].
both(A, B) -> [lists:reverse(A), lists:sort(B)].
adder(N) -> fun(X) -> X + N end.
evens(L) -> [X * 2 || X <- L, X rem 2 =:= 0].
point() -> #point{}.
wait(T) -> receive {go, X} -> X; stop -> ok after T -> timeout end.
bits(<<A:8, "ab", B:16/little, R/binary>>) -> <<B:16, A, "xyz", R/binary>>;
bits(_) -> none.
safe(F) -> try F() of V -> {ok, V} catch error:E -> {error, E} after lists:reverse([]) end.
note(X) -> ?LOG_INFO("note ~p", [X]), X.
sure(X) -> ?assert(X > 1), ?assertEqual(X, shared(X)), X.
here() -> ?FILE.
made(A, B) -> F = fun G(0) -> A; G(N) -> G(N - 1) end, [F(X) + Y || X <- B, Y <- lists:map(fun(Z) -> Z + A end, B)].
far(X) -> case X of 1 -> lists:nth(1, X), error(one); 2 -> lists:nth(2, X), error(two) end.
load() -> ok.
`;

type Edit = (source: string) => string;
const replace =
  (from: string | RegExp, to: string): Edit =>
  (source) => {
    const made = source.replace(from, to);
    if (made === source) throw new Error(`nothing to replace: ${from}`);
    return made;
  };

/** Each function with its clauses, the other way round; what is before the first stays. */
const reversed: Edit = (source) => {
  const forms = source.split(/(?<=\.)\n/);
  const first = forms.findIndex((form) => /^area\(/.test(form));
  return `${[...forms.slice(0, first), ...forms.slice(first).reverse()].join('\n')}\n`;
};

const same: Edit = (source) => source;
const PLAIN = '[debug_info]';

/** What isn't a change: the name, the edit, options. */
const UNCHANGED: readonly (readonly [string, Edit, string?])[] = [
  ['nothing', same],
  ['another folder and no debug info', same, '[]'],
  ['deterministic', same, '[deterministic]'],
  ['no lines', same, '[no_line_info]'],
  ['a comment', replace('greet(Name)', '%% Says hello.\n%% @doc Says hello.\ngreet(Name)')],
  ['names of variables', replace(/\bName\b/g, 'Whom')],
  ['a spec less', replace('-spec area(number()) -> number().\n', '')],
  ['a spec more', replace('-author', '-spec greet(string()) -> string().\n-type t() :: a | b.\n-export_type([t/0]).\n-author')],
  ['the type of a field', replace('x = 1 :: integer()', 'x = 1')],
  ['a record that nobody uses', replace('-record(point', '-record(unused, {a}).\n-record(point')],
  ['the order of exports', replace('[area/1, greet/1,', '[greet/1, area/1,')],
  ['an export more that is there twice', replace('-author', '-export([area/1]).\n-author')],
  ['a call over two lines', replace('[lists:reverse(A), lists:sort(B)]', '[lists:reverse(A),\n    lists:sort(\n    B)]')],
  ['a case over lines', replace(/error\(one\); 2 ->/, 'error(one);\n 2 ->')],
  ['a fun over lines', replace('fun(X) -> X + N end', 'fun(X) ->\n X +\n N end')],
  ['-ignore_xref', replace('-author', '-ignore_xref([area/1]).\n-author')],
  ['-beamtool', replace('-author', '-beamtool({ignore, rule, "why"}).\n-author')],
  ['a macro that nobody uses', replace('-author', '-define(X, 1).\n-author')],
];

/** What moves code that holds its line. */
const LINES: readonly (readonly [string, Edit])[] = [
  ['a blank line at the top', (source) => `\n${source}`],
  ['functions in another place', reversed],
];

/** What is a change: the name, the edit, and in which functions; other things by their names. */
const CHANGED: readonly (readonly [string, Edit, readonly string[]])[] = [
  ['a constant', replace('* 3;', '* 4;'), ['~ area/1']],
  ['a large constant', replace('* 3;', '* 33333333333333333333;'), ['~ area/1']],
  ['a guard', replace('when R > 0', 'when R >= 0'), ['~ area/1']],
  ['a clause more', replace('pick(_, X)', 'pick(c, X) -> {third, X};\npick(_, X)'), ['~ pick/2']],
  ['a clause less', replace('pick(b, X) -> {second, X};\n', ''), ['~ pick/2']],
  [
    'results of clauses swapped',
    (source) => source.replace('{first', '{tmp').replace('{second', '{first').replace('{tmp', '{second'),
    ['~ pick/2'],
  ],
  ['the order of clauses', replace(/(stop -> ok) after/, '$1; {go, _} -> ok after'), []],
  ['a called function', replace('lists:sort(B)', 'lists:usort(B)'), ['~ both/2']],
  ['the arguments of a call', replace('lists:sort(B)', 'lists:sort(A)'), ['~ both/2']],
  ['a local function', replace('shared(X) -> [X, 1.5', 'shared(X) -> [X, 1.6'), ['~ shared/1']],
  ['a literal in a map', replace('k => [v]', 'k => [w]'), ['~ shared/1']],
  ['a float for an integer', replace('X * 2 ||', 'X * 2.0 ||'), ['~ evens/1']],
  ['-0.0', replace('1.5', '-0.0'), ['~ shared/1']],
  ['a string', replace('hello ', 'hallo '), ['~ greet/1']],
  ['the body of a fun', replace('X + N end', 'X - N end'), ['~ adder/1']],
  ['what a fun holds', replace('adder(N) ->', 'adder(M) -> N = M * 2,'), ['~ adder/1']],
  ['a comprehension', replace('rem 2 =:= 0', 'rem 2 =:= 1'), ['~ evens/1']],
  ['a fun in a comprehension', replace('Z + A end', 'Z - A end'), ['~ made/2']],
  ['a named fun', replace('G(N - 1)', 'G(N - 2)'), ['~ made/2']],
  ['a fun before the others', replace('greet(Name) -> ', 'greet(Name) -> lists:foreach(fun(X) -> X end, Name), '), ['~ greet/1']],
  ['a default of a record', replace('y = 2', 'y = 3'), ['~ point/0', 'record point']],
  ['a field of a record', replace('y = 2 :: integer()', 'y = 2, z = 0'), ['~ point/0', 'record point']],
  ['a default that is used nowhere', replace('-record(point', '-record(unused, {a = 1}).\n-record(point'), []],
  ['a timeout', replace('-> timeout end', '-> late end'), ['~ wait/1']],
  ['a message', replace('{go, X}', '{run, X}'), ['~ wait/1']],
  ['the size of a segment', replace('B:16/little', 'B:24/little'), ['~ bits/1']],
  ['the order of bytes', replace('B:16/little', 'B:16/big'), ['~ bits/1']],
  ['a string in a pattern', replace('"ab"', '"ac"'), ['~ bits/1']],
  ['a string in a binary', replace('"xyz"', '"xyw"'), ['~ bits/1']],
  ['a class of exceptions', replace('error:E', 'exit:E'), ['~ safe/1']],
  ['what is done after', replace('lists:reverse([]) end', 'lists:sort([]) end'), ['~ safe/1']],
  ['an export more', replace('[area/1', '[load/0, area/1'), ['+ load/0', 'export + load/0']],
  ['an export less', replace('area/1, greet/1,', 'area/1,'), ['- greet/1', 'export - greet/1']],
  [
    'a function more',
    replace(/-author([\s\S]*)load\(\) ->/, '-export([more/0]).\n-author$1more() -> 1.\nload() ->'),
    ['+ more/0', 'export + more/0'],
  ],
  ['another name', replace(/\bshared\(/g, 'common('), ['+ common/1', '- shared/1', '~ pick/2', '~ sure/1']],
  ['an attribute', replace('author(me)', 'author(you)'), ['attribute author']],
  ['a behaviour', replace('-author', '-behaviour(supervisor).\n-author'), ['attribute behaviour', 'behaviour + supervisor']],
  ['a version of its own', replace('-author', '-vsn("1.0").\n-author'), ['attribute vsn']],
  ['on_load', replace('-author', '-on_load(load/0).\n-author'), ['+ load/0']],
  ['a bare ?LINE', replace('-> 0.', '-> ?LINE.'), ['~ area/1']],
];

/** Changes of code that holds its line, which stays where it is. */
const CHANGED_BY_LINES: typeof CHANGED = [
  ['a level of logging', replace('?LOG_INFO', '?LOG_ERROR'), ['~ note/1']],
  ['what is logged', replace('note ~p', 'seen ~p'), ['~ note/1']],
  ['what is asserted', replace('?assert(X > 1)', '?assert(X > 2)'), ['~ sure/1']],
  ['a string for the file', replace('?FILE', '"n.erl"'), ['~ here/0']],
];

/** A module that keeps state, in a record that has another one in it. */
const STATEFUL = `
-module(m).
-export([init/1]).
-state_record(state).
-record(limits, {low = 1 :: integer()}).
-record(other, {a = 1}).
-type limits() :: none | [#limits{}].
-record(state, {count = 0 :: integer(), limits = [#limits{}] :: limits()}).
init(_) -> {#state{}, #other{}}.
`;

/** What becomes of the state. */
const STATES: readonly (readonly [string, Edit, string, string?])[] = [
  ['other code', replace('init(_) ->', 'init(_) -> garbage_collect(),'), 'kept'],
  ['another default', replace('count = 0', 'count = 1'), 'kept'],
  ['another record', replace('{a = 1}', '{a = 1, b = 2}'), 'kept'],
  ['a field more', replace('count = 0', 'more, count = 0'), 'unhandled'],
  ['fields in another order', replace(/(count = .*), (limits = .*)\}/, '$2, $1}'), 'unhandled'],
  ['a field more in a record in it', replace('{low = 1', '{high = 9, low = 1'), 'unhandled'],
  ['no debug info', replace('count = 0', 'more, count = 0'), 'unknown', '[]'],
];

/** Says what a change is, in the words of the table. */
function wordsOf(change: ModuleChange): readonly string[] {
  const { functions, exports, attributes, behaviours, records } = change;
  return [
    ...functions.added.map((name) => `+ ${name}`),
    ...functions.removed.map((name) => `- ${name}`),
    ...functions.changed.map(({ name }) => `~ ${name}`),
    ...exports.added.map((name) => `export + ${name}`),
    ...exports.removed.map((name) => `export - ${name}`),
    ...attributes.map((name) => `attribute ${name}`),
    ...behaviours.added.map((name) => `behaviour + ${name}`),
    ...(records ?? []).filter(({ kind }) => kind === 'changed').map(({ name }) => `record ${name}`),
  ];
}

/** The source without what holds its line. */
const QUIET = BASE.replace(/\?LOG_INFO\(.*?\]\), /, '')
  .replace(/sure\(X\) -> .*/, 'sure(X) -> shared(X).')
  .replace('?FILE', 'x');

function compileAll(
  release: OtpRelease,
  variants: readonly (readonly [string, string])[],
  folders: 'one' | 'several',
): readonly BeamModule[] {
  const asked = variants.map(([source, options], at) => [
    join(folder, String(release), folders === 'one' ? 'one' : String(at)),
    source,
    options,
  ]);
  const answer = properList(decodeTerm(runOracle(release, 'changes_oracle', 'compile', [asked]))) ?? [];
  return answer.map((beam) => readBeam(isBinary(beam) ? new Uint8Array(beam.bytes) : new Uint8Array(0)));
}

/** Compares what becomes of a source with what becomes of edits of it. */
function compareEdits(
  release: OtpRelease,
  source: string,
  edits: readonly (readonly [string, Edit, string?])[],
  folders: 'one' | 'several' = 'several',
) {
  const variants = edits.map(([, edit, options = PLAIN]) => [edit(source), options] as const);
  const [base, ...others] = compileAll(release, [[source, PLAIN], ...variants], folders);
  return others.map((other, at) => ({
    edit: edits[at]?.[0],
    change: compareModules(base as BeamModule, other),
    isSameHash: hashModule(base as BeamModule) === hashModule(other),
  }));
}

function stripBeam(release: OtpRelease, beam: Uint8Array): Uint8Array {
  return new Uint8Array(runOracle(release, 'changes_oracle', 'strip', [beam]));
}

function recompile(release: OtpRelease, beams: readonly string[], how: string): readonly BeamModule[] {
  const made = join(folder, String(release), how.replaceAll(' ', '-'));
  const failed = runOracle(release, 'changes_oracle', 'recompile', [beams.map((beam) => insidePath(release, beam)), made, how]);
  expect(failed.toString()).toBe('');
  return readdirSync(made).map((name) => readBeam(readFileSync(join(made, name)), { file: name }));
}

/** Of stdlib and kernel, without the largest, and without one whose features are only known to the preprocessor. */
function sample(release: OtpRelease, count: number): readonly string[] {
  const found = otpBeams(release).filter(
    (path) => /\/(stdlib|kernel)-[^/]*\/ebin\//.test(path) && statSync(path).size < 60_000 && !path.endsWith('/user_drv.beam'),
  );
  const step = found.length / count;
  return Array.from({ length: count }, (_, at) => found[Math.floor(at * step)] as string);
}

describeWithOtp(29, 'native records', () => {
  it('are part of what a module is', () => {
    const source = '-module(m).\n-export([f/0]).\n-record #point{x = 1, y}.\nf() -> ok.\n';
    const edits: readonly (readonly [string, Edit])[] = [
      ['a default', replace('x = 1', 'x = 2')],
      ['a field', replace('y}', 'y, z}')],
      ['a comment', replace('f() ->', '%% f\nf() ->')],
    ];
    const found = compareEdits(29, source, edits);
    expect(found.map(({ edit, change }) => [edit, change.level === 'code'])).toEqual([
      ['a default', true],
      ['a field', true],
      ['a comment', false],
    ]);
  });
});

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `builds by OTP ${release}`, () => {
    it('are unchanged where only what nobody runs differs', () => {
      const found = compareEdits(release, QUIET, UNCHANGED);
      const expected = UNCHANGED.map(([name]) => [name, false, [], true]);
      expect(found.map(({ edit, change, isSameHash }) => [edit, change.level === 'code', wordsOf(change), isSameHash])).toEqual(
        expected,
      );
    });

    it('differ in their lines alone where code that holds its line moves', () => {
      const found = compareEdits(release, BASE, LINES);
      for (const { edit, change } of found) expect([edit, change.lineLiteralsOnly]).toEqual([edit, true]);
      const words = found.map(({ change }) => [...wordsOf(change)].sort());
      expect(words).toEqual(LINES.map(() => ['~ here/0', '~ note/1', '~ sure/1']));
    });

    it('are changed by each edit, and in the function that was edited', () => {
      const editsOf = (table: typeof CHANGED) => table.map(([name, edit]) => [name, edit] as const);
      const found = [
        ...compareEdits(release, QUIET, editsOf(CHANGED), 'one'),
        ...compareEdits(release, BASE, editsOf(CHANGED_BY_LINES), 'one'),
      ];
      const expected = [...CHANGED, ...CHANGED_BY_LINES].map(([name, , words]) => [name, words, words.length === 0]);
      expect(found.map(({ edit, change, isSameHash }) => [edit, wordsOf(change), isSameHash])).toEqual(expected);
      for (const { change } of found) expect(change.lineLiteralsOnly).toBe(false);
    });

    it('keep the state of a process where its record is laid out as before', () => {
      const found = compareEdits(
        release,
        STATEFUL,
        STATES.map(([name, edit, , options = PLAIN]) => [name, edit, options] as const),
      );
      expect(found.map(({ edit, change }) => [edit, change.state?.status])).toEqual(
        STATES.map(([name, , status]) => [name, status]),
      );
      const own = replace('-export([init/1]', '-export([init/1, code_change/3]');
      const more = replace('init(_) ->', 'code_change(_, S, _) -> {ok, S}.\ninit(_) ->');
      const [withOwn] = compareEdits(release, STATEFUL, [['own', (source) => more(own(source))]]);
      expect(withOwn?.change.state).toEqual({ record: 'state', status: 'kept', callback: 'code_change/3' });
    });

    it('are the same when their files are stripped', () => {
      const [base, other] = compileAll(
        release,
        [
          [QUIET, PLAIN],
          [QUIET.replace('* 3', '* 4'), PLAIN],
        ],
        'one',
      ) as [BeamModule, BeamModule];
      const stripped = readBeam(stripBeam(release, base.bytes));
      expect(stripped.chunk('Attr')).toBe(undefined);
      expect(compareModules(base, stripped).level).toBe('other');
      expect(wordsOf(compareModules(stripped, other))).toEqual(['~ area/1']);
    });

    it('of OTP itself are unchanged with a line more at the top, and with their functions the other way round', () => {
      const beams = sample(release, release === 25 ? 60 : 12);
      const [base, moved, turned] = ['as it is', 'a line more', 'other places'].map((how) => recompile(release, beams, how));
      expect(base?.length).toBe(beams.length);
      for (const others of [moved, turned]) {
        const changes = (base ?? []).map((module, at) => compareModules(module, others?.[at] as BeamModule));
        expect(changes.filter(({ level, lineLiteralsOnly }) => level === 'code' && !lineLiteralsOnly)).toEqual([]);
      }
      const lines = (moved ?? []).map((module, at) => compareModules(base?.[at] as BeamModule, module));
      expect(lines.filter(({ level }) => level === 'code').every(({ lineLiteralsOnly }) => lineLiteralsOnly)).toBe(true);
    }, 900_000);
  });
}
