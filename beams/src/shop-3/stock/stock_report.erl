-module(stock_report).

-export([text/1]).

%% Calls back into the till: the two applications now need each other.
text(Reduced) -> [io_lib:format("~-20s~6b ~s~s~n", columns(Item, Reduced)) || Item <- stock_server:items()].

columns(Item, Reduced) ->
    Name = stock_item:name(Item),
    Star = [$* || lists:member(Name, Reduced)],
    [Name, stock_item:count(Item), till_price:format(till_price:of_item(Item)), Star].
