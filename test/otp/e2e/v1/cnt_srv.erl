%% A gen_server that keeps its state in a record.
-module(cnt_srv).
-behaviour(gen_server).
-export([start_link/0, incr/0, get/0]).
-export([init/1, handle_call/3, handle_cast/2, code_change/3]).
-record(state, {count = 0 :: integer(), name = <<"v1">> :: binary()}).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
incr() -> gen_server:call(?MODULE, incr).
get() -> gen_server:call(?MODULE, get).
init([]) -> {ok, #state{}}.
handle_call(incr, _, S) -> {reply, ok, S#state{count = S#state.count + 1}};
handle_call(get, _, S) -> {reply, S#state.count, S}.
handle_cast(_, S) -> {noreply, S}.
code_change(_OldVsn, S, _Extra) -> {ok, S}.
