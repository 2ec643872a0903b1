%% What xref says of beams, for xref.test.ts: the facts that it reads from them (so that queries can be tested without a reader of ours), and
%% its answers to queries and analyses. Answers are external terms.
-module(xref_oracle).
-export([facts/1, library/2, answers/3, analyses/3, program/4, compile/2, parses/1, matches/1]).

%% The facts of every module in the folders: [{Module, App, Defined, Exports, Calls, OnLoad, Attributes, Imports, Docs}]. Calls in guards are
%% read only with builtins.
facts([Builtins | Folders]) ->
    start(functions, list_to_atom(Builtins), [], Folders),
    Defined = ask("(Lin) (L + X)"),
    Unresolved = sets:from_list(ask("UC")),
    Local = [{local, E, Lines} || {E, Lines} <- ask("(LLin) LC")],
    External = [{external, E, Lines} || {E, Lines} <- ask("(XLin) XC")],
    OnLoad = ask("OL"),
    Modules = ask("AM"),
    DefinedBy = group([{M, {F, A, Line}} || {{M, F, A}, Line} <- Defined]),
    CallsBy = group([{M, {Kind, {F, A}, To, sets:is_element(E, Unresolved), is_builtin(Kind, To), Lines}}
                     || {Kind, E = {{M, F, A}, To}, Lines} <- Local ++ External]),
    OnLoadBy = group([{M, {F, A}} || {M, F, A} <- OnLoad]),
    xref:stop(s),
    Apps = maps:from_list([{M, app(Folder)} || Folder <- Folders, M <- beams(Folder)]),
    Files = maps:from_list([{M, file(Folder, M)} || Folder <- Folders, M <- beams(Folder)]),
    term_to_binary([{M, maps:get(M, Apps), maps:get(M, DefinedBy, []), exports(File), maps:get(M, CallsBy, []), maps:get(M, OnLoadBy, []),
                     attributes(File), imports(File), docs(File)}
                    || M <- Modules, File <- [maps:get(M, Files)]]).

%% Those of the modules that are in the folders: [{Module, Exports, Attributes, Docs}].
library(Folders, Modules) ->
    Files = maps:from_list([{M, file(Folder, M)} || Folder <- Folders, M <- beams(Folder)]),
    Found = [{M, maps:get(M, Files)} || Name <- Modules, M <- [list_to_atom(Name)], maps:is_key(M, Files)],
    term_to_binary([{M, exports(File), attributes(File), docs(File)} || {M, File} <- Found]).

is_builtin(local, _) -> false;
is_builtin(external, {M, F, A}) -> erlang:is_builtin(M, F, A) orelse {M, F, A} =:= {erts_debug, apply, 4}.

