%% A gen_statem that keeps its data in a record.
-module(cnt_fsm).
-behaviour(gen_statem).
-export([start_link/0]).
-export([init/1, callback_mode/0, handle_event/4, code_change/4]).
-vsn("fsm-1").
-record(data, {n = 1}).

start_link() -> gen_statem:start_link({local, ?MODULE}, ?MODULE, [], []).
callback_mode() -> handle_event_function.
init([]) -> {ok, idle, #data{}}.
handle_event({call, F}, get, St, D) -> {keep_state_and_data, [{reply, F, {St, D}}]};
handle_event(_, _, _, _) -> keep_state_and_data.
code_change(_OldVsn, St, D, _Extra) -> {ok, St, D}.
