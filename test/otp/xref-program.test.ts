// All of OTP, and our sources, from their beams through our readers to answers, against the xref of that release: every predefined variable, analysis, parameter
// and flag, in both modes, BIFs off and on; and what the commands write as terms, read by file:consult.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommonArgs } from '../../src/cli/command.js';
import { readProgram } from '../../src/cli/program.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { analysisTerm } from '../../src/graph/analyses/analysis.js';
import type { IgnoreMode } from '../../src/graph/analyses/ignore.js';
import { parseAnalysis } from '../../src/graph/analyses/parse-analysis.js';
import { isRefusal, type Refusal, reportAnalyses, reportQueries } from '../../src/graph/analyses/report.js';
import type { Program, ProgramMode } from '../../src/graph/program/program.js';
import { VARIABLE_NAMES } from '../../src/graph/program/variables.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { atom, isAtom, isBinary, isTuple, properList, type Term, tuple } from '../../src/term/model.js';
import { describeWithOtp, insidePath, type OtpRelease, otpEbins, otpVersion, repository, runCommand } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const command = fileURLToPath(new URL('../../bin/beamtool.js', import.meta.url));
const goldens = fileURLToPath(new URL('../golden/otp/xref25', import.meta.url));

const sources = join(repository, 'test/otp/xref-sources');

const silent = { write: async () => {}, warn: () => {}, interactive: false } as unknown as Terminal;

const ANALYSES = [
  'undefined_function_calls',
  'undefined_functions',
  'locals_not_used',
  'exports_not_used',
  'deprecated_function_calls',
  'deprecated_functions',
  ...['next_version', 'next_major_release', 'eventually', '"text"', 'sometime'].flatMap((flag) => [
    `deprecated_function_calls=${flag}`,
    `deprecated_functions=${flag}`,
  ]),
  ...['call=lists:map/2', 'use=lists:map/2', 'use=[gen_server:call/2, gen_server:call/3]', 'call=nosuch:f/1', 'use=ets:lookup/2'],
  ...['module_call=ssl', 'module_use=ssl', 'module_use=[ssl, lists]', 'module_call=nosuch', "module_use='$M_EXPR'"],
  ...['application_call=ssl', 'application_use=stdlib', 'application_use=nosuch', 'release_call=nosuch', 'nosuch', 'call=ssl'],
];
const ANALYSES_OF_29 = ['unsafe_function_calls', 'undocumented_function_calls', 'private_function_calls'];

/** What is written as terms and read back; the largest of the variables would take file:consult half a minute each. */
const WRITTEN = [
  'M',
  'ME',
  'AE',
  'OL',
  'B',
  'UM',
  '# E',
  'Ssl := E | ssl',
  '(Lin) Ssl',
  'Ssl || Foo',
  'components strict ME',
  'closure E',
];

/** About the sources in xref-sources. */
const SOURCE_ANALYSES = ['module_call=a', 'module_use=b', 'call=a:t_self/0', 'use=b:exported/0', 'call=[a:t_self/0, b:user/0]'];
const SOURCE_QUERIES = [
  ...['X * b : Mod', 'L * b : Mod', 'LU * a : Mod', 'LC | a:t_imp/1 : Fun', 'LC | a:t_fun/0 : Fun', 'LC | a:t_self/0'],
  ...[
    'XC | a : Mod',
    'LC | a : Mod',
    '(Lin) (E | walk : Mod)',
    'XC | q2 : Mod',
    'components E',
    'closure E | d : Mod',
    'E || Foo',
  ],
];

const NEW_IN_29 = /^(US|DC)/;

interface Setting {
  readonly release: OtpRelease;
  readonly mode: ProgramMode;
  readonly builtins: boolean;
  readonly ignore: IgnoreMode;
  /** Applications and folders of beams. */
  readonly folders: readonly string[];
  readonly library: readonly string[];
}

