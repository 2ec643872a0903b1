-module(matches).
swap({A, B}) -> {B, A}.
same(A, A) -> same;
same(_, _) -> other.
bound(X) -> Y = 1, Y = X, {X, Y}.
alias({A, _} = {_, B} = T) -> {A, B, T}.
alias_body(X) -> {A, _} = {_, B} = X, [A, B].
value(X) -> Y = (Z = X), {Y, Z}.
nested({a, [X | {Y, b}], "s"}) -> {X, Y}.
list([A, B | _]) -> {A, B};
list([A]) -> A;
list([]) -> none.
constant({a, 1}) -> one;
constant([1, 2, 3]) -> two;
constant("abc") -> three;
constant(1.0) -> four;
constant(0.0) -> five;
constant(1 bsl 70) -> six;
constant(-1) -> seven;
constant(<<"abc">>) -> eight;
constant(#{}) -> nine;
constant(1 + 2) -> ten.
prefix("ab" ++ Rest) -> Rest;
prefix([] ++ X) -> X.
fails(X) -> {ok, Y} = X, Y.
twice(X) -> {Y, Y} = X, Y.
twice_in_args(X) -> {A = X, A = 1}.
ignored(_, _X) -> _ = 1, _Y = 2, ok.
deep(X) -> [{A, #{k := [B | _]}}] = X, {A, B}.
args() ->
    [{a, [x | {y, b}], "s"}, {ok, 2}, {1, 1}, {1, 1.0}, 3, -1, 1 bsl 70, "abcd", [{1, #{k => [2]}}]].
