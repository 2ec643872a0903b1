%% Judges beams that a migration was injected into: every tool of OTP takes them, what was there is what it was, and they answer as what
%% the real compiler makes of the forms in their debug info.
-module(inject_oracle).
-export([compile/1, parts/1, answers/1, tools/1, dialyzer/1]).

%% [Source, Options as text] each -> the beams, in the external format.
compile(Modules) -> term_to_binary([compile_source(Source, Options) || [Source, Options] <- Modules]).

compile_source(Source, Options) ->
    Folder = folder(),
    [_, Name | _] = string:lexemes(Source, "()"),
    File = filename:join(Folder, Name ++ ".erl"),
    ok = file:write_file(File, unicode:characters_to_binary(Source)),
    {ok, _, Beam} = compile:file(File, [binary, return_errors | term(Options)]),
    Beam.

term(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Term} = erl_parse:parse_term(Tokens),
    Term.

folder() ->
    Folder = filename:join("/tmp", "beamtool-inject-" ++ os:getpid()),
    _ = file:make_dir(Folder),
    Folder.

%% [Name, original, injected, key] each -> a line for each fault.
parts(Beams) -> unicode:characters_to_binary([judge(Name, fun() -> parts(Old, New, Key) end) || [Name, Old, New, Key] <- Beams]).

judge(Name, Check) ->
    try Check() of
        [] -> [];
        Faults -> io_lib:format("~ts: ~0tP~n", [Name, Faults, 60])
    catch
        Class:Reason:Stack -> io_lib:format("~ts: ~0tP~n", [Name, {Class, Reason, Stack}, 60])
    end.

parts(Old, New, Key) ->
    with_key(Key, fun() ->
        {ok, {Module, _}} = beam_lib:chunks(New, readable(New)),
        [{loads, Refused} || is_reference(erlang:prepare_loading(Module, Old)), Refused <- [erlang:prepare_loading(Module, New)], not is_reference(Refused)] ++
            disassembled(beam_disasm:file(Old), beam_disasm:file(New)) ++
            kept(Old, New) ++
            marked(Old, New)
    end).

readable(Beam) ->
    Ids = [list_to_atom(Id) || {Id, _} <- element(3, beam_lib:all_chunks(Beam))],
    Named = [atoms, imports, exports, labeled_exports] ++
        [Name || {Id, Names} <- [{'LocT', [locals, labeled_locals]}, {'Attr', [attributes]}, {'CInf', [compile_info]}, {'Dbgi', [debug_info, abstract_code]}],
                 lists:member(Id, Ids), Name <- Names],
    Named ++ [atom_to_list(Id) || Id <- Ids].

with_key("", Fun) -> Fun();
with_key(Key, Fun) ->
    _ = beam_lib:clear_crypto_key_fun(),
    ok = beam_lib:crypto_key_fun(fun({debug_info, _, _, _}) -> Key; (_) -> ok end),
    try Fun() after beam_lib:clear_crypto_key_fun() end.

%% All functions that are not ours are the same.
disassembled({beam_file, Module, OldExports, _, _, Old}, {beam_file, Module, NewExports, _, _, New}) ->
    Theirs = [as_before(Function) || Function <- New, lists:keymember(element(4, Function), 4, Old)],
    [{code, Difference} || Difference <- [difference(Old, Theirs)], Difference =/= none] ++
        [{exports, NewExports} || lists:sort(names(OldExports) ++ [F || F <- names(NewExports), element(1, F) =:= code_change, not lists:member(F, names(OldExports))]) =/= lists:sort(names(NewExports))].

names(Exports) -> [{Name, Arity} || {Name, Arity, _} <- Exports].

difference([F | Old], [F | New]) -> difference(Old, New);
difference([], []) -> none;
difference(Old, New) -> {lists:sublist(Old, 1), lists:sublist(New, 1)}.

as_before({function, 'code_change@user', Arity, Entry, Is}) -> {function, code_change, Arity, Entry, old_names(Is)};
as_before({function, Name, Arity, Entry, Is}) -> {function, Name, Arity, Entry, old_names(Is)}.

