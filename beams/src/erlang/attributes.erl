%% Attributes of the author's own: several of one name, odd terms, an odd name, a version.
-module(attributes).
-vsn({2, "beta", <<"1">>}).
-author("A. Writer").
-author(['B. Writer', <<"C. Writer">>]).
-custom(#{key => [value, 1.5], "text" => {}}).
-custom([]).
-custom({tuple, 123456789012345678901234567890, -0.0}).
-'odd name'("smörgåsbord π").
-asn1_module(none).
-compile([{some_tool, [option]}]).
-dialyzer({nowarn_function, here/0}).
-ignore_xref([{here, 0}, {lists, reverse, 1}]).
-file("generated.src", 100).

-export([here/0]).

here() -> {?MODULE, ?LINE}.
