%% What xref in functions mode says of beams, for facts.test.ts: every function with its line, every call with its lines, one a line, fields
%% apart by 1 and the parts of a function by 2.
%%   F from line          L from to lines          X from to lines          U from to
-module(facts_oracle).
-export([facts/2, auto_imported/0, guard_bifs/0]).

%% A path is a beam or a folder of beams.
facts(Paths, Builtins) ->
    {ok, _} = xref:start(s, []),
    ok = xref:set_default(s, [{warnings, false}, {verbose, false}, {builtins, Builtins =:= "true"}]),
    [{ok, _} = add(Path) || Path <- Paths],
    {ok, Functions} = xref:q(s, "(Lin) (X + L)"),
    {ok, Local} = xref:q(s, "(LLin) E"),
    {ok, External} = xref:q(s, "(XLin) E"),
    {ok, Unresolved} = xref:q(s, "UC"),
    [[[$F, 1, function(F), 1, integer_to_binary(Line), $\n] || {F, Line} <- Functions],
     [[$L, 1, edge(Call), 1, lines(Lines), $\n] || {Call, Lines} <- Local],
     [[$X, 1, edge(Call), 1, lines(Lines), $\n] || {Call, Lines} <- External],
     [[$U, 1, edge(Call), $\n] || Call <- Unresolved]].

add(Path) ->
    case filelib:is_dir(Path) of
        true -> xref:add_directory(s, Path);
        false -> xref:add_module(s, filename:rootname(Path))
    end.

edge({From, To}) -> [function(From), 1, function(To)].

function({M, F, A}) -> [atom_to_binary(M, utf8), 2, atom_to_binary(F, utf8), 2, integer_to_binary(A)].

lines(Lines) -> lists:join($\s, [integer_to_binary(Line) || Line <- Lines]).

%% The functions of erlang that are called without its name, among all that it or a release may have.
auto_imported() -> names(fun erl_internal:bif/2).

guard_bifs() -> names(fun erl_internal:guard_bif/2).

names(Test) ->
    Names = lists:usort([F || {F, _} <- erlang:module_info(exports) ++ erl_internal:module_info(exports)] ++ atoms_of(erl_internal)),
    [[atom_to_binary(F, utf8), $/, integer_to_binary(A), $\n] || F <- Names, A <- lists:seq(0, 10), Test(F, A)].

atoms_of(Module) ->
    {ok, {Module, [{atoms, Atoms}]}} = beam_lib:chunks(code:which(Module), [atoms]),
    [Atom || {_, Atom} <- Atoms].
