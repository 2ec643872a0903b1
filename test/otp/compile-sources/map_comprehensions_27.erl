-module(map_comprehensions_27).
made(X) -> #{E => {E} || E <- X}.
pairs(X) -> lists:sort([{K, V} || K := V <- X]).
swapped(X) -> #{V => K || K := V <- X}.
filtered(X) -> #{K => V || K := V <- X, is_atom(K)}.
literal(X) -> [V || a := V <- X].
from_binary(X) -> #{K => V || <<K, V>> <= X}.
iterator(X) -> [K || K := _ <- maps:iterator(X)].
