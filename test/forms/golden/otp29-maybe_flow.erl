% Needs the feature maybe_expr: erlc -enable-feature maybe_expr in OTP 25 and 26.

-file("maybe_flow.erl", 1).

-module(maybe_flow).

-export([simple/1, with_else/2, nested/1]).

simple(X) ->
    maybe
        {ok, Y} ?= X,
        true ?= Y > 0,
        Z = Y * 2,
        {done, Z}
    end.

with_else(A, B) ->
    maybe
        {ok, X} ?= A,
        [_ | _] ?= B,
        lists:sum(B) + X
    else
        error -> none;
        {error, Reason} when is_atom(Reason) -> Reason;
        [] -> empty
    end.

nested(X) ->
    maybe
        ok ?= maybe
            1 ?= X,
            ok
        end,
        X
    else
        _ -> 'maybe'
    end.
