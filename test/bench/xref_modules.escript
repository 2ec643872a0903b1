#!/usr/bin/env escript
%% The opponent of `deps --level module`: xref in modules mode over library folders, every application added by its directory, all
%% module edges printed. Ends with its own peak memory (kB) on standard error.
-mode(compile).

main(Libs) ->
    {ok, _} = xref:start(s, [{xref_mode, modules}]),
    ok = xref:set_default(s, [{warnings, false}, {verbose, false}]),
    [{ok, _} = xref:add_application(s, Dir) || Lib <- Libs, Dir <- filelib:wildcard(filename:join(Lib, "*")),
                                               filelib:is_dir(filename:join(Dir, "ebin"))],
    {ok, Edges} = xref:q(s, "ME"),
    io:put_chars([[atom_to_list(From), $\s, atom_to_list(To), $\n] || {From, To} <- Edges]),
    {ok, Status} = file:read_file("/proc/self/status"),
    {match, [Peak]} = re:run(Status, "VmHWM:\\s+(\\d+)", [{capture, all_but_first, list}]),
    io:put_chars(standard_error, ["peak ", Peak, "\n"]).
