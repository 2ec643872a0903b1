-module(records).
-record(empty, {}).
-record(in, {x = 1, y}).
-record(r, {a = 1, b, c = #in{y = [2]}, d = [], e = self_made()}).
-record(a, {n}).
self_made() -> {made}.
create(X) -> #r{b = X}.
all(X) -> #r{_ = X}.
some(X) -> #r{a = X, _ = 2, e = {X}}.
empty() -> #empty{}.
nested(X) -> #in{x = #in{y = X}, y = #empty{}}.
access(X) -> X#a.n.
access_nested(X) -> (X#r.c)#in.y.
made_access(X) -> (create(X))#r.b.
update(X) -> X#a{n = 2}.
update_r(X) -> (create(X))#r{c = 2, a = X}.
update_many(X) -> (create(X))#r{c = 2, a = X, d = {X}, e = [X]}.
update_none(X) -> X#a{}.
order(X) -> put(seen, []), N = fun(Y) -> put(seen, [Y | get(seen)]), Y end, R = (N(create(X)))#r{c = N(1), a = N(2)}, {R, get(seen)}.
order_new(X) -> put(seen, []), N = fun(Y) -> put(seen, [Y | get(seen)]), Y end, {#in{y = N(X), x = N(2)}, get(seen)}.
match(#a{n = N}) -> {n, N};
match(#in{x = 1, _ = Y}) -> {in, Y};
match(#r{}) -> r;
match(#empty{}) -> empty;
match(_) -> none.
guards(X) when X#a.n =:= 1 -> one;
guards(X) when is_record(X, in) -> in;
guards(X) when X#in.x =:= 1; X#a.n =:= 2 -> two;
guards(X) when is_atom(X) orelse X#a.n =:= [1] -> atom;
guards(X) when not (X#a.n =:= 3) -> three;
guards(X) when X =:= #a{n = 3} -> whole;
guards(_) -> none.
tests(X) -> {is_record(X, a), is_record(X, in), is_record(X, a, 2)}.
info() -> {record_info(size, r), record_info(fields, r), #r.c, #in.y}.
in_fun(X) -> F = fun(#a{n = N} = A) when A#a.n > 0 -> A#a{n = {N}}; (O) -> O end, F(X).
in_list(X) -> [R#a.n || R <- X].
filter(X) -> [R || R <- X, R#a.n =:= 1].
in_case(X) -> case X of #a{n = #a{n = N}} -> N; #a{n = N} when N > 1 -> big; _ -> other end.
in_try(X) -> try X#a.n catch error:{badrecord, B} -> {bad, B}; error:R -> R end.
chain(X) -> X#a{n = 1}#a{n = 2}#a.n.
args() -> [create(1), #in{y = 2}, #a{n = #a{n = 1}}, #a{n = 3}, #a{n = [1]}, [#a{n = 1}, #a{n = 2}], [#a{n = 1}, b], #empty{}].
