%% What xref in modules mode says of application folders, for deps.test.ts: module edges (ME) and application edges (AE), one a line; and the
%% BIFs of this release among given functions.
-module(deps_oracle).
-export([edges/2, builtins/0]).

edges(Folders, Variable) ->
    {ok, _} = xref:start(s, [{xref_mode, modules}]),
    ok = xref:set_default(s, [{warnings, false}, {verbose, false}]),
    [{ok, _} = xref:add_application(s, Folder) || Folder <- Folders],
    {ok, Edges} = xref:q(s, Variable),
    [[atom_to_binary(From, utf8), 1, atom_to_binary(To, utf8), $\n] || {From, To} <- Edges].

%% Every exported function of every module on the code path that the runtime calls a BIF.
builtins() ->
    Modules = lists:usort([list_to_atom(filename:basename(F, ".beam")) || D <- code:get_path(), F <- filelib:wildcard(D ++ "/*.beam")]
                          ++ [M || {M, preloaded} <- code:all_loaded()]),
    [[atom_to_binary(M, utf8), $:, atom_to_binary(F, utf8), $/, integer_to_binary(A), $\n]
     || M <- Modules, {F, A} <- exports(M), erlang:is_builtin(M, F, A)].

exports(Module) ->
    case beam_lib:chunks(beam(Module), [exports]) of
        {ok, {_, [{exports, Exports}]}} -> Exports;
        _ -> try Module:module_info(exports) catch _:_ -> [] end
    end.

beam(Module) ->
    case code:which(Module) of
        File when is_list(File), File =/= [] -> File;
        _ -> code:where_is_file(atom_to_list(Module) ++ ".beam")
    end.
