%% Binaries: construction and matching with every type, size, unit, sign and byte order.
-module(bits).

-export([build/3, header/1, integers/1, floats/1, unicode/1, utf/1, tail/1, strings/1, odd/1, sized/2, float16/1, append/2, part/2, skip/1, wide/1]).

build(A, B, C) ->
    <<A, B:16, C:32/little-signed, (A + B):7, 1:1, "text", "ü"/utf8, "π"/utf16-little, $a/utf32, 1.5:64/float, 0:B/unit:8>>.

header(<<"FOR1", Size:32, "BEAM", Rest:(Size - 4)/binary, _/binary>>) -> {ok, Rest};
header(<<16#1f, 16#8b, _/bitstring>>) -> gzip;
header(Other) when bit_size(Other) < 8; byte_size(Other) =:= 0 -> short;
header(_) -> unknown.

integers(<<A:8/signed, B:16/big-unsigned, C:24/little, D:3, E:5/signed, F:64/native, G:128, _/bits>>) -> {A, B, C, D, E, F, G};
integers(<<A:12, B/bitstring>>) -> {A, bit_size(B)}.

floats(<<A:32/float, B:64/float-little, Rest/binary>>) -> [A, B | floats(Rest)];
floats(<<>>) -> [].

float16(<<A:16/float>>) -> <<A:16/float-little>>.

unicode(<<C/utf8, Rest/binary>>) when C > 127 -> [C | unicode(Rest)];
unicode(<<_, Rest/binary>>) -> unicode(Rest);
unicode(<<>>) -> [].

utf(<<A/utf16-little, B/utf32, _/binary>>) -> <<A/utf8, B/utf16>>;
utf(<<_/utf16, _/utf32-little>>) -> skipped.

tail(<<Size, Body:Size/binary-unit:8, Rest/binary>>) -> [Body | tail(Rest)];
tail(<<_:4, Rest/bits>>) -> Rest;
tail(Rest) -> Rest.

strings(<<"a rather long string that has to match", Rest/binary>>) -> <<Rest/binary, "a rather long string that has to follow">>;
strings(<<1, 2, 3, _:8/unit:2>>) -> <<"\x00\xff\n\e\"\\"/integer>>.

odd(Bits) -> <<<<X:3>> || <<X:5>> <= Bits>>.

sized(Size, Bin) ->
    <<Value:Size/integer-unit:4, _/bitstring>> = Bin,
    <<Value:Size/little-unit:2, Bin/bits>>.

part(Bin, N) when binary_part(Bin, N, 2) =:= <<"ok">> -> binary_part(Bin, {0, N});
part(Bin, _) -> Bin.

skip(<<_/utf8, Rest/binary>>) -> skip(Rest);
skip(Rest) -> Rest.

wide(Char) -> <<Char/utf32, Char/utf32-little>>.

append(Acc, [Byte | Bytes]) -> append(<<Acc/binary, Byte>>, Bytes);
append(Acc, []) -> Acc.
