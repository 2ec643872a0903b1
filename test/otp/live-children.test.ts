// A supervision tree of which nearly all changes, upgraded live by `beamtool upgrade` alone and back: children added and removed on several
// levels, dynamic children with a state, modules that go with their children, handlers of events, changed specifications.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithOtp } from './support/erlang.js';
import { otpLibrary } from './support/installed-otp.js';
import { beamtool, installFirst } from './support/live-shop.js';
import { runOracle } from './support/oracle.js';
import { type BuildSource, writePairs } from './support/release-pairs.js';

const server = (fields: string, more = '') => `-behaviour(gen_server). -state_record(s). -record(s, {${fields}}).
  -export([start_link/1, init/1, handle_call/3, handle_cast/2]).
  start_link(X) -> gen_server:start_link(?MODULE, X, []).
  init(X) -> {ok, #s{x = X}}.
  handle_call(_, _, S) -> {reply, S, S}.
  handle_cast(X, S) -> {noreply, S#s{x = X}}. ${more}`;

const named = (fields: string, more = '') =>
  server(fields, more).replace('gen_server:start_link(?MODULE', 'gen_server:start_link({local, ?MODULE}, ?MODULE');

const supervisor = (name: string, flags: string, children: string) => `-behaviour(supervisor). -export([start_link/0, init/1]).
  start_link() -> supervisor:start_link({local, ${name}}, ?MODULE, [x]).
  init([Arg]) -> {ok, {${flags}, children(Arg)}}.
  children(Arg) -> ${children}.`;

const APP = `-behaviour(application). -export([start/2, stop/1]). start(_, _) -> tree_sup:start_link(). stop(_) -> ok.`;
const handler = (fields: string) => `-behaviour(gen_event). -state_record(e). -record(e, {${fields}}).
  -export([init/1, handle_event/2, handle_call/2]). init(_) -> {ok, #e{}}.
  handle_event(_, #e{n = N} = E) -> {ok, E#e{n = N + 1}}. handle_call(_, E) -> {ok, E, E}.`;

const spec = (id: string, module: string, args = '[1]', more = '') =>
  `#{id => ${id}, start => {${module}, start_link, ${args}}${more}}`;
const POOL = (fields: string) => ({
  pool_sup: supervisor('pool', '#{strategy => simple_one_for_one}', `[${spec('worker', 'pool_worker', '[]')}]`),
  pool_worker: server(fields),
});

const OLD: BuildSource = {
  tree: {
    vsn: '1',
    modules: {
      tree_app: APP,
      tree_sup: supervisor(
        'top',
        '#{strategy => rest_for_one}',
        `[#{id => events, start => {gen_event, start_link, [{local, tree_events}]}, modules => dynamic},
          ${spec('{keep, Arg}', 'keeper')}, ${spec('leaving', 'leaver', '[Arg]')},
          ${spec('below', 'below_sup', '[]', ', type => supervisor')}, ${spec('pool', 'pool_sup', '[]', ', type => supervisor')}]`,
      ),
      below_sup: supervisor('below', '#{}', `[${spec('first', 'below_first')}, ${spec('second', 'below_second')}]`),
      keeper: named('x, y = old'),
      leaver: named('x'),
      caller: '-export([f/0]). f() -> leaver:start_link(9).',
      below_first: named('x'),
      below_second: named('x'),
      tree_handler: handler('n = 0'),
      ...POOL('x'),
    },
  },
};

