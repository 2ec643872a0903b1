-file("failing.erl", 1).

-module(failing).

-export([
    simple/1, classes/1, cleanup/2, value/1, stack/1, nested/1, old/1, throws/1, only_after/1,
    reraise/1, assertion/1
]).

simple(F) ->
    try
        F()
    catch
        Value -> {thrown, Value};
        error:badarg -> bad;
        exit:{shutdown, Reason} when is_atom(Reason) -> Reason
    end.

classes(F) ->
    try F() of
        {ok, Value} -> Value;
        Other when is_list(Other) -> length(Other)
    catch
        Class:Reason -> {Class, Reason}
    end.

cleanup(Name, F) ->
    {ok, File} = file:open(Name, [write]),
    try
        F(File)
    after
        ok = file:close(File)
    end.

value(X) ->
    Y = try
        list_to_integer(X)
    catch
        error:_ -> 0
    end,
    Y + 1.

stack(F) ->
    try
        F()
    catch
        error:Reason:Stack when Reason =/= badarg -> {Reason, hd(Stack)};
        _:_:Stack -> Stack
    end.

nested(F) ->
    try
        try
            F()
        catch
            T -> throw({again, T})
        after
            put(inner, done)
        end
    catch
        {again, _} -> again
    after
        put(outer, done)
    end.

old(X) ->
    {catch hd(X), catch throw(X)}.

throws(1) ->
    throw(one);
throws(2) ->
    exit(two);
throws(3) ->
    error(three);
throws(4) ->
    error(four, [4]);
throws(5) ->
    error(five, [5], [{error_info, #{module => failing}}]);
throws(6) ->
    erlang:raise(error, six, []);
throws({7, X}) ->
    1 = X + 2;
throws({8, X}) ->
    case X of
        9 -> nine
    end;
throws({9, X}) ->
    if
        X > 2 -> never
    end.

only_after(F) ->
    try
        ok
    after
        F()
    end.

reraise(F) ->
    try
        F()
    catch
        Class:Reason:Stack -> erlang:raise(Class, {wrapped, Reason}, Stack)
    end.

assertion(X) ->
    true = is_integer(X),
    [] = [Y || Y <- [X], Y < 0],
    {ok, X}.
