%% A gen_server with a state record: calls, casts, timeouts, continue, code_change.
-module(counter).
-behaviour(gen_server).
-vsn("1.4.2").
-state_record(state).

-export([start_link/1, next/1, reset/1, stop/1]).
-export([init/1, handle_continue/2, handle_call/3, handle_cast/2, handle_info/2, terminate/2, code_change/3]).

-record(state, {
    value = 0 :: integer(),
    step = 1 :: pos_integer(),
    name :: atom(),
    seen = #{} :: #{term() => erlang:timestamp()},
    owner = self() :: pid()
}).

-spec start_link(atom()) -> {ok, pid()} | ignore | {error, term()}.
start_link(Name) -> gen_server:start_link({local, Name}, ?MODULE, [{name, Name}], [{timeout, 5000}]).

-spec next(gen_server:server_ref()) -> integer().
next(Server) -> gen_server:call(Server, next, infinity).

reset(Server) -> gen_server:cast(Server, reset).

stop(Server) -> gen_server:stop(Server).

init(Options) ->
    process_flag(trap_exit, true),
    Name = proplists:get_value(name, Options, nobody),
    {ok, #state{name = Name}, {continue, warm_up}}.

handle_continue(warm_up, State) ->
    {noreply, State#state{seen = #{self() => os:timestamp()}}, hibernate}.

handle_call(next, {From, _Tag}, #state{value = Value, step = Step, seen = Seen} = State) ->
    {reply, Value + Step, State#state{value = Value + Step, seen = Seen#{From => os:timestamp()}}};
handle_call({step, Step}, _From, State) when is_integer(Step), Step > 0 ->
    {reply, ok, State#state{step = Step}};
handle_call(Request, _From, State) ->
    {reply, {error, {unknown, Request}}, State}.

handle_cast(reset, State) -> {noreply, State#state{value = 0, seen = maps:new()}};
handle_cast(_, State) -> {noreply, State, 1000}.

handle_info({'EXIT', Owner, _}, #state{owner = Owner} = State) -> {stop, normal, State};
handle_info(timeout, State) -> {noreply, State};
handle_info(Other, State) ->
    logger:warning("~p got ~tp", [State#state.name, Other]),
    {noreply, State}.

terminate(normal, _State) -> ok;
terminate(_Reason, #state{name = Name}) -> error_logger:error_msg("~p ends~n", [Name]).

code_change({down, _Vsn}, State, _Extra) -> {ok, State};
code_change(_Vsn, State, []) -> {ok, setelement(3, State, 1)}.
