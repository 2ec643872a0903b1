#!/usr/bin/env escript
%% The opponent of `xref` and of `query`: xref in functions mode over library folders, every application added by its directory.
%%   xref_functions.escript graph LIB...      reads all, and makes the graph
%%   xref_functions.escript analyses LIB...   makes the five analyses of calls as well
%%   xref_functions.escript queries LIB...    reads all, makes the graph, and prints the milliseconds of each of two queries alone
%% Ends with its own peak memory (kB) on standard error. For Elixir's beams ERL_LIBS must name its libraries.
-mode(compile).

main([What | Libs]) ->
    {ok, _} = xref:start(s, []),
    ok = xref:set_default(s, [{warnings, false}, {verbose, false}]),
    [{ok, _} = xref:add_application(s, Dir) || Lib <- Libs, Dir <- filelib:wildcard(filename:join(Lib, "*")),
                                               filelib:is_dir(filename:join(Dir, "ebin"))],
    answer(What),
    {ok, Status} = file:read_file("/proc/self/status"),
    {match, [Peak]} = re:run(Status, "VmHWM:\\s+(\\d+)", [{capture, all_but_first, list}]),
    io:put_chars(standard_error, ["peak ", Peak, "\n"]).

answer("graph") ->
    {ok, Count} = xref:q(s, "# E"),
    io:format("~p.~n", [Count]);
answer("analyses") ->
    [begin
         {ok, Answer} = xref:analyze(s, Analysis),
         io:format("~tw.~n", [{Analysis, Answer}])
     end || Analysis <- [undefined_function_calls, undefined_functions, locals_not_used, exports_not_used,
                         deprecated_function_calls]];
answer("queries") ->
    {ok, _} = xref:q(s, "# E"),
    [begin
         {Time, {ok, Answer}} = timer:tc(fun() -> xref:q(s, Query) end),
         io:format("~.3f ~p~n", [Time / 1000, length(Answer)])
     end || Query <- ["components E", "domain (closure E || lists:foldl/3)"]].
