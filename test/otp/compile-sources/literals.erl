-module(literals).
atom() -> a.
quoted() -> 'Quoted atom'.
integer() -> 42.
negative() -> -7.
big() -> 123456789012345678901234567890.
negative_big() -> -123456789012345678901234567890.
float() -> 1.5.
zero() -> {0.0, -0.0}.
char() -> $a.
string() -> "text".
wide() -> "\x{1f600}".
nil() -> [].
list() -> [1, a, "b", [c | d]].
tuple() -> {1, {}, {a, {b}}}.
built(X) -> {X, [X], [X, 1 | X], [1, 2, X, 3, 4]}.
nested(X) -> {a, {b, X, [c, {X}]}, "end"}.
