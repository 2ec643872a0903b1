%% Changes the code of live processes as release_handler does, and tells what became of their states.
-module(live_oracle).
-export([migrate/2]).

%% A case is [Kind, [Injected | OldBeams], Steps]: what starts the process, the new module with the migration in it, the older ones.
%% A step is [Direction, Old, State, Extra, Vsn, Observe, Expected]: texts, each an Erlang expression but for the first, `up` or `down`;
%% Old is a position among the older modules, from 0. Vsn may be "", and is then what release_handler computes; Observe too, and is then
%% `State`, the state that the process has at the end. `Vsn0`, `Vsn1` are the versions of the older modules, `Vsn` is that of the new one.
%% Expected is the value of Observe, or `{error, Reason, State}` where the change of code is to fail.
%% Folder is where the modules are written to, for release_handler looks for them in files.
%% The answer is a text for each case, empty where every step ends as expected, both with the injected module and with the one that the
%% compiler makes of the forms in its debug info; zeros between.
migrate(Folder, Cases) ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    lists:join(0, [unicode:characters_to_binary(migrate_case(Folder, Case)) || Case <- Cases]).

migrate_case(Folder, Case) ->
    try migrate_steps(Folder, Case) catch Class:Reason:Stack -> io_lib:format("~p: ~tp~n~tp~n", [Class, Reason, Stack]) end.

migrate_steps(Folder, [Kind, [New | Olds], Steps]) ->
    {ok, {Module, _}} = beam_lib:version(New),
    File = filename:join(Folder, atom_to_list(Module) ++ ".beam"),
    case from_debug_info(New) of
        {ok, Compiled} ->
            Vsns = [{list_to_atom("Vsn" ++ integer_to_list(At)), vsn(Module, File, Old)} || {At, Old} <- numbered(Olds)],
            Bindings = [{'Vsn', vsn(Module, File, New)} | Vsns],
            Context = #{kind => list_to_atom(Kind), module => Module, file => File, olds => Olds, bindings => Bindings},
            [step(Step, At, [{injected, New}, {compiled, Compiled}], Context) || {At, Step} <- numbered(Steps)];
        Error -> io_lib:format("compile:forms of the debug info: ~tp~n", [Error])
    end.

numbered(Items) -> lists:zip(lists:seq(0, length(Items) - 1), Items).

%% The module that the compiler makes of the forms in the debug info, with the options in it.
from_debug_info(Beam) ->
    {ok, {Module, [{debug_info, {debug_info_v1, Backend, {_, Options} = Data}}]}} = beam_lib:chunks(Beam, [debug_info]),
    {ok, Forms} = Backend:debug_info(erlang_v1, Module, Data, []),
    case compile:forms(Forms, [binary, return | Options]) of
        {ok, Module, Binary, Warnings} ->
            case [Warning || {_, Some} <- Warnings, {Where, _, _} = Warning <- Some, generated(Where)] of
                [] -> {ok, Binary};
                Ours -> {warnings, Ours}
            end;
        Error -> Error
    end.

generated(Where) when is_integer(Where) -> Where =:= 0;
generated({Line, _}) -> Line =:= 0;
generated(_) -> true.

step(Step, At, News, Context) ->
    [begin
         {Found, Wanted} = try outcome(Step, New, Context) catch Class:Reason:Stack -> {{crashed, Class, Reason, Stack}, none} end,
         case plain(Found) =:= plain(Wanted) of
             true -> "";
             false -> io_lib:format("step ~p, ~p, ~ts ~ts~n  is  ~0tp~n  not ~0tp~n", [At, Which, hd(Step), lists:nth(3, Step), Found, Wanted])
         end
     end || {Which, New} <- News].

