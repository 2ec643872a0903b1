%% Judges functions that compile/ made: does beam_validator accept each, and does each answer as what the real compiler makes of
%% the same forms?
-module(compile_oracle).
-export([parse/1, forms_of_beams/1, validate/1, validate_each/1, compare/2, compare_small/2]).

%% Sources -> the lists of their forms, in the external format.
parse(Sources) -> term_to_binary([forms(Source) || Source <- Sources]).

forms(Source) -> forms_of(unicode:characters_to_list(Source), 1).

forms_of(Text, Line) ->
    case erl_scan:tokens([], Text, Line, [{reserved_word_fun, fun reserved/1}]) of
        {done, {ok, Tokens, Next}, Rest} ->
            case erl_parse:parse_form(Tokens) of
                {ok, Form} -> [Form | forms_of(Rest, Next)];
                {error, Reason} -> error({unparsed, Reason, Tokens})
            end;
        {done, {eof, _}, _} -> [];
        {more, Continuation} ->
            {done, {eof, _}, _} = erl_scan:tokens(Continuation, eof, Line),
            []
    end.

reserved('maybe') -> true;
reserved('else') -> true;
reserved(Word) -> erl_scan:reserved_word(Word).

%% Files of beams -> the lists of their forms, in the external format.
forms_of_beams(Files) -> term_to_binary([forms_of_beam(File) || File <- Files]).

forms_of_beam(File) ->
    case beam_lib:chunks(File, [abstract_code]) of
        {ok, {_, [{abstract_code, {raw_abstract_v1, Forms}}]}} -> Forms;
        _ -> []
    end.

%% Beams -> a line for each module in which beam_validator refuses functions; it looks at each by itself.
validate(Beams) -> unicode:characters_to_binary([validate_beam(Beam) || Beam <- Beams]).

validate_beam(Beam) ->
    {beam_file, Module, _, _, _, Functions} = beam_disasm:file(Beam),
    Entries = maps:from_list([{{Module, Name, Arity}, Entry} || {function, Name, Arity, Entry, _} <- Functions]),
    case beam_validator:validate(shape(Module, [converted(Function, Entries) || Function <- Functions]), strong) of
        ok -> [];
        {error, Reasons} -> io_lib:format("~tw: ~0tP~n", [Module, Reasons, 200])
    end.

%% [Beam, beam with functions behind those of the first] each -> a text for each, about those of the functions behind that beam_validator refuses
%% in a module of their own, where all others do nothing; zeros between.
validate_each(Pairs) -> lists:join(0, [validate_appended(Before, After) || [Before, After] <- Pairs]).

validate_appended(Before, After) ->
    {beam_file, Module, _, _, _, Original} = beam_disasm:file(Before),
    {beam_file, Module, _, _, _, Functions} = beam_disasm:file(After),
    Entries = maps:from_list([{{Module, Name, Arity}, Entry} || {function, Name, Arity, Entry, _} <- Functions]),
    Empty = [empty(Module, Function) || Function <- Functions],
    [case beam_validator:validate(shape(Module, [converted(Function, Entries) | lists:keydelete(Entry, 4, Empty)]), strong) of
         ok -> [];
         {error, Reasons} -> unicode:characters_to_binary(io_lib:format("~0tP~n", [Reasons, 200]))
     end || {function, _, _, Entry, _} = Function <- lists:nthtail(length(Original), Functions)].

empty(Module, {function, Name, Arity, Entry, Is}) ->
    {label, Head} = lists:keyfind(label, 1, Is),
    Info = {func_info, {atom, Module}, {atom, Name}, Arity},
    {function, Name, Arity, Entry, [{label, Head}, Info, {label, Entry}, {move, nil, {x, 0}}, return]}.

