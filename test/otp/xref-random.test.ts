// Random modules, compiled by each release and read by its xref and by us: every function and call with its lines, and every variable.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { reportQueries } from '../../src/graph/analyses/report.js';
import { readAbstractFacts } from '../../src/graph/facts/abstract/read-abstract.js';
import { readTableFacts } from '../../src/graph/facts/module-tables.js';
import type { ModuleFacts } from '../../src/graph/module-facts.js';
import { buildProgram } from '../../src/graph/program/build-program.js';
import { definitionOf, VARIABLE_NAMES } from '../../src/graph/program/variables.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { atom, isTuple, properList, type Term, tuple } from '../../src/term/model.js';
import { describeWithOtp, type OtpRelease } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { randomModules } from './support/random-modules.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);
const MODULES = 300;

const NEW_IN_29 = /^(US|DC)/;
const LINES = ['(Lin) V', '(LLin) E', '(XLin) E', '(ELin) EE'];
const ANALYSES_AS_QUERIES = [
  '(XC - UC) || (XU - X - B)',
  '(L - (OL + range (closure LC | OL))) * ((UU + XU - LU) + domain EE + range EE)',
  'XC || DF',
];

/** A line for each item of a list, so that a failure shows which. */
const itemsOf = (question: string, answer: Term | undefined): readonly string[] =>
  (properList(answer) ?? []).map((item) => `${question}: ${formatTerm(item, { mode: 'w', otp: 25 })}`);

function differences(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const [known, wanted] = [new Set(ours), new Set(theirs)];
  const missing = theirs.filter((line) => !known.has(line)).map((line) => `missing ${line}`);
  return [...missing, ...ours.filter((line) => !wanted.has(line)).map((line) => `too many ${line}`)].slice(0, 20);
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `random modules of OTP ${release} (seed ${seed})`, () => {
    // Not os.tmpdir(): see support/oracle.ts.
    const folder = mkdtempSync('/tmp/beamtool-random-');
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    let compiled: readonly string[] | undefined;

    it.each([
      ['functions', false],
      ['functions', true],
      ['modules', true],
    ] as const)(
      'are read as xref reads them in %s mode, BIFs %s',
      (mode, builtins) => {
        compiled ??= compileModules(release, folder);
        expect(compiled.length).toBeGreaterThan(MODULES / 2);
        const questions = [
          ...VARIABLE_NAMES.filter((name) => definitionOf(name, mode) !== undefined && !NEW_IN_29.test(name)),
          ...(mode === 'functions' ? [...LINES, ...ANALYSES_AS_QUERIES] : []),
        ];
        const facts = compiled.map((module) => readFacts(join(folder, 'ebin', `${module}.beam`), release, mode, builtins));
        const program = buildProgram(facts, { mode, builtins, otp: release });
        const ignore = { mode: release >= 29 ? 'otp29' : 'off' } as const;
        const ours = reportQueries(program, questions, ignore).flatMap(({ query, result }) =>
          itemsOf(query, 'answer' in result ? result.answer : undefined),
        );
        const settings = [mode, String(builtins), []];
        const answers = properList(
          decodeTerm(runOracle(release, 'xref_oracle', 'answers', [settings, [join(folder, 'ebin')], questions])),
        );
        const theirs = questions.flatMap((question, at) => itemsOf(question, okAnswer(answers?.[at])));
        expect(theirs.length).toBeGreaterThan(1000);
        expect(differences(ours, theirs)).toEqual([]);
      },
      300_000,
    );
  });
}

function compileModules(release: OtpRelease, folder: string): readonly string[] {
  mkdirSync(join(folder, 'ebin'));
  const sources = randomModules(seed, MODULES);
  for (const [module, source] of sources) writeFileSync(join(folder, `${module}.erl`), source);
  const answer = runOracle(release, 'xref_oracle', 'compile', [folder, [...sources.keys()]]);
  return answer.toString('utf8').split('\n').slice(0, -1);
}

function readFacts(file: string, otp: OtpRelease, mode: 'functions' | 'modules', builtins: boolean): ModuleFacts {
  const module = readBeam(readFileSync(file), { file });
  const context = { file, app: null, otp, builtins };
  return mode === 'modules' ? readTableFacts(module, context) : readAbstractFacts(module, context);
}

function okAnswer(term: Term | undefined): Term | undefined {
  return isTuple(term, 2) ? term.items[1] : tuple(atom('none'));
}