%% {what was observed, what is expected of it}.
outcome([Direction, Index, StateText, ExtraText, VsnText, Observe, Expected], New, Context) ->
    #{kind := Kind, module := Module, file := File, olds := Olds, bindings := Bindings} = Context,
    Old = lists:nth(list_to_integer(Index) + 1, Olds),
    {First, Second} = case Direction of "up" -> {Old, New}; "down" -> {New, Old} end,
    OldVsn = vsn(Module, File, Old),
    load(Module, File, First),
    Started = value(Module, StateText, Bindings),
    Extra = value(Module, ExtraText, Bindings),
    Vsn = case VsnText of "" -> OldVsn; _ -> value(Module, VsnText, Bindings) end,
    Pid = start(Kind, Module, Started),
    try
        ok = sys:suspend(Pid),
        Result = case Direction of
                     "up" -> load_new(Module, File, Second), change_code(Pid, Module, Vsn, Extra);
                     "down" -> R = change_code(Pid, Module, {down, Vsn}, Extra), load_new(Module, File, Second), R
                 end,
        ok = sys:resume(Pid),
        State = state(Kind, Pid),
        Now = [{'State', State} | Bindings],
        Wanted = value(Module, Expected, Now),
        case Result of
            ok -> {value(Module, case Observe of "" -> "State"; _ -> Observe end, Now), Wanted};
            {error, Reason} -> {{error, Reason, State}, Wanted}
        end
    after
        stop(Pid)
    end.

change_code(Pid, Module, Vsn, Extra) ->
    try sys:change_code(Pid, Module, Vsn, Extra) catch exit:Reason -> {error, {died, Reason}} end.

%% As release_handler computes it, which reads the file of the module that is loaded.
vsn(Module, File, Beam) ->
    load(Module, File, Beam),
    ok = file:write_file(File, Beam),
    release_handler_1:get_current_vsn(Module).

load(Module, File, Beam) ->
    code:purge(Module),
    load_new(Module, File, Beam).

load_new(Module, File, Beam) -> {module, Module} = code:load_binary(Module, File, Beam).

start(gen_server, Module, State) -> started(gen_server:start(Module, State, []));
start(gen_statem, Module, State) -> started(gen_statem:start(Module, State, []));
start(gen_fsm, Module, State) -> started(apply(gen_fsm, start, [Module, State, []]));
start(special, Module, State) -> started(proc_lib:start(Module, start_loop, [self(), State]));
start(gen_event, Module, State) ->
    Pid = started(gen_event:start()),
    ok = gen_event:add_handler(Pid, Module, State),
    Pid.

started({ok, Pid}) -> Pid.

state(gen_event, Pid) ->
    [{_, false, State}] = sys:get_state(Pid),
    State;
state(_, Pid) -> sys:get_state(Pid).

stop(Pid) ->
    Monitor = monitor(process, Pid),
    exit(Pid, kill),
    receive {'DOWN', Monitor, process, Pid, _} -> ok end.

value(Module, Text, Bindings) ->
    {ok, Tokens, _} = erl_scan:string(unicode:characters_to_list(Text) ++ "."),
    {ok, Expressions} = erl_parse:parse_exprs(Tokens),
    {value, Value, _} = erl_eval:exprs(Expressions, Bindings, {value, fun(Name, Args) -> apply(Module, Name, Args) end}),
    Value.

%% Stack traces tell of lines and of names, which differ; a fun is compared by its arity and its environment.
plain([_ | _] = List) ->
    case is_trace(List) of
        true -> stack;
        false -> items(List)
    end;
plain(Tuple) when is_tuple(Tuple) -> list_to_tuple(items(tuple_to_list(Tuple)));
plain(Map) when is_map(Map) -> maps:from_list(plain(maps:to_list(Map)));
plain(Fun) when is_function(Fun) ->
    case erlang:fun_info(Fun, type) of
        {type, external} -> Fun;
        _ -> {'a fun', [plain(element(2, erlang:fun_info(Fun, Item))) || Item <- [arity, env]]}
    end;
plain(Other) -> Other.

items([Head | Tail]) -> [plain(Head) | items(Tail)];
items([]) -> [];
items(Tail) -> plain(Tail).

is_trace([{_, _, Args, Info} | Rest]) when is_integer(Args), is_list(Info); is_list(Args), is_list(Info) ->
    lists:all(fun({Key, _}) -> lists:member(Key, [file, line, error_info]); (_) -> false end, Info) andalso is_trace(Rest);
is_trace([]) -> true;
is_trace(_) -> false.
