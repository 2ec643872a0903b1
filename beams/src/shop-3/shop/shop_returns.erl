%% New in the third version: the desk where one gives things back.
-module(shop_returns).
-behaviour(gen_server).
-state_record(returns).

-export([start_link/0, take_back/1, sum/0]).
-export([init/1, handle_call/3, handle_cast/2]).

-record(returns, {sum = 0 :: non_neg_integer()}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

-spec take_back(non_neg_integer()) -> ok.
take_back(Cents) -> gen_server:cast(?MODULE, {take_back, Cents}).

sum() -> gen_server:call(?MODULE, sum).

init([]) -> {ok, #returns{}}.

handle_call(sum, _From, State) -> {reply, State#returns.sum, State}.

handle_cast({take_back, Cents}, #returns{sum = Sum} = State) -> {noreply, State#returns{sum = Sum + Cents}}.
