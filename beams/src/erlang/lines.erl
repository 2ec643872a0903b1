%% Line information: several files, long jumps between lines, instructions that have to be found again by a debugger or for coverage.
-module(lines).

-export([steps/1, far/1, generated/1]).

steps(X) ->
    Y = X + 1,
    Z = list_to_integer(Y),
    case Z of
        1 ->
            io:format("one~n"),
            hd(X);
        _ ->
            io:format("~p~n", [Z]),
            [A | B] = X,
            {A, B, element(Z, X)}
    end.

-file("include/other file.yrl", 70000).
far(X) ->
    atom_to_list(X) ++
        X.
-file("lines.erl", 1).
generated(X) -> tl(X).
