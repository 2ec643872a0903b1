-module(ig3).
-export([y/0,z/0,w/0]).
-ignore_xref([ig3]).
-deprecated([{y,0}]).
y()->ok. z()->ok. w() -> ig1:nothing(), ig2:hidden().