/** The applications that have modules. */
const applications = (release: OtpRelease) =>
  otpEbins(release)
    .filter((ebin) => /\/erlang\/lib\//.test(ebin) && readdirSync(ebin).some((name) => name.endsWith('.beam')))
    .map((ebin) => dirname(ebin));

async function readFolders({ release, mode, builtins, folders, library }: Setting): Promise<Program> {
  const args = { path: folders, strictInput: true } as unknown as CommonArgs;
  const source = mode === 'modules' ? 'tables' : 'abstract';
  const { program, exit } = await readProgram(args, silent, {
    mode,
    source,
    builtins,
    otp: release,
    docs: release >= 29,
    libraryPath: library,
  });
  expect(exit).toBe(0);
  return program;
}

/** Does what xref_oracle:digest/1 does. */
function digest(result: { readonly answer: Term } | Refusal): string {
  const answer = isRefusal(result) ? result.error.term : tuple(atom('ok'), result.answer);
  const hash = createHash('md5');
  const visit = (term: Term): void => {
    const items = isTuple(term) ? term.items : properList(term);
    if (isAtom(term)) hash.update(`a${term.name}\0`);
    else if (items === undefined) hash.update(`i${String(term)}\0`);
    else {
      hash.update(isTuple(term) ? '{' : '[');
      items.forEach(visit);
      hash.update(isTuple(term) ? '}' : ']');
    }
  };
  visit(answer);
  return hash.digest('hex').toUpperCase();
}

/** What xref answers: digests, and which of the terms that the commands wrote differ. */
function askXref(
  { release, mode, builtins, folders, library }: Setting,
  { queries, analyses }: Questions,
  files: readonly (string | readonly string[])[],
) {
  const inside = (paths: readonly string[]) => paths.map((path) => insidePath(release, path));
  const terms = analyses.map((analysis) => formatTerm(analysisTerm(parseAnalysis(analysis)), { mode: 'w', otp: 25 }));
  const settings = [mode, String(builtins), inside(library)];
  const answer = decodeTerm(runOracle(release, 'xref_oracle', 'program', [settings, inside(folders), [queries, terms], files]));
  const [first, second, different] = isTuple(answer) ? answer.items : [];
  const digests = (list: Term | undefined) => (properList(list) ?? []).map(digestText);
  return {
    queries: digests(first),
    analyses: digests(second),
    different: (properList(different) ?? []).map((each) => formatTerm(each)),
  };
}

function digestText(term: Term): string {
  if (isAtom(term)) return term.name;
  if (isBinary(term)) return Buffer.from(term.bytes).toString('latin1');
  throw new Error('not a digest');
}

/** What is asked of both. */
interface Questions {
  readonly queries: readonly string[];
  readonly analyses: readonly string[];
  /** Those of the queries whose answers are written by the command and read back. */
  readonly written: readonly string[];
}

const questionsAboutOtp = ({ release, mode, builtins }: Setting): Questions => ({
  written: WRITTEN,
  queries: [
    ...VARIABLE_NAMES.filter((name) => release >= 29 || !NEW_IN_29.test(name)),
    ...(mode === 'functions' ? ['(Lin) E', 'strict AE'] : []),
    // These take xref seconds each, and with BIFs a quarter of a minute.
    ...(release === 25 && mode === 'functions' && !builtins ? ['components E', 'domain (closure E || lists:foldl/3)'] : []),
    ...WRITTEN,
  ],
  analyses: [...ANALYSES, ...(release >= 29 ? ANALYSES_OF_29 : [])],
});

function expectSame(asked: readonly string[], ours: readonly string[], theirs: readonly string[]): void {
  expect(asked.filter((_, at) => ours[at] !== theirs[at])).toEqual([]);
  expect(theirs).toHaveLength(asked.length);
}

function run(name: 'xref' | 'query', { release, mode, builtins, ignore, folders, library }: Setting, args: readonly string[]) {
  const reading = ['--mode', mode, ...(builtins ? ['--builtins'] : []), '--otp', String(release), '--ignore', ignore];
  const options = { encoding: 'utf8', maxBuffer: 1 << 30 } as const;
  const words = [name, ...folders, '--format', 'erl', ...reading, ...each('--library-path', library), ...args];
  return spawnSync('node', [command, ...words], options);
}

/** Asks the library, the commands and xref the same. */
async function expectSameAnswers(setting: Setting, questions: Questions, scratch: string): Promise<void> {
  const { queries, analyses, written } = questions;
  const program = await readFolders(setting);
  const ours = {
    queries: reportQueries(program, queries, { mode: setting.ignore }).map(({ result }) => digest(result)),
    analyses: reportAnalyses(program, analyses.map(parseAnalysis), { mode: setting.ignore }).map(({ result }) => digest(result)),
  };
  const files = [join(scratch, 'queries'), written, join(scratch, 'analyses')] as const;
  const asked = run('query', setting, each('--query', written));
  const analysed = run('xref', setting, each('--analysis', analyses));
  // Some of them are errors.
  expect([asked.status, analysed.status]).toEqual([2, 2]);
  writeFileSync(files[0], asked.stdout);
  writeFileSync(files[2], analysed.stdout);
  const theirs = askXref(setting, questions, files);
  expectSame(queries, ours.queries, theirs.queries);
  expectSame(analyses, ours.analyses, theirs.analyses);
  expect(theirs.different).toEqual([]);
}

const each = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value]);

