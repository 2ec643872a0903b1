-file("user_native.erl", 1).

-module(user_native).

-export([new/1, grow/1, name/1, kind/1, any/1, foreign/1, both/1, set/2, dynamic/3]).

-export_record([user, point]).

-import_record(other_native, [thing]).

-record #user{id = -1, name, city = <<"x"/utf8>>, tags = [], limits = {1, 2.5}}.

-record #point{x = 0, y = 0}.

-record #hidden{a, b = none}.

-record #empty{}.

-record(tuple_one, {a, b}).

-spec new(term()) -> #user{}.
new(Name) ->
    #user{name = Name}.

grow(P = #point{x = X}) ->
    P#point{x = X + 1}.

name(User) ->
    User#user.name.

kind(R) when is_record(R, user) -> user;
kind(#hidden{}) -> hidden;
kind(#empty{}) -> empty;
kind(#tuple_one{}) -> tuple;
kind(R) when is_record(R) -> some_record;
kind(R) when is_record(R, other_native, part) -> part;
kind(_) -> none.

dynamic(R, Module, Name) ->
    {is_record(R, Module, Name), is_record(R), is_record(R, user)}.

any(#_{name = Name}) ->
    Name.

foreign(#other_native:part{a = A}) -> {A, #other_native:part{a = 1}};
foreign(#thing{}) -> #thing{};
foreign(R) -> R#other_native:part.a.

both(A) ->
    {#hidden{a = A}, #tuple_one{a = A}, #empty{}}.

set(R, Name) ->
    R#_{name = Name}.
