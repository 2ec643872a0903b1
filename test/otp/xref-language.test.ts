// The parser of queries against xref's scanner and parser, and regular expressions against those of Erlang: examples, and random texts.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery } from '../../src/graph/query/parse.js';
import { QueryError } from '../../src/graph/query/query-error.js';
import { matchesWhole, translateRegexp } from '../../src/graph/query/regexp.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { atom, isTuple, list, properList, stringTerm, type Term, tuple } from '../../src/term/model.js';
import { DOCUMENTED_QUERIES, nearlyQueries } from './support/documented-queries.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { parseTree } from './support/parse-tree.js';
import { regexpArbitrary, textArbitrary } from './support/query-arbitrary.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);

const terms = (bytes: Buffer) => (properList(decodeTerm(bytes)) ?? []).map((term) => formatTerm(term, { otp: 25 }));

function parsed(query: string): Term {
  try {
    return tuple(atom('ok'), parseTree(parseQuery(query)));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const reason = isTuple(error.term) ? error.term.items[2] : undefined;
    return tuple(atom('error'), tuple(...(isTuple(reason) ? reason.items.slice(1) : [])));
  }
}

function expectSameParse(queries: readonly string[]): void {
  const theirs = terms(runOracle(25, 'xref_oracle', 'parses', [queries]));
  const ours = queries.map((query) => formatTerm(parsed(query), { otp: 25 }));
  expect(queries.map((query, i) => [query, ours[i]])).toEqual(queries.map((query, i) => [query, theirs[i]]));
}

const NAMES = [
  ...[
    '',
    'a',
    'b',
    'ab',
    'aab',
    'abb',
    'A',
    'é',
    'É',
    'α',
    '1',
    'a1',
    '_',
    'a b',
    'a\n',
    '\n',
    'aa',
    'bb',
    'a-b',
    ']',
    '{',
    'a{',
    'B',
    '#',
  ],
  ...['Aé', 'ABab', 'a\r\n', '\x01'],
];

function matched(source: string): Term {
  const translation = translateRegexp(source);
  if (translation.kind === 'fault') {
    const position = Buffer.byteLength(Array.from(source).slice(0, translation.position).join(''));
    return tuple(stringTerm(translation.reason), position);
  }
  return list(NAMES.map((name) => atom(String(matchesWhole(translation.regexp, name)))));
}

function expectSameMatches(sources: readonly string[]): void {
  const theirs = terms(runOracle(25, 'xref_oracle', 'matches', [sources.map((source) => [source, NAMES])]));
  const ours = sources.map((source) => formatTerm(matched(source), { otp: 25 }));
  expect(sources.map((source, i) => [source, ours[i]])).toEqual(sources.map((source, i) => [source, theirs[i]]));
}

// One of each construct, of each error, and of each place where a token alone doesn't say what it is.
const QUERIES = [
  ...[
    'E',
    '(XC - UC) || (XU - X - B)',
    'a : Mod * X',
    '(Mod) tools',
    '"xref_.*" : Mod',
    '# E | X',
    '(LLin) (LC * XC)',
    'XC * (ME - strict ME)',
  ],
  ...[
    'closure E | a || a',
    '{a,b}:Mod of ME',
    'closure E | a:Mod || b:Mod',
    '(Fun) a -> b',
    'E * [a -> b, c -> d]',
    'E | [a, b] || [c, d]',
  ],
  ...[
    'X * a * range (closure (E | a) | (L * a))',
    'Eplus := closure E',
    '# (Mod) (Eplus | a : Mod)',
    'A = X, B1 := A, A + B1',
    'm:f/1',
    '{m, f, 1}',
  ],
  ...[
    'm:f/1 -> n:g/2',
    '{{m,f,1},{n,g,2}}',
    '{a, b}',
    '[{a,b}]',
    '{a, b, c}',
    '{a}',
    '{m:f/1, n:g/2} of E',
    'm:f/-1',
    '_:_/-1',
    '_:f/_ : Fun',
  ],
  ...[
    '"re" : App',
    '"re" : Rel',
    '"m":"f"/"1"',
    'm:"f"/_',
    '_:"f"/2',
    "'A b':'C d'/1",
    '(Lin) E',
    '(XXL) (Lin) E',
    'weak strict E',
    'domain range E',
  ],
  ...[
    'components condensation E',
    '# # E',
    'E + X - L * U',
    'E - X - L',
    'E | a | b',
    '# E + # X',
    '# E | a',
    'range # E | a',
    '(E)',
    '((E))',
    '# (E) of X',
  ],
  ...[
    'E | (X + L)',
    'E ||| a',
    'E || | a',
    'E of E of E',
    'closure E of ME',
    '(Fun) (Mod) E',
    'a',
    "'E'",
    'E %comment\n + X',
    'E\n|\na',
    'm : Mod',
    'm:Mod',
  ],
  ...[
    'E E',
    'foo E',
    'foo E )',
    'E )',
    'E ,',
    '(E',
    '(E,',
    'X = ',
    'X = E,',
    'X = E, ',
    'X := E, Y = X',
    '2 + 3',
    'E + "a',
    "E + 'x",
    'E - 1',
    'a/b',
    'a ]',
  ],
  ...[
    '"a(":Mod',
    '"a"',
    '"abc" : Fun',
    '"abc" : Lin',
    'a : Fun',
    'b:f/0 : Mod',
    'b:f/0 : Fun',
    '[a,b] : App',
    '[a:f/0] : Mod',
    '[a, b:f/0] : Mod',
    'm:_/_ : Mod',
  ],
  ...[
    '(foo) E',
    '(Fun : E)',
    '(Fun',
    '()',
    '[]',
    '[a',
    '[E]',
    '{E}',
    'E : Mod',
    'X : = E',
    ':= E',
    '#',
    '',
    'E |',
    '(Lin)',
    'M:f/1',
    '_',
    'X_',
    'm:F/1',
    'm:f/A',
  ],
  ...[
    'm:"("/1',
    'div E',
    'E.',
    'E. ',
    'E..E',
    'a -> b -> c',
    'a -> ',
    '-> a',
    'x : Foo',
    'E $a',
    '1.5',
    '16#ff',
    '1_000',
    'é',
    'E\xa0| a',
    'α',
    '"\\x{3b1}":Mod',
  ],
];

