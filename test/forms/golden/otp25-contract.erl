-file("contract.erl", 1).

-module(contract).

-export([make/1, area/1, each/2, old/0, old/1, older/2, any/1]).

-export_type([shape/0, tree/1, id/0, flags/0]).

-deprecated([{old, 0}, {old, 1, next_version}, {older, '_', "use any/1 instead"}]).

-removed([{gone, 1, "it never worked"}]).

-deprecated_type([{id, 0, eventually}]).

-optional_callbacks([describe/1]).

-callback measure(shape()) -> {ok, number()} | {error, Reason :: term()}.
-callback describe(shape()) -> iodata().

-record(square, {
    side = 1 :: pos_integer(),
    colour :: red | green | undefined
}).

-record(typed, {
    a :: integer(),
    b = [] :: [atom()],
    c = #{} :: #{binary() := float(), atom() => term(), _ => _},
    d :: fun((...) -> none()) | fun((A :: integer()) -> <<_:8, _:_*16>>),
    e = {1} :: {1..10} | tuple(),
    f :: nonempty_string() | [char(), ...] | maybe_improper_list(),
    g = #square{} :: #square{side :: 1},
    h :: -1 | 255 | $a | 1 bsl 4 | <<>> | <<_:_*8>>
}).

-type shape() :: #square{} | {circle, Radius :: number()} | tree(shape()).

-type tree(Leaf) :: {leaf, Leaf} | {node, tree(Leaf), tree(Leaf)}.

-opaque id() :: reference() | {id, non_neg_integer()}.

-type flags() :: [{verbose, boolean()} | quiet | {level, 0..9}].

-type unused() ::
    ets:tid()
    | module()
    | mfa()
    | iolist()
    | []
    | no_return()
    | string()
    | arity()
    | node()
    | map()
    | #{}.

-spec make(integer()) -> #typed{} | unused().
make(N) ->
    #typed{a = N, d = fun(A) -> <<A>> end, f = "s", h = 1}.

-spec area(shape()) -> number().
area(#square{side = Side}) -> Side * Side;
area({circle, Radius}) -> math:pi() * Radius * Radius;
area({leaf, Shape}) -> area(Shape);
area({node, Left, Right}) -> area(Left) + area(Right).

-spec each(fun((A) -> B), [A]) -> [B] when A :: shape(), B :: number().
each(F, Shapes) ->
    lists:map(F, Shapes).

-spec old() -> ok.
old() ->
    ok.

-spec old(integer()) -> integer();
    (atom()) -> atom().
old(X) ->
    X.

-spec contract:older(_, term()) -> boolean().
older(A, B) ->
    A == B.

any(Module) ->
    Module:measure(#square{}).
