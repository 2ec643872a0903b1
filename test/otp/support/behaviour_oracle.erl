%% Behaviours as the runtime has them, and which unused exports are their callbacks, for explain-exports.test.ts. Answers are external terms.
-module(behaviour_oracle).
-export([callbacks/1, unused_callbacks/1]).

%% {Behaviour, Callbacks, OptionalCallbacks} of each module in the folders that has behaviour_info/1.
callbacks(Ebins) ->
    [code:add_pathz(Ebin) || Ebin <- Ebins],
    term_to_binary([{Module, info(Module, callbacks), info(Module, optional_callbacks)}
                    || Ebin <- Ebins, File <- filelib:wildcard(filename:join(Ebin, "*.beam")), {Module, Exports} <- [exports(File)],
                       lists:member({behaviour_info, 1}, Exports)]).

info(Module, Key) ->
    try
        Module:behaviour_info(Key)
    catch
        _:_ -> []
    end.

exports(File) ->
    {ok, {Module, [{exports, Exports}]}} = beam_lib:chunks(File, [exports]),
    {Module, Exports}.

%% {exports_not_used of xref, those of it that are callbacks of a behaviour that their module declares}.
unused_callbacks(Folders) ->
    logger:set_primary_config(level, none),
    {ok, _} = xref:start(s, [{xref_mode, functions}]),
    ok = xref:set_default(s, [{builtins, false}, {warnings, false}, {verbose, false}]),
    [{ok, _} = xref:add_application(s, Folder) || Folder <- Folders],
    {ok, Unused} = xref:analyze(s, exports_not_used),
    Callbacks = maps:from_list([{Module, lists:append([info(B, callbacks) || B <- Behaviours])}
                                || Folder <- Folders, File <- filelib:wildcard(filename:join(Folder, "ebin/*.beam")),
                                   {Module, Behaviours} <- [behaviours(File)]]),
    term_to_binary({length(Unused), [E || E = {M, F, A} <- Unused, lists:member({F, A}, maps:get(M, Callbacks))]}).

behaviours(File) ->
    {ok, {Module, [{attributes, Attributes}]}} = beam_lib:chunks(File, [attributes]),
    {Module, lists:append([Values || {Key, Values} <- Attributes, Key =:= behaviour orelse Key =:= behavior])}.
