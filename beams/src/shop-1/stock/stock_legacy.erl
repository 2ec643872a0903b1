%% The old way to order: gone in the next version.
-module(stock_legacy).
-deprecated(module).

-export([order/1]).

order(Item) ->
    error_logger:info_msg("order more of ~p~n", [stock_item:name(Item)]),
    ok.
