-module(guards).
types(X) when is_atom(X) -> atom;
types(X) when is_integer(X) -> integer;
types(X) when is_float(X) -> float;
types(X) when is_binary(X) -> binary;
types(X) when is_bitstring(X) -> bitstring;
types(X) when is_tuple(X), tuple_size(X) > 1 -> tuple;
types(X) when is_list(X), length(X) > 1; is_map(X), map_size(X) =:= 2 -> big;
types(X) when is_list(X) or is_map(X) -> small;
types(X) when is_function(X, 1) -> function;
types(X) when is_pid(X); is_port(X); is_reference(X); is_number(X); is_boolean(X); is_function(X) -> other.
compare(X, Y) when X < Y -> lt;
compare(X, Y) when X > Y -> gt;
compare(X, Y) when X =:= Y -> same;
compare(X, Y) when X == Y -> equal.
other(X, Y) when X =< Y, X /= Y -> le;
other(X, Y) when X >= Y, X =/= Y -> ge;
other(X, _) when true -> X.
fails(X) when hd(X) =:= 1 -> one;
fails(X) when element(1, X) =:= a orelse true -> never;
fails(X) when map_get(a, X) =:= 1 -> two;
fails(X) when 1 / X > 0 -> three;
fails(_) -> none.
short(X, Y) when X andalso Y -> both;
short(X, Y) when X orelse Y -> one;
short(_, _) -> none.
short_test(X, Y) when is_atom(X) andalso (X =:= a orelse Y) -> a;
short_test(X, Y) when not (is_integer(X) andalso Y) -> b;
short_test(_, _) -> c.
negated(X) when not X -> no;
negated(X) when not is_atom(X) -> not_atom;
negated(X) when not (X =:= a orelse X =:= b) -> neither;
negated(_) -> rest.
strict(X, Y) when X and Y -> both;
strict(X, Y) when X xor Y -> one;
strict(X, Y) when X or Y -> any;
strict(_, _) -> none.
value(X, Y) when (X andalso Y) =:= 5 -> five;
value(X, Y) when (X orelse Y) =:= 5 -> or_five;
value(X, Y) when (X > Y) =:= is_atom(Y) -> eq;
value(X, Y) when {X, [Y]} =:= {1, [2]} -> built;
value(_, _) -> none.
arithmetic(X, Y) when X + Y =:= 3 -> three;
arithmetic(X, Y) when X * Y - 1 > 10, X div Y =:= 1 -> other;
arithmetic(X, Y) when -X =:= Y; bnot X =:= Y; X rem Y =:= 1; X bsl 2 =:= Y; X band Y =:= X -> bits;
arithmetic(X, Y) when abs(X) =:= Y; round(X) =:= Y; trunc(X) =:= Y; ceil(X) =:= floor(Y); float(X) =:= Y -> rounded;
arithmetic(_, _) -> none.
sizes(X) when byte_size(X) =:= 3 -> three;
sizes(X) when bit_size(X) =:= 3 -> bits;
sizes(X) when size(X) =:= 2 -> two;
sizes(X) when binary_part(X, 0, 1) =:= <<1>> -> part;
sizes(X) when tl(X) =:= [2, 3] -> tail;
sizes(X) when is_map_key(a, X) -> key;
sizes(X) when X =:= self(); node(X) =:= node() -> self;
sizes(_) -> none.
alternatives(X, Y) when X =:= 1, Y =:= 1; X =:= 2, Y =:= 2; hd(X) =:= 1; Y =:= a -> yes;
alternatives(_, _) -> no.
maps(X) when X =:= #{a => 1} -> one;
maps(X) when X#{a := 5} =:= #{a => 5, b => 2} -> two;
maps(X) when #{k => X} =:= #{k => 1} -> three;
maps(_) -> none.
literal(X) when a -> X;
literal(X) when 1 -> X;
literal(_) -> none.
remote(X) when erlang:is_atom(X) -> atom;
remote(X) when erlang:'=:='(X, 1) -> one;
remote(X) when erlang:element(1, X) =:= a -> a;
remote(X) when is_record(X, r, 3) -> r;
remote(X) when erlang:is_record(X, b, 2) =:= true -> b;
remote(_) -> none.
unsafe(X) when element(X, {a, b}) =:= b -> b;
unsafe(_) -> no.
nested_or(X, Y) when (X =:= 1 orelse hd(X) =:= 1) andalso (Y orelse Y =:= 2) -> yes;
nested_or(_, _) -> no.
not_error(X) when not hd(X) -> no;
not_error(X) when not (not (X orelse true)) -> yes;
not_error(_) -> none.
