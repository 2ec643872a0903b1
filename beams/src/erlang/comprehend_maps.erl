%% Map comprehensions and map generators (OTP 26).
-module(comprehend_maps).

-export([invert/1, from_list/1, to_list/1, to_binary/1, cross/2]).

invert(Map) -> #{V => K || K := V <- Map}.

from_list(List) -> #{K => length(V) || {K, V} <- List, is_list(V)}.

to_list(Map) -> [{K, V} || K := V <- Map, K =/= V].

to_binary(Map) -> << <<V:16>> || _ := V <- Map >>.

cross(Map, List) -> #{{K, X} => V || K := V <- Map, X <- List}.
