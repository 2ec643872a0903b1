%% A gen_event handler.
-module(audit).
-behaviour(gen_event).

-export([attach/1, init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2, code_change/3]).

-record(log, {lines = queue:new(), max = 100, dropped = 0}).

attach(Manager) -> gen_event:add_sup_handler(Manager, {?MODULE, make_ref()}, []).

init([]) -> {ok, #log{}}.

handle_event({Who, What}, #log{lines = Lines, max = Max} = Log) ->
    Longer = queue:in({erlang:system_time(millisecond), Who, What}, Lines),
    case queue:len(Longer) > Max of
        true -> {ok, Log#log{lines = queue:drop(Longer), dropped = Log#log.dropped + 1}};
        false -> {ok, Log#log{lines = Longer}}
    end;
handle_event(_, Log) -> {ok, Log}.

handle_call(lines, Log) -> {ok, queue:to_list(Log#log.lines), Log}.

handle_info(_, Log) -> {ok, Log}.

terminate(stop, _Log) -> ok;
terminate({stop, Reason}, Log) -> {Reason, Log};
terminate(_, _) -> ok.

code_change(_Vsn, Log, _Extra) -> {ok, Log}.
