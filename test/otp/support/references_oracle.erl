%% What real beams say of the dependencies that are no calls, for references.test.ts: read from beam_lib's abstract code by folding over its
%% terms, and by asking the modules themselves. One answer a line, fields apart by 1.
-module(references_oracle).
-export([all/1, children/2]).

%% All that follows, each line after a letter of its own, so that the beams are read once.
all(Folders) ->
    [code:add_pathz(Folder) || Folder <- Folders],
    Modules = [exports(File) || Folder <- Folders, File <- beams(Folder)],
    [[["C", Line] || Line <- callbacks(Modules)], [["I", Line] || Line <- implementations(Modules)],
     [debug_info(File) || Folder <- Folders, File <- beams(Folder)]].

debug_info(File) ->
    case beam_lib:chunks(File, [debug_info]) of
        {ok, {Module, [{debug_info, {debug_info_v1, erl_abstract_code, {Forms, _}}}]}} when is_list(Forms) ->
            [["T", Line] || Line <- types(Module, Forms)];
        {ok, {Module, [{debug_info, {debug_info_v1, elixir_erl, {elixir_v1, #{definitions := Definitions}, Specs}}}]}} ->
            [[["T", Line] || Line <- types(Module, Specs)], [["S", Line] || Line <- structs(Module, Definitions)]];
        _ -> []
    end.

%% Module, "callbacks" or "optional_callbacks", and F/A in the order of the answer, of all modules that are behaviours.
callbacks(Modules) ->
    [[text(Module), 1, atom_to_binary(Key, utf8), [[1, text(F), $/, integer_to_binary(A)] || {F, A} <- Answer], $\n]
     || {Module, Exports} <- Modules, lists:member({behaviour_info, 1}, Exports), Key <- [callbacks, optional_callbacks],
        Answer <- answers(Module, Key)].

beams(Folder) -> lists:sort(filelib:wildcard(filename:join(Folder, "*.beam"))).

answers(Module, Key) ->
    try Module:behaviour_info(Key) of
        Answer when is_list(Answer) -> [Answer];
        _ -> []
    catch
        error:function_clause -> []
    end.

%% Module, function of a spec or nothing, and the remote type: M:T/A.
types(Module, Forms) ->
    [[text(Module), 1, Of, 1, text(M), $:, text(T), $/, integer_to_binary(A), $\n]
     || Form <- Forms, {Of, Part} <- typed(Form), {M, T, A} <- remote(Part)].

typed({attribute, _, spec, {{F, A}, Types}}) -> [{[text(F), $/, integer_to_binary(A)], Types}];
typed({attribute, _, spec, {{_, F, A}, Types}}) -> [{[text(F), $/, integer_to_binary(A)], Types}];
typed({attribute, _, Kind, Value}) when Kind =:= type; Kind =:= opaque; Kind =:= nominal; Kind =:= callback;
                                        Kind =:= record; Kind =:= native_record ->
    [{"", Value}];
typed(_) -> [].

remote({remote_type, _, [{atom, _, M}, {atom, _, T}, Args]}) -> [{M, T, length(Args)} | remote(Args)];
remote(Tuple) when is_tuple(Tuple) -> remote(tuple_to_list(Tuple));
remote([Head | Tail]) -> remote(Head) ++ remote(Tail);
remote(_) -> [].

text(Atom) -> atom_to_binary(Atom, utf8).

%% Module, protocol and what it is for, of all implementations of protocols, by asking them.
implementations(Modules) ->
    [[text(Module), 1, text(Module:'__impl__'(protocol)), 1, text(Module:'__impl__'(for)), $\n]
     || {Module, Exports} <- Modules, lists:member({'__impl__', 1}, Exports)].

exports(File) ->
    {ok, {Module, [{exports, Exports}]}} = beam_lib:chunks(File, [exports]),
    {Module, Exports}.

%% Module, function and module of the struct, of all structs that the definitions of Elixir's debug info name.
structs(Module, Definitions) ->
    lists:usort([unicode:characters_to_binary([text(Module), 1, text(F), $/, integer_to_binary(A), 1, text(Struct), $\n])
                 || {{Name, Arity}, Kind, _, Clauses} <- Definitions, {F, A} <- [compiled(Kind, Name, Arity)],
                    Struct <- struct(Clauses)]).

compiled(Kind, Name, Arity) when Kind =:= defmacro; Kind =:= defmacrop ->
    {list_to_atom("MACRO-" ++ atom_to_list(Name)), Arity + 1};
compiled(_, Name, Arity) -> {Name, Arity}.

struct({'%', _, [Module, Map]}) when is_atom(Module) -> [Module | struct(Map)];
struct({'__struct__', Module}) when is_atom(Module) -> [Module];
struct(Map) when is_map(Map) -> struct(maps:to_list(Map));
struct(Tuple) when is_tuple(Tuple) -> struct(tuple_to_list(Tuple));
struct([Head | Tail]) -> struct(Head) ++ struct(Tail);
struct(_) -> [].

%% The functions that start the children of a supervisor in the folder, by running its init/1.
children(Folder, Name) ->
    code:add_pathz(Folder),
    {ok, {_, Children}} = (list_to_atom(Name)):init(1),
    [[text(M), $:, text(F), $/, integer_to_binary(length(Args)), $\n] || Child <- Children, {M, F, Args} <- [start(Child)]].

start(#{start := Start}) -> Start;
start({_, Start, _, _, _, _}) -> Start.
