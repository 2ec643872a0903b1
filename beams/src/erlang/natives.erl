%% Native functions: on_load, nifs, stubs.
-module(natives).
-on_load(init/0).
-nifs([hash/1, hash/2]).

-export([hash/1, hash/2]).

init() ->
    case erlang:load_nif("no_such_library", {?MODULE, 1}) of
        ok -> ok;
        {error, {load_failed, _}} -> ok;
        {error, _} = Error -> Error
    end.

-spec hash(binary()) -> integer().
hash(_) -> erlang:nif_error(not_loaded).

hash(_, _) -> erlang:nif_error({not_loaded, [{module, ?MODULE}, {line, ?LINE}]}).
