%% Holds a beam with an injection against the one without.
-module(injected_oracle).
-export([same_functions/1, refused_by_loader/1]).

%% [Original, Injected] each -> a text for each, about those functions of the first that are others in the second; zeros between. One of them may
%% have another name there, which is then also called by that name.
same_functions(Pairs) -> lists:join(0, [unicode:characters_to_binary(different(Original, Injected)) || [Original, Injected] <- Pairs]).

different(Original, Injected) ->
    {beam_file, Module, _, _, _, Before} = beam_disasm:file(Original),
    {beam_file, Module, _, _, _, After} = beam_disasm:file(Injected),
    {Kept, _} = lists:split(length(Before), After),
    case [{{Name, Arity}, To} || {{function, Name, Arity, _, _}, {function, To, Arity, _, _}} <- lists:zip(Before, Kept), Name =/= To] of
        [] -> differences(Before, Kept);
        [{{Name, Arity}, To}] -> differences([renamed(Function, {Module, Name, Arity}, To) || Function <- Before], Kept);
        Renamed -> io_lib:format("~tp~n", [Renamed])
    end.

differences(Before, After) ->
    [io_lib:format("~tp~n~tp~n", [One, Other]) || {One, Other} <- lists:zip(Before, After), One =/= Other].

%% The name is in the function's head, and wherever the function is called or made a fun of.
renamed({function, Name, Arity, Entry, Code}, {_, Name, Arity} = Function, To) -> {function, To, Arity, Entry, operands(Code, Function, To)};
renamed({function, Name, Arity, Entry, Code}, Function, To) -> {function, Name, Arity, Entry, operands(Code, Function, To)}.

operands([Instruction | Code], Function, To) -> [operand(Instruction, Function, To) | operands(Code, Function, To)];
operands([], _, _) -> [].

operand({func_info, {atom, Module}, {atom, Name}, Arity}, {Module, Name, Arity}, To) -> {func_info, {atom, Module}, {atom, To}, Arity};
operand({Call, Arity, {Module, Name, Arity}}, {Module, Name, Arity}, To) when Call =:= call; Call =:= call_only -> {Call, Arity, {Module, To, Arity}};
operand({call_last, Arity, {Module, Name, Arity}, Frame}, {Module, Name, Arity}, To) -> {call_last, Arity, {Module, To, Arity}, Frame};
operand(Instruction, {Module, Name, Arity}, To) when element(1, Instruction) =:= make_fun2; element(1, Instruction) =:= make_fun3 ->
    case element(2, Instruction) of
        {Module, Name, Arity} -> setelement(2, Instruction, {Module, To, Arity});
        _ -> Instruction
    end;
operand(Instruction, _, _) -> Instruction.

%% A text about those that the loader refuses.
refused_by_loader(Beams) -> unicode:characters_to_binary([refused(Beam) || Beam <- Beams]).

refused(Beam) ->
    {ok, {Module, _}} = beam_lib:version(Beam),
    case erlang:prepare_loading(Module, Beam) of
        {error, Reason} -> io_lib:format("~tp: ~tp~n", [Module, Reason]);
        _ -> []
    end.
