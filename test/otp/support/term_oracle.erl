%% Orders and encodings of random terms, for term-order.test.ts and term-encode.test.ts.
%%   order       u32 size, term_to_binary of the list of terms, then a byte for each pair (A,B) of them, A first:
%%               bits 0-1 are 0 for A < B, 1 for A == B, 2 for A > B; bits 2-3 the same in the order of map keys
%%   encodings   terms, each as 5 x (u32 size, bytes): with no options, [compressed], {minor_version,1}, {minor_version,2}, deterministic
-module(term_oracle).
-export([order/2, encodings/2]).

%% Kind is "numbers", "identifiers", "containers" or "all".
order(Kind, Count) ->
    rand:seed(exsss, {25, 27, 29}),
    Terms = [term(Kind) || _ <- lists:seq(1, list_to_integer(Count))],
    Encoded = term_to_binary(Terms),
    [<<(byte_size(Encoded)):32>>, Encoded, [<<(compare(A, B) bor (compare_keys(A, B) bsl 2))>> || A <- Terms, B <- Terms]].

compare(A, B) when A < B -> 0;
compare(A, B) when A == B -> 1;
compare(_, _) -> 2.

%% A deterministic encoding has the pairs of a map in the order of their keys; the value that comes last tells which one is larger.
compare_keys(A, B) ->
    case #{A => $A, B => $B} of
        One when map_size(One) =:= 1 -> 1;
        Two ->
            case binary:last(term_to_binary(Two, [deterministic])) of
                $B -> 0;
                $A -> 2
            end
    end.

encodings(Kind, Count) ->
    rand:seed(exsss, {131, 80, 97}),
    Options = [[], [compressed], [{minor_version, 1}], [{minor_version, 2}], [deterministic]],
    [[sized(term_to_binary(T, O)) || O <- Options] || _ <- lists:seq(1, list_to_integer(Count)), T <- [term(Kind)]].

sized(Bytes) -> [<<(byte_size(Bytes)):32>>, Bytes].

term("numbers") -> number();
term("identifiers") -> identifier();
term("containers") -> container(3);
term("repetitive") -> repetitive();
term("all") -> random_term(3).

any_of(List) -> lists:nth(rand:uniform(length(List)), List).

below(N) -> rand:uniform(N) - 1.

pick(Makers) -> (any_of(Makers))().

%% Few values of each kind, so that terms often agree for a while or wholly.
random_term(0) -> pick([fun number/0, fun atom/0, fun identifier/0, fun bitstring/0, fun() -> any_of([[], {}, #{}]) end]);
random_term(Depth) -> pick([fun() -> random_term(0) end, fun() -> container(Depth) end]).

%% Around the borders of small integers, exact floats and 64 bits, as integers and as floats of nearly the same value.
number() ->
    Power = any_of([0, 1, 3, 8, 31, 32, 52, 53, 54, 59, 60, 63, 64, 65, 100, 1022]),
    Integer = any_of([1, -1]) * ((1 bsl Power) + below(5) - 2),
    any_of([Integer, float(Integer), Integer + below(3), float(below(4)) / 2, below(3), 0.0, negative_zero(), 0, float(Integer) * 1.0000000000000002]).

%% Before OTP 27 it was =:= 0.0, and beamtool has one rule for all releases.
negative_zero() ->
    case release() >= 27 of true -> -float(any_of([0])); false -> float(0) end.

release() -> list_to_integer(erlang:system_info(otp_release)).

%% Around the place where UTF-16 has another order than code points have.
atom() ->
    list_to_atom(any_of(["a", "b", "aa", "ab", "", "a a", [233], [252], [16#400], [16#e000], [16#ffff], [16#10000], [16#10ffff],
                         [$a, 16#ffff], [$a, 16#10000], [$a, 16#10001], [16#10000, $a], "true", "false"])).

bitstring() ->
    Bytes = << <<(any_of([0, 1, 127, 128, 255]))>> || _ <- lists:seq(1, below(4)) >>,
    Bits = below(8),
    <<Bytes/binary, (below(256)):Bits>>.

identifier() ->
    Node = any_of([nonode@nohost, a@b, b@b]),
    Creation = any_of([1, 2]),
    Word = fun() -> any_of([0, 1, 2, 16#7fff, 16#fffffff, 16#ffffffff]) end,
    pick([fun() -> external([88, inner(Node), <<(Word()):32, (Word()):32, Creation:32>>]) end,
          fun() -> external([120, inner(Node), <<(Word()):32, (Word()):32, Creation:32>>]) end,
          fun() ->
              Words = [Word() || _ <- lists:seq(1, 1 + below(5))],
              external([90, <<(length(Words)):16>>, inner(Node), <<Creation:32>>, [<<W:32>> || W <- Words]])
          end,
          fun() -> [M, F] = [any_of([a, b, '\x{e9}', '\x{400}']) || _ <- [1, 2]], A = below(3), fun M:F/A end,
          fun local_fun/0]).

%% All on one pid, because OTP 27 and later put another there; and what the runtime doesn't order by depends on what it does.
local_fun() ->
    Free = [any_of([0, 1, 1.0, a, b]) || _ <- lists:seq(1, below(3))],
    [Index, Uniq] = [below(3), below(3)],
    Head = <<0:32, Uniq, (Index + Uniq):128, Index:32, (length(Free)):32>>,
    Pid = [88, inner(nonode@nohost), <<0:32, 0:32, 0:32>>],
    external([112, Head, inner(any_of([a, b])), inner(Index), inner(Uniq), Pid, [inner(F) || F <- Free]]).

external(Content) -> binary_to_term(iolist_to_binary([131 | Content])).

inner(Term) ->
    <<131, Content/binary>> = term_to_binary(Term),
    Content.

container(Depth) ->
    pick([fun() -> list_to_tuple(terms(Depth)) end,
          fun() -> terms(Depth) end,
          fun() -> lists:foldr(fun(T, Tail) -> [T | Tail] end, random_term(0), terms(Depth)) end,
          fun() -> [below(3) || _ <- lists:seq(1, below(4))] end,
          fun() -> [below(300) || _ <- lists:seq(1, below(400))] end,
          fun() -> maps:from_list([{random_term(Depth - 1), random_term(Depth - 1)} || _ <- lists:seq(1, below(5))]) end,
          fun() -> maps:from_list([{any_of([1, 1.0, 2, 2.0, 0.0, negative_zero(), a]), below(3)} || _ <- lists:seq(1, below(5))]) end,
          fun() -> large_map() end,
          fun() -> native(Depth) end]).

terms(Depth) -> [random_term(Depth - 1) || _ <- lists:seq(1, below(4))].

large_map() ->
    case below(10) of
        0 -> maps:from_list([{any_of([N, float(N)]), below(2)} || N <- lists:seq(1, 33 + below(3))]);
        _ -> #{}
    end.

%% Only OTP 29 has native records.
native(Depth) ->
    case release() >= 29 of
        true ->
            Names = any_of([[], [a], [b], [a, b], [b, a], [a, '\x{e9}']]),
            external([67, <<(length(Names)):32, (below(2))>>, inner(any_of([m, n])), inner(any_of([r, s])),
                      [inner(F) || F <- Names], [inner(random_term(Depth - 1)) || _ <- Names]]);
        false -> {}
    end.

%% Compressible by less than, as much as and more than the head of a compressed term takes.
repetitive() ->
    Unit = << <<(below(256))>> || _ <- lists:seq(1, 1 + below(40)) >>,
    iolist_to_binary([Unit, binary:part(Unit, 0, below(byte_size(Unit) + 1)), lists:duplicate(below(12), any_of([0, Unit]))]).
