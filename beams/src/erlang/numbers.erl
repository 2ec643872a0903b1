%% Numbers: floats, integers around every size that the format knows, big integers, arithmetic.
-module(numbers).

-export([floats/0, integers/0, bigs/0, bases/0, float_math/2, int_math/2, bit_math/2, compare/2, select/1, jump/1, convert/1, chars/0]).

floats() -> [0.0, -0.0, 1.0, -1.5, 0.1, 1.0e10, 1.0e-300, 1.7976931348623157e308, 5.0e-324, 123456789.123456789, 1.0e22, 1.0e21, 3.0e-5].

integers() -> [0, 15, 16, 2047, 2048, 32767, 32768, 65535, 65536, 134217727, 134217728, -1, -2047, -2048, -32768, -32769, -134217728].

bigs() ->
    [
        576460752303423487, 576460752303423488, -576460752303423488, -576460752303423489,
        9223372036854775807, 9223372036854775808, -9223372036854775808, -9223372036854775809,
        18446744073709551615, 18446744073709551616, 1 bsl 127, 1 bsl 128, -(1 bsl 128), 1 bsl 2100, -(1 bsl 2100) + 1
    ].

bases() -> {16#ff, 2#1010, 36#zz, 1_000_000, 16#dead_beef, -8#17}.

float_math(A, B) when is_float(A), is_float(B) -> (A + B) * (A - B) / -A;
float_math(A, B) -> math:sqrt(A * 1.0) + float(B).

int_math(A, B) when is_integer(A), is_integer(B) -> {A + B, A - B, A * B, A div B, A rem B, -A, +B, A + 1, A - 100000, abs(A)};
int_math(A, B) -> {trunc(A), round(B), ceil(A), floor(B), max(A, B), min(A, B)}.

bit_math(A, B) -> {A band B, A bor B, A bxor B, bnot A, A bsl B, A bsr 3}.

compare(A, B) -> {A == B, A /= B, A =:= B, A =/= B, A < B, A =< B, A > B, A >= B}.

select(1) -> one;
select(20) -> twenty;
select(300) -> three_hundred;
select(4000000000000000000000) -> big;
select(1.0) -> float;
select(1.5) -> half;
select(_) -> other.

jump(0) -> a;
jump(1) -> b;
jump(2) -> c;
jump(3) -> d;
jump(4) -> e;
jump(5) -> f.

convert(X) when X band 16#ff =:= 0 -> integer_to_list(X);
convert(X) when X rem 2 =:= 1; X > 1000, X < 2000 -> float_to_binary(float(X), [{decimals, 4}, compact]);
convert(X) -> X.

chars() -> [$a, $\n, $\s, $\e, $\\, $', $", $é, $日, $\x{1F600}, $\^A, $\000].
