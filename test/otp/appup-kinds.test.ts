// Appups of written modules, one kind of process each, and the cases that rebar3_appup_plugin's issues tell of: what each module's instruction
// is, what is warned of, and that systools makes a relup of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { isAtom, isTuple, properList } from '../../src/term/model.js';
import { describeWithOtp } from './support/erlang.js';
import { generateIn } from './support/generated-appups.js';
import { runOracle } from './support/oracle.js';
import { releaseFiles } from './support/random-builds.js';

/** A case: its modules in both versions, the instructions up, and the kinds of warnings. `V` in a source is the version. */
interface Case {
  readonly about: string;
  readonly old: readonly string[];
  readonly now: readonly string[];
  readonly up: readonly string[];
  readonly warnings?: readonly string[];
  readonly restartsChanged?: true;
}

const SERVER = 'init(_) -> {ok, 1}. handle_call(_, _, S) -> {reply, V, S}. handle_cast(_, S) -> {noreply, S}.';
const EXPORTS = '-export([init/1, handle_call/3, handle_cast/2]).';
const PLAIN = '-export([v/0]). v() -> V.';
const LOAD = (module: string, deps = '') => `{load_module,${module},brutal_purge,brutal_purge,[${deps}]}`;
const UPDATE = (module: string, deps = '') => `{update,${module},{advanced,[]},brutal_purge,brutal_purge,[${deps}]}`;
const SUPERVISOR = (module: string) => `{update,${module},supervisor}`;
const CALL = (name: string, id: string) => `{apply,{supervisor,${name},[m,${id}]}}`;

/** The same source with another version. */
const both = (about: string, sources: readonly string[], up: readonly string[], warnings?: readonly string[]): Case => {
  return { about, old: sources, now: sources, up, ...(warnings && { warnings }) };
};

const supervisor = (children: string) =>
  `-module(m). -behaviour(supervisor). -export([start_link/0, init/1]).
   start_link() -> supervisor:start_link({local, m}, ?MODULE, []). init([]) -> {ok, {#{}, [${children}]}}.`;

const withRecord = (fields: string, attributes = '') =>
  `-module(m). -behaviour(gen_server). ${attributes} ${EXPORTS} -record(state, {${fields}}).
   init(_) -> {ok, #state{}}. handle_call(_, _, S) -> {reply, V, S}. handle_cast(_, S) -> {noreply, S}.`;

