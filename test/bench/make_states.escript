#!/usr/bin/env escript
%% Makes the two builds that `inject-migration` is timed with: make_states.escript FOLDER LIB...
%% FOLDER/new and FOLDER/old are releases with the same 1 200 modules of OTP. In 20 of them, the largest gen_servers with debug info and a
%% record for the state, that record differs: new has the field `beamtool_new` more, old has its fields in the reverse order and two more
%% (not one: some declare one vsn for both, and then only the size tells). Both are compiled from the abstract code with the options it was compiled with.
-mode(compile).

-define(MODULES, 1200).
-define(STATES, 20).

main([Folder | Libs]) ->
    Beams = lists:append([beams(Dir) || Lib <- Libs, Dir <- lists:sort(filelib:wildcard(filename:join(Lib, "*/ebin")))]),
    Chosen = choose(Beams),
    States = [Beam || {Beam, _} <- Chosen],
    Others = lists:sublist([Beam || Beam <- Beams, not lists:member(Beam, States)], ?MODULES - ?STATES),
    [copy(Beam, Folder, Build) || Build <- ["old", "new"], Beam <- Others],
    [build(Beam, Record, Folder) || {Beam, Record} <- Chosen],
    [ok = filelib:ensure_dir(filename:join([Folder, Build, "releases", "start_erl.data"])) || Build <- ["old", "new"]],
    io:format("~s~n", [lists:join(" ", [filename:basename(Beam, ".beam") || Beam <- States])]).

beams(Dir) ->
    lists:sort(filelib:wildcard(filename:join(Dir, "*.beam"))).

%% The largest ones that can be compiled with another record.
choose(Beams) ->
    Sized = [{filelib:file_size(Beam), Beam} || Beam <- Beams, is_server(Beam)],
    choose([Beam || {_, Beam} <- lists:reverse(lists:sort(Sized))], ?STATES).

choose(_, 0) -> [];
choose([Beam | Beams], Left) ->
    case state_record(Beam) of
        none -> choose(Beams, Left);
        Record -> [{Beam, Record} | choose(Beams, Left - 1)]
    end.

is_server(Beam) ->
    {ok, {_, [{attributes, Attributes}]}} = beam_lib:chunks(Beam, [attributes]),
    Behaviours = lists:append([Value || {Name, Value} <- Attributes, Name =:= behaviour orelse Name =:= behavior]),
    lists:member(gen_server, Behaviours) andalso not lists:member(supervisor, Behaviours).

state_record(Beam) ->
    case forms(Beam) of
        none -> none;
        {Forms, Options} ->
            Named = [Name || {attribute, _, record, {Name, [_, _ | _]}} <- Forms, lists:member(Name, [state, st, st0, s])],
            case Named of
                [Record | _] -> try compiled(changed(Forms, Record, fun new_fields/2), Options),
                                    compiled(changed(Forms, Record, fun old_fields/2), Options),
                                    Record
                                catch _:_ -> none end;
                [] -> none
            end
    end.

forms(Beam) ->
    case beam_lib:chunks(Beam, [debug_info]) of
        {ok, {_, [{debug_info, {debug_info_v1, erl_abstract_code, {Forms, Options}}}]}} when is_list(Forms) -> {Forms, Options};
        _ -> none
    end.

changed(Forms, Record, Fields) ->
    {Head, [Module | Rest]} = lists:splitwith(fun({attribute, _, module, _}) -> false; (_) -> true end, Forms),
    Anno = element(2, Module),
    Head ++ [Module, {attribute, Anno, state_record, Record} | [redeclared(Form, Record, Fields) || Form <- Rest]].

redeclared({attribute, Anno, record, {Record, Fields}}, Record, Change) -> {attribute, Anno, record, {Record, Change(Anno, Fields)}};
redeclared(Form, _, _) -> Form.

new_fields(Anno, Fields) -> Fields ++ [{record_field, Anno, {atom, Anno, beamtool_new}, {nil, Anno}}].
old_fields(Anno, Fields) ->
    lists:reverse([{record_field, Anno, {atom, Anno, Name}, {nil, Anno}} || Name <- [beamtool_old, beamtool_older]] ++ Fields).

compiled(Forms, Options) ->
    Kept = [Option || Option <- Options, Option =/= warnings_as_errors],
    {ok, _, Binary} = compile:forms(Forms, [debug_info | Kept]),
    Binary.

build(Beam, Record, Folder) ->
    {Forms, Options} = forms(Beam),
    [ok = file:write_file(target(Beam, Folder, Build), compiled(changed(Forms, Record, Fields), Options))
     || {Build, Fields} <- [{"new", fun new_fields/2}, {"old", fun old_fields/2}]].

copy(Beam, Folder, Build) ->
    {ok, _} = file:copy(Beam, target(Beam, Folder, Build)).

target(Beam, Folder, Build) ->
    App = filename:basename(filename:dirname(filename:dirname(Beam))),
    Versioned = case lists:member($-, App) of true -> App; false -> App ++ "-1" end,
    Path = filename:join([Folder, Build, "lib", Versioned, "ebin", filename:basename(Beam)]),
    ok = filelib:ensure_dir(Path),
    Path.
