// Which instruction a module gets: by its behaviours, those of libraries among them, and by what it exports.
import { applicationA, type PluginCase } from './model.js';

const SERVER =
  '-export([init/1, handle_call/3, handle_cast/2]). init(S) -> {ok, S}. handle_call(_, _, S) -> {reply, S, S}. handle_cast(_, S) -> {noreply, S}.';
const EVENT = '-export([handle_event/2, handle_call/2]). handle_event(_, S) -> {ok, S}. handle_call(_, S) -> {ok, ok, S}.';
const CODE_CHANGE = '-export([code_change/3]). code_change(_, S, _) -> {ok, S}.';
const SUP = '-export([init/1]). init(_) -> {ok, {#{intensity => 1}, []}}.';
const SUP_2 = SUP.replace('1}', '2}');
const APP = '-export([start/2, stop/1]). start(_, _) -> supervisor:start_link({local, m}, m, []). stop(_) -> ok.';

/** A module with a number in it, so that it changes. */
const numbered = (source: string) => [1, 2].map((n) => `${source}\n-export([n/0]). n() -> ${n}.`) as [string, string];

function one(issue: string, about: string, [before, after]: readonly [string, string], instruction: string): PluginCase {
  return {
    issue,
    about,
    old: applicationA('1', { m: before }),
    now: applicationA('2', { m: after }),
    appups: { a: { up: [instruction], down: [instruction] } },
  };
}

const ADVANCED = '{update,m,{advanced,[]},[]}';
const LOAD = '{load_module,m,[]}';

export const BEHAVIOURS: readonly PluginCase[] = [
  one(
    '#15, #16, #28',
    'a gen_server that is a gen_event handler as well is no crash',
    numbered(`-behaviour(gen_server). -behaviour(gen_event). ${SERVER} ${EVENT} ${CODE_CHANGE}`),
    ADVANCED,
  ),
  one(
    '#44',
    'a behaviour that is named twice is no crash',
    numbered(`-behaviour(gen_server). -behavior(gen_server). ${SERVER} ${CODE_CHANGE}`),
    ADVANCED,
  ),
  one(
    '#34',
    'a behaviour that nobody knows is no crash',
    numbered('-behaviour(nobody). -export([init/1]). init(_) -> ok.'),
    LOAD,
  ),
  one(
    '#2',
    'a supervisor with another behaviour is a supervisor',
    [`-behaviour(supervisor). -behaviour(nobody). ${SUP}`, `-behaviour(supervisor). -behaviour(nobody). ${SUP_2}`],
    '{update,m,supervisor}',
  ),
  one(
    'documented',
    'a supervisor that is the application module as well is a supervisor',
    [
      `-behaviour(application). -behaviour(supervisor). ${APP} ${SUP}`,
      `-behaviour(application). -behaviour(supervisor). ${APP} ${SUP_2}`,
    ],
    '{update,m,supervisor}',
  ),
  one(
    '#4',
    'a special process is told by system_code_change/4',
    numbered(
      '-export([start/0, loop/1, system_continue/3, system_terminate/4, system_code_change/4]). start() -> proc_lib:spawn_link(m, loop, [1]). loop(S) -> receive _ -> loop(S) end. system_continue(_, _, S) -> loop(S). system_terminate(R, _, _, _) -> exit(R). system_code_change(S, _, _, _) -> {ok, S}.',
    ),
    ADVANCED,
  ),
  one(
    '1.1, exports of any arity',
    'code_change/1 is not the callback',
    numbered('-export([code_change/1]). code_change(S) -> S.'),
    LOAD,
  ),
  {
    issue: '#63',
    about: 'the behaviour of a behaviour is followed',
    old: {
      lib: { vsn: '1', modules: { my_server: PARENT() } },
      a: { vsn: '1', modules: { m: numbered(`-behaviour(my_server). ${SERVER} ${CODE_CHANGE}`)[0] } },
    },
    now: {
      lib: { vsn: '1', modules: { my_server: PARENT() } },
      a: { vsn: '2', modules: { m: numbered(`-behaviour(my_server). ${SERVER} ${CODE_CHANGE}`)[1] } },
    },
    appups: { a: { up: [ADVANCED], down: [ADVANCED] } },
  },
  {
    issue: '1.1, gen_server without code_change',
    about: 'a state that changes and that nothing converts is warned of, not loaded in silence',
    old: applicationA('1', {
      m: `-behaviour(gen_server). -state_record(s). -record(s, {a}). ${SERVER} -export([s/0]). s() -> #s{}.`,
    }),
    now: applicationA('2', {
      m: `-behaviour(gen_server). -state_record(s). -record(s, {b, a}). ${SERVER} -export([s/0]). s() -> #s{}.`,
    }),
    appups: { a: { up: [LOAD], down: [LOAD] } },
    warnings: [/m\b.*state/],
  },
];

function PARENT(): string {
  return `-behaviour(gen_server). -export([behaviour_info/1, init/1, handle_call/3, handle_cast/2, code_change/3]).
    behaviour_info(callbacks) -> [{init, 1}, {handle_call, 3}, {handle_cast, 2}, {code_change, 3}]; behaviour_info(_) -> undefined.
    init({M, A}) -> M:init(A). handle_call(R, F, {M, S}) -> M:handle_call(R, F, S). handle_cast(R, {M, S}) -> M:handle_cast(R, S).
    code_change(V, {M, S}, E) -> M:code_change(V, S, E).`;
}
