%% The till: idle, or scanning a customer's basket.
-module(till_fsm).
-behaviour(gen_statem).
-state_record(basket).

-export([start_link/0, scan/1, pay/1]).
-export([init/1, callback_mode/0, idle/3, scanning/3]).

%% Against version 2: `total` has moved to the front, and `customers` is new.
-record(basket, {
    total = 0 :: non_neg_integer(),
    currency = eur :: eur | sek,
    items = [] :: [stock_item:item()],
    customers = 0 :: non_neg_integer()
}).

start_link() -> gen_statem:start_link({local, ?MODULE}, ?MODULE, [], []).

scan(Item) -> gen_statem:cast(?MODULE, {scan, Item}).

pay(Cents) -> gen_statem:call(?MODULE, {pay, Cents}).

init([]) -> {ok, idle, #basket{}}.

callback_mode() -> state_functions.

idle(cast, {scan, _}, Basket) -> {next_state, scanning, Basket, [postpone]};
idle({call, From}, {pay, _}, _Basket) -> {keep_state_and_data, [{reply, From, {ok, ""}}]}.

scanning(cast, {scan, Item}, #basket{items = Items, total = Total} = Basket) ->
    {keep_state, Basket#basket{items = [Item | Items], total = Total + till_price:of_item(Item)}};
scanning({call, From}, {pay, Cents}, #basket{items = Items, total = Total, customers = Customers} = Basket) when Cents >= Total ->
    Receipt = till_receipt:print(Items, Total),
    {next_state, idle, Basket#basket{items = [], total = 0, customers = Customers + 1}, [{reply, From, {ok, Receipt}}]};
scanning({call, From}, {pay, Cents}, #basket{total = Total}) ->
    {keep_state_and_data, [{reply, From, {error, {missing, Total - Cents}}}]}.
