%% Compiles the modules of two builds of a release for release-pairs.ts, and says what systools makes of their appups.
-module(pair_oracle).
-export([compile/1, relups/1, calls/2, options/1]).

%% [Folder, Name, Source, Options] each; options are the compiler's as Erlang text, and how the file is stripped: `strip` as beam_lib does,
%% `release` as rebar3 does in its mode prod. Attributes may stand after functions.
compile(Modules) ->
    [compile_one(Module) || Module <- Modules],
    [].

compile_one([Folder, Name, Source, Text]) ->
    File = filename:join(Folder, Name ++ ".erl"),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, unicode:characters_to_binary(Source)),
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Options} = erl_parse:parse_term(Tokens),
    {ok, Forms} = epp:parse_file(File, []),
    ok = file:delete(File),
    {Functions, Attributes} = lists:partition(fun(Form) -> element(1, Form) =:= function end, lists:droplast(Forms)),
    {ok, Module, Beam} = compile:forms(Attributes ++ Functions ++ [lists:last(Forms)], [binary, return_errors | Options -- [strip, release]]),
    ok = file:write_file(filename:join(Folder, atom_to_list(Module) ++ ".beam"), strip(Beam, [How || How <- Options, lists:member(How, [strip, release])])).

strip(Beam, []) -> Beam;
strip(Beam, [strip]) -> element(2, element(2, beam_lib:strip(Beam)));
strip(Beam, [release]) ->
    {ok, {_, Stripped}} = beam_lib:strip(Beam, ["Attr"]),
    Stripped.

%% Of each folder what make_relup makes of rel/top.rel and rel/base.rel with lib/*/ebin, as text.
relups(Folders) ->
    lists:join(0, [unicode:characters_to_binary(io_lib:format("~0tp", [relup(Folder)])) || Folder <- Folders]).

relup(Folder) ->
    ok = file:set_cwd(Folder),
    Path = lists:sort(filelib:wildcard("lib/*/ebin")),
    try systools:make_relup("rel/top", ["rel/base"], ["rel/base"], [noexec, silent, {path, Path}])
    catch _:Reason -> {crash, Reason}
    end.

%% What functions of the module in a file answer: {Name, Args} each, a line for each answer.
calls(File, Text) ->
    {module, Module} = code:load_abs(File),
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Calls} = erl_parse:parse_term(Tokens),
    [io_lib:format("~0p~n", [apply(Module, Name, Args)]) || {Name, Args} <- Calls].

%% Those that a module was compiled with.
options(File) ->
    {ok, {_, [{compile_info, Info}, {debug_info, {debug_info_v1, _, {_, Options}}}]}} = beam_lib:chunks(File, [compile_info, debug_info]),
    io_lib:format("~0p ~0p", [Info, Options]).
