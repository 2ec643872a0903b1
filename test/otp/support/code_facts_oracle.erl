%% What code-facts.test.ts holds the code reader against: the edges that xref finds from abstract code, and what beam_disasm sees in the code of
%% functions. One answer a line, fields apart by 1, the parts of a function by 2, items by 3.
-module(code_facts_oracle).
-export([edges/1, code/1]).

%% xref's edges in the folders, without BIFs: X (external and resolved, with its lines), L (local), U (unresolved), M (of modules). The folders are
%% on the code path, since Elixir's debug info is read by a module of Elixir.
edges(Folders) ->
    code:add_pathsz(Folders),
    {ok, _} = xref:start(s, []),
    ok = xref:set_default(s, [{warnings, false}, {verbose, false}, {builtins, false}]),
    [{ok, _} = xref:add_directory(s, Folder) || Folder <- Folders],
    {ok, External} = xref:q(s, "(XLin) (XC - UC)"),
    [[[$X, 1, vertex(From), 1, vertex(To), 1, lists:join($\s, [integer_to_binary(L) || L <- Lines]), $\n] || {{From, To}, Lines} <- External],
     edges("L", "LC"), edges("U", "UC"), edges("M", "ME")].

edges(Kind, Query) ->
    {ok, Edges} = xref:q(s, Query),
    [[Kind, 1, vertex(From), 1, vertex(To), $\n] || {From, To} <- Edges].

vertex({M, F, A}) -> [name(M), 2, name(F), 2, integer_to_binary(A)];
vertex(M) -> name(M).

name(Atom) -> atom_to_binary(Atom, utf8).

%% For each [File, Name, Arity, ...] of functions: whether the code has it at all (by the tables of exports and locals), what it calls or has as
%% a fun (with what the compiler made of its funs and comprehensions), all atoms in it, and how its module asks for inlining.
%%   M F A in|out functions atoms options
code(Questions) -> [code_of(File, Functions) || [File | Functions] <- Questions].

code_of(File, Functions) ->
    {ok, {M, [{exports, Exports}, {locals, Locals}, {compile_info, Info}]}} =
        beam_lib:chunks(File, [exports, locals, compile_info]),
    {beam_file, M, _, _, _, Code} = beam_disasm:file(File),
    Options = [Option || Option <- attributes(File) ++ proplists:get_value(options, Info, []), is_inline(Option)],
    [one(M, list_to_atom(F), list_to_integer(A), Exports ++ Locals, Code, Options) || [F, A] <- Functions].

one(M, F, A, Known, Code, Options) ->
    Made = "-" ++ atom_to_list(F) ++ "/" ++ integer_to_list(A) ++ "-",
    Is = [I || {function, G, B, _, I} <- Code, {G, B} =:= {F, A} orelse lists:prefix(Made, atom_to_list(G))],
    {Called, Atoms} = mentions(Is, {[], []}),
    Where = case lists:member({F, A}, Known) of true -> "in"; false -> "out" end,
    [vertex({M, F, A}), 1, Where, 1,
     lists:join(3, [vertex(C) || C <- lists:usort(Called)]), 1,
     lists:join(3, [name(Atom) || Atom <- lists:usort(Atoms)]), 1,
     lists:join(3, [io_lib:format("~0tp", [Option]) || Option <- Options]), $\n].

%% Functions and atoms anywhere in a term; literals are terms of their own.
mentions({extfunc, M, F, A}, {Called, Atoms}) -> {[{M, F, A} | Called], Atoms};
mentions([Head | Tail], Found) -> mentions(Tail, mentions(Head, Found));
mentions(Tuple, Found) when is_tuple(Tuple) -> mentions(tuple_to_list(Tuple), Found);
mentions(Map, Found) when is_map(Map) -> mentions(maps:to_list(Map), Found);
mentions(Atom, {Called, Atoms}) when is_atom(Atom) -> {Called, [Atom | Atoms]};
mentions(Fun, {Called, Atoms}) when is_function(Fun) ->
    [{module, M}, {name, F}, {arity, A}] = [erlang:fun_info(Fun, Item) || Item <- [module, name, arity]],
    {[{M, F, A} | Called], Atoms};
mentions(_, Found) -> Found.

attributes(File) ->
    case beam_lib:chunks(File, [abstract_code]) of
        {ok, {_, [{abstract_code, {_, Forms}}]}} -> lists:flatten([Value || {attribute, _, compile, Value} <- Forms]);
        _ -> []
    end.

is_inline(Option) when is_tuple(Option), tuple_size(Option) > 0 -> is_inline(element(1, Option));
is_inline(Option) -> is_atom(Option) andalso lists:prefix("inline", atom_to_list(Option)).
