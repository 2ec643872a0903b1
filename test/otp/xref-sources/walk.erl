%% Constructs that xref treats in a way of its own.
-module(walk).
-compile([export_all, nowarn_export_all, nowarn_unused_function, nowarn_unused_vars, nowarn_shadow_vars, nowarn_unused_record]).
-compile({no_auto_import, [length/1, spawn/1, spawn_link/1]}).
-import(lists, [map/2, foldl/3]).
-import(erlang, [spawn_link/1]).
-record(point, {x = start_x(), y = nomod:start_y(), z}).
-record(line, {from = #point{} :: #point{}, to = #point{x = 0} :: #point{}, name = "" :: string()}).
-record(wide, {a, b, c, d, e}).
-record(one, {only}).
-xref([{{records, 0}, {nomod, declared, 1}}, {{records, 0}, {start_x, 0}}, {{gone, 0}, {nomod, never, 0}}]).

start_x() -> 1.
length(X) -> X.
spawn(F) -> F.

records() ->
    P = #point{y = nomod:y()},
    L = #line{from = P},
    L2 = L#line{
        name = nomod:name(),
        to = nomod:to()
    },
    W = #wide{_ = nomod:wildcard()},
    W2 = W#wide{a = 1, b = nomod:b()},
    W3 = W#wide{a = 1, b = 2, c = nomod:c(), d = 4},
    O = (nomod:one())#one{only = -1},
    {(nomod:two())#one{}, O, W2, W3, L2#line.from#point.x, (nomod:three())#line.name, #wide.c, is_record(nomod:r(), one), record_info(size, wide)}.

guards(X, Y) when X#point.x > 1, X#point.y < 2; Y#line.from#point.x =:= 1 andalso not is_record(Y, wide) -> ok;
guards(X, Y) when is_record(X, point), (X#point.x + Y#point.x) > 3
        orelse (X#point.z and Y#point.z) -> ok;
guards(X, _) when hd(X) > 1, (element(1, X))#point.x =:= 2, (erlang:element(1, X))#point.y -> ok;
guards(X, _) when list(X); erlang:is_atom(X) -> ok;
guards(X, _) when is_record({X}, one), is_record(1 + 2, one) -> ok.

filters(L) ->
    A = [X || X <- L, X#point.x > 1, X#point.y, atom(X)],
    B = [X || X <- L, X#point.x > nomod:f(X), atom_like(X)],
    C = << <<X>> || <<X:(erlang:abs(8))>> <= nomod:bin(), X =/= #one{only = 1} >>,
    D = [nomod:t(X, Y) || X <- L, X#point.z, Y <- [Z || Z <- X, X#point.z], not X#point.z],
    {A, B, C, D}.

atom_like(_) -> true.

funs(F, M, N) ->
    A = fun start_x/0,
    B = fun length/1,
    C = fun tuple_size/1,
    D = fun hd/1,
    E = fun nomod:e/3,
    G = fun M:g/1,
    H = fun nomod:N/1,
    _ = [1, 2, 3],
    I = fun M:N/F,
    J = fun apply/2,
    K = fun spawn/3,
    K1 = fun erlang:apply/3,
    A(), B(1), C(1), D(1), E(1, 2, 3), G(1), H(1), I(1), J(1, 2), K(1, 2, 3), K1(1, 2, 3),
    Q = fun Loop(0) -> start_x(); Loop(V) -> Loop(V - 1), F(V) end,
    Q(1),
    case F of
        1 -> R = fun() -> nomod:inside() end, R();
        _ -> R = F, R()
    end,
    R(),
    (fun(T) -> T(1) end)(F).

callers(F, M, Args, Node) ->
    apply(nomod, a, [nomod:arg1()]),
    As = [nomod:arg2(), 2],
    More = [1 | As],
    apply(nomod, b, More),
    apply(nomod, c, [1 | Args]),
    apply(M, d, As),
    apply(nomod, F, "ab"),
    apply(F, As),
    apply({nomod, e}, More),
    apply(erlang, apply, [nomod, nested, [1]]),
    apply(erlang, is_atom, [1]),
    apply(fun start_x/0, []),
    erlang:spawn(F),
    spawn(F),
    spawn_link(F),
    spawn_link({nomod, sl}),
    spawn(Node, F),
    spawn(Node, {nomod, remote}),
    spawn(Node, nomod, four, As),
    spawn_opt(nomod, opt, As, nomod:options()),
    spawn_opt(Node, nomod, opt5, As, [link]),
    spawn_opt(F, [link]),
    erts_debug:apply(nomod, debug, [1], 2),
    erlang:spawn_monitor(nomod, monitor, []),
    {Bound = [1], _} = {Args, 2},
    apply(nomod, bound, Bound),
    apply(nomod, fields, record_info(fields, point)),
    M:F(1), M:f(1), nomod:F(1), F(1, 2), {nomod, old}(1), ((nomod:get()))(1).

scopes(X) ->
    case X of
        {[A] = L, _} -> apply(nomod, in_case, L);
        _ -> B = [1, 2], apply(nomod, in_other, B)
    end,
    L1 = X,
    L1 = [3],
    apply(nomod, after_match, L1).

others(X) ->
    try nomod:t1(X) of
        {ok, Y} when Y > 1 -> nomod:t2()
    catch
        error:E:S when E =:= node() -> nomod:t3(S)
    after
        nomod:t4()
    end,
    receive
        {M, [$a | _]} when M =/= 1 -> nomod:r1()
    after nomod:r2() -> nomod:r3()
    end,
    if X > 1 -> nomod:i1(); true -> catch nomod:i2() end,
    #{a := 1} = X#{nomod:k() => nomod:v(), b => nomod:u()},
    <<(nomod:b1()):(nomod:size())/integer-unit:8, "abc">>,
    "abc" ++ T = nomod:t5(), begin -nomod:n1(), +1, bnot 1, not X end,
    X ! nomod:m1(), X andalso nomod:a1() orelse nomod:o1(), T.

-file("other.yrl", 1000).
elsewhere() -> nomod:elsewhere(), #point{}.
-file("walk.erl", 5).
back() -> nomod:back(), module_info(), ?MODULE:module_info(exports), foldl(fun(_, A) -> A end, 0, []).
