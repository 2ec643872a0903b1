%% A handler of gen_event that keeps its state in a record.
-module(cnt_evt).
-behaviour(gen_event).
-export([init/1, handle_event/2, handle_call/2, code_change/3]).
-record(evt, {seen = 0 :: integer()}).

init(_) -> {ok, #evt{}}.
handle_event(_, #evt{seen = Seen} = S) -> {ok, S#evt{seen = Seen + 1}}.
handle_call(get, S) -> {ok, S, S}.
code_change(_OldVsn, S, _Extra) -> {ok, S}.
