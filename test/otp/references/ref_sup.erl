%% Child specifications in every shape that supervisors write; init/1 is run to know the functions that start them.
-module(ref_sup).
-behaviour(supervisor).
-export([start_link/1, init/1]).

start_link(Port) -> supervisor:start_link({local, ?MODULE}, ?MODULE, Port).

init(Port) ->
    Start = {ref_variable, start_link, []},
    Old = {old_variable, {ref_old_variable, start_link, [Port, 1]}, permanent, 5000, worker, [ref_old_variable]},
    Kind = kind(Port),
    {ok, {#{strategy => one_for_one},
          [#{id => literal, start => {ref_literal, start_link, []}},
           #{id => Port, start => {ref_partly, start_link, [Port]}},
           #{id => variable, start => Start, type => supervisor},
           {old_literal, {ref_old_literal, start, [a, b]}, transient, brutal_kill, supervisor, [ref_old_literal]},
           {Port, {ref_old_partly, start, [Port]}, permanent, 5000, Kind, [ref_old_partly]},
           Old]}}.

kind(_) -> worker.
