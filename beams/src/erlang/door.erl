%% A gen_statem with state functions, state enter calls and time-outs.
-module(door).
-behaviour(gen_statem).
-state_record(data).

-export([start_link/1, push/2]).
-export([init/1, callback_mode/0, terminate/3, code_change/4]).
-export([locked/3, open/3]).

-record(data, {code :: [0..9], buttons = [] :: [0..9], length = 0, opened = {0, never}}).

-spec start_link([0..9]) -> gen_statem:start_ret().
start_link(Code) -> gen_statem:start_link(?MODULE, Code, []).

push(Door, Digit) when Digit >= 0, Digit =< 9 -> gen_statem:cast(Door, {button, Digit}).

init(Code) -> {ok, locked, #data{code = lists:reverse(Code), length = length(Code)}}.

callback_mode() -> [state_functions, state_enter].

locked(enter, _Old, Data) ->
    {keep_state, Data#data{buttons = []}};
locked(cast, {button, Digit}, #data{code = Code, buttons = Buttons, length = Length} = Data) ->
    case lists:sublist([Digit | Buttons], Length) of
        Code -> {next_state, open, Data, [{state_timeout, 10_000, lock}]};
        Pushed -> {keep_state, Data#data{buttons = Pushed}, {timeout, 2000, forget}}
    end;
locked(timeout, forget, Data) ->
    {keep_state, Data#data{buttons = []}}.

open(enter, locked, #data{opened = {N, _}} = Data) -> {keep_state, Data#data{opened = {N + 1, erlang:monotonic_time()}}};
open(state_timeout, lock, Data) -> {next_state, locked, Data};
open(cast, {button, _}, _Data) -> {keep_state_and_data, postpone};
open({call, From}, count, #data{opened = {N, _}}) -> {keep_state_and_data, [{reply, From, N}]}.

terminate(_Reason, _State, _Data) -> ok.

code_change(_Vsn, State, Data, _Extra) -> {ok, State, Data}.
