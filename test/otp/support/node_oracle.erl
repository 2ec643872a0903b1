%% A node of its own for a release that was unpacked somewhere: what it answers while release_handler installs other versions.
-module(node_oracle).
-export([run/3]).

-define(WAIT, 60000).

%% The name of the release, its folder and steps, expressions or [install, Version] -> a line for each, and one for what went wrong.
run(Name, Root, Steps) ->
    Node = start(Root),
    Call = fun(M, F, A) -> peer:call(Node, M, F, A, ?WAIT) end,
    try [line(step(Call, Name, Step)) || Step <- Steps]
    catch Class:Reason -> line({failed, Class, Reason})
    after try peer:stop(Node) catch _:_ -> ok end
    end.

line(Value) -> unicode:characters_to_binary(io_lib:format("~0tp~n", [Value])).

step(Call, Name, ["install", Vsn]) ->
    case lists:keymember(Vsn, 2, Call(release_handler, which_releases, [])) of
        true -> ok;
        false -> {ok, Vsn} = Call(release_handler, unpack_release, [Name ++ "-" ++ Vsn])
    end,
    {ok, _, _} = Call(release_handler, install_release, [Vsn]),
    ok = Call(release_handler, make_permanent, [Vsn]),
    {installed, Vsn};
step(Call, _, Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Expressions} = erl_parse:parse_exprs(Tokens),
    {value, Value, _} = Call(erl_eval, exprs, [Expressions, []]),
    Value.

%% The node talks over its standard input and output: it needs no name, no port and no epmd.
start(Root) ->
    {ok, Data} = file:read_file(filename:join([Root, "releases", "start_erl.data"])),
    [Erts, Vsn] = string:lexemes(binary_to_list(Data), " \n"),
    Bin = filename:join([Root, "erts-" ++ Erts, "bin"]),
    ok = file:set_cwd(Root),
    Args = ["-boot", filename:join([Root, "releases", Vsn, "start"]), "-mode", "embedded", "-kernel", "logger_level", "none"],
    Env = [{"ROOTDIR", Root}, {"BINDIR", Bin}, {"EMU", "beam"}, {"PROGNAME", "erl"}],
    {ok, Node, _} = peer:start(#{connection => standard_io, exec => filename:join(Bin, "erlexec"), args => Args, env => Env, wait_boot => ?WAIT}),
    Node.
