-file("texts.erl", 1).

-module(texts).

-export([triple/0, quotes/0, sigils/0, match/1]).

triple() ->
    "First line\n  indented \"quoted\" \\n not an escape".

quotes() ->
    "\"\"\"\ninside\n\"\"\"".

sigils() ->
    {
        <<"binary π"/utf8>>,
        <<"escaped\n"/utf8>>,
        <<"raw\\n"/utf8>>,
        "string\t",
        "raw\\t",
        <<"brackets"/utf8>>,
        "braces",
        <<"triple"/utf8>>
    }.

match(<<"start"/utf8>> = All) -> All;
match(<<"pre", Rest/binary>>) -> Rest;
match(_) -> none.
