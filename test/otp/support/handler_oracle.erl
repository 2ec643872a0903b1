%% What release_handler has against scripts, for appup-check.test.ts: its own check, without a release.
-module(handler_oracle).
-export([checks/1, instructions/1]).

%% [[OldEbin, NewLib, Application, Vsn, Module]] -> [ok | {error, Reason} | {crash, Reason}]: the module of NewLib is read while that of OldEbin runs.
checks(Cases) -> term_to_binary([check(Case) || Case <- Cases]).

check([OldEbin, NewLib, Name, Vsn, ModuleName]) ->
    [App, Module] = [list_to_atom(Text) || Text <- [Name, ModuleName]],
    true = code:add_patha(OldEbin),
    {module, Module} = code:load_file(Module),
    try release_handler_1:check_script([{load_object_code, {App, Vsn, [Module]}}, point_of_no_return], [{App, Vsn, NewLib}]) of
        {ok, _} -> ok;
        {error, {'EXIT', Reason}} -> {crash, Reason};
        Other -> Other
    catch
        _:Reason -> {crash, Reason}
    after
        code:purge(Module), code:delete(Module), code:purge(Module), code:del_path(OldEbin)
    end.

%% [Name] -> [ok | crash]: whether it evaluates an instruction of that name.
instructions(Names) ->
    term_to_binary([instruction(list_to_atom(Name)) || Name <- Names]).

instruction(Name) ->
    try release_handler_1:eval_script([point_of_no_return, Name], [], [], [], []) of
        {error, _} -> crash;
        {error, _, _} -> crash;
        _ -> ok
    catch
        _:_ -> crash
    end.
