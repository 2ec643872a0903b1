-module(operators).
add(X, Y) -> X + Y.
sub(X, Y) -> X - Y.
mul(X, Y) -> X * Y.
divide(X, Y) -> X / Y.
int_div(X, Y) -> X div Y.
int_rem(X, Y) -> X rem Y.
bits(X, Y) -> {X band Y, X bor Y, X bxor Y, X bsl (Y band 7), X bsr (Y band 7), bnot X}.
signs(X) -> {+X, -X}.
compare(X, Y) -> [X < Y, X > Y, X =< Y, X >= Y, X == Y, X /= Y, X =:= Y, X =/= Y].
booleans(X, Y) -> {X and Y, X or Y, X xor Y, not X}.
either(X, Y) -> X or Y.
lists(X, Y) -> X ++ Y.
minus(X, Y) -> X -- Y.
short_and(X, Y) -> X andalso Y.
short_or(X, Y) -> X orelse Y.
short_value(X, Y) -> {X andalso {ok, Y}, X orelse [Y]}.
chain(X, Y) -> X =:= Y orelse X == 1 andalso is_list(Y) orelse {X, Y}.
order(X) -> (X + 1) * (hd(X) + 2).
send(X) -> self() ! X.
received(X) -> A = self() ! {X, b}, {A, X}.
