%% What io_lib writes for terms, for term-format.test.ts.
%%   random, systematic   terms, each as u32 size and term_to_binary, then u32 size and UTF-8 text of ~0tp; of ~tw, ~0p and ~w too unless
%%                        under +pc unicode, which makes no difference to these
%%   beams                for each file u32 count, then for each term the MD5 of the texts ~0tp and ~tw, both zeros for one left out
%% From OTP 26 on with the modifier k (maps in term order). A node under +pc unicode is started where that is asked for.
-module(format_oracle).
-export([random/2, systematic/1, foreign/0, beams/1, random_here/1, systematic_here/0]).

%% Printable is "latin1" or "unicode".
random(Printable, Count) -> under(Printable, random_here, [list_to_integer(Count)]).

systematic(Printable) -> under(Printable, systematic_here, []).

under("latin1", Name, Args) -> apply(?MODULE, Name, Args);
under("unicode", Name, Args) ->
    Paths = lists:append([["-pa", P] || P <- code:get_path(), string:find(P, "beamtool-oracles") =/= nomatch]),
    {ok, Peer, _} = peer:start(#{connection => {{127, 0, 0, 1}, 0}, args => ["+pc", "unicode" | Paths]}),
    unicode = peer:call(Peer, io, printable_range, []),
    Answer = peer:call(Peer, ?MODULE, Name, Args, infinity),
    peer:stop(Peer),
    Answer.

random_here(Count) ->
    rand:seed(exsss, {1986, 12, 8}),
    iolist_to_binary([answer(random_term(3)) || _ <- lists:seq(1, Count)]).

answer(Term) -> [sized(term_to_binary(Term)) | [sized(text(F, Term)) || F <- formats(io:printable_range())]].

formats(unicode) -> [hd(formats(latin1))];
formats(latin1) ->
    case release() >= 26 of
        true -> ["~0ktp", "~ktw", "~0kp", "~kw"];
        false -> ["~0tp", "~tw", "~0p", "~w"]
    end.

sized(Bytes) -> [<<(byte_size(Bytes)):32>>, Bytes].

text(Format, Term) -> unicode:characters_to_binary(io_lib:format(Format, [Term])).

release() -> list_to_integer(erlang:system_info(otp_release)).

%% Each character alone, after a letter and in all kinds of words; floats of all magnitudes; identifiers.
systematic_here() ->
    Characters = lists:seq(0, 16#17f) ++ [16#3ff, 16#400, 16#7ff, 16#800, 16#200b, 16#2028, 16#d7ff, 16#e000, 16#fdd0, 16#feff] ++
        lists:seq(16#fffc, 16#10001) ++ [16#1f600, 16#1ffff, 16#10fffe, 16#10ffff],
    Words = lists:append([words(C) || C <- Characters]),
    Pairs = [<<A, B>> || A <- lists:seq(0, 255), B <- lists:seq(0, 255)],
    iolist_to_binary([answer(T) || T <- Words ++ floats() ++ identifiers() ++ natives() ++ in_hundreds(Pairs)]).

words(C) ->
    Atom = list_to_atom([C]),
    Behind = list_to_atom([$a, C]),
    Byte = [<<C, 0:3>> || C < 256] ++ [[<<C>>, <<C, C>>, [C | C]] || C < 256],
    [Atom, Behind, fun Atom:Behind/3, fun Behind:Atom/0, local_fun(Behind), [C], [$a, C, $z], [C | Atom], <<C/utf8>>,
     <<$a, C/utf8>>, <<C/utf8, 255>>, <<255, C/utf8>>, <<C/utf8, 195>>, #{[C] => Atom} | Byte].

floats() ->
    Powers = [M * math:pow(10, E) || E <- lists:seq(-307, 290), M <- [1, 1.5, 9.5, 12, 123, 1.0625, 99999, 3.3333333333333335]],
    Binary = [math:pow(2, E) || E <- lists:seq(-1022, 1023)],
    Bits = [F || Exponent <- lists:seq(0, 2046), Fraction <- [0, 1, 16#fffffffffffff],
                 <<F/float>> <- [<<0:1, Exponent:11, Fraction:52>>]],
    Small = [F || N <- lists:seq(1, 2000), <<F/float>> <- [<<N:64>>]],
    Whole = [float(N) || E <- lists:seq(0, 62), D <- [-2, -1, 0, 1, 2], N <- [(1 bsl E) + D, -(1 bsl E) + D]],
    Decimal = [N / D || N <- lists:seq(1, 1500, 7), D <- [1, 10, 100, 1000, 10000, 100000, 1000000]],
    in_hundreds([-0.0 | Powers ++ Binary ++ Bits ++ Small ++ Whole ++ Decimal]).

in_hundreds([]) -> [];
in_hundreds(Items) when length(Items) =< 100 -> [Items];
in_hundreds(Items) ->
    {Hundred, Rest} = lists:split(100, Items),
    [Hundred | in_hundreds(Rest)].

%% Of creation 0 are those of the runtime itself, which has no larger ones.
identifiers() ->
    Largest = 16#ffffffff,
    Words = [0, 1, 16#7fff, Largest],
    lists:append([[pid(nonode@nohost, 5, 6, 0), port(nonode@nohost, 5, 0), reference(nonode@nohost, 0, [5, 6, 7])] |
                  [[pid(nonode@nohost, A, B, C), port(nonode@nohost, (A bsl 32) + B, C)] || A <- Words, B <- Words, C <- [1, Largest]]] ++
                 [[reference(nonode@nohost, C, lists:sublist([A, B, C, A, B], Size))]
                  || A <- Words, B <- Words, C <- [1, Largest], Size <- [1, 2, 3, 4, 5]]).

%% Only OTP 29 has native records.
natives() ->
    [native(M, N, E, Fields) || release() >= 29, M <- [m, 'M'], N <- [r, 'maybe', [], '\x{400}', 'a b'], is_atom(N), E <- [0, 1],
        Fields <- [[], [{a, 1}], [{b, "x"}, {a, #{}}], [{'B', <<"b">>}, {'\x{400}', [{}]}, {'if', 1.0}]]].

%% Identifiers of another node, whose number is this runtime's own: the name of the node, term_to_binary and the text.
foreign() ->
    [[sized(atom_to_binary(N, utf8)), answer(T)] || N <- ['a@b', 'A@b.c-d', 'é@x', nonode],
        T <- [pid(N, 1, 2, 3), port(N, 5, 6), reference(N, 1, [2, 3, 4]), [pid(N, 3, 0, 1)]]].

external(Content) -> binary_to_term(iolist_to_binary([131 | Content])).

inner(Term) ->
    <<131, Content/binary>> = term_to_binary(Term),
    Content.

pid(Node, Id, Serial, Creation) -> external(pid_content(Node, Id, Serial, Creation)).

pid_content(Node, Id, Serial, Creation) -> [88, inner(Node), <<Id:32, Serial:32, Creation:32>>].

port(Node, Id, Creation) -> external([120, inner(Node), <<Id:64, Creation:32>>]).

reference(Node, Creation, Ids) ->
    external([90, <<(length(Ids)):16>>, inner(Node), <<Creation:32>>, [<<I:32>> || I <- Ids]]).

local_fun(Module) ->
    Head = <<0:32, 1, 5:128, 2:32, 0:32>>,
    external([112, Head, inner(Module), inner(3), inner(123456789), pid_content(nonode@nohost, 1, 2, 3)]).

native(Module, Name, Exported, Fields) ->
    external([67, <<(length(Fields)):32, Exported>>, inner(Module), inner(Name),
              [inner(F) || {F, _} <- Fields], [inner(V) || {_, V} <- Fields]]).

%% Random terms.
random_term(0) -> pick([fun integer/0, fun float/0, fun atom/0, fun string/0, fun binary/0, fun identifier/0]);
random_term(Depth) ->
    pick([fun() -> random_term(0) end,
          fun() -> terms(Depth) end,
          fun() -> lists:foldr(fun(T, Tail) -> [T | Tail] end, random_term(0), terms(Depth)) end,
          fun() -> list_to_tuple(terms(Depth)) end,
          fun() -> maps:from_list([{key(Depth - 1), random_term(Depth - 1)} || _ <- lists:seq(1, below(8))]) end,
          fun() -> large_map(Depth) end,
          fun() -> random_native(Depth) end]).

pick(Makers) -> (any_of(Makers))().

any_of(List) -> lists:nth(rand:uniform(length(List)), List).

below(N) -> rand:uniform(N) - 1.

terms(Depth) -> [random_term(Depth - 1) || _ <- lists:seq(1, below(6))].

%% In the order of keys, maps are compared by the numbers that the atoms among their keys have in the runtime.
key(Depth) ->
    Key = random_term(Depth),
    case has_map(Key, 1) of true -> key(Depth); false -> Key end.

%% A map of more than 32 keys has no order in OTP 25.
large_map(Depth) ->
    Size = case release() >= 26 of true -> 70; false -> 32 end,
    case Depth > 1 orelse below(8) =:= 0 of
        true -> maps:from_list([{random_term(0), integer()} || _ <- lists:seq(1, below(Size + 1))]);
        false -> #{}
    end.

random_native(Depth) ->
    case release() >= 29 of
        true ->
            Names = lists:usort([atom() || _ <- lists:seq(1, below(5))]),
            native(atom(), atom(), below(2), [{N, random_term(Depth - 1)} || N <- Names]);
        false -> {}
    end.

integer() ->
    Magnitude = below(1 bsl any_of([1, 7, 8, 9, 31, 52, 53, 54, 64, 65, 200])),
    Power = case below(40) of 0 -> 20; _ -> 1 end,
    any_of([1, -1]) * lists:foldl(fun(_, Product) -> Product * Magnitude end, 1, lists:seq(1, Power)).

float() ->
    case <<(below(1 bsl 64)):64>> of
        <<F/float>> -> any_of([F, F, float(below(100000)), below(1 bsl 30) / any_of([10, 100, 1000, 1 bsl 20]), 0.0, minus_zero()]);
        _ -> float()
    end.

%% Before OTP 27 both zeros are the same to the order of keys, which isn't said of formatTerm.
minus_zero() ->
    case release() >= 27 of true -> -0.0; false -> 0.0 end.

atom() ->
    Reserved = ['maybe', 'else', 'if', 'and', 'cond', 'xor', ok, undefined, 'Elixir.Enum', 'a@b', '\x{400}'],
    any_of([list_to_atom(characters(9)), list_to_atom([below(26) + $a | characters(5)]), any_of(Reserved)]).

characters(Most) ->
    Pool = any_of([fun() -> below(26) + $a end,
                   fun() -> any_of("azAZ09_@ -$'\"\\\n\t\e\d") end,
                   fun() -> below(128) end,
                   fun() -> below(256) end,
                   fun() -> 160 + below(96) end,
                   fun() -> any_of([below(16#d800), 16#e000 + below(16#2000), 16#10000 + below(16#100000)]) end,
                   fun() -> any_of([$a, 233, 16#410, 16#1f600]) end]),
    [Pool() || _ <- lists:seq(1, below(Most))].

string() ->
    case below(5) of
        0 -> characters(12) ++ any_of([atom(), 256, -1, 1 bsl 70, 1.0]);
        1 -> characters(12) ++ [any_of([atom(), 256, -1, 1 bsl 70, 1.0, 16#d800, 16#110000])];
        _ -> characters(25)
    end.

binary() ->
    Utf8 = unicode:characters_to_binary(characters(30)),
    any_of([Utf8, Utf8, <<Utf8/binary, (160 + below(96))>>, << <<C>> || C <- characters(30) >>, << <<C:5>> || C <- characters(9) >>]).

identifier() ->
    case below(5) of
        0 -> pid(nonode@nohost, below(1 bsl 28), below(1 bsl 13), 1 + below(4));
        1 -> port(nonode@nohost, below(1 bsl 64), 1 + below(4));
        2 -> reference(nonode@nohost, 1 + below(4), [below(1 bsl 32) || _ <- lists:seq(1, 1 + below(5))]);
        3 -> fun_of(atom(), atom());
        4 -> local_fun(atom())
    end.

fun_of(Module, Name) -> fun Module:Name/3.

%% Attr, CInf, the atoms as a list and the literals of each file.
beams(Files) -> [beam(F) || F <- Files].

beam(File) ->
    {ok, {_, Chunks}} = beam_lib:chunks(File, ["Attr", "CInf", "LitT", atoms], [allow_missing_chunks]),
    Terms = lists:append([chunk_terms(Id, Content) || {Id, Content} <- Chunks, Content =/= missing_chunk]),
    [<<(length(Terms)):32>> | [hashes(T) || T <- Terms]].

chunk_terms("LitT", <<0:32, Table/binary>>) -> literals(Table);
chunk_terms("LitT", <<_:32, Table/binary>>) -> literals(zlib:uncompress(Table));
chunk_terms(atoms, Numbered) -> [[A || {_, A} <- lists:keysort(1, Numbered)]];
chunk_terms(_, Content) -> [binary_to_term(Content)].

literals(<<_:32, Entries/binary>>) -> [binary_to_term(B) || <<Size:32, B:Size/binary>> <= Entries].

hashes(Term) ->
    case release() < 26 andalso has_map(Term, 32) of
        true -> <<0:256>>;
        false -> [erlang:md5(text(F, Term)) || F <- lists:sublist(formats(latin1), 2)]
    end.

%% Tells whether a map of more than that many keys is in the term; said of all native records.
has_map(Term, Most) when is_map(Term) -> map_size(Term) > Most orelse has_map(maps:to_list(Term), Most);
has_map([Head | Tail], Most) -> has_map(Head, Most) orelse has_map(Tail, Most);
has_map(Term, Most) when is_tuple(Term) -> has_map(tuple_to_list(Term), Most);
has_map(Term, _) when is_number(Term); is_atom(Term); is_bitstring(Term); is_function(Term); Term =:= [] -> false;
has_map(Term, _) -> not (is_pid(Term) orelse is_port(Term) orelse is_reference(Term)).
