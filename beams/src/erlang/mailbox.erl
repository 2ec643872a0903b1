%% Receiving and sending.
-module(mailbox).

-export([one/0, selective/1, timeout/1, poll/0, wait_only/1, loop/1, call/2, flush/0, forever/0]).

one() -> receive Message -> Message end.

selective(Ref) ->
    receive
        {Ref, Value} -> {ok, Value};
        {'DOWN', Ref, process, _, Reason} when Reason =/= normal -> {error, Reason};
        #{ref := Ref} -> map
    end.

timeout(Ms) ->
    receive
        stop -> stopped
    after Ms ->
        timeout
    end.

poll() ->
    receive {now, X} -> X
    after 0 -> nothing
    end.

wait_only(Ms) -> receive after Ms -> ok end.

forever() -> receive after infinity -> ok end.

loop(State) ->
    receive
        {get, From} ->
            From ! State,
            loop(State);
        {set, New} -> loop(New);
        stop -> ok
    after 60_000 ->
        erlang:hibernate(?MODULE, loop, [State])
    end.

%% The reference is made before the send: the runtime skips older messages (recv_marker).
call(Pid, Request) ->
    Ref = erlang:monitor(process, Pid),
    Pid ! {self(), Ref, Request},
    receive
        {Ref, Reply} ->
            erlang:demonitor(Ref, [flush]),
            {ok, Reply};
        {'DOWN', Ref, _, _, Reason} -> {error, Reason}
    after 5000 -> exit(timeout)
    end.

flush() ->
    receive _ -> flush()
    after 0 -> ok
    end.
