%% The maybe expression.
-module('maybe').
-feature(maybe_expr, enable).
-export([f/1, g/1]).
-record(r, {a = nomod:default()}).

f(X) ->
    maybe
        {ok, Y} ?= nomod:a(X),
        F = fun(Z) -> nomod:b(Z) end,
        #r{a = 1} ?= nomod:c(F(Y)),
        F(1)
    end.

g(X) ->
    maybe
        {ok, [_ | _] = L} ?= nomod:d(X),
        apply(nomod, e, L)
    else
        {error, [_] = L2} when length(L2) > 1 + 1, X#r.a -> apply(nomod, g, L2);
        "ab" ++ _ -> nomod:h();
        #r{} -> nomod:i(#r{})
    end.
