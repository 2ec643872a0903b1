-file("branches.erl", 1).

-module(branches).

-compile({inline, [{twice, 1}]}).
-compile([{no_auto_import, [{put, 2}]}, export_all, nowarn_export_all]).

sign(X) ->
    if
        X > 0 -> 1;
        X < 0 -> -1;
        true -> 0
    end.

kind(X) ->
    case X of
        _ when is_atom(X) -> atom;
        _ when is_integer(X); is_float(X) -> number;
        _ when is_binary(X), byte_size(X) > 3 -> binary;
        _ when is_bitstring(X) -> bits;
        _ when is_number(X) -> never;
        _ when is_function(X, 2) -> fun2;
        _ when is_function(X) -> function;
        _ when is_pid(X) orelse is_port(X) orelse is_reference(X) -> handle;
        _ when is_tuple(X) andalso tuple_size(X) =:= 2 andalso element(1, X) =:= ok -> ok;
        _ when is_boolean(X) -> never;
        _ when not is_list(X) -> other;
        [] -> nil;
        [_] -> one;
        [_, _ | Rest] when length(Rest) < 5 -> few;
        _ -> list
    end.

number(X) when is_number(X) -> X;
number(_) -> 0.

by_size({}) -> 0;
by_size({A}) -> A;
by_size({A, B}) -> {B, A};
by_size({A, _, C}) -> [A | C];
by_size({ok, {error, [{deep, X} | _]}, _, _} = All) -> {X, All}.

by_atom(red) -> 1;
by_atom(green) -> 2;
by_atom(blue) -> 3;
by_atom(A) when A =:= cyan; A =:= magenta -> 4;
by_atom(_) -> 0.

logic(A, B) ->
    {A andalso B, A orelse B, A and B, A or B, A xor B, not A}.

block(X) ->
    begin
        Y = X,
        Z = {Y, Y}
    end,
    {Z, Z}.

twice(X) ->
    X + X.

inlined(X) ->
    twice(twice(X)).

same([H | T], H, {T, T}) -> match;
same("prefix" ++ Rest, _, _) -> Rest;
same(A = {B, C}, B, C = A) -> C;
same(_, _, _) -> differ.

put(A, B) ->
    erlang:put(A, B).

swap({A, B}, C) ->
    branches:swap({B, C}, A).

sends(Pid) ->
    Pid ! (catch Pid ! [self(), node()]).

unreachable() ->
    exit(normal),
    never.
