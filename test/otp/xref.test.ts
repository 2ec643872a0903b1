// Queries and predefined analyses against xref: the same facts (xref's own, so that no reader of ours is in between), both modes, with and
// without BIFs and a library path; on sources that have every construct, on applications of OTP, and on a release made of them.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { analysisAnswer, analysisTerm } from '../../src/graph/analyses/analysis.js';
import { parseAnalysis } from '../../src/graph/analyses/parse-analysis.js';
import type { ModuleFacts } from '../../src/graph/module-facts.js';
import { finishProgram } from '../../src/graph/program/build-program.js';
import type { ApplicationFacts, Program, ProgramMode } from '../../src/graph/program/program.js';
import { addModule, beginProgram, missingModules } from '../../src/graph/program/program-builder.js';
import { VARIABLE_NAMES } from '../../src/graph/program/variables.js';
import { answerTerm } from '../../src/graph/query/answer.js';
import { QueryError } from '../../src/graph/query/query-error.js';
import { runQuery, type UserVariables } from '../../src/graph/query/run-query.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { formatAtom } from '../../src/term/format-token.js';
import { atom, properList, type Term, tuple } from '../../src/term/model.js';
import { describeWithOtp, insidePath, type OtpRelease, otpEbins, repository, runCommand } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { queryArbitrary, type Vocabulary } from './support/query-arbitrary.js';
import { xrefFacts, xrefLibrary } from './support/xref-facts.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);
const sourceFolder = join(repository, 'test/otp/xref-sources');

/** What is asked of one xref server, and of one program. */
interface Setting {
  readonly release: OtpRelease;
  readonly mode: ProgramMode;
  readonly builtins: boolean;
  readonly library: readonly string[];
  /** What is added: applications, folders of beams, releases. */
  readonly added: readonly string[];
  readonly facts: readonly ModuleFacts[];
  readonly applications?: readonly ApplicationFacts[];
}

function buildProgram(setting: Setting): Program {
  const builder = beginProgram({ mode: setting.mode, builtins: setting.builtins, otp: setting.release });
  for (const facts of setting.facts) addModule(builder, facts);
  const library = xrefLibrary(setting.release, setting.library, missingModules(builder));
  return finishProgram(builder, { library, applications: setting.applications ?? [] });
}

const text = (term: Term) => formatTerm(term, { mode: 'w', otp: 25 });

function ask(setting: Setting, how: 'answers' | 'analyses', questions: readonly string[]): readonly string[] {
  const { release, mode, builtins, library, added } = setting;
  const answers = decodeTerm(runOracle(release, 'xref_oracle', how, [[mode, String(builtins), library], added, questions]));
  return (properList(answers) ?? []).map(text);
}

/** Answers queries in a row, which share their user variables. */
function answers(program: Program, queries: readonly string[]): readonly string[] {
  let variables: UserVariables = new Map();
  return queries.map((query) => {
    try {
      const answer = runQuery(program, query, variables);
      variables = answer.variables;
      return text(tuple(atom('ok'), answerTerm(program, answer.type, answer.value)));
    } catch (error) {
      if (error instanceof QueryError) return text(error.term);
      throw error;
    }
  });
}

function expectSame(questions: readonly string[], ours: readonly string[], theirs: readonly string[]): void {
  // Where a query kills the server, any error will do.
  const shown = (answer: string | undefined, their: string | undefined) => (their === 'crash' ? 'crash' : answer);
  expect(questions.map((question, i) => [question, shown(ours[i], theirs[i])])).toEqual(
    questions.map((question, i) => [question, theirs[i]]),
  );
}

function expectSameAnswers(setting: Setting, queries: readonly string[]): void {
  const program = buildProgram(setting);
  expectSame(queries, answers(program, queries), ask(setting, 'answers', queries));
}

function expectSameAnalyses(setting: Setting, analyses: readonly string[]): void {
  const program = buildProgram(setting);
  const asked = analyses.map(parseAnalysis);
  const theirs = ask(
    setting,
    'analyses',
    asked.map((analysis) => text(analysisTerm(analysis))),
  );
  expectSame(
    analyses,
    asked.map((analysis) => text(analysisAnswer(program, analysis))),
    theirs,
  );
}

