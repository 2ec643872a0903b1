%% What real beams say of the dependencies that are no calls, for references.test.ts: read from beam_lib's abstract code by folding over its
%% terms, and by asking the modules themselves. One answer a line, fields apart by 1.
-module(references_oracle).
-export([callbacks/1, types/1]).

%% Module, "callbacks" or "optional_callbacks", and F/A in the order of the answer, of all modules in the folders that are behaviours.
callbacks(Folders) ->
    [code:add_pathz(Folder) || Folder <- Folders],
    [[text(Module), 1, atom_to_binary(Key, utf8), [[1, text(F), $/, integer_to_binary(A)] || {F, A} <- Answer], $\n]
     || Folder <- Folders, File <- beams(Folder), Module <- behaviours(File), Key <- [callbacks, optional_callbacks],
        Answer <- answers(Module, Key)].

beams(Folder) -> lists:sort(filelib:wildcard(filename:join(Folder, "*.beam"))).

behaviours(File) ->
    {ok, {Module, [{exports, Exports}]}} = beam_lib:chunks(File, [exports]),
    [Module || lists:member({behaviour_info, 1}, Exports)].

answers(Module, Key) ->
    try Module:behaviour_info(Key) of
        Answer when is_list(Answer) -> [Answer];
        _ -> []
    catch
        error:function_clause -> []
    end.

%% Module, kind of attribute, function of a spec or nothing, and the remote type: M:T/A.
types(Folders) ->
    [[text(Module), 1, Of, 1, text(M), $:, text(T), $/, integer_to_binary(A), $\n]
     || Folder <- Folders, File <- beams(Folder), {Module, Forms} <- forms(File), Form <- Forms, {Of, Part} <- typed(Form),
        {M, T, A} <- remote(Part)].

forms(File) ->
    case beam_lib:chunks(File, [debug_info]) of
        {ok, {Module, [{debug_info, {debug_info_v1, erl_abstract_code, {Forms, _}}}]}} when is_list(Forms) -> [{Module, Forms}];
        {ok, {Module, [{debug_info, {debug_info_v1, elixir_erl, {elixir_v1, _, Specs}}}]}} -> [{Module, Specs}];
        _ -> []
    end.

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
