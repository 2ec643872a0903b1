-module(comprehensions).
-export([id/1]).
id(X) -> X.
plain(X) -> [{E} || E <- X].
filtered(X) -> [E || E <- X, E > 1].
pattern(X) -> [A || {A, _} <- X].
nested(X, Y) -> [{A, B, X} || A <- X, B <- Y].
dependent(X) -> [B || A <- X, B <- A, is_integer(B)].
free(X, Y) -> Z = {Y}, [{E, Z, Y} || E <- X].
shadow(X) -> E = 1, {[E || E <- X], E}.
twice(X) -> [[{A, B} || B <- [1, 2]] || A <- X].
bound(X) -> Y = 1, [Z || {Y, Z} <- X].
no_generator(X) -> [X || X > 1].
call_filter(X) -> [E || E <- X, id(E)].
bad_filter(X) -> [E || E <- [1, 2], id(X)].
var_filter(X) -> [E || E <- X, E].
guard_filter(X) -> [E || E <- X, hd(E) =:= 1 orelse true].
match_filter(X) -> [F || E <- X, begin F = {E}, true end].
bytes(X) -> [B || <<B>> <= X].
bits(X) -> << <<B:1>> || <<B:2>> <= X >>.
from_list(X) when length(X) >= 0 -> << <<E:16>> || E <- X >>.
sub(X) -> << E || E <- X >>.
sized(X) -> [{S, D} || <<S, D:S/binary>> <= X].
literal(X) -> [B || <<1, B>> <= X].
mixed(X) -> << <<B, (length(L))>> || <<B>> <= X, L <- [[1], [a, b]], B > 1 >>.
in_fun(X) -> F = fun(Y) -> [{X, Y, E} || E <- [1, 2]] end, F(3).
fun_in(X) -> [F(1) || E <- [X, 2], F <- [fun(Y) -> {Y, E} end]].
order(X) -> put(seen, []), R = [begin put(seen, [E | get(seen)]), E end || E <- X], {R, get(seen)}.
order_twice(X) -> put(seen, []), catch [put(seen, [{A, B} | get(seen)]) || A <- [1, 2], B <- X], get(seen).
long() -> length([E || E <- lists:seq(1, 100000), E rem 2 =:= 0]).
utf(X) -> [C || <<C/utf8>> <= X].
tail(X) -> [{A, B} || <<A:4, B:4/bits>> <= X].
args() -> [[{1, 2}, {1, 3}, x], [[1], [2, a], []], [true, false, true], <<1, 7, 2, 8, 9, 1, 5>>, [<<1>>, <<2:3>>], [[1, 2], 3], "h\x{e9}"].
