%% The application.
-module(cnt_app).
-behaviour(application).
-export([start/2, stop/1]).
start(_, _) -> cnt_sup:start_link().
stop(_) -> ok.
