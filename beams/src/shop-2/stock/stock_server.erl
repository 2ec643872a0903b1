%% Keeps what is on the shelves.
-module(stock_server).
-behaviour(gen_server).
-state_record(state).

-export([start_link/0, add/1, take/2, reserve/2, items/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-record(limits, {low = 5 :: non_neg_integer(), most = 1000 :: pos_integer() | infinity}).

%% Against version 1: `low` is gone, `name` has moved to the front, and `reserved`, `since`, `limits` and `key` are new.
-record(state, {
    name = <<"main">> :: binary(),
    items = #{} :: #{atom() => stock_item:item()},
    reserved = [] :: [{reference(), stock_item:item()}],
    since = erlang:system_time(second) :: integer(),
    limits = #limits{} :: #limits{},
    sold = 0 :: non_neg_integer(),
    key :: binary() | undefined
}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

add(Item) -> gen_server:cast(?MODULE, {add, Item}).

take(Name, Count) -> gen_server:call(?MODULE, {take, Name, Count}).

reserve(Name, Count) -> gen_server:call(?MODULE, {reserve, Name, Count}).

items() -> gen_server:call(?MODULE, items).

init([]) ->
    erlang:send_after(60_000, self(), check),
    {ok, #state{key = crypto:strong_rand_bytes(8)}}.

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
    {reply, maps:values(State#state.items), State}.

handle_cast({add, Item}, #state{items = Items} = State) ->
    Join = fun(Old) -> stock_item:join(Old, Item) end,
    {noreply, State#state{items = maps:update_with(stock_item:name(Item), Join, Item, Items)}}.

handle_info(check, #state{items = Items, limits = #limits{low = Low}} = State) ->
    [stock_history:note({low, stock_item:name(Item)}) || Item <- maps:values(Items), stock_item:count(Item) < Low],
    {noreply, State}.
