%% Keeps what is on the shelves.
-module(stock_server).
-behaviour(gen_server).
-state_record(state).

-export([start_link/0, add/1, take/2, items/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-record(state, {
    items = #{} :: #{atom() => stock_item:item()},
    low = 5 :: non_neg_integer(),
    name = <<"main">> :: binary(),
    sold = 0 :: non_neg_integer()
}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

add(Item) -> gen_server:cast(?MODULE, {add, Item}).

take(Name, Count) -> gen_server:call(?MODULE, {take, Name, Count}).

items() -> gen_server:call(?MODULE, items).

init([]) ->
    erlang:send_after(60_000, self(), check),
    {ok, #state{}}.

handle_call({take, Name, Count}, _From, #state{items = Items, sold = Sold} = State) ->
    try stock_item:split(maps:get(Name, Items), Count) of
        {Taken, Left} -> {reply, {ok, Taken}, State#state{items = Items#{Name := Left}, sold = Sold + Count}}
    catch
        error:_ -> {reply, {error, sold_out}, State}
    end;
handle_call(items, _From, State) ->
    {reply, maps:values(State#state.items), State}.

handle_cast({add, Item}, #state{items = Items} = State) ->
    Join = fun(Old) -> stock_item:join(Old, Item) end,
    {noreply, State#state{items = maps:update_with(stock_item:name(Item), Join, Item, Items)}}.

handle_info(check, #state{items = Items, low = Low} = State) ->
    [stock_legacy:order(Item) || Item <- maps:values(Items), stock_item:count(Item) < Low],
    {noreply, State}.
