-module(tries).
plain(F) -> try F(1) catch throw:X -> {thrown, X}; error:X -> {error, X}; exit:X -> {exit, X} end.
run(X) -> try act(X) catch Class:Reason -> {Class, Reason} end.
act(1) -> throw(one);
act(2) -> exit(two);
act(3) -> error(three);
act(X) -> hd(X).
clauses(X) -> try act(X) of a -> a; Y when Y > 1 -> {big, Y} catch error:badarg -> bad; throw:T when is_atom(T) -> T end.
with_after(X) -> put(k, []), R = try act(X) catch error:E -> {error, E} after put(k, [done | get(k)]) end, {R, get(k)}.
only_after(X) -> try act(X) after put(k, X) end.
all(X) -> try put(k, 1), act(X) of Y -> {ok, Y} catch throw:T -> act(T); exit:_ -> exit end.
all_after(X) -> try act(X) of Y -> {ok, Y} catch throw:T -> act(T); exit:_ -> exit after put(k, X) end.
stack(X) -> try act(X) catch _:R:S -> {R, is_list(S)} end.
rethrow(X) -> try act(X) catch C:R:S -> erlang:raise(C, {again, R}, S) end.
bound(X) -> Y = X, try act(X) of Y -> same; _ -> other catch error:Y -> err; throw:_ -> thrown end.
vars(X) -> try A = {X}, act(X), A of {B} -> {A, B} catch _:_ -> none end.
catches(X) -> catch act(X).
catch_in(X) -> {catch act(X), X}.
catch_value(X) -> A = (catch {X, 1}), {A}.
nested(X) -> try (try act(X) catch error:_ -> throw(inner) end) catch throw:T -> {outer, T} end.
nested_after(X) -> try try act(X) after put(a, 1) end after put(b, 2) end.
nested_catch(X) -> catch (catch act(X)) + 1.
in_case(X) -> case catch act(X) of {'EXIT', {R, _}} -> {exit, R}; {'EXIT', R} -> R; V -> V end.
default(X) -> try act(X) catch X2 -> {t, X2} end.
tail_handler(X) -> try act(X) catch _:_ -> run(X) end.
value(X) -> [try act(X) catch _:E -> E end, X].
after_raises(X) -> try act(X) after error(after_failed) end.
guard_in(X) -> try act(X) catch _:E when hd(E) =:= 1 -> one; _:E when E =:= badarg; E =:= two -> two; _:_ -> other end.
in_args(X) -> {run(X), try act(X) catch _:_ -> caught end}.
binding(X) -> C = error, try act(X) catch C:R -> {C, R}; Cl:R -> {other, Cl, R} end.
loop(0) -> done;
loop(N) when is_integer(N), N > 0, N < 4 -> try throw(N) catch throw:M -> loop(M - 1) end;
loop(_) -> no.
