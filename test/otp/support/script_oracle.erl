%% What file:script and file:consult of a release make of texts, for appup-compile.test.ts.
-module(script_oracle).
-export([scripts/1, consults/1]).

%% [Utf8] -> [{ok, Value} | error]
scripts(Texts) -> each(Texts, fun file:script/1).

%% [Bytes] -> [{ok, Terms} | error]
consults(Texts) -> each(Texts, fun file:consult/1).

each(Texts, Read) ->
    File = filename:join("/tmp", "beamtool-script-" ++ os:getpid()),
    try
        term_to_binary([read(File, Text, Read) || Text <- Texts])
    after
        file:delete(File)
    end.

read(File, Text, Read) ->
    ok = file:write_file(File, Text),
    try Read(File) of
        {ok, Value} -> {ok, Value};
        {error, _} -> error
    catch
        _:_ -> error
    end.
