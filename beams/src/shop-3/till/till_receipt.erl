-module(till_receipt).

-export([print/2]).

-spec print([stock_item:item()], integer()) -> string().
print(Items, Total) ->
    Lines = [line(Item) || Item <- lists:reverse(Items)],
    lists:append(Lines) ++ "total " ++ till_price:format(Total) ++ "\nthank you\n".

line(Item) -> atom_to_list(stock_item:name(Item)) ++ " " ++ till_price:format(till_price:of_item(Item)) ++ "\n".
