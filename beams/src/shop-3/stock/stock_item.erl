-module(stock_item).
-include("stock.hrl").

-export([new/2, name/1, count/1, price/1, split/2, join/2]).
-export_type([item/0]).

-opaque item() :: #item{}.

-spec new(atom(), non_neg_integer()) -> item().
new(Name, Count) -> #item{name = Name, count = Count}.

name(#item{name = Name}) -> Name.

count(#item{count = Count}) -> Count.

price(#item{price = Price, count = Count}) -> Price * Count.

-spec split(item(), pos_integer()) -> {item(), item()}.
split(#item{count = Count} = Item, N) when Count >= N -> {Item#item{count = N}, Item#item{count = Count - N}}.

-spec join(item(), item()) -> item().
join(#item{name = Name, count = A}, #item{name = Name, count = B} = Item) -> Item#item{count = A + B}.
