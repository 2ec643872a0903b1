%% A node of its own for a release that was unpacked somewhere, with the tars of other versions in its releases/: what it answers while
%% release_handler installs them. The shop of beams/ is under load all the time: clients call it, and know what its state has to be.
-module(node_oracle).
-export([run/3, shop/2]).
-export([open/0, hold/0, look/0, leave/0, calls/0]).

-define(WAIT, 60000).
-define(TURNS, 10).

%% The name of the release, its folder and steps, expressions or [install, Version] -> a line for each, and one for what went wrong.
run(Name, Root, Steps) ->
    unicode:characters_to_binary(on_node(Root, fun(Call) -> [io_lib:format("~0tp~n", [step(Call, Name, Step)]) || Step <- Steps] end)).

on_node(Root, Do) ->
    Node = start(Root),
    try Do(fun(M, F, A) -> peer:call(Node, M, F, A, ?WAIT) end)
    catch Class:Reason:Stack -> line("failed", {Class, Reason, Stack})
    after try peer:stop(Node) catch _:_ -> ok end
    end.

step(Call, Name, ["install", Vsn]) ->
    case lists:keymember(Vsn, 2, Call(release_handler, which_releases, [])) of
        true -> ok;
        false -> {ok, Vsn} = Call(release_handler, unpack_release, [Name ++ "-" ++ Vsn])
    end,
    {ok, _, _} = Call(release_handler, install_release, [Vsn]),
    ok = Call(release_handler, make_permanent, [Vsn]),
    {installed, Vsn};
step(Call, _, Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Expressions} = erl_parse:parse_exprs(Tokens),
    {value, Value, _} = Call(erl_eval, exprs, [Expressions, []]),
    Value.

