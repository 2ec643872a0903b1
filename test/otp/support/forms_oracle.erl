%% Judges sources that were printed from the forms of beams: does the real parser read the same forms from them?
-module(forms_oracle).
-export([compare/1, compare_each/1, parse_each/1]).

%% [[Beam, Source]] -> a text for each form that differs, with both of them; nothing where all are equal.
compare(Pairs) ->
    {Some, Others} = lists:split(length(Pairs) div 2, Pairs),
    Parent = self(),
    {Worker, Monitor} = spawn_monitor(fun() -> Parent ! {self(), compare_modules(Others)} end),
    Differences = compare_modules(Some),
    receive
        {Worker, MoreDifferences} -> [Differences, MoreDifferences];
        {'DOWN', Monitor, process, Worker, Reason} -> error(Reason)
    end.

compare_modules(Pairs) -> unicode:characters_to_binary([compare_module(Beam, Source) || [Beam, Source] <- Pairs]).

compare_module(Beam, Source) ->
    Expected = [plain(Form) || Form <- forms(Beam), element(1, Form) =/= eof],
    case differences(Expected, parse(Source)) of
        [] -> [];
        Lines -> [Beam, $\n, Lines]
    end.

%% [[Form in the external format, Source]] -> a text for each pair, empty where the source parses to that form; zeros between.
compare_each(Pairs) ->
    lists:join(0, [unicode:characters_to_binary(differences([plain(binary_to_term(Form))], parse(Source))) || [Form, Source] <- Pairs]).

differences([Form | Expected], [Form | Parsed]) -> differences(Expected, Parsed);
differences([Form | Expected], [Other | Parsed]) ->
    [io_lib:format("expected ~0tp~nparsed ~0tp~n", [Form, Other]) | differences(Expected, Parsed)];
differences([], []) -> [];
differences(Expected, Parsed) ->
    [io_lib:format("~p forms more expected, ~p more parsed~n", [length(Expected), length(Parsed)])].

forms(Beam) ->
    {ok, {_, [{abstract_code, {raw_abstract_v1, Forms}}]}} = beam_lib:chunks(Beam, [abstract_code]),
    Forms.

%% The forms of a source without its annotations, an error in the place of each that doesn't parse. The preprocessor is left out.
parse(Source) -> parse(unicode:characters_to_list(Source), 1).

parse(Text, Line) ->
    case erl_scan:tokens([], Text, Line, [{reserved_word_fun, fun reserved/1}]) of
        {done, {ok, Tokens, Next}, Rest} -> [parse_form(Tokens) | parse(Rest, Next)];
        {done, {eof, _}, _} -> [];
        {done, {error, Reason, Next}, Rest} -> [{unreadable, Reason} | parse(Rest, Next)];
        {more, Continuation} ->
            case erl_scan:tokens(Continuation, eof, Line) of
                {done, {eof, _}, _} -> [];
                Unfinished -> [{unfinished, Unfinished}]
            end
    end.

%% `maybe` and `else` are words of the language in some releases only; a source has to be right for all of them.
reserved('maybe') -> true;
reserved('else') -> true;
reserved(Word) -> erl_scan:reserved_word(Word).

parse_form(Tokens) ->
    try erl_parse:parse_form(Tokens) of
        {ok, Form} -> plain(Form);
        {error, Reason} -> {unparsed, Reason, lists:sublist(Tokens, 50)}
    catch
        Class:Reason -> {crashed, Class, Reason, lists:sublist(Tokens, 50)}
    end.

plain({attribute, _, native_record, Record}) ->
    setelement(3, plain({attribute, 0, record, Record}), native_record);
plain(Form) ->
    Mapped = erl_parse:map_anno(fun(_) -> 0 end, Form),
    case element(1, Form) =:= function orelse element(3, Form) =:= record of
        true -> plain_access(Mapped);
        false -> Mapped
    end.

%% The map_anno of OTP 29 passes over the field of a record access.
-if(?OTP_RELEASE >= 28).
plain_access({record_field, 0, Record, Name, {atom, _, Field}}) ->
    {record_field, 0, plain_access(Record), Name, {atom, 0, Field}};
plain_access(Tuple) when is_tuple(Tuple) -> list_to_tuple(plain_access(tuple_to_list(Tuple)));
plain_access([Head | Tail]) -> [plain_access(Head) | plain_access(Tail)];
plain_access(Other) -> Other.
-else.
plain_access(Form) -> Form.
-endif.

%% [Source of one form] -> the list of what the parser reads from each, in the external format; maybe_expr is on.
parse_each(Sources) ->
    term_to_binary([read_form(Source) || Source <- Sources]).

read_form(Source) ->
    {ok, Tokens, _} = erl_scan:string(Source, {1, 1}, [{reserved_word_fun, fun reserved/1}]),
    case erl_parse:parse_form(Tokens) of
        {ok, Form} -> Form;
        {error, Reason} -> error({Reason, Source})
    end.
