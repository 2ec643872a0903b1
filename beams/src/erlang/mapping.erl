%% Maps: literals, construction, update, matching, guards.
-module(mapping).

-export([literal/0, large/0, build/2, update/3, match/1, keys/2, guard/1, nested/1]).

literal() -> #{atom => 1, "string" => <<"binary">>, 1 => 1.0, 1.0 => one, {t} => [], #{} => #{}, [] => {}}.

%% More than 32 keys: a hash map in the runtime.
large() ->
    #{
        k01 => 1, k02 => 2, k03 => 3, k04 => 4, k05 => 5, k06 => 6, k07 => 7, k08 => 8, k09 => 9, k10 => 10,
        k11 => 11, k12 => 12, k13 => 13, k14 => 14, k15 => 15, k16 => 16, k17 => 17, k18 => 18, k19 => 19, k20 => 20,
        k21 => 21, k22 => 22, k23 => 23, k24 => 24, k25 => 25, k26 => 26, k27 => 27, k28 => 28, k29 => 29, k30 => 30,
        k31 => 31, k32 => 32, k33 => 33, k34 => 34, k35 => 35
    }.

build(Key, Value) -> #{Key => Value, {Key} => [Value], fixed => #{Value => Key}}.

update(Map, Key, Value) -> Map#{Key => Value, present := Value, new => Key}.

match(#{a := 1, b := B}) when B > 1 -> {both, B};
match(#{a := A}) -> {a, A};
match(#{"text" := #{inner := Inner}}) -> {inner, Inner};
match(#{}) -> map.

keys(Key, Map) ->
    #{Key := Value, other := Value} = Map,
    Value.

guard(Map) when is_map(Map), map_size(Map) > 2 -> large;
guard(Map) when is_map_key(a, Map), map_get(a, Map) =:= b -> ab;
guard(_) -> other.

nested(#{first := #{id := Id} = First} = Map) -> Map#{first := First#{id := {Id}}}.