-if(?OTP_RELEASE >= 29).
shape(Module, Functions) -> {Module, [], [], #{records => []}, Functions, 0}.
-else.
shape(Module, Functions) -> {Module, [], [], Functions, 0}.
-endif.

%% What beam_disasm shows as what beam_validator takes.
converted({function, Name, Arity, Entry, Is}, Entries) ->
    {function, Name, Arity, Entry, [instruction(I, Entries) || I <- Is]}.

instruction({Call, Arity, {_, _, _} = Callee}, Entries) when Call =:= call; Call =:= call_only ->
    {Call, Arity, {f, maps:get(Callee, Entries)}};
instruction({call_last, Arity, {_, _, _} = Callee, Frame}, Entries) -> {call_last, Arity, {f, maps:get(Callee, Entries)}, Frame};
instruction({bif, Name, nofail, Args, To}, _) -> {bif, Name, {f, 0}, Args, To};
instruction({raise, {f, 0}, Args, To}, _) -> {bif, raise, {f, 0}, Args, To};
instruction({raise, Trace, Reason}, _) -> {bif, raise, {f, 0}, [Trace, Reason], {x, 0}};
instruction({raise, [Trace, Reason]}, _) -> {bif, raise, {f, 0}, [Trace, Reason], {x, 0}};
instruction({make_fun3, {_, _, _} = Callee, Index, Uniq, To, Free}, Entries) ->
    {make_fun3, {f, maps:get(Callee, Entries)}, Index, Uniq, To, Free};
instruction({bs_create_bin, [{Fail, Heap, Live, Unit, To, {z, 1}, {u, _}, Segments}]}, _) ->
    {bs_create_bin, Fail, bare(Heap), bare(Live), bare(Unit), To, {list, [segment_item(Item) || Item <- Segments]}};
instruction({bs_start_match3, Fail, Source, Live, Context}, _) -> {test, bs_start_match3, Fail, bare(Live), [Source], Context};
instruction({test, Get, Fail, [Context, Live, Flags, To]}, _) when Get =:= bs_get_utf8; Get =:= bs_get_utf16; Get =:= bs_get_utf32 ->
    {test, Get, Fail, bare(Live), [Context, flags(Flags)], To};
instruction({test, Get, Fail, [Context, Live, Size, Unit, Flags, To]}, _)
  when Get =:= bs_get_integer2; Get =:= bs_get_float2; Get =:= bs_get_binary2 ->
    {test, Get, Fail, bare(Live), [Context, Size, bare(Unit), flags(Flags)], To};
instruction({bs_get_tail, Context, To, Live}, _) -> {bs_get_tail, Context, To, bare(Live)};
instruction(Instruction, _) -> Instruction.

bare({u, Number}) -> Number;
bare(Other) -> Other.

flags({field_flags, Bits}) when is_integer(Bits) -> {field_flags, [Flag || {Bit, Flag} <- [{2, little}, {4, signed}, {16, native}], Bits band Bit > 0]};
flags(Flags) -> Flags.

segment_item({i, Number}) -> {integer, Number};
segment_item({integer, Number}) -> {integer, Number};
segment_item(Item) -> bare(Item).

%% [Module, Forms in the external format, our beam] each -> a line for each call that answers differently. Seed: of the random arguments.
compare(Seed, Triples) -> compare(Seed, Triples, pool()).

%% Likewise with arguments that make no function busy for long.
compare_small(Seed, Triples) -> compare(Seed, Triples, small_pool()).

compare(Seed, Triples, Pool) ->
    _ = rand:seed(exsss, binary_to_integer(unicode:characters_to_binary(Seed))),
    unicode:characters_to_binary([compare_module(binary_to_term(Forms), Beam, Pool) || [Forms, Beam] <- Triples]).

compare_module(Forms, Beam, Pool) ->
    case compile:forms(Forms, [binary, return_errors, nowarn_unused_vars, export_all, nowarn_export_all]) of
        {ok, Module, Real} -> compare_beams(Module, Real, Beam, Pool);
        {error, Errors, _} -> io_lib:format("the compiler refuses ~0tp~n", [Errors])
    end.

%% A module's own arguments come from its function args/0.
compare_beams(Module, Real, Ours, Pool0) ->
    load(Module, Real),
    Pool = Pool0 ++ case erlang:function_exported(Module, args, 0) of
                        true -> Module:args();
                        false -> []
                    end,
    Exports = [{Name, Arity} || {Name, Arity} <- lists:sort(Module:module_info(exports)), Name =/= module_info],
    Calls = [{Name, Args} || {Name, Arity} <- Exports, Args <- arguments(Arity, Pool)],
    Expected = run(Module, Calls),
    load(Module, Ours),
    Found = run(Module, Calls),
    differences(Module, Calls, Expected, Found, 5).

load(Module, Beam) ->
    _ = code:purge(Module),
    _ = code:delete(Module),
    _ = code:purge(Module),
    {module, Module} = code:load_binary(Module, "none", Beam).

differences(_, [], [], [], _) -> [];
differences(_, _, _, _, 0) -> "...\n";
differences(Module, [_ | Calls], [Same | Expected], [Same | Found], Left) -> differences(Module, Calls, Expected, Found, Left);
differences(Module, [{Name, Args} | Calls], [One | Expected], [Other | Found], Left) ->
    Line = io_lib:format("~tw:~tw(~0tP) is ~0tP, ours ~0tP~n", [Module, Name, Args, 60, One, 60, Other, 60]),
    [Line | differences(Module, Calls, Expected, Found, Left - 1)].

%% All lists of so many arguments, or some.
arguments(0, _) -> [[]];
arguments(1, Pool) -> [[A] || A <- Pool];
arguments(2, Pool) when length(Pool) < 40 -> [[A, B] || A <- Pool, B <- Pool];
arguments(Arity, Pool) ->
    Items = list_to_tuple(Pool),
    [[element(rand:uniform(tuple_size(Items)), Items) || _ <- lists:seq(1, Arity)] || _ <- lists:seq(1, 200)].

%% Each answer, or what was raised; `endless` where a call takes too long or too much memory. Funs are compared by their variables.
run(Module, Calls) -> answers(Module, Calls, start(Module)).

start(Module) -> spawn_monitor(fun() -> process_flag(max_heap_size, 20000000), worker(Module) end).

worker(Module) ->
    receive {call, From, Call} -> From ! {self(), answer(Module, Call)} end,
    worker(Module).

answers(_, [], {Worker, Monitor}) ->
    demonitor(Monitor, [flush]),
    exit(Worker, kill),
    [];
answers(Module, [Call | Calls], {Worker, Monitor} = Running) ->
    Worker ! {call, self(), Call},
    receive
        {Worker, Answer} -> [Answer | answers(Module, Calls, Running)];
        {'DOWN', Monitor, process, Worker, _} -> [endless | answers(Module, Calls, start(Module))]
    after 400 ->
        demonitor(Monitor, [flush]),
        exit(Worker, kill),
        [endless | answers(Module, Calls, start(Module))]
    end.

answer(Module, {Name, Args}) ->
    try {ok, plain(apply(Module, Name, Args))}
    catch Class:Reason -> {Class, plain(Reason)}
    after erase(), flush()
    end.

flush() -> receive _ -> flush() after 0 -> ok end.

plain(Fun) when is_function(Fun) ->
    case erlang:fun_info(Fun, type) of
        {type, external} -> Fun;
        _ -> {'a fun', element(2, erlang:fun_info(Fun, arity)), plain(element(2, erlang:fun_info(Fun, env)))}
    end;
%% Stack traces differ in their lines.
plain([{Module, Name, _, Place} | _]) when is_atom(Module), is_atom(Name), is_list(Place) -> 'a stack';
plain([Head | Tail]) -> [plain(Head) | plain(Tail)];
plain(Tuple) when is_tuple(Tuple) -> list_to_tuple(plain(tuple_to_list(Tuple)));
plain(Map) when is_map(Map) -> maps:from_list(plain(maps:to_list(Map)));
plain(Other) -> Other.

small_pool() -> [Term || Term <- pool(), Term =/= 1 bsl 70] ++
    [[{a, 1}, {b, 2}], [{b, 1}, a, {a, 2}], [b, a, c, a], ["b", "a"], [[1], [2, 3]], fun(A) -> {A} end, fun(A) -> is_integer(A) end,
     fun(A, B) -> A =< B end, fun(A, B) -> [A | B] end, fun(_, V) -> V end, fun(A, B, C) -> {A, B, C} end, "a b c", " ab "].

pool() ->
    [0, 1, -1, 2, 3, 255, 1 bsl 70, 1.0, 0.0, 2.5, a, b, ok, true, false, undefined, [], [1], [1, 2, 3], [a, b], "abc", [1 | 2], {},
     {a}, {a, 1}, {b, 2}, {a, 1, 2}, {ok, [1, 2]}, {r, 1, 2}, {r, 1, 2, 3}, #{}, #{a => 1}, #{a => 1, b => 2}, #{1 => a, 1.0 => b}, <<>>, <<"abc">>,
     <<1, 2, 3, 4, 5>>, <<5:3>>, fun erlang:abs/1].
