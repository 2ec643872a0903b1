-file("names.erl", 1).

-module(names).

-export([all/0, 'quoted function'/1, 'Ünïcödé'/0, '日本語'/2, 'if'/1, ''/0]).
-export(['a\'b\\c\n'/0]).

all() ->
    [
        a, a@b, a_1, 'A', '_', '', ' ', 'with space', 'it\'s', 'back\\slash', 'new\nline', '\e[0m',
        '\000', '\d', é, ß, ÿ, 'π', 'Ω', '日本', '🙂', 'mixed é π 日', 'if', 'when', 'end', 'andalso',
        'maybe', 'else', 'cond', 'let', '1abc', 'a-b', 'a.b', 'Elixir.Some.Module', '==', '++',
        '[]', '{}', '<<>>', 'ÀÖØÞ', àöøþ, '×', '÷', 'a÷b', 'ª', 'µ', 'º',
        '0123456789012345678901234567890123456789012345678901234567890123456789'
    ].

'quoted function'('quoted argument') -> 'quoted function'(other);
'quoted function'(X) -> X.

'Ünïcödé'() ->
    'Ünïcödé':'Ünïcödé'().

'日本語'(A, B) ->
    {'日本語', A, B}.

'if'(X) ->
    'if':'end'(X).

''() ->
    ''.

'a\'b\\c\n'() ->
    fun 'a\'b\\c\n'/0.
