%% New in the third version: a supervisor below the supervisor. Its child specification is a tuple, as in older code.
-module(shop_desk_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Returns = {returns, {shop_returns, start_link, []}, permanent, 5000, worker, [shop_returns]},
    {ok, {{one_for_one, 1, 5}, [Returns]}}.