function vocabularyOf({ facts, mode }: Setting): Vocabulary {
  const name = (module: string) => formatAtom(module);
  // In modules mode only what is exported is known.
  const functionsOf = (module: ModuleFacts) => (mode === 'functions' ? module.functions : module.exports);
  return {
    mode,
    functions: facts.flatMap((module) =>
      functionsOf(module).map((one) => `${name(module.module)}:${name(one.name)}/${one.arity}`),
    ),
    modules: facts.map(({ module }) => name(module)),
    applications: [...new Set(facts.flatMap(({ app }) => (app === null ? [] : [name(app)])))],
  };
}

const NEW_IN_29 = /^(US|DC)/;
const VARIABLES = VARIABLE_NAMES.filter((name) => !NEW_IN_29.test(name));

const EACH_VARIABLE = VARIABLES.flatMap((name) => [
  name,
  `# ${name}`,
  ...['Fun', 'Mod', 'App', 'Rel', 'Lin', 'LLin', 'XLin', 'ELin', 'XXL'].map((type) => `(${type}) ${name}`),
  ...['domain', 'range', 'weak', 'strict', 'components', 'condensation', 'closure'].map((operator) => `${operator} ${name}`),
  ...VARIABLES.flatMap((other) => ['+', '-', '*', '|', '||', '|||'].map((operator) => `# (${name} ${operator} ${other})`)),
]);

const QUERIES = [
  ...[
    '(Lin) LC + (Lin) XC',
    '(Lin) E - (LLin) E',
    '(LLin) E * (XLin) E',
    '# ((LLin) E * (XLin) E)',
    '(Fun) ((Lin) E - (LLin) E)',
  ],
  ...[
    'domain ((LLin) E * (XLin) E)',
    'range (Lin) LC',
    'domain (Lin) LC',
    'strict (Lin) LC',
    'weak (Lin) LC',
    '(Fun) domain (Lin) LC',
  ],
  ...[
    '# range (Lin) E',
    'range (Lin) E - range (Lin) LC',
    'domain (Lin) E * domain (LLin) E',
    '(Lin) V + domain (Lin) E',
    '(XXL) (Lin) E',
  ],
  ...[
    'domain (XXL) (Lin) LC',
    '(XXL) (ELin) EE',
    '(Lin) (XXL) (Lin) E',
    '(LLin) (Lin) E',
    '(Lin) (Mod) E',
    '(XXL) E',
    '(Lin) UC',
  ],
  ...[
    'closure E ||| a',
    'closure E || b',
    '(closure E | a) || b',
    'closure E | a || b',
    'domain (closure E || nomod:f/0)',
    '# (closure E | a)',
  ],
  ...[
    'range (closure LC | OL)',
    'range (closure E | a) * domain (closure E || b)',
    'components closure E',
    'condensation closure ME',
  ],
  ...[
    '(closure E | a) - E',
    'strict (closure E | d)',
    'weak (closure E | d)',
    'components (closure E | d)',
    '(Mod) (closure E | a)',
  ],
  ...[
    '{a,nomod} of ME',
    '{a:t_self/0, b:exported/0} of E',
    '{a:t_self/0, b:exported/0} of closure E',
    '{c,b,nomod} of ME',
    '{a} of ME',
    '{b} of ME',
  ],
  ...[
    '{d:h/0} of E',
    '{d} of strict ME',
    'E of ME',
    'a -> b of ME',
    '[{a,b}] of ME',
    '[{a,b},{c,d}] of ME',
    '[a->b, a->b] of ME',
    '{a,b} of closure E',
  ],
  ...[
    '{{a,b},{b,c}}',
    '{a, b, c}',
    '{a, {b, c}}',
    'a -> b',
    '[a -> b, c -> d]',
    '[a, nosuch]',
    '[a, b:user/0]',
    '[b:user/0, a]',
    'nosuch',
    '[b:x/0, a:y/1]',
  ],
  ...[
    'ets:lookup/2',
    'ets:lookup/3',
    '(Mod) ets:lookup/2',
    'erts_debug:apply/4',
    'a:t_apply/2 -> ets:lookup/2',
    "'$M_EXPR'",
    'UC || _:_/-1',
    'nomod:f/0',
  ],
  ...[
    '(Mod) (b:user/0 - b:user/0)',
    '(Mod) (b:user/0 * b:exported/0)',
    '(Mod) DF_1',
    '(Mod) OL',
    '(Mod) b:_/_',
    '(Mod) b:"zzz"/_',
    '(Mod) (Fun) c',
  ],
  ...[
    '_:_/0',
    '_:foo/"1|2"',
    '"[ab]":Mod',
    '"b":user/0',
    'b:"old[1-3]"/_',
    '_:"old."/"[01]"',
    '"":Mod',
    '".*":App',
    '".*":Rel',
    'V * _:module_info/_',
  ],
  ...[
    'E | a + X',
    'E | a * X',
    'X + M',
    'X - a',
    'M - X',
    'E + ME',
    'E * ME',
    'ME - E',
    'E + X',
    '# E + # X * # L - # U',
    '# # E',
    '# closure E',
    '- E',
  ],
  ...[
    'Y = X, Y',
    'Y := M',
    'Y',
    '# Y',
    'Y = X',
    'Z = Y, Z := X, Z',
    'Z',
    'E := X',
    'e',
    'v',
    'V1 := closure E',
    'V1 | d',
    'V1',
    'V2 := # E',
    'V2 + V2',
  ],
  ...[
    'V3 := {a,b} of ME',
    'V3',
    'V3 of ME',
    'W := (Lin) LC',
    'W',
    'W + W',
    'W + E',
    '# (W - W)',
    'Foo',
    'foo E',
    'E | (Lin) X',
    '(Lin) E | X',
    '[a,b] of ME',
  ],
  ...[
    '(XC - UC) || (XU - X - B)',
    'XU - range UC - X - B',
    'X - XU',
    'XC || DF',
    'XU * DF',
    'E E',
    'closure (Lin) E',
    'range X',
    'components X',
    'A = E, A | a',
  ],
];