const CASES: readonly Case[] = [
  both('a module without processes', [`-module(m). ${PLAIN}`], [LOAD('m')]),
  both(
    'a gen_server with code_change',
    [`-module(m). -behaviour(gen_server). ${EXPORTS} -export([code_change/3]). ${SERVER} code_change(_, S, _) -> {ok, S}.`],
    [UPDATE('m')],
  ),
  both(
    'a gen_server without code_change whose state is as it was',
    [`-module(m). -behavior(gen_server). ${EXPORTS} ${SERVER}`],
    [LOAD('m')],
  ),
  {
    about: 'a gen_server without code_change, with another record',
    ...{ old: [withRecord('a')], now: [withRecord('a, b')], up: [LOAD('m')], warnings: ['records_changed'] },
  },
  {
    about: 'a gen_server without code_change, with another state',
    ...{ old: [withRecord('a', '-state_record(state).')], now: [withRecord('a, b', '-state_record(state).')] },
    ...{ up: [LOAD('m')], warnings: ['state_unhandled'] },
  },
  both(
    'a gen_statem',
    [
      `-module(m). -behaviour(gen_statem). -export([init/1, callback_mode/0, handle_event/4, code_change/4]). init(_) -> {ok, a, V}.
       callback_mode() -> handle_event_function. handle_event(_, _, _, _) -> keep_state_and_data. code_change(_, S, D, _) -> {ok, S, D}.`,
    ],
    [UPDATE('m')],
  ),
  both(
    'a gen_statem with a code_change that is not called',
    [
      `-module(m). -behaviour(gen_statem). -export([init/1, callback_mode/0, handle_event/4, code_change/3]). init(_) -> {ok, a, V}.
       callback_mode() -> handle_event_function. handle_event(_, _, _, _) -> keep_state_and_data. code_change(_, S, _) -> {ok, S}.`,
    ],
    [LOAD('m')],
    ['wrong_callback'],
  ),
  both(
    'a handler of events',
    [
      `-module(m). -behaviour(gen_event). -export([init/1, handle_event/2, handle_call/2, code_change/3]). init(_) -> {ok, V}.
       handle_event(_, S) -> {ok, S}. handle_call(_, S) -> {ok, ok, S}. code_change(_, S, _) -> {ok, S}.`,
    ],
    [UPDATE('m')],
  ),
  both(
    'a special process (#4)',
    [`-module(m). -export([v/0, system_code_change/4]). v() -> V. system_code_change(S, _, _, _) -> {ok, S}.`],
    [UPDATE('m')],
  ),
  both(
    'several behaviours, one of them twice (#15, #16, #28, #44)',
    [
      `-module(m). -behaviour(gen_server). -behavior(gen_server). -behaviour(gen_event). ${EXPORTS}
       -export([handle_event/2, handle_call/2, code_change/3]). ${SERVER} handle_event(_, S) -> {ok, S}. handle_call(_, S) -> {ok, ok, S}.
       code_change(_, S, _) -> {ok, S}.`,
    ],
    [UPDATE('m')],
  ),
  both(
    'behaviours that nobody knows (#34)',
    [`-module(m). -behaviour(nobody). -behaviour(cowboy_handler). ${PLAIN}`],
    [LOAD('m')],
  ),
  both(
    'an application that is its own supervisor (#2)',
    [
      `-module(m). -behaviour(application). -behaviour(supervisor). -export([start/2, stop/1, init/1]). start(_, _) -> {ok, V}. stop(_) -> ok. init(_) -> ignore.`,
    ],
    [SUPERVISOR('m')],
  ),
  both(
    'a supervisor that is a server as well (#2)',
    [`-module(m). -behaviour(supervisor). -behaviour(gen_server). ${EXPORTS} ${SERVER}`],
    [SUPERVISOR('m')],
    ['two_kinds'],
  ),
  both(
    'a behaviour of its own that wants code_change (#63)',
    [
      '-module(b). -callback init(term()) -> term(). -callback code_change(term(), term(), term()) -> term().',
      `-module(m). -behaviour(b). -export([init/1, code_change/3]). init(_) -> V. code_change(_, S, _) -> {ok, S}.`,
    ],
    [UPDATE('m')],
  ),
  {
    about: 'a behaviour of its own that is a gen_server (#63)',
    ...{
      old: [
        `-module(b). -behaviour(gen_server). -callback run() -> term(). ${EXPORTS} ${SERVER.replace('V', '0')}`,
        '-module(m). -behaviour(b). -export([run/0]). -record(s, {a}). run() -> #s{}.',
      ],
      now: [
        `-module(b). -behaviour(gen_server). -callback run() -> term(). ${EXPORTS} ${SERVER.replace('V', '0')}`,
        '-module(m). -behaviour(b). -export([run/0]). -record(s, {a, b}). run() -> #s{}.',
      ],
    },
    ...{ up: [LOAD('m')], warnings: ['records_changed'] },
  },
  both(
    'a copy of supervisor (#63)',
    [
      `-module(b). -behaviour(gen_server). -callback init(term()) -> term(). ${EXPORTS} -export([which_children/1, terminate_child/2, start_child/2]).
       ${SERVER.replace('V', '0')} which_children(_) -> []. terminate_child(_, _) -> ok. start_child(_, _) -> ok.`,
      '-module(m). -behaviour(b). -export([init/1]). init(_) -> V.',
    ],
    [SUPERVISOR('m')],
  ),
  {
    about: 'other lines, comments and types (#22, #66, #67)',
    ...{ old: [`-module(m). -export([v/0]). v() -> 1.`] },
    ...{ now: [`-module(m).\n%% Now\n-export([v/0]).\n-type t() :: a.\n-spec v() -> t() | 1.\n\nv() -> 1.`], up: [] },
  },
  {
    about: 'two children more, without a type (#55)',
    ...{ old: [supervisor('')], now: [supervisor('#{id => a, start => {x, s, []}}, #{id => {b, 1}, start => {y, s, []}}')] },
    up: [SUPERVISOR('m'), CALL('restart_child', 'a'), CALL('restart_child', '{b,1}')],
  },
  {
    about: 'a supervisor as a child less, and a worker more (#69)',
    ...{
      old: [supervisor('{a, {x, s, []}, permanent, infinity, supervisor, [x]}')],
      now: [supervisor('{c, {y, s, []}, permanent, 1, worker, [y]}')],
    },
    up: [CALL('terminate_child', 'a'), CALL('delete_child', 'a'), SUPERVISOR('m'), CALL('restart_child', 'c')],
  },
  {
    about: 'a child whose start is another one',
    ...{
      old: [supervisor('{a, {x, s, [1]}, permanent, 1, worker, [x]}')],
      now: [supervisor('{a, {x, s, [2]}, permanent, 1, worker, [x]}')],
    },
    ...{ up: [SUPERVISOR('m')], warnings: ['children_changed'] },
  },
  {
    about: 'a child whose start is another one, and that is to be restarted',
    ...{
      old: [supervisor('{a, {x, s, [1]}, permanent, 1, worker, [x]}, {b, {x, s, []}, permanent, 1, worker, [x]}')],
      now: [supervisor('{a, {x, s, [2]}, permanent, 1, worker, [x]}, {b, {x, s, []}, transient, 1, worker, [x]}')],
    },
    ...{ up: [CALL('terminate_child', 'a'), SUPERVISOR('m'), CALL('restart_child', 'a')], restartsChanged: true },
  },
  {
    about: 'a supervisor without a registered name',
    ...{
      old: ['-module(m). -behaviour(supervisor). -export([init/1]). init([]) -> {ok, {#{}, []}}.'],
      now: ['-module(m). -behaviour(supervisor). -export([init/1]). init([]) -> {ok, {#{}, [#{id => a, start => {x, s, []}}]}}.'],
    },
    ...{ up: [SUPERVISOR('m')], warnings: ['supervisor_unnamed'] },
  },
  {
    about: 'children that only a running system knows',
    ...{ old: [supervisor('')], now: [supervisor('#{id => X, start => {x, s, []}} || X <- application:get_env(a, b, [])')] },
    ...{ up: [SUPERVISOR('m')], warnings: ['children_unknown'] },
  },
  {
    // Where it isn't there restart_child returns an error, which fails nothing.
    about: 'a child that is there where a configuration says so',
    ...{ old: [supervisor('')], now: [supervisor('#{id => a, start => {x, s, []}} || application:get_env(a, b) =/= c')] },
    up: [SUPERVISOR('m'), '{apply,{supervisor,restart_child,[m,a]}}'],
  },
  {
    about: 'a process that release_handler does not find',
    old: [
      supervisor('{a, {w, start, []}, permanent, 1, worker, [other]}').replace('V', '1'),
      `-module(w). -export([v/0, code_change/3]). v() -> V. code_change(_, S, _) -> {ok, S}.`,
    ],
    now: [
      supervisor('{a, {w, start, []}, permanent, 1, worker, [other]}').replace('V', '1'),
      `-module(w). -export([v/0, code_change/3]). v() -> V. code_change(_, S, _) -> {ok, S}.`,
    ],
    ...{ up: [UPDATE('w')], warnings: ['hidden_process', 'hidden_process'] },
  },
  {
    about: 'a module that is new, one that is gone, one that calls both (#6, #45)',
    old: [`-module(gone). ${PLAIN.replace('V', '0')}`, `-module(m). -export([v/0]). v() -> gone:v().`],
    now: [`-module(fresh). ${PLAIN.replace('V', '0')}`, `-module(m). -export([v/0]). v() -> fresh:v().`],
    up: ['{add_module,fresh}', LOAD('m', 'fresh'), '{delete_module,gone,[m]}'],
  },
];