const NEW: BuildSource = {
  tree: {
    vsn: '2',
    modules: {
      tree_app: APP,
      tree_sup: supervisor(
        'top',
        '#{strategy => rest_for_one, intensity => 3}',
        `[#{id => events, start => {gen_event, start_link, [{local, tree_events}]}, modules => dynamic},
          ${spec('{keep, Arg}', 'keeper', '[1]', ', shutdown => 1000')},
          ${spec('below', 'below_sup', '[]', ', type => supervisor')}, ${spec('pool', 'pool_sup', '[]', ', type => supervisor')},
          ${spec('come', 'comer', '[helper:value()]')}, ${spec('deep', 'deep_sup', '[]', ', type => supervisor')}]`,
      ),
      below_sup: supervisor('below', '#{}', `[${spec('second', 'below_second')}, ${spec('third', 'below_third')}]`),
      deep_sup: supervisor('deep', '#{}', `[${spec('leaf', 'leaf')}]`),
      keeper: named('z = helper:value(), y = new, x'),
      helper: '-export([value/0]). value() -> 7.',
      caller: '-export([f/0]). f() -> helper:value().',
      comer: named('x'),
      leaf: named('x'),
      below_second: named('more = [], x'),
      below_third: named('x'),
      tree_handler: handler('since = now, n = 0'),
      ...POOL('x, extra = none'),
    },
  },
};

/** The children of each supervisor, whether they run; then the states of processes that stay. */
const LOOK = [
  '[{S, lists:sort([{Id, is_pid(Pid)} || {Id, Pid, _, _} <- supervisor:which_children(S)])} || S <- [top, below]]',
  '{sys:get_state(keeper), sys:get_state(below_second), gen_event:call(tree_events, tree_handler, get)}',
  'lists:sort([sys:get_state(Pid) || {_, Pid, _, _} <- supervisor:which_children(pool)])',
  '[{N, whereis(N)} || N <- [top, below, pool, keeper, below_second, tree_events]] =:= persistent_term:get(pids)',
];

const PREPARE = [
  'gen_event:add_handler(tree_events, tree_handler, []), gen_event:sync_notify(tree_events, seen)',
  '[begin {ok, _} = supervisor:start_child(pool, [N]) end || N <- [5, 6, 7]], ok',
  'persistent_term:put(pids, [{N, whereis(N)} || N <- [top, below, pool, keeper, below_second, tree_events]])',
  'gen_server:cast(keeper, kept), gen_server:cast(below_second, kept)',
];

const BEFORE = [
  '[{top,[{below,true},{events,true},{leaving,true},{pool,true},{{keep,x},true}]},{below,[{first,true},{second,true}]}]',
  '{{s,kept,old},{s,kept},{e,1}}',
  '[{s,5},{s,6},{s,7}]',
  'true',
];

const AFTER = [
  '[{top,[{below,true},{come,true},{deep,true},{events,true},{pool,true},{{keep,x},true}]},{below,[{second,true},{third,true}]}]',
  '{{s,7,old,kept},{s,[],kept},{e,now,1}}',
  '[{s,5,none},{s,6,none},{s,7,none}]',
  'true',
];

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `a supervision tree on OTP ${release}`, () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync('/tmp/beamtool-tree-');
      writePairs(release, [{ folder, old: OLD, now: NEW }]);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('is upgraded live and back', () => {
      const [first, second, root] = [join(folder, 'old'), join(folder, 'new'), join(folder, 'root')];
      const rel = join(first, 'releases/1/r-1.rel');
      copyFileSync(join(first, 'releases/1/r.rel'), rel);
      beamtool('tar', '--rel', rel, '--path', join(first, 'lib/*/ebin'), '--path', otpLibrary(release), '--output', folder);
      rmSync(rel);
      beamtool('upgrade', first, second, '--library', otpLibrary(release), '--output', folder);
      installFirst(release, join(folder, 'r-1.tar.gz'), root);
      copyFileSync(join(folder, 'r-2.tar.gz'), join(root, 'releases/r-2.tar.gz'));
      const added = '[sys:get_state(N) || N <- [comer, leaf, below_third]]';
      const steps = [...PREPARE, ...LOOK, ['install', '2'], ...LOOK, added, ['install', '1'], ...LOOK, ['install', '2'], ...LOOK];
      const seen = runOracle(release, 'node_oracle', 'run', ['r', root, steps]).toString('utf8').trimEnd().split('\n');
      const up = ['{installed,"2"}', ...AFTER];
      expect(seen.slice(PREPARE.length)).toEqual([...BEFORE, ...up, '[{s,7},{s,1},{s,1}]', '{installed,"1"}', ...BEFORE, ...up]);
    });
  });
}
