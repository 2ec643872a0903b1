%% Upgrades real nodes. Version 1 of a release with the application cnt runs in a root of its own; version 2 is packed, unpacked, installed and
%% made permanent, then version 1 is installed again, all by systools and release_handler.
-module(release_oracle).
-export([compile/1, upgrade/1]).

-define(WAIT, 60000).

%% [Folder of sources, other sources, Folder for the beams] each -> nothing; other sources are [Name, Text], in place of the files of these names.
compile(Builds) ->
    [begin
         ok = filelib:ensure_dir(filename:join(To, "file")),
         [copy_file(File, To) || Pattern <- ["*.app", "*.appup"], File <- filelib:wildcard(filename:join(From, Pattern))],
         [compile_source(File, Others, To) || File <- filelib:wildcard(filename:join(From, "*.erl"))]
     end || [From, Others, To] <- Builds],
    [].

compile_source(File, Others, To) ->
    Name = filename:basename(File),
    Source = filename:join(To, Name),
    case [Text || [Other, Text] <- Others, Other =:= Name] of
        [Text] -> ok = file:write_file(Source, unicode:characters_to_binary(Text));
        [] -> copy_file(File, To)
    end,
    {ok, _} = compile:file(Source, [debug_info, {outdir, To}]),
    ok = file:delete(Source).

copy_file(File, To) -> {ok, _} = file:copy(File, filename:join(To, filename:basename(File))).

%% [Ebin of version 1, Ebin of version 2, Folder for the release] each -> a text for each, a line for each thing that was seen; zeros between.
upgrade(Releases) -> lists:join(0, [unicode:characters_to_binary(run(One)) || One <- Releases]).

run([V1, V2, Root]) ->
    build(V1, V2, Root),
    Node = start(Root),
    try drive(fun(M, F, A) -> peer:call(Node, M, F, A, ?WAIT) end)
    catch Class:Reason -> line("failed", {Class, Reason})
    after stop(Node)
    end.

stop(Node) -> try peer:stop(Node) catch _:_ -> ok end.

build(V1, V2, Root) ->
    Apps = [{App, version(App)} || App <- [kernel, stdlib, sasl]],
    [copy(filename:join(code:lib_dir(App), "ebin"), filename:join([Root, "lib", library(App, Vsn), "ebin"])) || {App, Vsn} <- Apps],
    copy(V1, filename:join([Root, "lib", "cnt-1", "ebin"])),
    Next = filename:join([Root, "next", "cnt-2", "ebin"]),
    copy(V2, Next),
    Files = [release(Root, Vsn, Apps) || Vsn <- ["1", "2"]],
    ok = file:write_file(filename:join([Root, "build", "sys.config"]), "[].\n"),
    Path = [filename:join([Root, "lib", "*", "ebin"]), Next],
    Options = [silent, {path, Path}, {outdir, filename:join(Root, "build")}],
    [{ok, _, _} = systools:make_script(File, Options) || File <- Files],
    {ok, _, _, _} = systools:make_relup(lists:last(Files), [hd(Files)], [hd(Files)], Options),
    {ok, _, _} = systools:make_tar(lists:last(Files), Options),
    install(Root, hd(Files)),
    {ok, _} = file:copy(lists:last(Files) ++ ".tar.gz", filename:join([Root, "releases", "cnt_rel-2.tar.gz"])).

version(App) ->
    case application:load(App) of
        ok -> ok;
        {error, {already_loaded, App}} -> ok
    end,
    {ok, Vsn} = application:get_key(App, vsn),
    Vsn.

library(App, Vsn) -> atom_to_list(App) ++ "-" ++ Vsn.

copy(From, To) ->
    ok = filelib:ensure_dir(filename:join(To, "file")),
    {ok, Names} = file:list_dir(From),
    [copy_file(filename:join(From, Name), To) || Name <- Names].

