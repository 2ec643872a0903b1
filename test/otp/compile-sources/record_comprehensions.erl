-module(record_comprehensions).
-record(r, {a, b = 1}).
filters(L) -> [X#r.a || X <- mixed(L), X#r.b =:= 1].
filters2(L) -> [X || X <- mixed(L), is_record(X, r), (id(X))#r.b =:= 1].
filters3(L) -> [X#r{a = 1} || #r{} = X <- mixed(L)].
bad(L) -> [X || X <- mixed(L), (id(X))#r.b =:= 1].
id(X) -> X.
mixed(L) -> [#r{a = L}, {r, 1}, L, #r{b = 2}, {r, 1, 1}].
