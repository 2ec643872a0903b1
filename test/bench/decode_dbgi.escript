#!/usr/bin/env escript
%% The opponent of decode-dbgi.ts: binary_to_term over all Dbgi chunks, read beforehand. Prints milliseconds.
-mode(compile).

main(Libs) ->
    Chunks = [begin
                  {ok, {_, [{_, Bin}]}} = beam_lib:chunks(File, ["Dbgi"]),
                  Bin
              end || Lib <- Libs, File <- filelib:wildcard(filename:join(Lib, "*/ebin/*.beam"))],
    {Micros, _} = timer:tc(fun() -> lists:foreach(fun(Bin) -> binary_to_term(Bin) end, Chunks) end),
    io:format("~w~n", [Micros div 1000]).
