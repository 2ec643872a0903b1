%% Comprehensions of lists and binaries, with filters, nesting and several generators.
-module(comprehend).

-export([simple/1, filtered/1, cross/2, nested/1, binary/1, bits/1, mixed/2, patterns/1]).

simple(List) -> [X * 2 || X <- List].

filtered(List) -> [X || X <- List, is_integer(X), X rem 2 =:= 0, lists:member(X, [2, 4])].

cross(As, Bs) -> [{A, B} || A <- As, B <- Bs, A =/= B].

nested(Lists) -> [[Y + 1 || Y <- X] || X <- Lists, X =/= []].

binary(Bin) -> << <<(X + 1)>> || <<X>> <= Bin, X < 255 >>.

bits(Bin) -> [Bit || <<Bit:1>> <= Bin].

mixed(List, Bin) -> << <<X:16, Y/binary>> || X <- List, <<Y:2/binary>> <= Bin >>.

patterns(List) -> [V || {ok, #{value := V}} <- List].