const ANALYSES = [
  ...[
    'undefined_function_calls',
    'undefined_functions',
    'locals_not_used',
    'exports_not_used',
    'deprecated_function_calls',
    'deprecated_functions',
  ],
  ...['next_version', 'next_major_release', 'eventually', 'sometime', '"text"', '[]'].flatMap((flag) => [
    `deprecated_function_calls=${flag === '[]' ? '""' : flag}`,
    `deprecated_functions=${flag === '[]' ? '""' : flag}`,
  ]),
  ...[
    'call=a:t_self/0',
    'use=b:exported/0',
    'call=[a:t_self/0, b:user/0]',
    'use=nomod:f/0',
    'call=nosuch:f/1',
    'call=a',
    'use=ets:lookup/2',
    'call=[a, b]',
  ],
  ...[
    'module_call=a',
    'module_use=b',
    'module_use=[a, b]',
    'module_call=nosuch',
    "module_use='$M_EXPR'",
    'module_call=b:user/0',
    'application_call=a',
  ],
  ...[
    'application_use=nosuch',
    'release_call=a',
    'release_use=[a, b]',
    'nosuch',
    'nosuch=a',
    'exports_not_used=a',
    'call',
    'deprecated_functions=a:b/1',
  ],
];

const MODES = ['functions', 'modules'] as const;

