%% The same with one clause.
-module(ref_single).
-export([behaviour_info/1]).

behaviour_info(callbacks) -> [{run, 0}].
