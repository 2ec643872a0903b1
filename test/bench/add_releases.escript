#!/usr/bin/env escript
%% Makes releases of the builds of make_states.escript: add_releases.escript FOLDER.
%% FOLDER/old and FOLDER/new get an .app for each application, releases/VSN/bench.rel, and RELEASES. Applications with changed modules have the
%% version VSN.1 in new.
-mode(compile).

main([Folder]) ->
    Changed = [App || {App, Beams} <- apps(Folder, "new"), lists:any(fun(Beam) -> is_changed(Folder, App, Beam) end, Beams)],
    [begin
         From = filename:join([Folder, "new", "lib", App]),
         ok = file:rename(From, From ++ ".1")
     end || App <- Changed],
    [release(Folder, Build, Vsn) || {Build, Vsn} <- [{"old", "1"}, {"new", "2"}]].

apps(Folder, Build) ->
    Lib = filename:join([Folder, Build, "lib"]),
    {ok, Names} = file:list_dir(Lib),
    [{Name, filelib:wildcard("*.beam", filename:join([Lib, Name, "ebin"]))} || Name <- lists:sort(Names)].

is_changed(Folder, App, Beam) ->
    [Old, New] = [element(2, file:read_file(filename:join([Folder, Build, "lib", App, "ebin", Beam]))) || Build <- ["old", "new"]],
    Old =/= New.

release(Folder, Build, Vsn) ->
    Apps = [app(Folder, Build, App, Beams) || {App, Beams} <- apps(Folder, Build)],
    First = [App || Name <- [kernel, stdlib], {N, _} = App <- Apps, N =:= Name],
    Rel = {release, {"bench", Vsn}, {erts, erlang:system_info(version)}, First ++ (Apps -- First)},
    write(filename:join([Folder, Build, "releases", Vsn, "bench.rel"]), Rel),
    write(filename:join([Folder, Build, "releases", "RELEASES"]), []).

app(Folder, Build, App, Beams) ->
    [Name, Vsn] = string:split(App, "-", trailing),
    Atom = list_to_atom(Name),
    Uses = case Atom of kernel -> []; stdlib -> [kernel]; _ -> [kernel, stdlib] end,
    Modules = [list_to_atom(filename:basename(Beam, ".beam")) || Beam <- Beams],
    Keys = [{description, ""}, {vsn, Vsn}, {modules, Modules}, {registered, []}, {applications, Uses}],
    write(filename:join([Folder, Build, "lib", App, "ebin", Name ++ ".app"]), {application, Atom, Keys}),
    {Atom, Vsn}.

write(File, Term) ->
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, io_lib:format("~p.~n", [Term])).
