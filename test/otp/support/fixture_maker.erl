%% Makes the fixtures that no compiler makes (see beams/manifest.json). Each function takes the source's bytes, or for archives a list
%% of [Name, Bytes], then the manifest's options as strings, and returns the fixture's bytes.
-module(fixture_maker).
-export([strip/1, essentials/1, abstract_chunk/1, latin1_atoms/1, duplicates/1, trailing/1, padding/1, reversed/1, gzip/1]).
-export([ez/1, escript_archive/2, escript_beam/2, escript_source/2, release_tar/1]).

-include_lib("kernel/include/file.hrl").

%% What beam_lib:strip leaves, which it compresses.
strip(Beam) ->
    {ok, {_Module, Stripped}} = beam_lib:strip(Beam),
    Stripped.

essentials(Beam) -> zlib:gunzip(strip(Beam)).

gzip(Beam) -> zlib:gzip(Beam).

%% As OTP 19 and older wrote debug info.
abstract_chunk(Beam) ->
    {ok, {_, [{abstract_code, {raw_abstract_v1, _} = Code}]}} = beam_lib:chunks(Beam, [abstract_code]),
    Abst = {"Abst", term_to_binary(Code, [compressed])},
    build([case Id of "Dbgi" -> Abst; _ -> Chunk end || {Id, _} = Chunk <- chunks(Beam)]).

%% As OTP 19 and older wrote atoms: the same layout in another encoding.
latin1_atoms(Beam) ->
    Recode = fun(Atoms) ->
        <<Count:32, Entries/binary>> = Atoms,
        Latin1 = [unicode:characters_to_binary(Text, utf8, latin1) || <<Size, Text:Size/binary>> <= Entries],
        [<<Count:32>> | [<<(byte_size(Text)), Text/binary>> || Text <- Latin1]]
    end,
    build([case Id of "AtU8" -> {"Atom", iolist_to_binary(Recode(Bytes))}; _ -> Chunk end || {Id, Bytes} = Chunk <- chunks(Beam)]).

%% Attr twice, with different contents, and an unknown chunk twice.
duplicates(Beam) ->
    Second = {"Attr", term_to_binary([{vsn, [second]}])},
    build(chunks(Beam) ++ [{"Twic", <<"first">>}, Second, {"Twic", <<"second">>}]).

trailing(Beam) -> [Beam, "bytes that belong to no chunk"].

%% The bytes between chunks, which are zero when a compiler writes them.
padding(Beam) -> build(chunks(Beam), 16#ff).

reversed(Beam) -> build(lists:reverse(chunks(Beam))).

ez(Files) ->
    {ok, {_, Archive}} = zip:create("archive.ez", entries(Files), [memory]),
    Archive.

escript_archive(Files, Main) -> escript([{emu_args, "-escript main " ++ Main}, {archive, entries(Files), []}]).

escript_beam(Beam, Comment) -> escript([{comment, Comment}, {beam, Beam}]).

escript_source(Source, Comment) -> escript([{comment, Comment}, {source, Source}]).

escript(Sections) ->
    {ok, Script} = escript:create(binary, [shebang | Sections]),
    Script.

release_tar(Files) ->
    File = os:cmd("mktemp") -- "\n",
    {ok, Tar} = erl_tar:open(File, [write]),
    Fixed = [{mtime, 946684800}, {atime, 946684800}, {ctime, 946684800}, {uid, 0}, {gid, 0}],
    [ok = erl_tar:add(Tar, Bytes, Name, Fixed) || [Name, Bytes] <- Files],
    ok = erl_tar:close(Tar),
    {ok, Bytes} = file:read_file(File),
    ok = file:delete(File),
    zlib:gzip(Bytes).

%% Entries with a fixed date, so that the archive's bytes are the same whenever it is made.
entries(Files) ->
    Date = {{2000, 1, 1}, {0, 0, 0}},
    Info = #file_info{type = regular, access = read, mode = 8#644, atime = Date, mtime = Date, ctime = Date},
    [{Name, Bytes, Info#file_info{size = byte_size(Bytes)}} || [Name, Bytes] <- Files].

chunks(Beam) ->
    {ok, _Module, Chunks} = beam_lib:all_chunks(Beam),
    Chunks.

build(Chunks) -> build(Chunks, 0).

build(Chunks, Pad) ->
    Form = iolist_to_binary(["BEAM" | [chunk(Id, Bytes, Pad) || {Id, Bytes} <- Chunks]]),
    <<"FOR1", (byte_size(Form)):32, Form/binary>>.

chunk(Id, Bytes, Pad) ->
    Size = byte_size(Bytes),
    [Id, <<Size:32>>, Bytes, binary:copy(<<Pad>>, -Size band 3)].
