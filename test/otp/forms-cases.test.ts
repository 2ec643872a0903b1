// Small sources that are easy to print wrongly. The parser of each release that knows the syntax reads them; its forms, printed here, must
// parse to the same forms again, and nothing of them may be called a gap.
import { describe, expect, it } from 'vitest';
import { formFromTerm, formToTerm } from '../../src/forms/form-codec.js';
import { printForms } from '../../src/forms/print.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { properList } from '../../src/term/model.js';
import { equalTerms } from '../../src/term/order.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

/** Expressions, by the release that the syntax came with (25 and before first). */
const EXPRESSIONS: Readonly<Record<number, readonly string[]>> = {
  25: [
    // What associates to which side.
    'a - b - c, a - (b - c), a div b * c, a * (b div c), a -- b -- c, (a -- b) -- c, a ++ b -- (c ++ d)',
    'a = b = c, (a = b) = c, a ! b ! c, (a ! b) ! c, a = b ! c = d, a ! (b = c)',
    'a orelse b orelse c, (a orelse b) orelse c, a andalso (b orelse c), a andalso b orelse c, (a =:= b) =:= c, a =:= (b < c)',
    'a bsl b bor c band d, a bsl (b bor c) band d, (a + b) * c, a + b * c, -(a + b) * c, not (a and b) or c',
    // Prefix operators.
    '- 1, -(-1), - - X, -(+1), not not X, bnot (bnot X), -f(), -m:f(), -X#r.a, -(X#{}), -(#{}), not (X == Y), - $a, -1.0',
    'a - -1, a + +1, a -- - b, [-1 | -2], {- 1}, f(-1), #{-1 => -1}, <<-1, -X:8, +Y/integer, (-f()), (- -X)>>, (-1)#r.a',
    // Catch.
    'catch a + b, (catch a) + b, X = catch f(), X = (catch f()), {catch a, [catch b | catch c]}, f(catch a), (catch f)(), a ! catch b',
    'catch (catch a), case catch f() of catch_ -> x end, [catch X || catch Y], #{(catch a) => catch b}, #r{a = catch b}',
    'begin catch a, b end, (begin a end):f(), (catch m):(catch f)()',
    // What may be called, and what a call is.
    '(f())(), ((f())())(), m:f(), (m:f)(), (m:f()):g(), M:F(X), (f(X)):(g(Y))(), {m, f}:(f), fun() -> ok end(), (fun f/1)(1), "abc":f()',
    '(X#r.f)(), (X#{})(), (#r{}):f(), (#{}):f(), (-X)(), (X = Y)(), m:(f)/1, (m:f)/1, a:b, (a:b):c',
    // Records and maps, one after the other.
    '#r{}, #r.a, X#r.a, X#r{}, X#r.a#s.b, X#r{a = 1}#s{b = 2}, (f())#r.a, (m:f())#r{}, #r{}#s.a, #r.a#s.b, (X#{})#r.a, (1)#r.a, ($1)#r.a',
    "#{}#{a => b}, X#{}#{}, (X#r.a)#{}, (f())#{a := b}, #{a => #{b => c}}, (#{a => b})#{}, \"x\"#{}, [X]#r{}, {X}#{}, 'r'#'r'.'r'",
    "(1)#{}, (fun f/1)#r.a, (1.5)#{}, #r{_ = 1, a = 2}, #r{'Two words' = 1}, #'if'{'of' = X}, X#'Ü'.'ü', (fun m:f/1)#{}",
    // Funs.
    "fun f/1, fun m:f/1, fun M:F/A, fun 'a b'/0, fun 'if':'of'/2, fun M:f/3, fun m:F/A, fun X:y/Z",
    'fun() -> ok end, fun(X) -> X; (Y) -> Y end, fun F() -> F() end, fun F(0) -> a; F(N) when N > 0; N < 0, x -> F(N - 1) end',
    'fun(X) when X -> fun(Y) when Y, Z -> X end end, fun({}) -> fun() -> fun() -> a end end() end()',
    // Comprehensions and binaries.
    '[X || X <- L], [X || X <- L, X > 1, <<Y>> <= Z], [{X, Y} || {X, Y} = Z <- L], [[X] || X <- [Y || Y <- L]], [X || true]',
    '<< <<X>> || X <- L >>, << (f(X)) || X <- L >>, << <<X, Y>> || <<X:4, Y:4>> <= B, X > Y >>, << X || X <- L >>, << <<>> || true >>',
    '<<>>, <<X>>, <<X:8>>, <<X:8/integer-unit:8>>, <<X/binary>>, <<"abc">>, <<"abc":16/little>>, <<"é"/utf8>>, <<(f()):(g())/float>>',
    '<<X:(Y * 8)/signed-big-integer-unit:1>>, <<(X + 1):Y>>, <<<<1>>/binary>>, <<<<<<>>/binary>>/binary>>, <<$>>>, <<"a", 0, X:4, 0:4>>, <<(#{}):8>> = X',
    '<<(X#r.a):8, (fun f/1), (catch X), (begin a end), [a], {b}, (if x -> y end), (a:b), "a" "b">>, <<(case X of _ -> Y end)/binary>>',
    // Control.
    'case X of {ok, Y} when Y > 1, Y < 5; Y =:= 7 -> a, b; [_ | _] = L -> c; _ -> d end, case (case X of _ -> Y end) of _ -> Z end',
    'if X > 1, Y; Z -> a; true -> b, c end, if (X = 1) == 1 -> if Y -> z end end',
    'receive a -> b end, receive a -> b; c when d -> e after 0 -> f end, receive after infinity -> ok end, receive after f() + 1 -> a, b end',
    'try a catch b -> c end, try a, b of c -> d; e -> f catch throw:g -> h; error:{i, _}:J when J -> k; L:M:N -> o; _:_ -> p end',
    'try a after b, c end, try a of b -> c after d end, try a catch b -> c after d end, try (try a catch b -> c end) catch d -> e end',
    'try a catch throw:b:_ -> c; throw:b:C -> d; X = Y -> e; exit:X = Y -> f; (X) -> g; "a" ++ B -> h; -1 -> i; error:-1:S -> j end',
    'begin a end, begin a, begin b end, c end, X = begin a, b end',
    'maybe ok ?= f(), X = g(), {ok, X} end, maybe {ok, A} = B ?= f(), A else error -> b; {c, D} when D -> e end, maybe a end',
    'maybe maybe a ?= b end, ok ?= catch c, d ?= e = f, g ?= h ! i end, {maybe X ?= Y end, (maybe a else b -> c end)#r.a}',
    // Constants.
    "'', 'A', a@b, 'a b', '1', 'é', é, 'ω', '\\n', '\\'', '\"', '\\\\', 'maybe', 'else', 'if', 'andalso', 'true', '_', 'let', 'cond', 'query'",
    '"", "a", "\\"", "\'", "\\\\", "\\n\\t\\e\\s\\d\\0", "é ω 😀", "~p~n", "a" "b" "c", "\\x{200B}", [$a, $b], [97, 98], [$a | "bc"], "a" ++ "b"',
    '$a, $\\s, $\\n, $\\\\, $\', $", $., $,, $;, $%, $$, $\\0, $\\d, $\\x{A0}, $é, $ω, $😀, $-, $(, $}, [$]], {$}}, $\\"',
    '0, 1, 16#ff, 36#zz, 1_000, 123456789012345678901234567890, 1.0, 1.5e300, 2.5e-310, 0.1, 1.0e22, 123456.789, 1.0e-7, 9007199254740993.0',
    '_, _X, X, Äx, X@1, __, _@, X1_, {}, {{}}, [[]], [a | b], [a, b | c], [a | [b]], [], [[] | []], [a, [b, [c]]]',
  ],
  27: [
    '#{K => V || K <- L}, #{K => V || K := V <- M, is_atom(K)}, #{(catch a) => b || {_, X} := [Y] <- M}, [X || X := Y <- M]',
    '~"abc", ~b"abc", ~s"abc", ~"é", """\n a\n  b\n """',
  ],
  29: [
    '[X || X <:- L, <<Y>> <:= B, K := V <:- M], [{X, Y} || X <- A && Y <- B, X > Y], [X || <<X>> <= A && K := V <- M && Y <:- L]',
    '[X, Y || X <- L], [{a, X}, [Y], (catch Z) || X <- A && Y <- B], #{K => V, V => K || K := V <- M}',
    "#m:r{}, #m:r{a = 1}, X#m:r.a, X#m:r{a = X#m:r.a}, #_{}, #_{a = X}, X#_.a, X#_{a = 1}, X#m:r.a#s.b, (X#r.a)#m:s.b, (#r{})#m:s{}, #'M':'R'{'F' = 1}",
    '(X#m:r{})#_{}, (X#_.a)#_.b, (f())#m:r.a, -X#m:r.a, (#_{})#{}, (1)#m:r{}, fun(#m:r{a = X}, #_{b = Y}) -> X + Y end',
  ],
};

