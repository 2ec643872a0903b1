%% Functions and modules as data, given to functions that call them, and in patterns, where they are none; records of another application.
-module(ref_data).
-include_lib("kernel/include/file.hrl").
-export([hooks/1, start/1, remote/2, matches/1, size/1, stamp/1, own/1, again/1]).
-record(own, {a, hook = {ref_default, init, []}}).

hooks(X) -> [{lists, sort, 1}, {ref_target, run, [X, 2]}, {ref_target, run, []}, {error, reason, 1}, {ref_target, X, 1}].

start(Args) -> proc_lib:start_link(?MODULE, size, [Args]), gen_server:start_link(ref_server, [], []).

remote(Node, Tail) -> rpc:call(Node, ref_target, stop, []), erpc:call(Node, ref_target, go, [a | Tail]).

matches({ref_pattern, f, 1}) -> true;
matches(X) ->
    case X of
        {ref_pattern, g, []} -> false;
        _ -> {ref_value, g, []} = X
    end.

size(#file_info{size = Size}) -> Size.

-spec stamp(file:io_device()) -> #file_info{}.
stamp(_) -> #file_info{mtime = erlang:localtime()}.

own(#own{a = A}) -> #own{a = A}.

again(_) -> {?MODULE, again, 1}.
