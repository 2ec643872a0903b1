%% The next version of the gen_server, with a migration that was written by hand.
-module(cnt_srv).
-behaviour(gen_server).
-export([start_link/0, incr/0, get/0]).
-export([init/1, handle_call/3, handle_cast/2, code_change/3]).
-record(state, {name = <<"v2">> :: binary(), tags = [] :: list(), count = 0 :: integer(), limit = 100}).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
incr() -> gen_server:call(?MODULE, incr).
get() -> gen_server:call(?MODULE, get).
init([]) -> {ok, #state{}}.
handle_call(incr, _, S) -> {reply, ok, S#state{count = S#state.count + 10}};
handle_call(get, _, S) -> {reply, {S#state.count, S#state.limit}, S}.
handle_cast(_, S) -> {noreply, S}.
code_change({down, _}, #state{name = N, count = C}, _) ->
    {ok, {state, C, N}};
code_change(_, {state, C, N}, _) ->
    {ok, #state{name = N, count = C}}.
