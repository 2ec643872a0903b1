%% What the init/1 of supervisors returns, as the real supervisor takes it: a supervisor without children is given the result as if its code
%% had changed, and asked for its child specifications.
-module(children_oracle).
-export([ask/2, start/1, init/1]).

%% Questions: [Module, Argument] with the argument in the external format. Answers: {ok, Flags, Specs} | ignore | failed.
ask(Questions, Paths) ->
    [code:add_pathz(unicode:characters_to_list(Path)) || Path <- Paths],
    term_to_binary([apart(fun() -> answer(list_to_atom(Module), binary_to_term(Argument)) end) || [Module, Argument] <- Questions]).

%% Loads each beam, starts the supervisor, and its children with it, and asks it for them. Answers: {ok, Flags, Specs, Name}, [] for no name.
start(Beams) ->
    term_to_binary([apart(fun() -> started(Beam) end) || Beam <- Beams]).

%% A process of its own, since init/1 may register, trap exits or crash.
apart(Fun) ->
    {Pid, Ref} = spawn_monitor(fun() -> exit({answer, Fun()}) end),
    receive
        {'DOWN', Ref, process, Pid, {answer, Answer}} -> Answer;
        {'DOWN', Ref, process, Pid, _} -> failed
    after 10000 ->
        exit(Pid, kill),
        receive {'DOWN', Ref, process, Pid, _} -> failed end
    end.

answer(Module, Argument) ->
    case Module:init(Argument) of
        {ok, {Flags, Specs}} when is_list(Specs) ->
            {ok, flags(Flags), taken(Specs)};
        ignore -> ignore;
        _ -> failed
    end.

started(Beam) ->
    {ok, {Module, _}} = beam_lib:chunks(Beam, []),
    {module, Module} = code:load_binary(Module, "", Beam),
    process_flag(trap_exit, true),
    {ok, Pid} = Module:start_link(),
    State = sys:get_state(Pid),
    [Shutdown | _] = [E || E <- tuple_to_list(State), lists:member(E, [never, any_significant, all_significant])],
    Flags = #{strategy => element(3, State), intensity => element(6, State), period => element(7, State), auto_shutdown => Shutdown},
    Specs = [Spec || Id <- ids(element(3, State), Pid), {ok, Spec} <- [supervisor:get_childspec(Pid, Id)]],
    Name = case process_info(Pid, registered_name) of {registered_name, N} -> N; [] -> [] end,
    Ref = monitor(process, Pid),
    exit(Pid, shutdown),
    receive {'DOWN', Ref, process, Pid, _} -> ok end,
    code:delete(Module),
    code:purge(Module),
    {ok, Flags, Specs, Name}.

%% A template has no children yet; they come in the order in which they were started.
ids(simple_one_for_one, Pid) ->
    {ok, Child} = supervisor:start_child(Pid, []),
    [Child];
ids(_, Pid) -> lists:reverse([Id || {Id, _, _, _} <- supervisor:which_children(Pid)]).

flags({Strategy, Intensity, Period}) -> flags(#{strategy => Strategy, intensity => Intensity, period => Period});
flags(Flags) -> maps:merge(#{strategy => one_for_one, intensity => 1, period => 5, auto_shutdown => never}, Flags).

%% Of a template too: the strategy makes no difference to what a specification is taken for.
taken(Specs) ->
    {ok, Pid} = supervisor:start_link(?MODULE, {given, []}),
    State = sys:get_state(Pid),
    %% Where the argument is depends on the release.
    [At] = [N || N <- lists:seq(1, tuple_size(State)), element(N, State) =:= {given, []}],
    case supervisor:code_change(none, setelement(At, State, {given, Specs}), []) of
        {ok, Changed} -> [of_supervisor(id(Spec), Changed) || Spec <- Specs];
        {error, _} -> [with_defaults(Spec) || Spec <- Specs]
    end.

of_supervisor(Id, State) ->
    {ok, Spec} = element(2, supervisor:handle_call({get_childspec, Id}, {self(), make_ref()}, State)),
    maps:merge(#{significant => false}, Spec).

init({given, Specs}) -> {ok, {#{auto_shutdown => any_significant}, Specs}}.

id({Id, _, _, _, _, _}) -> Id;
id(#{id := Id}) -> Id.

%% What supervisors of other libraries take.
with_defaults({Id, Start, Restart, Shutdown, Type, Modules}) ->
    #{id => Id, start => Start, restart => Restart, significant => false, shutdown => Shutdown, type => Type, modules => Modules};
with_defaults(#{start := {Module, _, _}} = Spec) ->
    Shutdown = case Spec of #{type := supervisor} -> infinity; _ -> 5000 end,
    Defaults = #{restart => permanent, significant => false, shutdown => Shutdown, type => worker, modules => [Module]},
    maps:merge(Defaults, Spec).

