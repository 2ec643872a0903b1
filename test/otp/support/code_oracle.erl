%% What code.test.ts asks about bytecode: what beam_disasm returns, and which opcodes the compiler knows.
-module(code_oracle).
-export([differences/2, opcodes/0]).

%% Compares the terms that beam_disasm returns for files, or binaries, with the given ones, which are encoded. Returns a line for each file: `=`, `-`
%% where beam_disasm refuses the file, or the first difference.
differences(Files, Terms) -> [[difference(File, Term), $\n] || {File, Term} <- lists:zip(Files, Terms)].

difference(File, Encoded) ->
    Term = binary_to_term(Encoded),
    try beam_disasm:file(File) of
        Term -> "=";
        {error, _, _} -> "-";
        Other -> unicode:characters_to_binary(first_difference(Other, Term))
    catch
        exit:_ -> "-"
    end.

first_difference({beam_file, _, _, _, _, Theirs} = Real, {beam_file, _, _, _, _, Ours} = Made) when length(Theirs) =:= length(Ours) ->
    case [{I, J} || {{function, _, _, _, Is}, {function, _, _, _, Js}} <- lists:zip(Theirs, Ours), length(Is) =:= length(Js),
                    {I, J} <- lists:zip(Is, Js), I =/= J] of
        [{I, J} | _] -> io_lib:format("~0tp is ~0tp", [I, J]);
        [] -> io_lib:format("~0tP is ~0tP", [setelement(6, Real, []), 40, setelement(6, Made, []), 40])
    end;
first_difference(Real, Made) -> io_lib:format("~0tP is ~0tP", [Real, 40, Made, 40]).

%% Number, name and arity of every opcode, a line each.
opcodes() -> [opcode(Number) || Number <- lists:seq(1, 255)].

opcode(Number) ->
    try beam_opcodes:opname(Number) of
        {Name, Arity} -> io_lib:format("~w ~ts ~w~n", [Number, Name, Arity])
    catch
        error:_ -> []
    end.
