%% Compiles variants of sources and of OTP's own modules, and compares folders of beams as beam_lib does.
-module(changes_oracle).
-export([compile/1, recompile/3, strip/1, cmp_dirs/2]).

%% Each is [Folder, Source, Options], the options as Erlang text; the answers are binaries in that order.
compile(Variants) ->
    term_to_binary([compile_one(Folder, Source, Options) || [Folder, Source, Options] <- Variants]).

compile_one(Folder, Source, Text) ->
    File = filename:join(Folder, "m.erl"),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, unicode:characters_to_binary(Source)),
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Options} = erl_parse:parse_term(Tokens),
    {ok, m, Beam} = compile:file(File, [binary, return_errors | Options]),
    Beam.

%% Compiles the abstract code of modules: as it is, with a line more at the top, and with the functions the other way round as well.
%% The answer is the names of those that can't be compiled again.
recompile(Beams, Folder, How) ->
    [[filename:basename(Beam), $\n] || Beam <- Beams, recompile_one(Beam, Folder, How) =/= ok].

recompile_one(Beam, Folder, How) ->
    {ok, {Module, [{debug_info, {debug_info_v1, Backend, Data}}]}} = beam_lib:chunks(Beam, [debug_info]),
    {ok, Forms} = Backend:debug_info(erlang_v1, Module, Data, []),
    {_, Options0} = Data,
    Options = [Option || Option <- Options0, is_kept(Option)],
    File = filename:join(Folder, atom_to_list(Module) ++ ".beam"),
    ok = filelib:ensure_dir(File),
    case compile:forms(change(How, Forms), [binary | Options]) of
        {ok, Module, Code} -> file:write_file(File, Code);
        Error -> Error
    end.

is_kept({Key, _}) -> not lists:member(Key, [outdir, i, cwd, parse_transform]);
is_kept(Option) -> not lists:member(Option, [warnings_as_errors, return, report, report_warnings, report_errors]).

change("as it is", Forms) -> Forms;
change("a line more", Forms) -> move(Forms);
change("other places", Forms) ->
    {Head, Rest} = lists:splitwith(fun(Form) -> element(1, Form) =/= function end, move(Forms)),
    {Functions, Others} = lists:partition(fun(Form) -> element(1, Form) =:= function end, Rest),
    {End, Attributes} = lists:partition(fun(Form) -> element(1, Form) =:= eof end, Others),
    Head ++ Attributes ++ lists:reverse(Functions) ++ End.

move(Forms) ->
    [move_form(Form) || Form <- Forms, not lists:member(element(1, Form), [error, warning])].

move_form({eof, Location}) -> {eof, Location};
move_form(Form) -> erl_parse:map_anno(fun(Anno) -> erl_anno:set_line(erl_anno:line(Anno) + 1, Anno) end, Form).

strip(Beam) ->
    {ok, {_, Stripped}} = beam_lib:strip(Beam),
    Stripped.

%% Names of the files, without folders.
cmp_dirs(Old, New) ->
    {Only, OnlyNew, Different} = beam_lib:cmp_dirs(Old, New),
    Name = fun(File) -> filename:basename(File) end,
    term_to_binary([[Name(File) || File <- Only], [Name(File) || File <- OnlyNew], [Name(File) || {File, _} <- Different]]).
