-module(record_expressions).
-record(r, {a, b = 1, c = [x]}).
-record(inner, {x = 0, r = #r{a = deep}}).
-record(outer, {in = #inner{}, n = length([1, 2]), f = fun lists:map/2, m = #{k => #r{}}}).
-record(empty, {}).
-record('od d', {'Å' = 1, 'b c' = {2}}).
some(0) -> #r{};
some(X) when is_atom(X) -> #r{a = X};
some([_ | _]) -> {r, 1, 2};
some({X, _}) -> {r, X, X, X};
some(X) -> X.
create(X) -> [#r{a = X}, #r{c = X, a = 2}, #r{_ = X}, #r{b = X, _ = '_'}, #empty{}, #'od d'{'Å' = X}].
nested() -> {#outer{}, #outer{n = 3}, #inner{r = #r{_ = 2}}}.
access(X) -> R = some(X), {R#r.a, R#r.c}.
deep(X) -> O = #outer{in = #inner{r = some(X)}}, ((O#outer.in)#inner.r)#r.b.
update(X, Y) -> R = some(X), R#r{b = Y}.
update_all(X, Y) -> (some(X))#r{a = Y, b = {Y}, c = [Y]}.
update_none(X) -> (some(X))#r{}.
order(X, Y) -> put(log, []), R = (note(some(X), 1))#r{c = note(Y, 2), a = note(X, 3)}, {R, erase(log)}.
note(X, N) -> put(log, [N | get(log)]), X.
bound(X) -> R = (Z = some(X))#r{a = Q = X}, {R, Z, Q}.
index() -> {#r.a, #r.c, #'od d'.'b c'}.
by_index(X) -> element(#r.b, some(X)).
head(#r{a = A, c = [C | _]}) -> {A, C};
head(#r{_ = 5}) -> fives;
head(#inner{r = #r{a = A}}) -> {inner, A};
head(#r.c) -> index;
head(#empty{}) -> empty;
head(_) -> none.
heads(X) -> [head(some(X)), head(#r{_ = 5}), head(#inner{}), head(4), head(#empty{}), head(#r{a = X})].
guards(X) when X#r.a =:= deep -> deep;
guards(X) when X#r.b > 0, X#r.a =/= X -> {more, X#r.b};
guards(X) when is_record(X, r); X =:= #inner{r = 1} -> {other, X};
guards(X) when (X#inner.r)#r.b =:= 1 orelse X =:= 2 -> inner;
guards(X) when is_record(X, empty) -> empty;
guards(_) -> none.
guarded(X) -> [guards(some(X)), guards(#r{a = deep}), guards(#inner{r = 1}), guards(#inner{}), guards(2), guards({inner, 1}), guards({empty}), guards({empty, 1})].
tests(X) -> Y = some(X), [is_record(Y, r), is_record(Y, r, 4), erlang:is_record(Y, r), is_record({r, 1, 2}, r)].
in_case(X) -> case some(X) of #r{a = A} = R when R#r.b =:= 1 -> {A, R}; #r{b = B} -> B; Z -> {z, Z} end.
in_if(X) -> R = some(X), if R#r.a =:= ok -> ok; R#r.b =:= 1 -> {b, R#r.a}; true -> no end.
in_fun(X) -> F = fun(#r{a = A} = R) when R#r.b =/= 7 -> R#r{a = {A}}; (Y) -> Y#r.a end, F(some(X)).
in_list(X) -> [(some(X))#r.a, #r{a = 1}, #r.b | (some(X))#r.c].
in_try(X) -> try (some(X))#r.a catch error:{badrecord, Y} -> {bad, Y} end.
repeated(X) -> R = some(X), R1 = R#r{a = 1}, R2 = R1#r{b = 2}, {R2#r.a, R2#r.b, R1#r.b}.
field_shadow(Field) -> R = some(Field), {R#r.a, Field}.
