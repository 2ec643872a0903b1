%% Builds for appups, and what systools makes of the appups. A folder has v1/lib/APP-1, v2/lib/APP-2 (each with src, or ebin alone), base.rel and
%% top.rel.
-module(appup_oracle).
-export([compile/1, relups/1]).

compile(Folders) ->
    _ = [compile_source(File) || Folder <- Folders, File <- filelib:wildcard(filename:join(Folder, "v*/lib/*/src/*.erl"))],
    [].

compile_source(File) ->
    Ebin = filename:join(filename:dirname(filename:dirname(File)), "ebin"),
    {ok, _} = compile:file(File, [debug_info, deterministic, {outdir, Ebin}]).

%% A list of what make_relup/4 returns for each folder, or {crash, Reason}.
relups(Folders) -> term_to_binary([relup(Folder) || Folder <- Folders]).

relup(Folder) ->
    ok = file:set_cwd(Folder),
    Path = lists:sort(filelib:wildcard("v*/lib/*/ebin")),
    try systools:make_relup("top", ["base"], ["base"], [noexec, silent, {path, Path}])
    catch _:Reason -> {crash, Reason}
    end.
