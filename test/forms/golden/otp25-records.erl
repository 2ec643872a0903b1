-file("records.erl", 1).

-module(records).

-file("shapes.hrl", 1).

-record(point, {x = 0, y = 0}).

-record(circle, {
    centre = #point{} :: #point{},
    radius = 1.0 :: float()
}).

-file("records.erl", 4).

-export([
    none/0, defaults/0, computed/1, update/2, match/1, index/0, guard/1, nested/1, wild/1, names/0,
    local_default/0
]).

-record(empty, {}).

-record(one, {only}).

-record(plain, {first, second, third}).

-record('quoted name', {'first field', 'Second', übung}).

-record(defaults, {
    none,
    atom = undefined,
    quoted = 'not set',
    boolean = true,
    zero = 0,
    negative = -1,
    big = 123456789012345678901234567890,
    float = 2.5,
    small = 1.0e-7,
    char = $a,
    nil = [],
    string = "text",
    unicode = "smörgåsbord",
    binary = <<"bytes">>,
    utf8 = <<"日本"/utf8>>,
    bits = <<5:3>>,
    no_bytes = <<>>,
    no_tuple = {},
    tuple = {ok, 1, "two"},
    list = [1, two, "three" | four],
    no_map = #{},
    map = #{key => value, 1 => [one], nested => #{deep => {}}},
    record = #plain{},
    record_set = #plain{first = 1, _ = '_'},
    record_in_tuple = {#one{only = #empty{}}, []}
}).

-record(computed, {
    remote = erlang:system_time(),
    remote_args = lists:seq(1, 3),
    local = local_default(),
    bif = self(),
    bif_args = length([1, 2]),
    sum = 1 + 2 * 3,
    product = 60 * 60 * 1000,
    shift = 1 bsl 20,
    negated = -(2 + 3),
    division = 7 div 2 + 7 rem 2,
    quotient = 1 / 3,
    boolean = not true,
    comparison = 1 < 2,
    concatenation = "a" ++ "b",
    access = #point{x = 4}#point.x,
    position = #point.y,
    fun_local = fun local_default/0,
    fun_remote = fun lists:reverse/1,
    binary_of = <<(list_to_binary("abc"))/binary, 1:16/little>>
}).

none() ->
    {#empty{}, #one{}, #plain{}}.

defaults() ->
    #defaults{}.

computed(Sum) ->
    #computed{sum = Sum}.

update(#defaults{} = D, List) ->
    D#defaults{list = List, none = D#defaults.atom, map = (D#defaults.map)#{key := List}};
update(#plain{} = P, First) ->
    P#plain{first = First}#plain{second = First, third = First};
update(Circle, Radius) ->
    Circle#circle{centre = #point{}, radius = Radius * 1.0}.

match(#circle{centre = #point{x = X, y = _}, radius = R}) when R > 0.0 -> X;
match(#one{only = Only}) -> Only;
match(#empty{}) -> empty.

index() ->
    {#defaults.none, #defaults.record_in_tuple, #'quoted name'.'Second'}.

guard(R) when is_record(R, plain), R#plain.first =:= 1 -> first;
guard(R) when is_record(R, point, 3) -> is_record(R, point);
guard(_) -> none.

nested(#circle{centre = Centre} = C) ->
    C#circle{centre = Centre#point{x = C#circle.centre#point.y + 1}}.

wild(X) ->
    #plain{first = X, _ = X}.

names() ->
    record_info(fields, defaults) ++ [record_info(size, plain), #'quoted name'{übung = 1}].

local_default() ->
    {local, 88}.