old_names('code_change@user') -> code_change;
old_names([H | T]) -> [old_names(H) | old_names(T)];
old_names(Tuple) when is_tuple(Tuple) -> list_to_tuple(old_names(tuple_to_list(Tuple)));
old_names(Other) -> Other.

%% Chunks that are not edited, and the attributes.
kept(Old, New) ->
    {ok, _, OldChunks} = beam_lib:all_chunks(Old),
    {ok, _, NewChunks} = beam_lib:all_chunks(New),
    Edited = ["Atom", "AtU8", "Code", "StrT", "ImpT", "ExpT", "FunT", "LitT", "LocT", "Attr", "Dbgi", "Abst"],
    [{changed, Id} || {Id, Data} <- OldChunks, not lists:member(Id, Edited), {Id, Data} =/= lists:keyfind(Id, 1, NewChunks)] ++
        [{order, [Id || {Id, _} <- NewChunks]} || [Id || {Id, _} <- OldChunks] =/= [Id || {Id, _} <- NewChunks, lists:keymember(Id, 1, OldChunks)]].

marked(Old, New) ->
    Theirs = [Value || Value <- values(New), not is_mark(Value)],
    [{attributes, values(New)} || lists:sort(Theirs) =/= lists:sort(values(Old))] ++ [no_mark || length(Theirs) =:= length(values(New))].

is_mark({beamtool, {migration, _, _}}) -> true;
is_mark(_) -> false.

values(Beam) -> [{Name, Value} || {Name, Values} <- attributes(Beam), Value <- Values].

attributes(Beam) ->
    case beam_lib:chunks(Beam, [attributes]) of
        {ok, {_, [{attributes, Attributes}]}} -> Attributes;
        {error, beam_lib, {missing_chunk, _, _}} -> []
    end.

%% [Name, injected, key, Calls as text] each -> a line for each call that the recompiled forms answer otherwise, or that crashes unexpectedly.
answers(Beams) -> unicode:characters_to_binary([judge(Name, fun() -> answers(Beam, Key, term(Calls)) end) || [Name, Beam, Key, Calls] <- Beams]).

answers(Beam, Key, Calls) ->
    {Forms, Options} = with_key(Key, fun() -> forms(Beam) end),
    case compile:forms(Forms, Options -- [compressed]) of
        {ok, Module, Real} -> compare(Module, Real, Beam, Calls);
        {ok, Module, Real, _Warnings} -> compare(Module, Real, Beam, Calls);
        Refused -> [{refused, Refused}]
    end.

compare(Module, Real, Beam, []) -> [not_loaded || Code <- [Real, Beam], not is_reference(erlang:prepare_loading(Module, Code))];
compare(Module, Real, Beam, Calls) ->
    Expected = call_all(Module, Real, Calls),
    Actual = call_all(Module, Beam, Calls),
    [{Call, E, A} || {Call, E, A} <- lists:zip3(Calls, Expected, Actual), E =/= A] ++
        [{nothing_converted, Expected} || Calls =/= [], string:find(io_lib:format("~0p", [Expected]), "beamtool_new") =:= nomatch].

forms(Beam) ->
    {ok, {Module, [{debug_info, {debug_info_v1, Backend, Data}}]}} = beam_lib:chunks(Beam, [debug_info]),
    {ok, Forms} = Backend:debug_info(erlang_v1, Module, Data, []),
    {_, Options} = Data,
    {Forms, Options}.

call_all(Module, Beam, Calls) ->
    load(Module, Beam),
    [answer(Module, Name, Args) || {Name, Args} <- Calls].

load(Module, Beam) ->
    _ = code:purge(Module),
    _ = code:delete(Module),
    _ = code:purge(Module),
    {module, Module} = code:load_binary(Module, "injected", Beam).

answer(Module, Name, Args) ->
    try applied(apply(Module, Name, Args))
    catch Class:Reason -> {Class, Reason}
    end.

