%% New in the third version: what customers looked for and didn't find.
-module(shop_wishes).
-behaviour(gen_server).
-state_record(wishes).

-export([start_link/1, note/1, all/0]).
-export([init/1, handle_call/3, handle_cast/2]).

-record(wishes, {most :: pos_integer(), names = [] :: [atom()]}).

start_link(Most) -> gen_server:start_link({local, ?MODULE}, ?MODULE, Most, []).

-spec note(atom()) -> ok.
note(Name) -> gen_server:cast(?MODULE, {note, Name}).

all() -> gen_server:call(?MODULE, all).

init(Most) -> {ok, #wishes{most = Most}}.

handle_call(all, _From, #wishes{names = Names} = State) -> {reply, Names, State}.

handle_cast({note, Name}, #wishes{most = Most, names = Names} = State) ->
    {noreply, State#wishes{names = lists:sublist([Name | lists:delete(Name, Names)], Most)}}.
