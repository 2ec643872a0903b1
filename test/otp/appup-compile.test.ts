// Sequences of terms and matches have the value that file:script gives them in each release; what it fails on is refused, and so is all else
// that it evaluates. Appups that we wrote are read back by file:consult.
import { expect, it } from 'vitest';
import { ParseError } from '../../src/errors.js';
import { evaluateTerms } from '../../src/release/appup/evaluate-terms.js';
import { formatAppup } from '../../src/release/appup/format-appup.js';
import { appupFromTerm } from '../../src/release/appup/read-appup.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isTuple, list, properList, type Term } from '../../src/term/model.js';
import { equalTerms } from '../../src/term/order.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

/** What file:script evaluates and we do, and what both refuse. */
const TEXTS = [
  '{"2", [], []}.',
  '{"1", [], []}. {"2", [], []}.',
  'A = 1. A.',
  'A = 1, {A, A}.',
  'A = B = {x, 1.0}. [A | B].',
  'A = [a, b], [c | A].',
  'A = "text", {A, "te" "xt"}, [$x | A].',
  'Deps = [m_b], Pre = soft_purge.\n{"2", [{"1", [{load_module, m_a, Pre, brutal_purge, Deps}]}], []}.',
  'A = #{k => v}, #{A => A, 1 => A}.',
  'X = 7, <<X, X:4, X:X, 1:4/unit:8>>.',
  'X = <<"ab">>, <<X/binary, X:1/binary>>.',
  'X = "ab", <<X>>.',
  'X = 16, <<1:X/little>>.',
  'A = 1. A = 1. A.',
  'A = 1. A = 2. A.',
  'A = 1, A = 1.0.',
  'A = A.',
  'A = B, B = 1.',
  '_ = 1. _ = 2.',
  '{_, 1}.',
  '_.',
  '_A = 1, _A.',
  'Ä = 1, {Ä, "ä", \'Ж\', <<"é"/utf8>>}.',
  'A = fun lists:map/2, {A}.',
  'A = - 1, {A, +2, -$a, (3), (A)}.',
  'a',
  'a, b',
  'a. b',
  '',
  '% nothing\n',
  '.',
  ',.',
  'a,.',
  'A = .',
  '= 1.',
  'A == 1.',
  'A = 1 B = 2.',
  'A = [1, 2, 3], [[A, A], [A | A]].',
  'A = $\\n, [A, A].',
  'X = 1, #{a => X, a => 2}.',
  'X = [a | b], [c | X].',
  'X = {a}. #{X => 1, {a} => 2}.',
  'maybe = else.',
  'Maybe = 1, Maybe.',
  'A = ~b"x", A.',
  'A = """\n  text\n  """, A.',
  '{a, b.\n c}.',
];

/** What file:script evaluates, and is not for us. */
const MORE = [
  'lists:reverse([1, 2]).',
  '1 + 2.',
  'A = "a" ++ "b", A.',
  'case x of x -> y end.',
  '[X || X <- [1, 2]].',
  'begin a, b end.',
  '{A, B} = {1, 2}, A.',
  'X = fun() -> 1 end, X().',
  '{a, B = 1}.',
  'A = (B = 1), B.',
  '(A) = 1, A.',
  '{A} = {1}, A.',
  '1 = 1.',
  'atom_to_list(a).',
  'M = #{}, M#{a => 1}.',
  '- - 1.',
  'X = 1, -X.',
  'not true.',
];

function ask(release: 25 | 27 | 29, question: string, texts: readonly (string | Uint8Array)[]): readonly (Term | undefined)[] {
  const bytes = texts.map((text) => (typeof text === 'string' ? new TextEncoder().encode(text) : text));
  const answers = properList(decodeTerm(runOracle(release, 'script_oracle', question, [bytes]))) ?? [];
  return answers.map((answer) => (isTuple(answer, 2) ? answer.items[1] : undefined));
}

function evaluated(text: string, otp: number): Term | undefined {
  try {
    return evaluateTerms(text, { otp });
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

const isSame = (left: Term | undefined, right: Term | undefined) =>
  left === undefined || right === undefined ? left === right : equalTerms(left, right);

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `texts of terms and matches, OTP ${release}`, () => {
    it('have the value that file:script gives, or are refused with it', () => {
      const answers = ask(release, 'scripts', TEXTS);
      expect(TEXTS.filter((text, at) => !isSame(evaluated(text, release), answers[at]))).toEqual([]);
      expect(answers.filter((answer) => answer !== undefined).length).toBeGreaterThan(24);
    });

    it('are refused where they need more than that, which file:script evaluates', () => {
      const answers = ask(release, 'scripts', MORE);
      expect(MORE.filter((_, at) => answers[at] === undefined)).toEqual([]);
      expect(MORE.filter((text) => evaluated(text, release) !== undefined)).toEqual([]);
    });

    it('are written as appups that file:consult reads back', () => {
      const texts = TEXTS.filter((text) => /^[^,]*"2", \[/.test(text));
      const terms = texts.map((text) => evaluateTerms(text));
      const read = ask(
        release,
        'consults',
        terms.map((term) => formatAppup(appupFromTerm(term))),
      );
      expect(terms.filter((term, at) => !isSame(list([term]), read[at]))).toEqual([]);
    });
  });
}
