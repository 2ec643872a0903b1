%% Handler of the shop's events.
-module(shop_log).
-behaviour(gen_event).
-state_record(log).

-export([attach/0, init/1, handle_event/2, handle_call/2]).

%% Against version 2: `refunds` is new.
-record(log, {refunds = 0 :: non_neg_integer(), paid = 0 :: non_neg_integer(), events = [] :: [term()]}).

attach() -> gen_event:add_handler(shop_events, ?MODULE, []).

init([]) -> {ok, #log{}}.

handle_event({paid, Cents}, #log{paid = Paid, refunds = Refunds} = Log) when Cents < 0 ->
    {ok, Log#log{paid = Paid + Cents, refunds = Refunds + 1}};
handle_event({paid, Cents}, #log{paid = Paid} = Log) ->
    {ok, Log#log{paid = Paid + Cents}};
handle_event(Event, #log{events = Events} = Log) ->
    {ok, Log#log{events = [Event | Events]}}.

handle_call(refunds, Log) -> {ok, Log#log.refunds, Log};
handle_call(paid, Log) -> {ok, Log#log.paid, Log}.
