%% What beam_lib says of a module, for beam.test.ts. Fields end in \x01, items of a list in \x02, files in \x03: none of these is in a name.
-module(beam_oracle).
-export([describe/1, loaded_attributes/1]).

describe(Files) -> [[describe_file(F), 3] || F <- Files].

describe_file(File) ->
    {ok, Bin} = file:read_file(File),
    {ok, Mod, Raw} = beam_lib:all_chunks(Bin),
    {ok, {Mod, MD5}} = beam_lib:md5(Bin),
    Wanted = [exports, imports, atoms, attributes, compile_info, locals],
    {ok, {Mod, Chunks}} = beam_lib:chunks(Bin, Wanted, [allow_missing_chunks]),
    Get = fun(K) -> case lists:keyfind(K, 1, Chunks) of {K, missing_chunk} -> []; {K, V} -> V end end,
    [field([atom(Mod)]),
     field([[io_lib:format("~2.16.0b", [B]) || <<B>> <= MD5]]),
     field([[Id, $:, integer_to_list(byte_size(B))] || {Id, B} <- Raw]),
     field([atom(A) || {_, A} <- lists:keysort(1, Get(atoms))]),
     field([fa(FA) || FA <- Get(exports)]),
     field([fa(FA) || FA <- Get(locals)]),
     field([[atom(M), $:, fa({F, A})] || {M, F, A} <- Get(imports)]),
     field([[atom(K), $=, text(V)] || {K, V} <- Get(attributes)]),
     field([[atom(K), $=, text(V)] || {K, V} <- Get(compile_info)])].

field(Items) -> [[[I, 2] || I <- Items], 1].

atom(A) -> atom_to_binary(A, utf8).

fa({F, A}) -> [atom(F), $/, integer_to_list(A)].

text(Term) -> unicode:characters_to_binary(io_lib:format(format(), [Term])).

format() ->
    case list_to_integer(erlang:system_info(otp_release)) of
        R when R >= 26 -> "~0ktp";
        _ -> "~0tp"
    end.

%% What the runtime has of a module once it is loaded; it takes the last of several chunks of one name, beam_lib the first.
loaded_attributes(File) ->
    {ok, Bin} = file:read_file(File),
    Name = list_to_atom(filename:basename(File, ".beam")),
    {module, Name} = code:load_binary(Name, File, Bin),
    field([[atom(K), $=, text(V)] || {K, V} <- lists:keysort(1, Name:module_info(attributes))]).
