-module(binaries).
build(X) -> <<X>>.
sized(X, Y) -> <<X:16, Y:4, X:Y>>.
bin(X) -> <<X/binary>>.
sized_bin(X, Y) -> <<X:Y/binary, 1>>.
bits(X) -> <<1:1, X/bits>>.
text(X) -> <<"abc", X/binary, "def">>.
wide() -> <<"h\x{e9}"/utf8, "ab"/utf16, "c":16, $d/utf32>>.
float(X) -> <<X/float, X:32/float>>.
float16(X) -> <<X:16/float-little>>.
utf(X) -> <<X/utf8, X/utf16, X/utf32>>.
utf_little(X) -> <<X/utf16-little, X/utf32-little>>.
flags(X) -> <<X:24/little, X:24/signed, X:16/native, X:2/unit:8>>.
units(X, Y) -> <<X:Y/unit:8>>.
bunits(X) -> <<X:2/binary-unit:4, 0:4>>.
empty() -> <<>>.
constant() -> <<1, 2, 3:5, "abc">>.
nested(X) -> <<(<<X>>)/binary, (byte_size(<<X, X>>))>>.
first(<<X, _/binary>>) -> X;
first(<<X:3>>) -> {bits, X};
first(<<>>) -> empty;
first(_) -> none.
parse(<<Size, Data:Size/binary, Rest/bits>>) -> {Data, Rest};
parse(<<"abc", R/binary>>) -> {abc, R};
parse(<<1, 2, X:4/little-signed, Y:4/unit:2, R/bits>>) -> {X, Y, R};
parse(<<X/utf8, R/binary>>) -> {utf, X, R};
parse(X) -> X.
floats(<<X/float>>) -> {f64, X};
floats(<<X:32/float, _/bits>>) -> {f32, X};
floats(<<1.0:16/float>>) -> half;
floats(_) -> none.
utfs(<<X/utf16, _/bits>>) -> {utf16, X};
utfs(<<X/utf32, _/bits>>) -> {utf32, X};
utfs(<<"a"/utf8, _/utf8, _/bits>>) -> utf8;
utfs(_) -> none.
bound(X, Y) -> case Y of <<X, R/binary>> -> R; <<R:X/binary, _/bits>> -> {r, R}; <<_:X, R/bits>> -> {s, R}; _ -> none end.
expression(X) -> case X of <<A, B:(A + 1)/unit:4, R/bits>> -> {A, B, R}; _ -> none end.
same(<<A, A, R/binary>>) -> {A, R};
same(_) -> none.
tail_unit(<<A:3, R/binary>>) -> {A, R};
tail_unit(<<A:8, R:2/binary-unit:3, S/bits>>) -> {A, R, S};
tail_unit(_) -> none.
in_match(X) -> <<A, B/binary>> = X, {A, B}.
zero(<<_:0, R/bits>>) -> R.
signed(<<X:8/signed, Y:16/signed-little, R/bits>>) -> {X, Y, R};
signed(<<X:5/signed>>) -> X;
signed(_) -> none.
skip(<<_:8, _/binary>>) -> bytes;
skip(<<_:3/bits>>) -> three;
skip(_) -> other.
sum(<<X, R/binary>>) -> X + sum(R);
sum(<<>>) -> 0;
sum(R) -> {left, R}.
guard(X) when <<X>> =:= <<1>> -> one;
guard(X) when byte_size(<<X/binary>>) =:= 3 -> three;
guard(_) -> none.
args() ->
    [<<2, "abcdef">>, <<"abcdef">>, <<1, 2, 255, 254>>, <<1.5/float>>, <<1.5:32/float>>, <<1.0:16/float>>, <<7, 7, 7>>, <<200, 201, 255>>, <<0, 65>>,
  <<"a\x{e9}"/utf8>>, 16#1f600, 16#d800, 65, 300, 3.0e38, 1.0e300, <<1:1>>, <<255:5>>].