const SETTINGS = (['functions', 'modules'] as const).flatMap((mode) => [false, true].map((builtins) => ({ mode, builtins })));

for (const release of [25, 29] as const) {
  describeWithOtp(release, `xref of all of OTP ${release}`, () => {
    const scratch = mkdtempSync('/tmp/beamtool-xref-program-');
    afterAll(() => rmSync(scratch, { recursive: true }));

    it.each(SETTINGS)(
      'has the same answers in $mode mode, BIFs $builtins',
      async ({ mode, builtins }) => {
        const ignore = release >= 29 ? 'otp29' : 'off';
        const setting: Setting = { release, mode, builtins, ignore, folders: applications(release), library: [] };
        await expectSameAnswers(setting, questionsAboutOtp(setting), scratch);
      },
      600_000,
    );
  });

  describeWithOtp(release, `xref of OTP ${release} of our sources`, () => {
    const scratch = mkdtempSync('/tmp/beamtool-xref-program-');
    const folder = join(scratch, 'ebin');
    beforeAll(() => {
      mkdirSync(folder);
      const files = readdirSync(sources).map((name) => join(sources, name));
      runCommand(release, ['erlc', '+nowarn', '+debug_info', '-o', folder, ...files]);
    });
    afterAll(() => rmSync(scratch, { recursive: true }));

    it.each(SETTINGS.flatMap((setting) => [false, true].map((withLibrary) => ({ ...setting, withLibrary }))))(
      'has the same answers in $mode mode, BIFs $builtins, library $withLibrary',
      async ({ mode, builtins, withLibrary }) => {
        const library = withLibrary
          ? otpEbins(release).filter((ebin) => /\/(stdlib|kernel|crypto|erts)-[^/]*\/ebin$/.test(ebin))
          : [];
        const ignore = release >= 29 ? 'otp29' : 'off';
        const setting: Setting = { release, mode, builtins, ignore, folders: [folder], library };
        const queries = [
          ...VARIABLE_NAMES.filter((name) => release >= 29 || !NEW_IN_29.test(name)),
          '(Lin) E',
          ...SOURCE_QUERIES,
        ];
        const analyses = [...ANALYSES, ...(release >= 29 ? ANALYSES_OF_29 : []), ...SOURCE_ANALYSES];
        await expectSameAnswers(setting, { queries, analyses, written: queries }, scratch);
      },
      120_000,
    );
  });
}

const SIZES = {
  false:
    'M 1183 V 72185 E 145463 LC 76560 XC 68915 UC 6635 EE 90517 ME 9853 AE 191 X 38750 L 32930 U 505 UU 27599 XU 8339 LU 38731',
  true: 'M 1183 V 72185 E 207962 LC 76561 XC 131413 UC 6635 EE 156607 ME 11002 AE 193 X 38750 L 32930 U 505 UU 27182 XU 8755 LU 38732',
};

const otp25 = (mode: ProgramMode, builtins: boolean): Setting => {
  return { release: 25, mode, builtins, ignore: 'off', folders: applications(25), library: [] };
};

describeWithOtp(25, 'what xref said of OTP 25.2.3', () => {
  const isThatRelease = () => otpVersion(25).otp === '25.2.3';

  it.for(SETTINGS)('is what we say in $mode mode, BIFs $builtins', ({ mode, builtins }, { skip }) => {
    if (!isThatRelease()) skip('this is another release');
    const files = readdirSync(goldens).filter((name) => name.startsWith(`${mode}-${builtins}-`));
    const analyses = files.map((name) => name.replace(/.*-|\.txt/g, ''));
    const { stdout, status } = run('xref', otp25(mode, builtins), each('--analysis', analyses));
    expect(status).toBe(1);
    expect(stdout).toBe(
      files
        .map(
          (name, at) =>
            `{${analyses[at]},[\n${golden(name)
              .map((line) => ` ${line}`)
              .join(',\n')}\n]}.\n`,
        )
        .join(''),
    );
  });

  it.for([false, true])('has these sizes, BIFs %s', (builtins, { skip }) => {
    if (!isThatRelease()) skip('this is another release');
    const sizes = SIZES[`${builtins}`];
    const names = sizes.split(' ').filter((_, at) => at % 2 === 0);
    const setting = otp25('functions', builtins);
    const { stdout, status } = run(
      'query',
      setting,
      each(
        '--query',
        names.map((name) => `# ${name}`),
      ),
    );
    expect(status).toBe(0);
    const found = stdout.split('.\n');
    expect(names.map((name, at) => `${name} ${found[at]}`).join(' ')).toBe(sizes);
  });
});

/** The terms of a file, one a line, without full stops. */
const golden = (name: string) =>
  readFileSync(join(goldens, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.slice(0, -1));
