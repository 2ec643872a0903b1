%% The one supervisor of the release until the second version; in the third it has new children, among them a supervisor, and their ids are
%% not the names of their modules.
-module(shop_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Flags = #{strategy => rest_for_one, intensity => 10, period => 10},
    {ok, {Flags, servers() ++ [worker(offers, shop_offers, []), worker(wishes, shop_wishes, [10]), desks()]}}.

servers() ->
    [
        #{id => events, start => {gen_event, start_link, [{local, shop_events}]}, modules => dynamic},
        worker(stock, stock_server, []),
        (worker(till, till_fsm, []))#{shutdown => 10_000}
    ].

worker(Id, Module, Args) -> #{id => Id, start => {Module, start_link, Args}}.

desks() -> (worker(desks, shop_desk_sup, []))#{type => supervisor, shutdown => infinity}.
