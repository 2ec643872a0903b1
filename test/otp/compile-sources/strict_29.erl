-module(strict_29).
strict(X) -> [A || {A, _} <:- X].
bytes(X) -> [A || <<A:16>> <:= X].
maps(X) -> lists:sort([V || a := V <:- X]).
many(X) -> [A, {A} || A <- X].
