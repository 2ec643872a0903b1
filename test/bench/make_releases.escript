#!/usr/bin/env escript
%% Makes two builds of a release that `relup` is timed with: make_releases.escript FOLDER APPLICATIONS.
%% FOLDER/1.rel and FOLDER/2.rel name kernel, stdlib, sasl and as many applications as asked, app_1 to app_N, each using the one before it and with
%% ten modules; all have version 1 in the one and 2 in the other, and an appup each way that updates or loads every module.
-mode(compile).

-define(MODULES, 10).

main([Folder, Count]) ->
    Names = [name(N) || N <- lists:seq(1, list_to_integer(Count))],
    [write_application(Folder, Name, Version) || Name <- Names, Version <- ["1", "2"]],
    [write_release(Folder, Names, Version) || Version <- ["1", "2"]].

name(N) -> list_to_atom("app_" ++ integer_to_list(N)).

modules(Name) -> [list_to_atom(atom_to_list(Name) ++ "_" ++ integer_to_list(N)) || N <- lists:seq(1, ?MODULES)].

write_application(Folder, Name, Version) ->
    Keys = [{description, ""}, {vsn, Version}, {modules, modules(Name)}, {registered, []}, {applications, [kernel, stdlib | before(Name)]}],
    write(Folder, Name, Version, ".app", {application, Name, Keys}),
    [write(Folder, Name, Version, ".appup", {Version, [{"1", instructions(Name)}], [{"1", instructions(Name)}]}) || Version =:= "2"].

before(Name) ->
    case lists:nthtail(4, atom_to_list(Name)) of
        "1" -> [];
        N -> [name(list_to_integer(N) - 1)]
    end.

%% Each module after the one before it.
instructions(Name) ->
    [First | Rest] = Modules = modules(Name),
    [{update, First, {advanced, []}} | [instruction(Module, Before) || {Module, Before} <- lists:zip(Rest, lists:droplast(Modules))]].

instruction(Module, Before) -> {load_module, Module, soft_purge, soft_purge, [Before]}.

write(Folder, Name, Version, Extension, Term) ->
    File = filename:join([Folder, "lib", atom_to_list(Name) ++ "-" ++ Version, "ebin", atom_to_list(Name) ++ Extension]),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, io_lib:format("~p.~n", [Term])).

write_release(Folder, Names, Version) ->
    Own = [{App, vsn(App)} || App <- [kernel, stdlib, sasl]],
    Term = {release, {"bench", Version}, {erts, erlang:system_info(version)}, Own ++ [{Name, Version} || Name <- Names]},
    ok = file:write_file(filename:join(Folder, Version ++ ".rel"), io_lib:format("~p.~n", [Term])).

vsn(App) ->
    {ok, [{application, App, Keys}]} = file:consult(code:where_is_file(atom_to_list(App) ++ ".app")),
    proplists:get_value(vsn, Keys).
