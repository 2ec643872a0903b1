%% What a migration has to make of a state, computed from the lists of fields of its builds. Knows nothing of how it is done.
-module(reference_oracle).
-export([expected/1]).

%% A migration is an expression of #{new => Build, olds => [Build], renames => [{Record, OldField, NewField}], steps => [Step]}.
%%   Build     #{vsn => Vsn, records => #{Record => [{Field, Type, Default}]}}
%%   Type      any | {record, Record} | {list, Record}
%%   Default   {term, Term} | {record, Record}
%%   Step      {up | down, index of the older build from 1, State}
%% The answer for each, in the external format, is a list of texts, what each state becomes.
expected(Migrations) -> term_to_binary([migration(evaluated(Text)) || Text <- Migrations]).

evaluated(Text) ->
    {ok, Tokens, _} = erl_scan:string(unicode:characters_to_list(Text) ++ "."),
    {ok, Expressions} = erl_parse:parse_exprs(Tokens),
    {value, Value, _} = erl_eval:exprs(Expressions, []),
    Value.

migration(#{steps := Steps} = Migration) -> [unicode:characters_to_binary(step(Step, Migration)) || Step <- Steps].

names(Fields) -> [Name || {Name, _, _} <- Fields].

step({Direction, Index, State}, #{olds := Olds} = Migration) ->
    #{vsn := Vsn} = lists:nth(Index, Olds),
    try io_lib:format("~tw", [convert(Direction, {record, state}, State, Vsn, Migration)])
    catch throw:{ambiguous, Record} ->
        io_lib:format("{error, {error, {beamtool, ambiguous_state, {m, ~tw, Vsn~w}}}, ~tw}", [Record, Index - 1, State])
    end.

convert(Direction, {list, Record}, Values, Vsn, Migration) when is_list(Values) ->
    [convert(Direction, {record, Record}, Value, Vsn, Migration) || Value <- Values];
convert(up, {record, Record}, Value, Vsn, #{new := New, olds := Olds} = Migration) when element(1, Value) =:= Record ->
    Layouts = layouts(Record, [New | [Old || Old <- Olds, holds(Record, Old, New)]]),
    case chosen([Layout || {Names, _} = Layout <- Layouts, length(Names) =:= tuple_size(Value) - 1], Vsn) of
        none -> Value;
        ambiguous -> throw({ambiguous, Record});
        Names -> up(Record, lists:zip(Names, tl(tuple_to_list(Value))), Vsn, Migration)
    end;
convert(down, {record, Record}, Value, Vsn, #{new := #{records := Records} = New, olds := Olds} = Migration) when element(1, Value) =:= Record ->
    #{Record := Fields} = Records,
    case length(Fields) =:= tuple_size(Value) - 1 of
        false -> Value;
        true ->
            Layouts = layouts(Record, [Old || Old <- Olds, holds(Record, Old, New)]),
            case chosen(Layouts, Vsn) of
                ambiguous -> throw({ambiguous, Record});
                Names -> down(Record, Names, lists:zip(names(Fields), tl(tuple_to_list(Value))), Vsn, Migration)
            end
    end;
convert(_, _, Value, _, _) -> Value.

%% Whether the state of that build can hold the record in a field that both builds have.
holds(Record, Old, New) -> lists:member(Record, held([state], [], Old, New)).

held([], Seen, _, _) -> Seen;
held([Record | Rest], Seen, #{records := Olds} = Old, #{records := News} = New) ->
    case lists:member(Record, Seen) of
        true -> held(Rest, Seen, Old, New);
        false ->
            Kept = names(maps:get(Record, Olds)),
            held([Inner || {Name, {_, Inner}, _} <- maps:get(Record, News), lists:member(Name, Kept)] ++ Rest, [Record | Seen], Old, New)
    end.

%% [{Names of fields, Versions}].
layouts(Record, Builds) ->
    All = [{names(Fields), Vsn} || #{vsn := Vsn, records := #{Record := Fields}} <- Builds],
    [{Names, [Vsn || {Same, Vsn} <- All, Same =:= Names]} || Names <- lists:usort([Names || {Names, _} <- All])].

chosen([], _) -> none;
chosen([{Names, _}], _) -> Names;
chosen(Layouts, Vsn) ->
    case [Names || {Names, Vsns} <- Layouts, lists:member(Vsn, Vsns)] of
        [Names] -> Names;
        _ -> ambiguous
    end.

up(Record, Values, Vsn, #{new := #{records := Records} = New, renames := Renames} = Migration) ->
    #{Record := Fields} = Records,
    list_to_tuple([Record | [new_value(Field, Type, Default, renamed(Record, Values, Renames, Fields), Vsn, New, Migration)
                             || {Field, Type, Default} <- Fields]]).

new_value(Field, Type, Default, Values, Vsn, New, Migration) ->
    case lists:keyfind(Field, 1, Values) of
        {Field, Value} -> convert(up, Type, Value, Vsn, Migration);
        false -> default(Default, New)
    end.

%% The old values under the names that they have now.
renamed(Record, Values, Renames, Fields) ->
    [case lists:keyfind({Record, Name}, 1, [{{R, Old}, To} || {R, Old, To} <- Renames]) of
         {_, To} -> case lists:keymember(To, 1, Fields) of true -> {To, Value}; false -> {Name, Value} end;
         false -> {Name, Value}
     end || {Name, Value} <- Values].

down(Record, Names, Values, Vsn, #{olds := Olds, renames := Renames} = Migration) ->
    [#{records := #{Record := Fields}} = Old | _] =
        [Build || #{vsn := Its, records := #{Record := Its2}} = Build <- Olds, names(Its2) =:= Names, Its =:= Vsn] ++
        [Build || #{records := #{Record := Its}} = Build <- Olds, names(Its) =:= Names],
    Now = [{case lists:keyfind({Record, Name}, 1, [{{R, To}, From} || {R, From, To} <- Renames]) of {_, From} -> From; false -> Name end, Value}
           || {Name, Value} <- Values],
    list_to_tuple([Record | [old_value(Field, Now, Vsn, Old, Migration) || Field <- Fields]]).

old_value({Name, Type, Default}, Values, Vsn, Old, Migration) ->
    case lists:keyfind(Name, 1, Values) of
        {Name, Value} -> convert(down, Type, Value, Vsn, Migration);
        false -> default(Default, Old)
    end.

default({term, Term}, _) -> Term;
default({record, Record}, #{records := Records} = Build) ->
    list_to_tuple([Record | [default(Default, Build) || {_, _, Default} <- maps:get(Record, Records)]]).
