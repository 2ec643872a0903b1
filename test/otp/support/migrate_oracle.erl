%% Compiles sources, and modules to which generated functions are added as forms, and asks these for the states that they make.
-module(migrate_oracle).
-export([compile/1, answers/1, versions/1]).

%% [[Source]] -> the beams, [[Beam]], in the external format. Modules have debug info.
compile(Cases) -> term_to_binary([[beam(Source) || Source <- Sources] || Sources <- Cases]).

beam(Source) ->
    case compile:forms(forms(Source), [debug_info, binary, return_errors, nowarn_unused_function]) of
        {ok, _, Beam} -> Beam;
        Error -> error({unicode:characters_to_binary(Source), Error})
    end.

forms(Source) -> forms(unicode:characters_to_list(Source), 1).

forms(Text, Line) ->
    case erl_scan:tokens([], Text, Line) of
        {done, {ok, Tokens, Next}, Rest} ->
            {ok, Form} = erl_parse:parse_form(Tokens),
            [Form | forms(Rest, Next)];
        _ -> [{eof, Line}]
    end.

%% A case is [[Beam], Forms, Renamed, Questions]: the new beam and the older ones; the generated functions in the external format, the first
%% of them the callback; what the user's own callback is called now, or ""; and [Expression, Expected] pairs. In both, Vsn0, Vsn1 and so on
%% are the versions of the older beams as release_handler has them, and Old0, Old1 what make/0 of these answers.
%% The answer is a text for each case, empty where all is as expected; zeros between.
answers(Cases) -> lists:join(0, [unicode:characters_to_binary(answer(Case)) || Case <- Cases]).

answer([[New | Older], Generated, Renamed, Questions]) ->
    Bindings = orddict:from_list(bindings(Older, 0)),
    {ok, {Module, [{debug_info, {debug_info_v1, Backend, Data}}]}} = beam_lib:chunks(New, [debug_info]),
    {ok, Forms} = Backend:debug_info(erlang_v1, Module, Data, []),
    Functions = binary_to_term(Generated),
    {function, _, Name, Arity, _} = hd(Functions),
    Whole = [renamed(Form, Name, Arity, Renamed) || Form <- Forms, element(1, Form) =/= eof],
    Export = {attribute, 0, compile, export_all},
    Silent = {attribute, 0, compile, [nowarn_export_all, nowarn_unused_function]},
    case compile:forms(Whole ++ [Export, Silent] ++ Functions, [binary, return]) of
        {ok, Module, Beam, Warnings} ->
            load(Module, Beam),
            [io_lib:format("warning ~tp~n", [Warning]) || {_, Found} <- Warnings, Warning <- Found, generated(Warning)] ++
                [question(Module, Question, Expected, Bindings) || [Question, Expected] <- Questions];
        Error -> io_lib:format("~tp~n", [Error])
    end.

generated({Location, erl_lint, Reason}) -> Location =:= 0 andalso Reason =/= export_all;
generated({Location, _, _}) -> Location =:= 0;
generated(_) -> false.

bindings([], _) -> [];
bindings([Beam | Beams], At) ->
    {ok, {Module, Values}} = beam_lib:version(Beam),
    load(Module, Beam),
    Old = [{name("Old", At), Module:make()} || erlang:function_exported(Module, make, 0)],
    [{name("Vsn", At), version(Values)} | Old] ++ bindings(Beams, At + 1).

name(Prefix, At) -> list_to_atom(Prefix ++ integer_to_list(At)).

version(Values) ->
    case {misc_supp:is_string(Values), Values} of
        {false, [Value]} -> Value;
        _ -> Values
    end.

load(Module, Beam) ->
    code:purge(Module),
    {module, Module} = code:load_binary(Module, "", Beam),
    code:purge(Module).

renamed(Form, _, _, "") -> Form;
renamed({function, Anno, Name, Arity, Clauses}, Name, Arity, To) ->
    {function, Anno, list_to_atom(To), Arity, called(Clauses, Name, Arity, list_to_atom(To))};
renamed({function, Anno, Other, Size, Clauses}, Name, Arity, To) ->
    {function, Anno, Other, Size, called(Clauses, Name, Arity, list_to_atom(To))};
renamed(Form, _, _, _) -> Form.

called({call, Anno, {atom, At, Name}, Args}, Name, Arity, To) when length(Args) =:= Arity ->
    {call, Anno, {atom, At, To}, called(Args, Name, Arity, To)};
called({'fun', Anno, {function, Name, Arity}}, Name, Arity, To) -> {'fun', Anno, {function, To, Arity}};
called(Tuple, Name, Arity, To) when is_tuple(Tuple) -> list_to_tuple(called(tuple_to_list(Tuple), Name, Arity, To));
called([Head | Tail], Name, Arity, To) -> [called(Head, Name, Arity, To) | called(Tail, Name, Arity, To)];
called(Other, _, _, _) -> Other.

question(Module, Question, Expected, Bindings) ->
    case {value(Module, Question, Bindings), value(Module, Expected, Bindings)} of
        {Same, Same} -> "";
        {Found, Wanted} -> io_lib:format("~ts~n  is ~tp~n  not ~tp~n", [Question, Found, Wanted])
    end.

value(Module, Text, Bindings) ->
    {ok, Tokens, _} = erl_scan:string(unicode:characters_to_list(Text) ++ "."),
    {ok, Expressions} = erl_parse:parse_exprs(Tokens),
    Call = fun(Name, Args) -> apply(Module, Name, Args) end,
    try erl_eval:exprs(Expressions, Bindings, {value, Call}) of
        {value, Value, _} -> Value
    catch
        Class:Reason -> {Class, Reason}
    end.

%% [Beam] -> what release_handler takes for the version of each, in the external format; `none` where it crashes.
versions(Beams) ->
    Folder = filename:join("/tmp", "beamtool-versions-" ++ os:getpid()),
    ok = filelib:ensure_dir(filename:join(Folder, "x")),
    try
        term_to_binary([handled(Beam, Folder) || Beam <- Beams])
    after
        file:del_dir_r(Folder)
    end.

handled(Beam, Folder) ->
    {ok, {Module, _}} = beam_lib:chunks(Beam, []),
    ok = file:write_file(filename:join(Folder, atom_to_list(Module) ++ ".beam"), Beam),
    code:purge(Module),
    {module, Module} = code:load_abs(filename:join(Folder, atom_to_list(Module))),
    try {vsn, release_handler_1:get_current_vsn(Module)} catch _:_ -> none end.