function filesOf({ old, now }: Case): Readonly<Record<string, string>> {
  const nameOf = (source: string) => /^-module\((\w+)\)/.exec(source)?.[1] ?? '';
  const files: Record<string, string> = { ...releaseFiles(['a'], { '1': { a: old.map(nameOf) }, '2': { a: now.map(nameOf) } }) };
  for (const [version, sources] of Object.entries({ '1': old, '2': now })) {
    for (const source of sources) {
      files[`v${version}/lib/a-${version}/src/${nameOf(source)}.erl`] = source.replace(/\bV\b/g, version);
    }
  }
  return files;
}

describeWithOtp(25, 'appups of one module each', () => {
  const folder = mkdtempSync('/tmp/beamtool-appups-');
  const paths = CASES.map((_, at) => join(folder, String(at)));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => {
    CASES.forEach((one, at) => {
      for (const [name, content] of Object.entries(filesOf(one))) {
        const path = join(paths[at] as string, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      }
    });
    runOracle(25, 'appup_oracle', 'compile', [paths]);
  });

  it.each(CASES.map((one, at) => [one.about, at] as const))('%s', async (_, at) => {
    const { appups, warnings } = await generateIn(paths[at] as string, { restartsChanged: CASES[at]?.restartsChanged === true });
    const [entry] = appups[0]?.entries ?? [];
    expect(entry?.up?.map((term) => formatTerm(term))).toEqual(CASES[at]?.up);
    expect(warnings.map(({ fault }) => fault.kind).sort()).toEqual(CASES[at]?.warnings ?? []);
  });

  it('are accepted by systools, all of them', () => {
    const answers = properList(decodeTerm(runOracle(25, 'appup_oracle', 'relups', [paths]))) ?? [];
    expect(answers.length).toBe(CASES.length);
    for (const answer of answers) expect(isTuple(answer) && isAtom(answer.items[0], 'ok'), formatTerm(answer)).toBe(true);
  });
});
