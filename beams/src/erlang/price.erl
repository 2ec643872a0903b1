%% The main module of an escript; its archive holds till_price too.
-module(price).

-export([main/1]).

main([Cents]) -> io:format("~s~n", [till_price:format(list_to_integer(Cents))]);
main(_) -> halt(1).