/** Attributes and types. */
const DECLARATIONS: Readonly<Record<number, readonly string[]>> = {
  25: [
    "-module('Elixir.A').",
    "-export([f/1, 'G'/2, 'if'/0]).",
    '-export([]).',
    '-import(m, [f/1]).',
    '-file("a\\n\\"b.erl", 12).',
    '-wild({a, "text", <<"b">>, <<1:3>>, -1, -0.0, \'A\', [1, 2 | x], #{a => [b]}, fun m:f/1, [], {}, <<>>, "", [[]], $a}).',
    "-'two words'([]).",
    '-wild(f/1).',
    '-compile([{inline, [f/1]}, warn_unused]).',
    '-on_load(f/0).',
    '-behaviour(gen_server).',
    '-optional_callbacks([f/1]).',
    '-record(r, {}).',
    "-record(r, {a, b = 1, c :: t(), d = [] :: [a | b], e = catch x, f = (y = z), 'G' = #r{}, h = fun() -> a, b end :: fun()}).",
    "-record('R', {a = 1 + 2 :: X :: integer(), b :: (X :: a) | b}).",
    '-type t() :: a.',
    "-type 'T'(A, _B) :: A | 'x y'.",
    '-opaque t(A) :: {A, [A], [A, ...], #{A => A, a := b}, #{}, map(), tuple(), {}, []}.',
    '-type t() :: a | b | (c | d) | [e | f].',
    '-type t() :: (a | b) | c.',
    '-type t() :: X :: a | b.',
    '-type t() :: (X :: a) | (Y :: b).',
    '-type t() :: {X :: a, [Y :: b], #{K :: a => V :: b}, fun((A :: a) -> B :: b)}.',
    '-type t() :: 1 | -1 | 1..2 | -1..1 | (1 + 2)..3 * 4 | 1 bsl 2 | -(1 + 2) | 1 - (2 - 3) | (1 - 2) - 3 | bnot 1 | $a | $a..$z.',
    '-type t() :: fun() | fun(() -> a) | fun((...) -> a) | fun((a, b) -> fun((c) -> d)) | (fun((a) -> b | c)) | d.',
    '-type t() :: <<>> | <<_:8>> | <<_:_*8>> | <<_:8, _:_*8>> | <<_:(8 + 1), _:_*(2 * 4)>> | binary() | bitstring().',
    "-type t() :: #r{} | #r{a :: b, c :: d | e} | #'if'{} | m:t() | 'M':'T'(a, b) | u() | u(a) | list() | nil() | nonempty_list().",
    '-type t() :: nonempty_string() | maybe_improper_list(a, b) | iodata() | mfa() | no_return() | none() | node() | timeout().',
    '-type t() :: #{...} | [A, ...].'.replace('#{...} | ', ''),
    "-type t() :: union(a) | record(a) | binary(a) | tuple(a) | map(a) | 'fun'(a) | range(1) | product().",
    '-spec f() -> ok.',
    "-spec 'F'(A, B :: b()) -> C :: c() when A :: a | b, C :: [A].",
    '-spec f(a) -> b; (c) -> d; (X) -> Y when X :: x, is_subtype(Y, y).',
    '-spec m:f(a) -> b.',
    '-callback f(A :: a) -> {ok, b} | c.',
    'f(X, [Y | Z] = W, {a, _}, #r{b = C}, "a" ++ D, <<E:8, F/binary>>, #{g := H}, -1, 1 + 2, \'I\', $j, [], _) when X, Y; Z -> ok; f(_, _, _, _, _, _, _, _, _, _, _, _, _) -> no.',
    "'two words'() -> 'two words'().",
  ],
  27: ['-type t() :: dynamic().', '-doc "text".', '-doc #{since => <<"1">>}.', '-doc false.', '-moduledoc "a\\nb".'],
  29: [
    '-nominal t(A) :: {A}.',
    '-record #r{}.',
    "-record #'R'{a, b = 1, c :: t(), d = [] :: [a]}.",
    '-export_record([r, s]).',
    "-import_record(m, [r, 'S']).",
    '-type t() :: #m:r{} | #m:r{a :: b} | record().',
  ],
};