const REGEXPS = [
  ...['(?s).?', '(?s).*', '(?s)(.|b){0,2}'],
  ...[
    'a|ab',
    '(?:ab|a)b',
    'a++b',
    '(?>a|ab)b',
    '(a)\\1',
    '(?<n>a)\\k<n>',
    '(?P<n>a)(?P=n)',
    '(a)\\g{-1}',
    '^a$',
    '\\Aa\\z',
    'a\\Z',
    '(?m)a$',
    '(?i)AB',
  ],
  ...[
    '(?i:A)b',
    'a(?i)B',
    '(?i)[A-B]+',
    '(?s)a.',
    'a.',
    '(?x) a b #c',
    '\\w',
    '\\W',
    '[\\w-]+',
    '[[:alpha:]_]+',
    '[^[:upper:]]',
    '\\p{Lu}',
    '\\p{Greek}',
    '\\P{L}',
  ],
  ...[
    '\\x{3b1}',
    '\\x41',
    '\\101',
    '\\o{101}',
    '\\cA',
    '\\Qa-b\\E',
    '[\\Q]\\E]',
    '[]]',
    '[^]]',
    '(?=a)ab',
    '(?!b)ab',
    '(?<=a)b',
    'a(?<=a)b',
    'x{',
    'a{,2}',
    '{',
  ],
  ...[
    'a(',
    'a)',
    '*a',
    'a**',
    'a{2,1}',
    '[a',
    '[z-a]',
    '\\',
    'a{99999}',
    '(?<n>a)(?<n>b)',
    '\\1',
    '(?<=a+)b',
    '(?<=a|bc)b',
    '(?z)',
    '(?P<a',
    '\\c',
    '[[:foo:]]',
  ],
  ...[
    '\\x{110000}',
    '(?#abc',
    '(?<=ab?)c',
    '\\L',
    '\\u1234',
    '\\p{Foo}',
    '\\p',
    '\\k<x>',
    '(?<1a>b)',
    '(?',
    '(?<',
    '^*',
    '\\b+',
    '[a-\\d]',
    '\\g{0}',
    '(?<n',
    'a*(?#x)+a',
    'a*(?#x)?b',
    'a*(?#x)(?#y)+a',
    'a{2}(?#x)+b',
    '(?x)a* +a',
    '(?x)a* ?b',
    '(*ab1',
    '(?<!a?^)(?<!',
    'a\\Q\\E?',
    'a?\\Q\\E?',
    '^\\Q\\E?',
    '(\\Q\\E?)',
    '\\R\\Q\\E\\Q\\E+',
  ],
];

describeWithOtp(25, `xref's language (seed ${seed})`, () => {
  it('parses as there, errors and their places included', () => {
    expectSameParse(QUERIES);
  });

  it('parses what the documentation shows', () => {
    expectSameParse(DOCUMENTED_QUERIES);
    const accepted = DOCUMENTED_QUERIES.filter((query) => isTuple(parsed(query)) && formatTerm(parsed(query)).startsWith('{ok,'));
    // `Z1 = Z2 := E` and `M -> N` were made up here, to be refused.
    expect(accepted.length).toBe(DOCUMENTED_QUERIES.length - 2);
  });

  it('refuses and parses as there what lacks a token of that, or has one twice', () => {
    expectSameParse([...new Set(DOCUMENTED_QUERIES.flatMap(nearlyQueries))].filter((query) => query !== ''));
  });

  it('parses random texts as there', () => {
    expectSameParse(fc.sample(textArbitrary, { seed, numRuns: 4000 }).filter((query) => query !== ''));
  });

  it('has the regular expressions of Erlang', () => {
    expectSameMatches(REGEXPS);
  });

  it('matches names by random regular expressions as there', () => {
    // What JavaScript can't say is refused.
    const isRefused = (source: string) => {
      const translation = translateRegexp(source);
      // A verb that there isn't ends in the middle of a character.
      const isVerb = /\(\*[A-Za-z]*[^\x00-\x7f]/.test(source);
      return isVerb || (translation.kind === 'fault' && translation.reason.endsWith('not supported here'));
    };
    expectSameMatches(fc.sample(regexpArbitrary, { seed, numRuns: 4000 }).filter((source) => !isRefused(source)));
  });
});
