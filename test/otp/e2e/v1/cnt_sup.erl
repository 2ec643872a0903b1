%% Supervises a process of each kind.
-module(cnt_sup).
-behaviour(supervisor).
-export([start_link/0, init/1]).
start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).
init([]) ->
    {ok, {#{strategy => one_for_one},
          [#{id => cnt_srv, start => {cnt_srv, start_link, []}},
           #{id => cnt_fsm, start => {cnt_fsm, start_link, []}},
           #{id => cnt_evt_mgr, start => {gen_event, start_link, [{local, cnt_evt_mgr}]}, modules => dynamic}]}}.
