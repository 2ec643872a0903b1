-module(maps_mod).
build(X, Y) -> #{a => X, Y => b, 1 => {X}}.
twice(X, Y) -> #{X => 1, Y => 2, X => 3, a => 4, a => 5, 1 => 1, 1.0 => 2}.
update(X, Y) -> X#{a => Y, b => 1}.
exact(X, Y) -> X#{a := Y}.
exact2(X, Y) -> X#{a := Y, c => 1, Y := 2}.
empty(X) -> X#{}.
match(#{a := X}) -> {a, X};
match(#{b := 1}) -> b;
match(#{}) -> map;
match(_) -> none.
keys(K, M) -> case M of #{K := V} -> {found, V}; #{{K} := V} -> {tuple, V}; #{b := _} -> b; _ -> none end.
keys2(K) -> #{K := V, a := A} = #{a => 1, b => 2}, {V, A}.
expression(X, Y) -> case X of #{Y + 1 := V} -> V; #{1 := V} -> {V}; _ -> none end.
order(X) -> X#{a => throw(first)}.
many(X) -> #{1 => X, 2 => X, 3 => X, a => X, b => X, "c" => X, {d} => X, [] => X, 1.5 => X, <<"e">> => X, #{} => X}.
nested(#{a := #{b := B}}) -> B;
nested(#{a := A, b := B}) -> {A, B};
nested(X) -> X.
args() ->
    [#{a => #{b => 3}}, #{2 => c}, #{{a} => 1}].
