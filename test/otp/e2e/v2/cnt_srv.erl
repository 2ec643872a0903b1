%% The next version of the gen_server, whose code_change does not know of the change of the record.
-module(cnt_srv).
-behaviour(gen_server).
-export([start_link/0, incr/0, get/0]).
-export([init/1, handle_call/3, handle_cast/2, code_change/3]).
-state_record(state).
-record(state, {name = <<"v2">> :: binary(), tags = [] :: list(), count = 0 :: integer(), limit = 100}).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
incr() -> gen_server:call(?MODULE, incr).
get() -> gen_server:call(?MODULE, get).
init([]) -> {ok, #state{}}.
handle_call(incr, _, S) -> {reply, ok, S#state{count = S#state.count + 10}};
handle_call(get, _, S) -> {reply, {S#state.count, S#state.limit}, S}.
handle_cast(_, S) -> {noreply, S}.
code_change(_OldVsn, S, _Extra) -> {ok, S}.
