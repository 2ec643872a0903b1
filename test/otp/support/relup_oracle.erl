%% What systools makes of release folders: rel/top.rel, rel/base.rel and lib/APP-VSN/ebin in each.
-module(relup_oracle).
-export([relups/1, boots/1]).

%% A list of what make_relup/4 returns in each folder, or {crash, Reason}.
relups(Folders) ->
    term_to_binary([in(Folder, fun relup/0) || Folder <- Folders]).

relup() ->
    systools:make_relup("rel/top", ["rel/base"], ["rel/base"], [noexec, silent, {path, path()}]).

%% A list of {Answer, Script} of make_script/2 for FOLDER/r.rel.
boots(Folders) ->
    term_to_binary([in(Folder, fun boot/0) || Folder <- Folders]).

boot() ->
    Answer = systools:make_script("r", [silent, {path, path()}]),
    {Answer, file:consult("r.script")}.

%% In the order of names: systools would take that of the file system.
path() ->
    lists:sort(filelib:wildcard("lib/*/ebin")).

in(Folder, Ask) ->
    ok = file:set_cwd(Folder),
    try Ask() catch _:Reason -> {crash, Reason} end.
