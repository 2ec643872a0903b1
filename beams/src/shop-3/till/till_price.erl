-module(till_price).

-export([of_item/1, format/1]).

of_item(Item) -> round(stock_item:price(Item) * 1.25).

-spec format(integer()) -> string().
format(Cents) -> lists:flatten(io_lib:format("~b.~2..0b", [Cents div 100, Cents rem 100])).
