%% What a customer can do.
-module(shop).

-export([stock_up/2, put_in_basket/2, pay/1, refund/1, wish/1, report/0]).

-spec stock_up(atom(), pos_integer()) -> ok.
stock_up(Name, Count) -> stock_server:add(stock_item:new(Name, Count)).

-spec put_in_basket(atom(), pos_integer()) -> ok | {error, sold_out}.
put_in_basket(Name, Count) ->
    case stock_server:take(Name, Count) of
        {ok, Item} ->
            till_fsm:scan(Item);
        {error, sold_out} = Error ->
            wish(Name),
            Error
    end.

-spec pay(non_neg_integer()) -> {ok, string()} | {error, {missing, pos_integer()}}.
pay(Cents) ->
    case till_fsm:pay(Cents) of
        {ok, Receipt} ->
            gen_event:notify(shop_events, {paid, Cents}),
            {ok, Receipt};
        Error ->
            Error
    end.

-spec refund(non_neg_integer()) -> ok.
refund(Cents) ->
    shop_returns:take_back(Cents),
    gen_event:notify(shop_events, {paid, -Cents}).

-spec wish(atom()) -> ok.
wish(Name) -> shop_wishes:note(Name).

report() -> io:put_chars(stock_report:text(shop_offers:today())).
