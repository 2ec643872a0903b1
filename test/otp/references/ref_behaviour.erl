%% A behaviour that says by hand what its callbacks are.
-module(ref_behaviour).
-export([behaviour_info/1]).

behaviour_info(callbacks) -> [{init, 1}, {handle, 2}];
behaviour_info(optional_callbacks) -> [{handle, 2}];
behaviour_info(version) -> 3;
behaviour_info(_) -> undefined.
