-file("closures.erl", 1).

-module(closures).

-import(lists, [map/2, foldl/3]).

-export([
    kinds/1, compose/2, named/1, apply_all/3, calls/2, nested/1, literal_fun/0, tail/1, deep/1,
    by_name/2, checked/2
]).

kinds(N) ->
    [
        fun(X) -> X + 1 end,
        fun(X) -> X + N end,
        fun helped/1,
        fun lists:reverse/1,
        fun closures:nested/1,
        fun
            (0) -> zero;
            (X) when X < N -> less;
            (_) -> more
        end
    ].

by_name(Module, Name) ->
    fun Module:Name/1.

checked(F, X) when is_function(F, 1) -> {F(X), F(F)};
checked(F, X) when is_function(F) -> F(X, X).

compose(F, G) ->
    fun(X) -> F(G(X)) end.

named(List) ->
    Sum = fun
        Loop([H | T], Acc) -> Loop(T, H + Acc);
        Loop([], Acc) -> Acc
    end,
    Sum(List, 0).

apply_all(Module, Name, Args) ->
    [
        Module:Name(),
        Module:name(Args),
        lists:Name(Args),
        apply(Module, Name, Args),
        apply(fun helped/1, [Args]),
        erlang:apply(Name, [Args]),
        fun(X) -> {X} end(Args),
        (hd(Args))(1, 2, 3)
    ].

calls(A, B) ->
    _ = spawn(fun() -> helped(A) end),
    _ = spawn(closures, kinds, [B]),
    _ = spawn_link(node(), lists, reverse, [[A]]),
    _ = erlang:spawn_monitor(closures, deep, [1]),
    _ = timer:apply_after(10, io, format, ["~p~n", [A]]),
    {map(fun helped/1, A), foldl(fun(X, Acc) -> X + Acc end, 0, B), catch erlang:error(A)}.

nested(X) ->
    fun(Y) -> fun(Z) -> fun() -> {X, Y, Z, fun() -> X end} end end end.

literal_fun() ->
    {fun lists:sort/2, [fun erlang:'+'/2, #{key => fun io:format/1}]}.

tail([_ | T]) -> tail(T);
tail([]) -> closures:tail(nil);
tail(nil) -> lists:reverse([]).

deep(0) -> 0;
deep(N) -> 1 + deep(N - 1).

helped(X) ->
    X.
