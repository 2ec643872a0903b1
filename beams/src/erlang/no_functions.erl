%% The least module there is.
-module(no_functions).