group(Pairs) -> lists:foldr(fun({K, V}, Map) -> Map#{K => [V | maps:get(K, Map, [])]} end, #{}, Pairs).

ebin(Folder) ->
    case filelib:is_dir(filename:join(Folder, "ebin")) of
        true -> filename:join(Folder, "ebin");
        false -> Folder
    end.

beams(Folder) -> [list_to_atom(filename:basename(F, ".beam")) || F <- filelib:wildcard(filename:join(ebin(Folder), "*.beam"))].

file(Folder, Module) -> filename:join(ebin(Folder), atom_to_list(Module) ++ ".beam").

%% As a string, which no module is in folders without an ebin.
app(Folder) ->
    case ebin(Folder) of
        Folder -> none;
        _ -> hd(string:split(filename:basename(Folder), "-", trailing))
    end.

exports(File) ->
    {ok, {_, [{exports, Exports}]}} = beam_lib:chunks(File, [exports]),
    Exports.

attributes(File) ->
    {ok, {_, [{attributes, Attributes}]}} = beam_lib:chunks(File, [attributes]),
    [{Name, proplists:get_value(Name, Attributes, [])} || Name <- [deprecated, unsafe]].

%% {Documented, Hidden}, as xref of OTP 29 sees them.
docs(File) ->
    case beam_lib:chunks(File, ["Docs"], [allow_missing_chunks]) of
        {ok, {_, [{"Docs", Bytes}]}} when is_binary(Bytes) ->
            Entries = element(7, binary_to_term(Bytes)),
            Documented = [{F, A} || {{function, F, A}, _, _, Doc, Meta} <- Entries, Doc =/= hidden, is_map(Doc) orelse is_map_key(equiv, Meta)],
            {Documented, [{F, A} || {{function, F, A}, _, _, hidden, _} <- Entries]};
        _ -> none
    end.

imports(File) ->
    {ok, {_, [{imports, Imports}]}} = beam_lib:chunks(File, [imports]),
    [{M, F, A, is_builtin(external, {M, F, A})} || {M, F, A} <- Imports].

%% The answers of xref:q/2, in order and sharing user variables; `crash` where the server dies, which loses those.
answers(Settings, Folders, Queries) ->
    each(Settings, Folders, Queries, fun(Query) -> xref:q(s, Query) end).

%% The answers of xref:analyze/2 for analyses written as terms.
analyses(Settings, Folders, Analyses) ->
    each(Settings, Folders, Analyses, fun(Analysis) -> xref:analyze(s, parse_term(Analysis)) end).

%% MD5s of the answers to queries and then to analyses, or crash, for what is too large to look at: {Queries, Analyses, Differences}. Files
%% are what we wrote for some of them, {queries | analyses, Name}: differences are those whose terms aren't xref's.
program(Settings, Folders, [Queries, Analyses], Files) ->
    Asked = [{q, Query} || Query <- Queries] ++ [{analyze, parse_term(Analysis)} || Analysis <- Analyses],
    All = binary_to_term(each(Settings, Folders, Asked, fun({Function, Question}) -> xref:Function(s, Question) end)),
    {Answers, Analysed} = lists:split(length(Queries), All),
    Known = maps:from_list(lists:zip(Queries, Answers)),
    Different = case Files of
                    [QueryFile, Written, AnalysisFile] ->
                        {ok, QueryTerms} = file:consult(QueryFile),
                        {ok, AnalysisTerms} = file:consult(AnalysisFile),
                        [{'query', Query, Term} || {Query, Term} <- lists:zip(Written, QueryTerms), plain(maps:get(Query, Known)) =/= plain(Term)]
                            ++ [{analysis, Analysis, Term} || {Analysis, Answer, Term} <- lists:zip3(Analyses, Analysed, AnalysisTerms),
                                                              {parse_term(Analysis), plain(Answer)} =/= plain_second(Term)];
                    [] -> []
                end,
    term_to_binary({[digest(Answer) || Answer <- Answers], [digest(Answer) || Answer <- Analysed], Different}).

plain({ok, Answer}) -> Answer;
plain(Other) -> flat(Other).

plain_second({Analysis, Answer}) -> {Analysis, plain(Answer)}.

digest(crash) -> crash;
digest(Answer) -> binary:encode_hex(erlang:md5(flatten(Answer))).

%% Any text that is another one for another term will do.
flatten(Atom) when is_atom(Atom) -> [$a, atom_to_binary(Atom), 0];
flatten(Number) when is_integer(Number) -> [$i, integer_to_binary(Number), 0];
flatten(Tuple) when is_tuple(Tuple) -> [${, flatten_all(tuple_to_list(Tuple)), $}];
flatten(List) when is_list(List) -> [$[, flatten_all(List), $]].

flatten_all(Terms) -> [flatten(Term) || Term <- Terms].

each([Mode, Builtins, Library], Folders, Questions, Ask) ->
    process_flag(trap_exit, true),
    Start = fun() -> start(list_to_atom(Mode), list_to_atom(Builtins), Library, Folders) end,
    Start(),
    Answers = [try
                   flat(Ask(Question))
               catch
                   exit:_ -> Start(), crash
               end || Question <- Questions],
    term_to_binary(Answers).

start(Mode, Builtins, Library, Folders) ->
    logger:set_primary_config(level, none),
    {ok, _} = xref:start(s, [{xref_mode, Mode}]),
    ok = xref:set_default(s, [{builtins, Builtins}, {warnings, false}, {verbose, false}]),
    ok = xref:set_library_path(s, Library),
    [add(Folder) || Folder <- Folders],
    ok.

%% In modules mode xref of OTP 29 knows what a module ignores only where the module is on the code path.
add(Folder) ->
    code:add_pathz(ebin(Folder)),
    {ok, _} = case {ebin(Folder), filelib:is_dir(filename:join(Folder, "lib"))} of
                  {_, true} -> xref:add_release(s, Folder);
                  {Folder, _} -> xref:add_directory(s, Folder);
                  _ -> xref:add_application(s, Folder)
              end.

ask(Query) ->
    {ok, Answer} = xref:q(s, Query),
    Answer.

parse_term(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Term} = erl_parse:parse_term(Tokens),
    Term.

%% Texts in errors are deep lists of a shape that depends on how they were formatted.
flat({error, xref_compiler, {parse_error, Line, Error}}) -> {error, xref_compiler, {parse_error, Line, flat_error(Error)}};
flat(Answer) -> Answer.

flat_error([Tag, Text]) when is_list(Tag), is_list(Text) -> [Tag, lists:flatten(Text)];
flat_error([Tag, Other]) when is_list(Tag) -> [Tag, Other];
flat_error([Tag, One, Two]) when is_list(Tag) -> [Tag, One, Two];
flat_error(Text) -> lists:flatten(Text).

%% Compiles Module.erl of a folder into its ebin: the names of those that compile, a line each.
compile(Folder, Names) ->
    Options = [debug_info, deterministic, {outdir, filename:join(Folder, "ebin")}],
    [[Name, $\n] || Name <- Names, element(1, compile_one(filename:join(Folder, Name), Options)) =:= ok].

%% The compiler itself fails for a few.
compile_one(File, Options) ->
    try compile:file(File, Options) of
        error -> {error, File};
        Done -> Done
    catch
        _:_ -> {error, File}
    end.

%% What the parser makes of queries.
parses(Queries) ->
    term_to_binary([parse(Query) || Query <- Queries]).

parse(Query) ->
    case xref_scanner:scan(Query) of
        {ok, Tokens} ->
            case xref_parser:parse(Tokens) of
                {ok, Tree} -> {ok, Tree};
                {error, {Line, _, Error}} -> {error, {Line, flat_error(Error)}}
            end;
        {error, Text, Line} -> {error, {Line, lists:flatten(Text)}}
    end.

%% Which names regular expressions match whole, as xref does it: [{Expression, [Name]}] to booleans.
matches(Questions) ->
    term_to_binary([matches(Expression, Names) || [Expression, Names] <- Questions]).

matches(Expression, Names) ->
    case re:compile(Expression, [unicode]) of
        {ok, Compiled} -> [is_whole(re:run(Name, Compiled, [{capture, first}]), Name) || Name <- Names];
        {error, {Text, At}} -> {Text, At}
    end.

is_whole({match, [{0, Size}]}, Name) -> Size =:= byte_size(unicode:characters_to_binary(Name));
is_whole(_, _) -> false.
