-module(funs).
-export([id/1]).
id(X) -> X.
local() -> F = fun id/1, F(3).
bif() -> F = fun abs/1, F(-3).
remote() -> F = fun lists:reverse/1, F([1, 2]).
remote_dynamic(M) -> fun M:reverse/1.
remote_dynamic2(X) -> F = fun lists:X/1, F([1]).
closure(X, Y) -> F = fun(Z) -> {X, Y, Z} end, F(1).
made(X) -> fun(Y) -> [X | Y] end.
map(X) -> lists:map(fun(E) -> {E, X} end, [1, 2, 3]).
clauses(X) -> F = fun(1) -> one; (Y) when is_atom(Y) -> {Y, X}; ({Y, _}) -> Y end, F(X).
shadow(X) -> F = fun(X) -> {inner, X} end, {F(1), X}.
shadow_key(K, V) -> F = fun(#{K := V}) -> V end, F(#{a => 1, b => 2, V => 3}).
shadow_size(X) -> F = fun(<<X:X>>) -> X; (_) -> no end, F(<<5>>).
nested(X) -> F = fun(Y) -> fun(Z) -> {X, Y, Z} end end, (F(1))(2).
named(X) -> F = fun Fac(0) -> 1; Fac(N) -> N * Fac(N - 1) end, case X of 3 -> F(20); _ -> F end.
named_env(X) -> (fun Loop(0, Acc) -> Acc; Loop(N, Acc) -> Loop(N - 1, [X | Acc]) end)(3, []).
named_tail(X) when X =:= 1 -> (fun Loop(0) -> done; Loop(N) -> Loop(N - 1) end)(1000000);
named_tail(_) -> no.
named_self(X) -> F = fun Self(1) -> Self; Self(Y) -> {X, Y, is_function(Self, 1)} end, {F(X), F(2)}.
named_shadow(X) -> (fun F(F) -> F; F(_) -> 1 end)(X).
named_unused(X) -> (fun _F(Y) -> {Y} end)(X).
arity(X) -> F = fun(_, _) -> ok end, F(X).
zero(X) -> F = fun() -> X end, F().
in_body(X) -> F = fun() -> Y = X, Y end, Y = 2, {F(), Y}.
in_guard(X) -> F = fun(Y) when Y > X -> gt; (Y) when Y =:= X -> eq; (_) -> no end, {F(1), F(a)}.
exported_case(X) -> case X of 1 -> Y = a; _ -> Y = b end, F = fun() -> {X, Y} end, F().
clause_error(X) -> F = fun(1) -> ok end, F(X).
two(X) -> {fun() -> X end, fun(Y) -> {X, Y} end, fun id/1, fun id/1}.
apply_fun(X) -> apply(fun(A, B) -> {A, B, X} end, [1, 2]).
many(A) -> B = {A}, C = {B}, D = {C}, E = {D}, F = fun(X) -> {A, B, C, D, E, X} end, F(1).
