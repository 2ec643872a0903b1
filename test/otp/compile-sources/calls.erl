-module(calls).
local(X) -> helper(X, 1).
helper(X, Y) -> {X, Y}.
remote(X) -> lists:reverse(X).
bifs(X) -> {abs(X), atom_to_list(a), self() =:= self(), is_list(X)}.
each(X) -> length(X).
guard_bifs(X) -> [is_atom(X), is_tuple(X), tuple_size(X), element(1, X)].
converted(X) -> list_to_binary(X).
maximum(X, Y) -> {max(X, Y), min(X, Y)}.
dynamic(X) -> M = lists, F = reverse, M:F(X).
dynamic_module(M) -> M:reverse([1, 2]).
dynamic_name(F) -> lists:F([1, 2]).
applied(X, Y) -> apply(X, [Y]).
applied3(X) -> apply(lists, reverse, [X]).
called(F, X) -> F(X).
called_now(X) -> (fun(Y) -> {Y} end)(X).
in_args(X) -> helper(helper(X, 1), helper(2, X)).
raise_error(X) -> erlang:error(X).
raise_exit(X) -> exit(X).
raise_throw(X) -> throw(X).
error_inside(X) -> {1, erlang:error(X)}.
error2(X) -> error(X, [a]).
raise(X) -> erlang:raise(throw, X, []).
raise_badly(X) -> erlang:raise(X, 1, []).
undefined(X) -> no_such_module:f(X).
undefined_name(X) -> lists:no_such_function(X).
count(0, Acc) -> Acc;
count(N, Acc) when is_integer(N), N > 0, N < 100 -> count(N - 1, [N | Acc]).
loop(X) when is_integer(X) -> loop2(1000000, X);
loop(_) -> none.
loop2(N, X) when N > 1000000 -> X;
loop2(0, X) -> X;
loop2(N, X) when is_integer(N), N > 0 -> case N rem 2 of 0 -> loop2(N - 1, X); 1 -> if N > 5 -> begin loop2(N - 1, X) end; true -> loop2(N - 1, X) end end.
fun_loop(X) when X =:= 1 -> F = fun(_, 0) -> done; (G, N) -> G(G, N - 1) end, F(F, 1000000);
fun_loop(_) -> no.
many(X) -> many20(X, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19).
many20(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T) -> [A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T].
badfun(X) -> X(throw(first)).
side(X) -> put(order, []), Note = fun(A) -> put(order, [A | get(order)]), A end,
           R = {Note(1), [Note(2) | Note(3)], Note(X)}, {R, get(order)}.
is_record_body(X) -> {is_record(X, r, 3), is_function(X, 1), is_function(X)}.
node_bif(X) -> {node(), erlang:is_builtin(erlang, abs, 1), X}.
