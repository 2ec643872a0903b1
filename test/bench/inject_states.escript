#!/usr/bin/env escript
%% The opponent of `inject-migration`: inject_states.escript OLD NEW OUTPUT. For every module of NEW that declares a state record it takes
%% the abstract code of both builds, appends functions that convert the state, compiles the forms and writes the beam: what one does
%% with an Erlang at hand, and no more (no versions, no checks of shapes, no verification).
-mode(compile).

main([Old, New, Output]) ->
    Beams = filelib:wildcard(filename:join(New, "lib/*/ebin/*.beam")),
    Done = [inject(Beam, Old, Output) || Beam <- Beams, declares_state(Beam)],
    io:format("~w~n", [length(Done)]).

declares_state(Beam) ->
    {ok, {_, [{attributes, Attributes}]}} = beam_lib:chunks(Beam, [attributes]),
    lists:keymember(state_record, 1, Attributes).

inject(Beam, Old, Output) ->
    {Forms, Options} = forms(Beam),
    [Earlier] = filelib:wildcard(filename:join([Old, "lib/*/ebin", filename:basename(Beam)])),
    {OldForms, _} = forms(Earlier),
    [Record] = [Name || {attribute, _, state_record, Name} <- Forms],
    To = fields(Forms, Record),
    From = fields(OldForms, Record),
    Text = ["'beamtool@up'(State) -> ", conversion(Record, From, To), ".\n"
            "'beamtool@down'(State) -> ", conversion(Record, To, From), ".\n"],
    {Renamed, Callback} = case lists:member({code_change, 3}, exports(Forms)) of
        true -> {[rename(Form) || Form <- Forms],
                 "code_change({down, _} = Vsn, State, Extra) ->\n"
                 "  case 'code_change@user'(Vsn, State, Extra) of {ok, S} -> {ok, 'beamtool@down'(S)}; Other -> Other end;\n"
                 "code_change(Vsn, State, Extra) -> 'code_change@user'(Vsn, 'beamtool@up'(State), Extra).\n"};
        false -> {export(Forms),
                  "code_change({down, _}, State, _) -> {ok, 'beamtool@down'(State)};\n"
                  "code_change(_, State, _) -> {ok, 'beamtool@up'(State)}.\n"}
    end,
    {Body, Eof} = lists:splitwith(fun(Form) -> element(1, Form) =/= eof end, Renamed),
    Kept = [Option || Option <- Options, Option =/= warnings_as_errors],
    {ok, _, Binary} = compile:forms(Body ++ parse(lists:flatten([Text, Callback])) ++ Eof, [debug_info | Kept]),
    Path = filename:join(Output, filename:basename(Beam)),
    ok = filelib:ensure_dir(Path),
    ok = file:write_file(Path, Binary).

forms(Beam) ->
    {ok, {_, [{debug_info, {debug_info_v1, erl_abstract_code, {Forms, Options}}}]}} = beam_lib:chunks(Beam, [debug_info]),
    {Forms, Options}.

exports(Forms) ->
    lists:append([Names || {attribute, _, export, Names} <- Forms]).

export([{attribute, Anno, module, _} = Module | Forms]) ->
    [Module, {attribute, Anno, export, [{code_change, 3}]} | Forms];
export([Form | Forms]) ->
    [Form | export(Forms)].

rename({function, Anno, code_change, 3, Clauses}) -> {function, Anno, 'code_change@user', 3, Clauses};
rename({attribute, Anno, spec, {{code_change, 3}, Types}}) -> {attribute, Anno, spec, {{'code_change@user', 3}, Types}};
rename(Form) -> Form.

fields(Forms, Record) ->
    [Fields] = [Fields || {attribute, _, record, {Name, Fields}} <- Forms, Name =:= Record],
    [field(Field) || Field <- Fields].

field({typed_record_field, Field, _}) -> field(Field);
field({record_field, _, {atom, _, Name}}) -> {Name, "undefined"};
field({record_field, _, {atom, _, Name}, Default}) -> {Name, erl_pp:expr(Default)}.

conversion(Record, From, To) ->
    Names = [Name || {Name, _} <- From],
    ["{", lists:join(", ", [io_lib:format("~p", [Record]) | [value(Field, Names, 2) || Field <- To]]), "}"].

value({Name, Default}, Names, At) ->
    case position(Name, Names, At) of
        none -> Default;
        Position -> io_lib:format("element(~w, State)", [Position])
    end.

position(_, [], _) -> none;
position(Name, [Name | _], At) -> At;
position(Name, [_ | Names], At) -> position(Name, Names, At + 1).

parse(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    [begin {ok, Form} = erl_parse:parse_form(Tokens1), Form end || Tokens1 <- split(Tokens, [])].

split([], []) -> [];
split([{dot, _} = Dot | Tokens], Form) -> [lists:reverse([Dot | Form]) | split(Tokens, [])];
split([Token | Tokens], Form) -> split(Tokens, [Token | Form]).
