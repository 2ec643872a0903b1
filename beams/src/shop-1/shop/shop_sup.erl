%% The one supervisor of the release: it starts the servers of all three applications.
-module(shop_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Children = [
        #{id => events, start => {gen_event, start_link, [{local, shop_events}]}, modules => dynamic},
        #{id => stock, start => {stock_server, start_link, []}},
        #{id => till, start => {till_fsm, start_link, []}}
    ],
    {ok, {#{strategy => rest_for_one, intensity => 5, period => 10}, Children}}.
