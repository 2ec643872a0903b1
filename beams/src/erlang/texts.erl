%% Triple-quoted strings and sigils (OTP 27).
-module(texts).

-export([triple/0, quotes/0, sigils/0, match/1]).

triple() ->
    """
    First line
      indented "quoted" \n not an escape
    """.

quotes() ->
    """"
    """
    inside
    """
    """".

sigils() -> {~"binary π", ~b"escaped\n", ~B"raw\n", ~s"string\t", ~S"raw\t", ~b[brackets], ~s{braces}, ~"""
    triple
    """}.

match(~"start" = All) -> All;
match(<<"pre", Rest/binary>>) -> Rest;
match(_) -> none.
