-module(choices).
simple(X) -> case X of 1 -> one; a -> a; {Y, Z} -> [Y, Z]; [H | _] when H > 1 -> H end.
exported(X) -> case X of 1 -> Y = a; 2 -> Y = b; Z -> Y = {Z} end, Y.
two(X) -> case X of {A, B} -> ok; [A | B] -> ok; _ -> A = B = X end, {A, B}.
if1(X, Y) -> if X > Y -> gt; X < Y -> lt; X =:= Y -> eq end.
if2(X) -> if is_atom(X), X =/= true -> Y = atom; is_list(X); hd(X) =:= 1 -> Y = list; true -> Y = X end, {Y, X}.
if3(X) -> if X -> yes end.
nested(X) -> case case X of {A, _} -> A; [B | _] -> B; _ -> none end of none -> nothing; 1 -> one; Other -> {other, Other} end.
blocks(X) -> A = begin B = {X}, [B] end, {A, B}.
value(X) -> {1, case X of a -> b; _ -> X end, 2}.
bound(X, Y) -> case X of Y -> same; {Y} -> inside; _ -> no end.
shadow(X) -> Y = 1, case X of Y -> one; _ -> case X of {Y, Z} -> Z; _ -> other end end.
boolean(X, Y) -> case X > Y of true -> a; false -> b end.
literal(X) -> case {X, a} of {1, a} -> one; {_, B} -> B end.
unused(X) -> case X of 1 -> _A = 1; 2 -> _A = 2; _ -> ok end, done.
partly(X) -> case X of 1 -> A = 1, {A}; _ -> B = 2, {B, X} end.
deep(X) -> case X of 1 -> if X =:= 1 -> Y = 1; true -> Y = 2 end; _ -> case X of a -> Y = 3; Y -> ok end end, Y.
and_then(X) -> (X =:= 1 andalso case X of 1 -> yes end) orelse begin Z = X, Z =:= a end.
