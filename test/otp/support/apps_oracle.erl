%% What a real Erlang says of .app and .rel files, and xref of the calls between applications, for apps.test.ts. Answers are external terms.
-module(apps_oracle).
-export([consult/1, loaded/1, systools/1, releases/1, calls/1]).

%% The terms of each file, as file:consult/1 has them, or error.
consult(Files) -> term_to_binary([ok_or_error(file:consult(File)) || File <- Files]).

ok_or_error({ok, Terms}) -> {ok, Terms};
ok_or_error(_) -> error.

%% The keys of each application that application:load/1 makes of a file, or error.
loaded(Files) -> term_to_binary([load(File) || File <- Files]).

%% Under another name, since some of them are loaded already.
load(File) ->
    {ok, [{application, _, Keys}]} = file:consult(File),
    case application:load({application, apps_oracle_probe, Keys}) of
        ok ->
            {ok, Loaded} = application:get_all_key(apps_oracle_probe),
            application:unload(apps_oracle_probe),
            Loaded;
        _ -> error
    end.

%% Whether systools reads an application of that text, which must be `probe` at "1".
systools(Texts) -> term_to_binary([probe(Text) || Text <- Texts]).

probe(Text) ->
    Folder = scratch(),
    ok = file:write_file(filename:join(Folder, "probe.app"), unicode:characters_to_binary(Text)),
    Answer = try
                 {ok, _} = systools_make:read_application("probe", "1", [Folder], []),
                 ok
             catch
                 _:_ -> error
             end,
    ok = file:del_dir_r(Folder),
    Answer.

%% {Name, Vsn, ErtsVsn, [{Name, Vsn, Type}], [{Name, Included}]} of each release, in the file's order, or error.
releases(Texts) -> term_to_binary([release(Text) || Text <- Texts]).

release(Text) ->
    Folder = scratch(),
    ok = file:write_file(filename:join(Folder, "probe.rel"), unicode:characters_to_binary(Text)),
    Answer = try
                 {ok, Release, _} = systools_make:read_release(filename:join(Folder, "probe"), [Folder]),
                 list_to_tuple([element(Position, Release) || Position <- lists:seq(2, 6)])
             catch
                 _:_ -> error
             end,
    ok = file:del_dir_r(Folder),
    Answer.

scratch() ->
    Folder = filename:join("/tmp", "beamtool-apps-" ++ os:getpid()),
    ok = filelib:ensure_dir(filename:join(Folder, "x")),
    Folder.

%% {strict AE, [{From, To, Lines}]} of the applications in these folders: all calls from one application to another.
calls(Folders) ->
    logger:set_primary_config(level, none),
    {ok, _} = xref:start(s, [{xref_mode, functions}]),
    ok = xref:set_default(s, [{builtins, false}, {warnings, false}, {verbose, false}]),
    [{ok, _} = xref:add_application(s, Folder) || Folder <- Folders],
    {ok, Edges} = xref:q(s, "strict AE"),
    {ok, Calls} = xref:q(s, "(XLin) ((Fun) strict AE * XC)"),
    term_to_binary({Edges, [{From, To, Lines} || {{From, To}, Lines} <- Calls]}).
