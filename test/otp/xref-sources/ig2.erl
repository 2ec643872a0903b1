-module(ig2).
-export([unused/0,unused2/0]).
-callback mine(any()) -> ok.
-ignore_xref([unused2]).
unused()->ok. unused2()->nomod2:x(), 'ig3':y(), ig3:z().
hidden()->ok.