describeWithOtp(25, `queries and analyses, with the facts of xref (seed ${seed})`, () => {
  let folder = '';
  let library: readonly string[] = [];
  const facts = new Map<string, readonly ModuleFacts[]>();

  /** The facts of folders, read once with BIFs and once without. */
  function factsOf(builtins: boolean, folders: readonly string[]): readonly ModuleFacts[] {
    const key = JSON.stringify([builtins, folders]);
    const known = facts.get(key) ?? xrefFacts(25, builtins, folders);
    facts.set(key, known);
    return known;
  }

  beforeAll(() => {
    folder = mkdtempSync('/tmp/beamtool-xref-');
    // Texts in errors have the name maybe in quotes or not, by release.
    const sources = readdirSync(sourceFolder)
      .filter((name) => name !== 'maybe.erl')
      .map((name) => join(sourceFolder, name));
    runCommand(25, ['erlc', '+nowarn', '+debug_info', '-o', folder, ...sources]);
    library = otpEbins(25).filter((ebin) => /\/(stdlib|kernel|crypto)-[^/]*\/ebin$/.test(ebin));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const fixtures = (mode: ProgramMode, builtins: boolean, path: readonly string[] = []): Setting => {
    return { release: 25, mode, builtins, library: path, added: [folder], facts: factsOf(builtins, [folder]) };
  };

  it.each(MODES.flatMap((mode) => [false, true].map((builtins) => [mode, builtins] as const)))(
    'have the answers of xref in %s mode, BIFs %s',
    (mode, builtins) => {
      expectSameAnswers(fixtures(mode, builtins), [...QUERIES, ...EACH_VARIABLE]);
      expectSameAnalyses(fixtures(mode, builtins), ANALYSES);
    },
    300_000,
  );

  it.each(MODES)(
    'have those of xref with a library path in %s mode',
    (mode) => {
      expectSameAnswers(fixtures(mode, true, library), [...QUERIES, ...VARIABLES]);
      expectSameAnalyses(fixtures(mode, false, library), ANALYSES);
    },
    300_000,
  );

  it.each(MODES)(
    'have those of xref for random queries in %s mode',
    (mode) => {
      const setting = fixtures(mode, true);
      expectSameAnswers(setting, fc.sample(queryArbitrary(vocabularyOf(setting)), { seed, numRuns: 2000 }));
    },
    300_000,
  );

  it.each(MODES)(
    'have those of xref for random queries of applications in %s mode',
    (mode) => {
      const added = otpEbins(25)
        .filter((ebin) => /\/(ftp|eldap|sasl|runtime_tools|erts)-[^/]*\/ebin$/.test(ebin))
        .map((ebin) => join(ebin, '..'));
      const setting: Setting = { release: 25, mode, builtins: false, library: [], added, facts: factsOf(false, added) };
      const queries = fc.sample(queryArbitrary(vocabularyOf(setting)), { seed, numRuns: 1000 });
      expectSameAnswers(setting, [...VARIABLES, ...queries]);
      const analyses = ['application_call=sasl', 'application_use=erts', 'application_use=[erts, sasl]', 'module_use=erlang'];
      expectSameAnalyses(setting, [...ANALYSES.slice(0, 6), ...analyses]);
    },
    300_000,
  );

  it.each(MODES)(
    'know releases in %s mode',
    (mode) => {
      const release = join(folder, 'shop');
      const applications = { first: ['a', 'b'], second: ['c', 'd', 'q1'], third: ['r1', 'us'] };
      for (const [name, modules] of Object.entries(applications)) {
        const ebin = join(release, 'lib', `${name}-1.0`, 'ebin');
        mkdirSync(ebin, { recursive: true });
        for (const module of modules) cpSync(join(folder, `${module}.beam`), join(ebin, `${module}.beam`));
      }
      mkdirSync(join(folder, 'bare-2.0', 'ebin'), { recursive: true });
      const folders = Object.keys(applications).map((name) => join(release, 'lib', `${name}-1.0`));
      const setting: Setting = {
        release: 25,
        mode,
        builtins: false,
        library: [],
        added: [release, join(folder, 'bare-2.0')],
        facts: factsOf(false, folders),
        applications: [...Object.keys(applications).map((name) => ({ name, release: 'shop' })), { name: 'bare', release: null }],
      };
      const queries = [
        '(Fun) RE',
        '(Lin) RE',
        '(App) shop',
        '(Rel) E',
        '{shop} of RE',
        '[first, a]',
        '[shop, first]',
        'shop',
        'first : Rel',
      ];
      expectSameAnswers(setting, [...queries, ...EACH_VARIABLE.filter((query) => /\b([ARM]|AE|RE|ME)\b/.test(query))]);
      const random = fc.sample(queryArbitrary(vocabularyOf(setting)), { seed, numRuns: 500 });
      expectSameAnswers(setting, random);
      expectSameAnalyses(setting, [
        'release_call=shop',
        'release_use=shop',
        'release_use=nosuch',
        'application_use=first',
        'application_use=bare',
      ]);
    },
    300_000,
  );
});

describeWithOtp(29, 'the analyses of OTP 29', () => {
  it.each(MODES)(
    'have the answers of its xref in %s mode',
    (mode) => {
      const added = otpEbins(29)
        .filter((ebin) => /\/(ftp|eldap|sasl|runtime_tools|tools|crypto)-[^/]*\/ebin$/.test(ebin))
        .map((ebin) => insidePath(29, join(ebin, '..')));
      const library = otpEbins(29)
        .filter((ebin) => /\/(stdlib|kernel|erts)-[^/]*\/ebin$/.test(ebin))
        .map((ebin) => insidePath(29, ebin));
      const facts = xrefFacts(29, false, added);
      const analyses = [
        'private_function_calls',
        'undocumented_function_calls',
        'unsafe_function_calls',
        ...ANALYSES.slice(0, 6),
      ];
      const variables = VARIABLE_NAMES.filter((name) => NEW_IN_29.test(name));
      for (const path of [[], library]) {
        const setting: Setting = { release: 29, mode, builtins: false, library: path, added, facts };
        expectSameAnalyses(setting, analyses);
        expectSameAnswers(setting, [...variables, ...variables.map((name) => `(Mod) ${name}`)]);
      }
    },
    300_000,
  );
});