%% Without its extension, as systools wants it.
release(Root, Vsn, Apps) ->
    File = filename:join([Root, "build", "cnt_rel-" ++ Vsn]),
    ok = filelib:ensure_dir(File),
    Release = {release, {"cnt_rel", Vsn}, {erts, erlang:system_info(version)}, Apps ++ [{cnt, Vsn}]},
    ok = file:write_file(File ++ ".rel", io_lib:format("~p.~n", [Release])),
    File.

install(Root, File) ->
    Folder = filename:join([Root, "releases", "1"]),
    ok = filelib:ensure_dir(filename:join(Folder, "file")),
    {ok, _} = file:copy(File ++ ".boot", filename:join(Folder, "start.boot")),
    {ok, _} = file:copy(File ++ ".rel", filename:join(Folder, "cnt_rel-1.rel")),
    ok = file:write_file(filename:join(Folder, "sys.config"), "[].\n"),
    Erts = erlang:system_info(version),
    ok = file:write_file(filename:join([Root, "releases", "start_erl.data"]), Erts ++ " 1\n"),
    ok = release_handler:create_RELEASES("", filename:join(Root, "releases"), File ++ ".rel", []),
    ok = file:make_symlink(filename:join(code:root_dir(), "erts-" ++ Erts), filename:join(Root, "erts-" ++ Erts)).

%% The node talks over its standard input and output: it needs no name, no port and no epmd.
start(Root) ->
    Bin = filename:join([Root, "erts-" ++ erlang:system_info(version), "bin"]),
    One = filename:join([Root, "releases", "1"]),
    ok = file:set_cwd(Root),
    Args = ["-boot", filename:join(One, "start"), "-config", filename:join(One, "sys"), "-mode", "embedded", "-kernel", "logger_level", "none"],
    Env = [{"ROOTDIR", Root}, {"BINDIR", Bin}, {"EMU", "beam"}, {"PROGNAME", "erl"}],
    {ok, Node, _} = peer:start(#{connection => standard_io, exec => filename:join(Bin, "erlexec"), args => Args, env => Env, wait_boot => ?WAIT}),
    Node.

drive(Call) ->
    [ok = Call(cnt_srv, incr, []) || _ <- [1, 2, 3]],
    ok = Call(gen_event, add_handler, [cnt_evt_mgr, cnt_evt, []]),
    ok = Call(gen_event, sync_notify, [cnt_evt_mgr, seen]),
    Pids = pids(Call),
    Before = states(Call, "before"),
    {ok, "2"} = Call(release_handler, unpack_release, ["cnt_rel-2"]),
    case Call(release_handler, check_install_release, ["2"]) of {ok, _, _} -> ok; {ok, _, _, _} -> ok end,
    {ok, "1", _} = Call(release_handler, install_release, ["2"]),
    Up = states(Call, "up"),
    ok = Call(cnt_srv, incr, []),
    ok = Call(gen_event, sync_notify, [cnt_evt_mgr, seen]),
    ok = Call(release_handler, make_permanent, ["2"]),
    Used = states(Call, "used"),
    {ok, "1", _} = Call(release_handler, install_release, ["1"]),
    Down = states(Call, "down"),
    ok = Call(cnt_srv, incr, []),
    Again = states(Call, "used again"),
    [Before, Up, Used, Down, Again, line("same processes", pids(Call) =:= Pids)].

pids(Call) -> [Call(erlang, whereis, [Name]) || Name <- [cnt_srv, cnt_fsm, cnt_evt_mgr]].

states(Call, Time) ->
    [line(Time ++ " srv", Call(sys, get_state, [cnt_srv])),
     line(Time ++ " fsm", Call(sys, get_state, [cnt_fsm])),
     line(Time ++ " evt", Call(gen_event, call, [cnt_evt_mgr, cnt_evt, get])),
     line(Time ++ " answers", {Call(cnt_srv, get, []), Call(gen_statem, call, [cnt_fsm, get])})].

line(What, Value) -> io_lib:format("~ts ~0p~n", [What, Value]).
