%% What file:consult, erl_scan, epp and io_lib of a release say, for consult*.test.ts. Every answer is a term in the external format.
-module(consult_oracle).
-export([consult_files/1, consult_texts/1, encodings/1, tokens/1, printed/2]).

%% -> [{ok, Terms} | error]
consult_files(Paths) -> term_to_binary([consult(Path) || Path <- Paths]).

%% [Utf8] -> [{ok, Terms} | {error, {Line, Column}} | error]: the terms are those of file:consult, the place is that of the scanner or
%% the parser when they count columns too, where they have one.
consult_texts(Texts) ->
    File = filename:join("/tmp", "beamtool-consult-" ++ os:getpid()),
    try
        term_to_binary([consult_text(File, Text) || Text <- Texts])
    after
        file:delete(File)
    end.

consult_text(File, Text) ->
    ok = file:write_file(File, Text),
    case consult(File) of
        {ok, Terms} -> {ok, Terms};
        error -> place(Text)
    end.

consult(File) ->
    try file:consult(File) of
        {ok, Terms} -> {ok, Terms};
        {error, _} -> error
    catch
        _:_ -> error
    end.

place(Text) ->
    try place(unicode:characters_to_list(Text), {1, 1})
    catch _:_ -> error
    end.

place(Text, Start) ->
    case erl_scan:tokens([], Text ++ eof, Start) of
        {done, {ok, Tokens, End}, Rest} ->
            case erl_parse:parse_term(Tokens) of
                {ok, _} when is_list(Rest) -> place(Rest, End);
                {error, {{_, _} = Place, _, _}} -> {error, Place};
                _ -> error
            end;
        {done, {error, {{_, _} = Place, _, _}, _}, _} -> {error, Place};
        _ -> error
    end.

%% [File] -> [utf8 | latin1]
encodings(Files) ->
    term_to_binary([case epp:read_encoding(File) of none -> epp:default_encoding(); Known -> Known end || File <- Files]).

%% [Text] -> [{ok, [{Category, Line, Column} | {Category, Line, Column, Symbol}]} | {error, {Line, Column}} | error]
tokens(Texts) -> term_to_binary([tokens_of(Text) || Text <- Texts]).

tokens_of(Text) ->
    try erl_scan:string(unicode:characters_to_list(Text), {1, 1}) of
        {ok, Tokens, _} -> {ok, [token(Token) || Token <- Tokens]};
        {error, {{_, _} = Place, _, _}, _} -> {error, Place};
        {error, _, _} -> error
    catch
        _:_ -> error
    end.

token({Category, Anno}) -> {Category, erl_anno:line(Anno), erl_anno:column(Anno)};
token({Category, Anno, Symbol}) -> {Category, erl_anno:line(Anno), erl_anno:column(Anno), Symbol}.

%% -> [{Term, [Utf8]}]: random terms, each printed in several ways.
printed(Seed, Count) ->
    rand:seed(exsss, list_to_integer(Seed)),
    term_to_binary([printed_term(term(rand:uniform(6) - 1)) || _ <- lists:seq(1, list_to_integer(Count))]).

printed_term(Term) ->
    Texts = [io_lib:format(Format, [Term]) || Format <- ["~p", "~w", "~tp", "~tw", "~0p", "~0tp", "~40tp"]],
    {Term, lists:usort([unicode:characters_to_binary([Text, ".\n"]) || Text <- Texts])}.

term(0) -> leaf(rand:uniform(9));
term(Depth) ->
    Inner = fun() -> term(rand:uniform(Depth) - 1) end,
    case rand:uniform(5) of
        1 -> list_to_tuple(many(Inner));
        2 -> many(Inner);
        3 -> many(Inner) ++ leaf(rand:uniform(9));
        4 -> maps:from_list(many(fun() -> {Inner(), Inner()} end));
        5 -> Inner()
    end.

many(Fun) -> [Fun() || _ <- lists:seq(1, rand:uniform(5) - 1)].

leaf(1) -> rand:uniform(300) - 150;
leaf(2) -> sign() * rand:uniform(1 bsl rand:uniform(200));
leaf(3) -> float();
leaf(4) -> list_to_atom(characters(8));
leaf(5) -> lists:nth(rand:uniform(8), ['maybe', 'else', 'end', 'fun', a@b, 'A', '', 'x-y']);
leaf(6) -> characters(12);
leaf(7) -> [];
leaf(8) ->
    Size = rand:uniform(120) - 1,
    <<Bits:Size/bits, _/bits>> = list_to_binary([unicode:characters_to_binary(characters(20)), rand:bytes(16)]),
    Bits;
leaf(9) -> fun erlang:abs/1.

sign() -> rand:uniform(2) * 2 - 3.

float() ->
    case rand:uniform(3) of
        1 -> sign() * float(rand:uniform(1000) - 1);
        2 -> sign() * rand:uniform() * math:pow(10, rand:uniform(40) - 20);
        3 ->
            case rand:bytes(8) of
                <<Value/float>> -> Value;
                _ -> 0.0
            end
    end.

characters(Max) -> [character(rand:uniform(4)) || _ <- lists:seq(1, rand:uniform(Max) - 1)].

character(1) -> lists:nth(rand:uniform(12), "\n\t\\'\"\e~$% \d\0");
character(2) -> rand:uniform(256) - 1;
character(3) -> $a + rand:uniform(26) - 1;
character(4) -> lists:nth(rand:uniform(6), [16#20AC, 16#1F600, 16#3C0, 16#85, 16#FEFF, 16#10FFFF]).