function sourcesOf(release: number): readonly string[] {
  const known = (table: Readonly<Record<number, readonly string[]>>) =>
    Object.entries(table).flatMap(([since, sources]) => (Number(since) <= release ? sources : []));
  return [...known(EXPRESSIONS).map((source) => `f() -> ${source}.`), ...known(DECLARATIONS)];
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `sources that are easy to print wrongly, in OTP ${release}`, () => {
    it('are read, printed, and parse to the same', () => {
      const sources = sourcesOf(release);
      const terms = properList(decodeTerm(runOracle(release, 'forms_oracle', 'parse_each', [sources]))) ?? [];
      const forms = terms.map(formFromTerm);
      const printed = forms.map((form) => printForms([form]));
      const pairs = printed.map(({ text }, at) => [encodeTerm(terms[at] as (typeof terms)[number]), text]);
      const answers = runOracle(release, 'forms_oracle', 'compare_each', [pairs]).toString('utf8').split('\0');
      expect(terms.length).toBe(sources.length);
      expect(terms.filter((term, at) => !equalTerms(formToTerm(forms[at] as (typeof forms)[number]), term))).toEqual([]);
      expect(printed.flatMap(({ gaps }) => gaps)).toEqual([]);
      expect(answers.filter((answer) => answer !== '')).toEqual([]);
    });
  });
}

describe('the table', () => {
  it('has no source twice', () => {
    expect(new Set(sourcesOf(29)).size).toBe(sourcesOf(29).length);
  });
});
