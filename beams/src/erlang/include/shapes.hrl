%% Records that come from an include file.
-ifndef(SHAPES_HRL).
-define(SHAPES_HRL, true).
-define(ORIGIN, #point{}).

-record(point, {x = 0, y = 0}).
-record(circle, {centre = ?ORIGIN :: #point{}, radius = 1.0 :: float()}).

-endif.
