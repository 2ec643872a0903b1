%% Keeps what is on the shelves.
-module(stock_server).
-behaviour(gen_server).
-state_record(state).

-export([start_link/0, add/1, take/2, reserve/2, items/0, orders/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-record(limits, {low = 5 :: non_neg_integer(), often = 60_000 :: pos_integer(), most = 1000 :: pos_integer() | infinity}).

%% Against version 2: `since` and `key` are gone, `sold` has moved to the front, `orders` is new, and so is a field of the record in `limits`.
-record(state, {
    sold = 0 :: non_neg_integer(),
    name = <<"main">> :: binary(),
    items = #{} :: #{atom() => stock_item:item()},
    orders = [] :: [atom()],
    limits = #limits{} :: #limits{},
    reserved = [] :: [{reference(), stock_item:item()}]
}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

add(Item) -> gen_server:cast(?MODULE, {add, Item}).

take(Name, Count) -> gen_server:call(?MODULE, {take, Name, Count}).

reserve(Name, Count) -> gen_server:call(?MODULE, {reserve, Name, Count}).

items() -> gen_server:call(?MODULE, items).

orders() -> gen_server:call(?MODULE, orders).

init([]) ->
    State = #state{},
    {ok, again(State)}.

handle_call({take, Name, Count}, _From, #state{items = Items, sold = Sold} = State) ->
    try stock_item:split(maps:get(Name, Items), Count) of
        {Taken, Left} -> {reply, {ok, Taken}, State#state{items = Items#{Name := Left}, sold = Sold + Count}}
    catch
        error:_ -> {reply, {error, sold_out}, State}
    end;
handle_call({reserve, Name, Count}, From, #state{reserved = Reserved} = State) ->
    {reply, Reply, Left} = handle_call({take, Name, Count}, From, State),
    case Reply of
        {ok, Item} -> {reply, ok, Left#state{reserved = [{make_ref(), Item} | Reserved]}};
        _ -> {reply, Reply, State}
    end;
handle_call(items, _From, State) ->
    {reply, maps:values(State#state.items), State};
handle_call(orders, _From, State) ->
    {reply, State#state.orders, State}.

handle_cast({add, Item}, #state{items = Items} = State) ->
    Join = fun(Old) -> stock_item:join(Old, Item) end,
    {noreply, State#state{items = maps:update_with(stock_item:name(Item), Join, Item, Items)}}.

handle_info(check, #state{items = Items, orders = Orders, limits = #limits{low = Low}} = State) ->
    Wanted = [stock_item:name(Item) || Item <- maps:values(Items), stock_item:count(Item) < Low],
    {noreply, again(State#state{orders = lists:foldl(fun stock_orders:place/2, Orders, Wanted)})}.

again(#state{limits = #limits{often = Often}} = State) ->
    erlang:send_after(Often, self(), check),
    State.
