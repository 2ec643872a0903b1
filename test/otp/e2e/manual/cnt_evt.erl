%% The next version of the handler, with a migration that was written by hand.
-module(cnt_evt).
-behaviour(gen_event).
-export([init/1, handle_event/2, handle_call/2, code_change/3]).
-record(evt, {since = new, seen = 0 :: integer()}).

init(_) -> {ok, #evt{}}.
handle_event(_, #evt{seen = Seen} = S) -> {ok, S#evt{seen = Seen + 1}}.
handle_call(get, S) -> {ok, S, S}.
code_change({down, _}, #evt{seen = Seen}, _) -> {ok, {evt, Seen}};
code_change(_, {evt, Seen}, _) -> {ok, #evt{seen = Seen}}.
