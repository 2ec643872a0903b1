%% Calls one function of another module for oracle.ts, which defines the layout of the two files.
-module(oracle_runner).
-export([run/1]).

run([Module, Name, QuestionFile, AnswerFile]) ->
    try
        {ok, Question} = file:read_file(QuestionFile),
        {Args, <<>>} = argument(Question),
        Answer = apply(list_to_atom(Module), list_to_atom(Name), Args),
        ok = file:write_file(AnswerFile, Answer),
        halt(0)
    catch
        Class:Reason:Stack ->
            io:format(standard_error, "~ts:~ts: ~tp: ~tp~n~tp~n", [Module, Name, Class, Reason, Stack]),
            halt(1)
    end.

argument(<<$s, Size:32, Text:Size/binary, Rest/binary>>) -> {unicode:characters_to_list(Text), Rest};
argument(<<$b, Size:32, Bytes:Size/binary, Rest/binary>>) -> {Bytes, Rest};
argument(<<$l, Count:32, Rest/binary>>) -> arguments(Count, Rest, []).

arguments(0, Rest, Done) -> {lists:reverse(Done), Rest};
arguments(Count, Bytes, Done) ->
    {Argument, Rest} = argument(Bytes),
    arguments(Count - 1, Rest, [Argument | Done]).
