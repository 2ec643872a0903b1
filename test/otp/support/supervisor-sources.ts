// Supervisors as people write them, each the text of a module `m` but for its head: what init/1 does, and what its children are then.

/** A supervisor: its name, its functions, and whether all its children are known; `some` are where a part of them isn't always there. */
export type SupervisorSource = readonly [name: string, source: string, extent: 'all' | 'some'];

const HEAD = `
-module(m).
-behaviour(supervisor).
-export([start_link/0, init/1, child/0, child/1, child/2]).
start_link() -> supervisor:start_link({local, m_sup}, ?MODULE, []).
child() -> {ok, spawn_link(fun() -> receive stop -> ok end end)}.
child(_) -> child().
child(_, _) -> child().
`;

/** Returns the whole text of a module. */
export function sourceOf([, source]: SupervisorSource): string {
  return source.includes('start_link() ->') ? source : HEAD + source;
}

const OWN_HEAD = HEAD.replace(/start_link\(\) -> .*\n/, '');

/** The table. */
export const SUPERVISORS: readonly SupervisorSource[] = [
  ['a literal', 'init([]) -> {ok, {#{}, [#{id => a, start => {m, child, []}}]}}.', 'all'],
  [
    'tuples',
    'init([]) -> {ok, {{one_for_all, 3, 10}, [{a, {m, child, [1]}, transient, brutal_kill, worker, [m]}, {{b, 1}, {m, child, []}, temporary, 100, supervisor, dynamic}]}}.',
    'all',
  ],
  ['no children', 'init(_) -> {ok, {#{strategy => rest_for_one, intensity => 0, period => 1}, []}}.', 'all'],
  [
    'a template',
    'init(_) -> {ok, {#{strategy => simple_one_for_one}, [#{id => x, start => {m, child, [1]}, restart => temporary}]}}.',
    'all',
  ],
  [
    'a local function',
    `init([]) -> {ok, {flags(2), [spec(a), spec(b, supervisor), spec("c")]}}.
flags(N) -> #{strategy => one_for_one, intensity => N * 5, period => N + 1}.
spec(Id) -> spec(Id, worker).
spec(Id, Type) -> #{id => Id, start => {?MODULE, child, [Id]}, type => Type, modules => [?MODULE]}.`,
    'all',
  ],
  [
    'a comprehension',
    'init([]) -> {ok, {#{}, [#{id => {w, N}, start => {m, child, [N]}} || N <- lists:seq(1, 4), N rem 2 =:= 0]}}.',
    'all',
  ],
  [
    'lists:map with a fun that holds something',
    `init([]) -> Wait = wait(), {ok, {#{}, lists:map(fun(N) -> #{id => N, start => {m, child, []}, shutdown => Wait} end, [a, b, c])}}.
wait() -> 1000.`,
    'all',
  ],
  [
    'a fold, a filter, and sorting',
    `init([]) ->
    Names = lists:foldl(fun(N, Acc) -> [N | Acc] end, [], lists:filter(fun(N) -> N =/= b end, [a, b, c])),
    {ok, {#{}, [#{id => N, start => {m, child, []}} || N <- lists:sort(Names)]}}.`,
    'all',
  ],
  [
    'a recursive function',
    `init([]) -> {ok, {#{}, specs([{a, 1}, {b, 2}], [])}}.
specs([{Id, N} | Rest], Acc) -> specs(Rest, [#{id => Id, start => {m, child, [N]}} | Acc]);
specs([], Acc) -> lists:reverse(Acc).`,
    'all',
  ],
  [
    'a record and a map that is updated',
    `-record(opts, {wait = 50, type = worker}).
init([]) -> O = #opts{wait = 70}, Base = #{start => {m, child, []}, shutdown => O#opts.wait}, {ok, {#{}, [Base#{id => a}, maps:merge(Base, #{id => b, type => O#opts.type})]}}.`,
    'all',
  ],
  [
    'appending',
    `init([]) -> {ok, {#{}, one() ++ lists:append([two(), []]) ++ lists:flatten([three(), [[], [four()]]])}}.
one() -> [s(one)]. two() -> [s(two)]. three() -> [s(three)]. four() -> s(four).
s(Id) -> {Id, {m, child, []}, permanent, 5000, worker, [m]}.`,
    'all',
  ],
  [
    'names put together',
    `init([]) -> {ok, {#{}, [#{id => name(N), start => {m, child, [name(N)]}} || N <- [1, 2]]}}.
name(N) -> list_to_atom("worker_" ++ integer_to_list(N)).`,
    'all',
  ],
  [
    'property lists and lists of pairs',
    `init([]) -> O = [{wait, 10}, debug], W = proplists:get_value(wait, O), D = proplists:get_bool(debug, O),
    {_, K} = lists:keyfind(k, 1, [{j, 1}, {k, 2}]), {ok, {#{}, [#{id => {K, D}, start => {m, child, []}, shutdown => W}]}}.`,
    'all',
  ],
  [
    'what only the system knows in arguments',
    'init([]) -> N = application:get_env(m, n, 7), {ok, {#{}, [#{id => a, start => {m, child, [N, self()]}}]}}.',
    'all',
  ],
  [
    'branches that agree',
    `init([]) -> N = case application:get_env(m, n) of {ok, V} -> V; undefined -> 5 end,
    {ok, {#{}, [#{id => a, start => {m, child, [N]}}]}}.`,
    'all',
  ],
  [
    'a child that is there where it is asked for',
    `init([]) -> More = case application:get_env(m, more) of {ok, true} -> [#{id => more, start => {m, child, []}}]; _ -> [] end,
    {ok, {#{}, [#{id => a, start => {m, child, []}}] ++ More ++ [#{id => z, start => {m, child, []}}]}}.`,
    'all',
  ],
  [
    'one child or another',
    `init([]) -> {ok, {#{}, [one(os:getenv("M_OTHER")), #{id => z, start => {m, child, []}}]}}.
one(false) -> #{id => plain, start => {m, child, []}}; one(_) -> #{id => other, start => {m, child, []}, type => supervisor}.`,
    'all',
  ],
  [
    'what a local function answers in one way or another',
    `init([]) -> Specs = case more() of {ok, Spec} -> [Spec]; none -> [] end, {ok, {#{}, [#{id => a, start => {m, child, []}} | Specs]}}.
more() -> case os:getenv("M_MORE") of false -> none; _ -> {ok, #{id => more, start => {m, child, []}}} end.`,
    'all',
  ],
  [
    'results that are no supervisor',
    `init([]) -> case os:getenv("M_WRONG") of false -> {ok, {#{}, [#{id => a, start => {m, child, []}}]}}; "x" -> ignore; _ -> {error, wrong} end.`,
    'all',
  ],
  [
    'try and catch',
    `init([]) -> W = try atom_to_list(m) of "m" -> 20 catch error:_ -> 30 end, X = (catch list_to_tuple(5)), true = is_tuple(X),
    N = try application:get_env(m, x, 3) catch _:_ -> 4 end, {ok, {#{}, [#{id => a, start => {m, child, [N]}, shutdown => W}]}}.`,
    'all',
  ],
  [
    'side effects',
    `init([]) -> process_flag(trap_exit, true), _ = ets:new(m_table, [named_table, public]), put(k, v), self() ! hello, receive hello -> ok after 0 -> ok end,
    {ok, {#{}, [#{id => a, start => {m, child, []}}]}}.`,
    'all',
  ],
  [
    'a map of children',
    'init([]) -> {ok, {#{}, [#{id => Id, start => {m, child, [N]}} || {Id, N} <- lists:sort(maps:to_list(#{b => 1, a => 2}))]}}.',
    'all',
  ],
  [
    'an argument',
    `${OWN_HEAD}
start_link() -> start_link({two, [a, b]}).
start_link(Arg) -> supervisor:start_link({local, ?MODULE}, ?MODULE, Arg).
init({two, Ids}) -> {ok, {#{}, [#{id => Id, start => {m, child, []}} || Id <- Ids]}};
init(none) -> {ok, {#{}, []}}.`,
    'all',
  ],
  [
    "an argument by which it isn't known",
    `${OWN_HEAD.replace('-export([', '-export([start/1, ')}
start_link() -> supervisor:start_link(?MODULE, [a, b]).
start(Ids) -> supervisor:start_link(?MODULE, Ids).
init(Ids) -> {ok, {#{}, [#{id => Id, start => {m, child, []}} || Id <- Ids]}}.`,
    'some',
  ],
  [
    'two arguments',
    `${OWN_HEAD.replace('-export([', '-export([start_other/0, ')}
start_link() -> supervisor:start_link(?MODULE, main).
start_other() -> supervisor:start_link(?MODULE, other).
init(main) -> {ok, {#{}, [s(a), s(b)]}};
init(other) -> {ok, {#{}, [s(a)]}}.
s(Id) -> #{id => Id, start => {m, child, []}}.`,
    'all',
  ],
  [
    'a shutdown of its own',
    'init([]) -> {ok, {#{auto_shutdown => any_significant}, [#{id => a, start => {m, child, []}, restart => transient, significant => true}]}}.',
    'all',
  ],
];
