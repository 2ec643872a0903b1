-file("comprehend_strict.erl", 1).

-module(comprehend_strict).

-export([list/1, binary/1, map/1, zip/2, zip3/3, several/1, several_in_map/1]).

list(List) ->
    [X || {ok, X} <:- List].

binary(Bin) ->
    [X || <<X:16>> <:= Bin].

map(Map) ->
    #{K => V || K := {V} <:- Map}.

zip(As, Bs) ->
    [{A, B} || A <- As && B <- Bs].

zip3(As, Bin, Map) ->
    [{A, B, K, V} || A <- As && <<B>> <:= Bin && K := V <:- Map, A > B].

several(List) ->
    [X, -X || X <- List].

several_in_map(List) ->
    #{X => 1, {X} => 2 || X <- List}.