%% Funs are told apart by what they answer.
applied(Fun) when is_function(Fun, 1) -> {'fun', Fun(7)};
applied([H | T]) -> [applied(H) | applied(T)];
applied(Tuple) when is_tuple(Tuple) -> list_to_tuple([applied(E) || E <- tuple_to_list(Tuple)]);
applied(Other) -> Other.

%% [Source, injected, Calls as text] each -> a line for each tool that doesn't take the file.
tools(Modules) -> unicode:characters_to_binary([judge(first_line(Source), fun() -> tools(Source, Beam, term(Calls)) end) || [Source, Beam, Calls] <- Modules]).

first_line(Source) -> hd(string:lexemes(Source, "\n")).

tools(Source, Beam, Calls) ->
    {ok, {Module, _}} = beam_lib:version(Beam),
    Folder = folder(),
    File = filename:join(Folder, atom_to_list(Module)),
    ok = file:write_file(File ++ ".erl", unicode:characters_to_binary(Source)),
    ok = file:write_file(File ++ ".beam", Beam),
    Expected = call_all(Module, Beam, Calls),
    {ok, {Module, Stripped}} = beam_lib:strip(Beam),
    Same = beam_lib:cmp(Beam, Beam),
    Strips = call_all(Module, Stripped, Calls),
    {ok, _} = beam_lib:md5(Beam),
    [{cmp, Same} || Same =/= ok] ++
        [{strip, Strips} || Strips =/= Expected] ++
        covered(Module, File, Calls, Expected) ++
        [Fault || code:which(int) =/= non_existing, Fault <- debugged(Module, File, Calls, Expected)] ++
        crossed(Module, File).

covered(Module, File, Calls, Expected) ->
    case cover:compile_beam(File) of
        {ok, Module} ->
            Answers = [answer(Module, Name, Args) || {Name, Args} <- Calls],
            cover:stop(),
            [{cover, Answers, Expected} || Answers =/= Expected];
        Error -> [{cover, Error}]
    end.

debugged(Module, File, Calls, Expected) ->
    _ = code:purge(Module),
    _ = code:delete(Module),
    case int:interpretable(File) of
        true ->
            {module, Module} = int:i(File),
            Answers = [answer(Module, Name, Args) || {Name, Args} <- Calls],
            ok = int:n(Module),
            [{debugger, Answers, Expected} || Answers =/= Expected];
        Other -> [{interpretable, Other}]
    end.

crossed(Module, File) ->
    {ok, _} = xref:start(inject, {xref_mode, functions}),
    Added = xref:add_module(inject, File, [{builtins, true}]),
    {ok, Calls} = xref:q(inject, "XC"),
    {ok, Local} = xref:analyze(inject, locals_not_used),
    stopped = xref:stop(inject),
    [{xref, Added} || Added =/= {ok, Module}] ++ [{xref_calls, Calls} || Calls =:= []] ++ [{unused, Local} || Local =/= []].

%% [injected] -> what dialyzer says beside unknown functions.
dialyzer(Beams) ->
    Folder = folder(),
    Files = [begin
        {ok, {Module, _}} = beam_lib:version(Beam),
        File = filename:join(Folder, atom_to_list(Module) ++ ".beam"),
        ok = file:write_file(File, Beam),
        File
    end || Beam <- Beams],
    Plt = filename:join(Folder, "plt"),
    Stdlib = [filename:join(code:lib_dir(stdlib), "ebin/" ++ Name) || Name <- ["gen_server.beam", "lists.beam"]],
    Warnings = dialyzer:run([{analysis_type, plt_build}, {files, Files ++ Stdlib}, {output_plt, Plt}]),
    Again = dialyzer:run([{analysis_type, succ_typings}, {files, Files}, {init_plt, Plt}, {check_plt, false}]),
    unicode:characters_to_binary([[dialyzer:format_warning(Warning), $\n] || Warning <- Warnings ++ Again]).
