%% A supervisor and its application callback in one module: two behaviours, one of them in the British and one in the American spelling.
-module(plant_sup).
-behaviour(supervisor).
-behavior(application).

-export([start/2, stop/1, start_link/0, init/1]).

start(_Type, _Args) -> ?MODULE:start_link().

stop(_State) -> ok.

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Flags = #{strategy => rest_for_one, intensity => 3, period => 60},
    Workers = [#{id => Name, start => {counter, start_link, [Name]}, modules => [counter]} || Name <- [north, south]],
    Events = #{id => events, start => {gen_event, start_link, [{local, plant_events}]}, modules => dynamic},
    Door = {door, {door, start_link, [[1, 2, 3]]}, permanent, 5000, worker, [door]},
    {ok, {Flags, [Events, Door | Workers]}}.