%% The node talks over its standard input and output: it needs no name, no port and no epmd.
start(Root) ->
    {ok, Data} = file:read_file(filename:join([Root, "releases", "start_erl.data"])),
    [Erts, Vsn] = string:lexemes(binary_to_list(Data), " \n"),
    Bin = filename:join([Root, "erts-" ++ Erts, "bin"]),
    ok = file:set_cwd(Root),
    Args = ["-boot", filename:join([Root, "releases", Vsn, "start"]), "-mode", mode(), "-kernel", "logger_level", "none"],
    Env = [{"ROOTDIR", Root}, {"BINDIR", Bin}, {"EMU", "beam"}, {"PROGNAME", "erl"}],
    {ok, Node, _} = peer:start(#{connection => standard_io, exec => filename:join(Bin, "erlexec"), args => Args, env => Env, wait_boot => ?WAIT}),
    Node.

%% In embedded mode crypto of OTP 28 and later refuses to be loaded before its application is, and systools starts an added application last.
mode() ->
    case list_to_integer(erlang:system_info(otp_release)) of
        Otp when Otp >= 28 -> "interactive";
        _ -> "embedded"
    end.

%% Installs these versions one after the other -> a line for each thing that was seen. A version with a star is installed while a customer is
%% at the till, with a basket that isn't paid for; all other clients go on.
shop(Root, Versions) ->
    unicode:characters_to_binary(on_node(Root, fun(Call) -> drive(Call, Versions) end)).

drive(Call, Versions) ->
    {Module, Bytes, File} = code:get_object_code(?MODULE),
    {module, _} = Call(code, load_binary, [Module, File, Bytes]),
    Call(?MODULE, open, []),
    First = Call(?MODULE, look, []),
    {_, Seen} = lists:foldl(fun(Version, {From, Done}) -> {Version -- "*", [install(Call, From, Version) | Done]} end, {"1", [First]}, Versions),
    [lists:reverse(Seen), Call(?MODULE, leave, [])].

install(Call, From, Starred) ->
    Version = Starred -- "*",
    case lists:keymember(Version, 2, Call(release_handler, which_releases, [])) of
        true -> ok;
        false -> {ok, Version} = Call(release_handler, unpack_release, ["shop-" ++ Version])
    end,
    IsHeld = Version =/= Starred,
    [ok = Call(?MODULE, hold, []) || IsHeld],
    case Call(release_handler, check_install_release, [Version]) of {ok, _, _} -> ok; {ok, _, _, _} -> ok end,
    Before = Call(?MODULE, calls, []),
    {ok, Base, _} = Call(release_handler, install_release, [Version]),
    Base =:= min(From, Version) orelse error({installed_from, Base}),
    Busy = [Name || {{Name, Then}, {Name, Now}} <- lists:zip(Before, Call(?MODULE, calls, [])), Now > Then],
    Held = [[line("till at once", Call(sys, get_state, [till_fsm])), go_on(Call)] || IsHeld],
    Seen = Call(?MODULE, look, []),
    ok = Call(release_handler, make_permanent, [Version]),
    [line("calling all the time", Busy), Held, Seen, line("permanent", [V || {_, V, _, permanent} <- Call(release_handler, which_releases, [])])].

go_on(Call) ->
    Call(erlang, send, [live_shopper, go_on]),
    [].

line(What, Value) -> io_lib:format("~ts ~0p~n", [What, Value]).

%% On the node.

open() ->
    ok = shop_log:attach(),
    Client = fun(Name, Start, Turn) ->
                     register(Name, spawn(fun() -> turn(Turn, (ledger())#{name => Start}) end))
             end,
    Client(live_stocker, apples, fun stock/1),
    Client(live_shopper, bread, fun shop/1),
    Client(live_auditor, none, fun audit/1),
    persistent_term:put(?MODULE, [{Name, whereis(Name)} || Name <- names()]).

names() -> [shop_sup, shop_events, stock_server, till_fsm].

clients() -> [live_auditor, live_shopper, live_stocker].

ledger() -> #{calls => 0, failed => [], wrong => [], added => 0, taken => 0, paid => 0}.

%% Every turn is a few calls.
turn(Turn, Ledger) ->
    Done = Turn(Ledger),
    put(calls, maps:get(calls, Done)),
    turn(Turn, Done).

%% Waits where it has been asked to, and says what is known to be so by then.
pause(Ledger) ->
    receive
        {ledger, From} ->
            From ! {self(), Ledger},
            receive go_on -> Ledger end
    after 1 -> Ledger
    end.

stock(#{name := Name, added := Added, taken := Taken} = Ledger) ->
    {_, One} = called(fun() -> shop:stock_up(Name, 3) end, ok, Ledger),
    {_, Two} = called(fun() -> stock_server:take(Name, 1) end, {ok, {item, Name, 1, 100}}, One),
    {Items, Three} = called(fun() -> stock_server:items() end, any, Two),
    Count = Added + 3 - Taken - 1,
    pause(expect(Count, count(Name, Items), Three#{added := Added + 3, taken := Taken + 1})).

count(Name, Items) -> hd([Count || {item, One, Count, _} <- Items, One =:= Name] ++ [0]).

%% The till belongs to one customer, who waits there, before paying.
shop(#{name := Name, added := Added, taken := Taken, paid := Paid} = Ledger) ->
    {_, One} = called(fun() -> shop:stock_up(Name, 2) end, ok, Ledger),
    {_, Two} = called(fun() -> shop:put_in_basket(nowhere, 1) end, {error, sold_out}, One),
    {_, Three} = called(fun() -> shop:put_in_basket(Name, 2) end, ok, Two),
    Full = pause(Three#{added := Added + 2, taken := Taken + 2}),
    {Answer, Four} = called(fun() -> shop:pay(1000) end, any, Full),
    Receipt = case Answer of {ok, Text} -> total(Text); _ -> Answer end,
    expect(true, lists:member(Receipt, ["2.00", "2.50"]) orelse Receipt, Four#{paid := Paid + 1000}).

total(Text) -> hd([Total || "total " ++ Total <- string:split(Text, "\n", all)] ++ [Text]).

audit(#{paid := Before} = Ledger) ->
    {Paid, One} = called(fun() -> gen_event:call(shop_events, shop_log, paid) end, any, Ledger),
    Now = case Paid of _ when is_integer(Paid) -> Paid; _ -> Before end,
    pause(expect(true, Now >= Before orelse {Before, Now}, One#{paid := Now})).

%% {Answer, Ledger}
called(Fun, Expected, #{calls := Calls, failed := Failed} = Ledger) ->
    Counted = Ledger#{calls := Calls + 1},
    try Fun() of
        Answer when Expected =:= any -> {Answer, Counted};
        Answer -> {Answer, expect(Expected, Answer, Counted)}
    catch Class:Reason -> {failed, Counted#{failed := [{Class, Reason} | Failed]}}
    end.

expect(Expected, Expected, Ledger) -> Ledger;
expect(Expected, Seen, #{wrong := Wrong} = Ledger) -> Ledger#{wrong := [{Expected, Seen} | Wrong]}.

calls() -> [{Name, calls(Name)} || Name <- clients()].

calls(Name) ->
    {dictionary, Dictionary} = process_info(whereis(Name), dictionary),
    proplists:get_value(calls, Dictionary, 0).

%% What is to be seen while all clients wait, after some more turns of each. What the clients know of is written as `known` where it is so.
look() ->
    [begin _ = ledgers(), go_on() end || _ <- lists:seq(1, ?TURNS)],
    Ledgers = #{live_shopper := Shopper} = ledgers(),
    Lines = [[line("release", release()),
              line("children", lists:reverse([{Id, is_pid(Pid), Type} || {Id, Pid, Type, _} <- supervisor:which_children(shop_sup)])),
              line("same processes", [Name || {Name, Pid} <- persistent_term:get(?MODULE), whereis(Name) =:= Pid]),
              line("stock", known(sys:get_state(stock_server), stock_facts(Ledgers))),
              line("till", till(sys:get_state(till_fsm), maps:get(paid, Shopper) div 1000)),
              line("log", known(log_state(), [{maps:get(paid, Shopper), paid}]))]
             | [line(Name, sys:get_state(Name)) || Name <- [shop_offers, shop_wishes, shop_returns], whereis(Name) =/= undefined]],
    go_on(),
    Lines.

go_on() -> [whereis(Name) ! go_on || Name <- clients()].

%% Lets the customer wait at the till.
hold() ->
    _ = ledger_of(live_shopper),
    ok.

%% What is installed, permanent or not yet.
release() ->
    Releases = release_handler:which_releases(),
    hd([Vsn || Status <- [current, permanent], {_, Vsn, _, One} <- Releases, One =:= Status]).

ledgers() -> maps:from_list([{Name, ledger_of(Name)} || Name <- clients()]).

ledger_of(Name) ->
    Pid = whereis(Name),
    Pid ! {ledger, self()},
    receive {Pid, Ledger} -> Ledger after ?WAIT -> error({no_answer, Name}) end.

till({Name, {basket, Total, Currency, Items, Customers}}, Paid) when Customers > 0, Customers =< Paid ->
    {Name, {basket, Total, Currency, Items, {known, customers}}};
till(Other, _) -> Other.

stock_facts(#{live_stocker := Stocker, live_shopper := Shopper}) ->
    Left = [{Name, {item, Name, Added - Taken, 100}} || #{name := Name, added := Added, taken := Taken} <- [Stocker, Shopper]],
    Sold = maps:get(taken, Stocker) + maps:get(taken, Shopper),
    [{maps:from_list(Left), items}, {Sold, sold}].

log_state() ->
    [{_, _, State} | _] = [Handler || Handler = {shop_log, _, _} <- sys:get_state(shop_events)],
    State.

known(State, Facts) ->
    Now = erlang:system_time(second),
    list_to_tuple([case lists:keyfind(Value, 1, Facts) of
                       {_, Name} -> {known, Name};
                       false when is_integer(Value), abs(Value - Now) < 600 -> {known, time};
                       false -> Value
                   end || Value <- tuple_to_list(State)]).

leave() ->
    Ledgers = ledgers(),
    [line("failed calls", [Failure || #{failed := Failed} <- maps:values(Ledgers), Failure <- Failed]),
     line("wrong answers", [Wrong || #{wrong := Wrongs} <- maps:values(Ledgers), Wrong <- Wrongs])].
