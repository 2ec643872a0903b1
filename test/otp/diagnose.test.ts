// What is said of a code_change that can't succeed, and of one that may: the sources are compiled by a real Erlang, the judgements are by hand.
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { childModules } from '../../src/migrate/child-specs.js';
import { describeState } from '../../src/migrate/describe-state.js';
import { diagnose } from '../../src/migrate/diagnose.js';
import type { StateDescription } from '../../src/migrate/model.js';
import { planMigration } from '../../src/migrate/plan-migration.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type Bitstring, properList } from '../../src/term/model.js';
import { describeWithOtp } from './support/erlang.js';
import { source } from './support/live-sources.js';
import { runOracle } from './support/oracle.js';

/** Clauses of code_change/3, and the ways that fail. */
const SERVERS: readonly (readonly [functions: string, failing: string])[] = [
  ['code_change(_, S, _) -> {ok, S}.', ''],
  ['code_change(_, _, _) -> {error, no}.', 'up down'],
  ['code_change(_, _, _) -> error(boom).', 'up down'],
  ['code_change(_, _, _) -> erlang:exit(boom).', 'up down'],
  ['code_change({down, _}, _, _) -> {error, no}; code_change(_, S, _) -> {ok, S}.', 'down'],
  ['code_change({down, _}, S, _) -> {ok, S}; code_change(_, _, _) -> {error, no}.', 'up'],
  ['code_change({down, _} = V, S, _) -> {ok, {V, S}}; code_change("1", _, _) -> ok.', 'up'],
  ['code_change({down, _}, S, _) -> {ok, S}.', 'up'],
  ['code_change("1", S, _) -> {ok, S}.', 'down'],
  ['code_change({V, _}, S, _) -> {ok, {V, S}}.', ''],
  ['code_change(_, S, X) -> case X of [] -> {error, no}; _ -> {ok, S} end.', ''],
  ['code_change(_, _, X) -> case X of [] -> {error, no}; _ -> exit(X) end.', 'up down'],
  ['code_change(_, S, _) -> convert(S).', ''],
  ['code_change(_, S, _) -> R = {ok, S}, R.', ''],
  ['code_change(_, S, _) -> throw({ok, S}).', ''],
  ['code_change(_, S, _) -> throw({error, S}).', 'up down'],
  ['code_change(_, S, _) -> try convert(S) catch _:_ -> {error, no} end.', ''],
  ['code_change(_, S, _) -> try convert(S) of _ -> no catch _:_ -> {error, no} end.', 'up down'],
  ['code_change(_, S, _) -> {ok, S, S}.', 'up down'],
  ['code_change(_, S, _) -> begin self(), S end.', ''],
  ['code_change(_, _, _) -> "text".', 'up down'],
];

const SUPERVISOR = `-module(m).
-export([init/1]).
init(Args) ->
    Local = {local, x},
    {ok, {#{}, [#{id => a, start => {a, start, []}, modules => [x, y]},
                #{id => b, start => {b, start, [Local]}, modules => dynamic},
                #{id => c, start => {c, start, Args}},
                #{id => d, start => {d, start, Args}, modules => [d | Args]},
                {e, {e, start, []}, permanent, 1, worker, [f]},
                {g, {g, start, []}, permanent, 1, worker, dynamic} | lists:map(fun(I) -> {I, {h, start, [I]}, permanent, 1, worker, []} end, Args)]}}.
`;

function describeAll(sources: readonly (readonly string[])[]): readonly (readonly StateDescription[])[] {
  const beams = properList(decodeTerm(runOracle(25, 'migrate_oracle', 'compile', [sources]))) ?? [];
  return beams.map((ours) =>
    (properList(ours) ?? []).map((beam) => describeState(readBeam((beam as Bitstring).bytes), 'file') as StateDescription),
  );
}

function failing(to: StateDescription, from: StateDescription): string {
  const plan = planMigration({ to, from: [from] });
  if (plan.kind !== 'migration') throw new Error(plan.kind);
  return diagnose(plan)
    .map((text) => /the (up|down)grade fails/.exec(text)?.[1])
    .join(' ');
}

describeWithOtp(25, 'what a code_change can do', () => {
  it('is told from its forms', () => {
    const builds = SERVERS.map(([functions]) => [
      source(
        'gen_server',
        '-state_record(state). -record(state, {a, b}).',
        `${functions} convert(S) -> {ok, S}. use() -> convert(1).`,
      ),
      source('gen_server', '-record(state, {a}).'),
    ]);
    const found = describeAll(builds).map(([to, from]) => failing(to as StateDescription, from as StateDescription));
    expect(SERVERS.map(([functions], at) => [functions, found[at]])).toEqual(SERVERS);
  });

  it('and which modules children are found by', () => {
    const [[state] = []] = describeAll([[SUPERVISOR]]);
    const init = state?.functionForm('init', 1);
    expect(init === undefined ? [] : childModules(init)).toEqual([
      { start: 'a', modules: ['x', 'y'] },
      { start: 'e', modules: ['f'] },
      { start: 'h', modules: [] },
    ]);
  });
});
