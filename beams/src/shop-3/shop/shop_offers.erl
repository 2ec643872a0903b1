%% What is cheap today: a process in the third version, which answers also while there is none.
-module(shop_offers).
-behaviour(gen_server).
-state_record(offers).

-export([start_link/0, today/0, reduced/1, offer/2]).
-export([init/1, handle_call/3, handle_cast/2]).

-record(offers, {from_hour = #{bread => 18, fish => 16} :: #{atom() => 0..24}}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

-spec today() -> [atom()].
today() ->
    try
        gen_server:call(?MODULE, today)
    catch
        exit:_ -> []
    end.

-spec reduced(atom()) -> boolean().
reduced(Name) -> lists:member(Name, today()).

offer(Name, Hour) -> gen_server:cast(?MODULE, {offer, Name, Hour}).

init([]) -> {ok, #offers{}}.

handle_call(today, _From, #offers{from_hour = Offers} = State) ->
    {_, {Hour, _, _}} = calendar:local_time(),
    {reply, [Name || {Name, From} <- maps:to_list(Offers), Hour >= From], State}.

handle_cast({offer, Name, Hour}, #offers{from_hour = Offers} = State) ->
    {noreply, State#offers{from_hour = Offers#{Name => Hour}}}.
