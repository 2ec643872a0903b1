-module(ig1).
-behaviour(gen_server).
-export([init/1,handle_call/3,handle_cast/2,other/0,ig/0,user/0,mine/1]).
-ignore_xref([{ig,0},{ig2,unused,0},{nomod,gone,1}]).
-behaviour(ig2).
init(_)->{ok,1}. handle_call(_,_,_)->ok. handle_cast(_,_)->ok.
other()->ok. ig()->ok. mine(_)->ok.
user()->nomod:gone(1), nomod:gone2(2), ig2:hidden().
