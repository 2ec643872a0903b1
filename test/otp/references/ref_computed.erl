%% The same, where only running it would tell.
-module(ref_computed).
-export([behaviour_info/1]).

behaviour_info(callbacks) -> lists:sort([{init, 1} | more()]).

more() -> [{more, 0}].
