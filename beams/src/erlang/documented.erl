%% Documentation attributes (OTP 27): the compiler writes a Docs chunk.
-module(documented).
-moduledoc """
A module with documentation: `documented` shows what the Docs chunk holds.

Unicode: naïve, π, 日本.
""".
-moduledoc #{since => "1.0", authors => ["A. Writer"]}.

-export([add/2, hidden/0, old/1, none/0]).
-export_type([number_like/0]).

-doc "Anything that can be added.".
-type number_like() :: integer() | float().

-doc "Called with each sum.".
-callback summed(number_like()) -> ok.

-doc "Adds `A` and `B`.".
-doc #{since => "1.1", note => #{deep => [1.5, {tuple, <<"bin">>}]}}.
-spec add(A :: number_like(), B :: number_like()) -> number_like().
add(A, B) -> A + B.

-doc false.
hidden() -> ok.

-doc #{deprecated => "Use add/2."}.
old(X) -> X.

none() -> none.
