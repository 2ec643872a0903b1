-module(stock_report).

-export([text/0]).

text() -> [io_lib:format("~-20s~6b~n", [stock_item:name(Item), stock_item:count(Item)]) || Item <- stock_server:items()].
