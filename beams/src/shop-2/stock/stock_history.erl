%% New in the second version: what happened on the shelves.
-module(stock_history).

-export([note/1, last/1]).

-spec note(term()) -> ok.
note(Event) ->
    logger:info("stock: ~tp", [Event]),
    persistent_term:put(?MODULE, [{erlang:system_time(second), Event} | persistent_term:get(?MODULE, [])]).

last(N) -> lists:sublist(persistent_term:get(?MODULE, []), N).
