// All of OTP, from its beams through our readers to answers, against the xref of that release: every predefined variable, analysis, parameter
// and flag, in both modes, BIFs off and on; and what the commands write as terms, read by file:consult.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import { atom, isAtom, isTuple, properList, type Term, textOf, tuple } from '../../src/term/model.js';
import { describeWithOtp, insidePath, type OtpRelease, otpEbins, otpVersion } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const command = fileURLToPath(new URL('../../bin/beamtool.js', import.meta.url));
const goldens = fileURLToPath(new URL('../golden/otp/xref25', import.meta.url));

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

const NEW_IN_29 = /^(US|DC)/;

interface Setting {
  readonly release: OtpRelease;
  readonly mode: ProgramMode;
  readonly builtins: boolean;
  readonly ignore: IgnoreMode;
}

/** The applications that have modules. */
const applications = (release: OtpRelease) =>
  otpEbins(release)
    .filter((ebin) => /\/erlang\/lib\//.test(ebin) && readdirSync(ebin).some((name) => name.endsWith('.beam')))
    .map((ebin) => dirname(ebin));

async function readOtp({ release, mode, builtins }: Setting): Promise<Program> {
  const args = { path: applications(release), strictInput: true } as unknown as CommonArgs;
  const source = mode === 'modules' ? 'tables' : 'abstract';
  const { program, exit } = await readProgram(args, silent, { mode, source, builtins, otp: release, docs: release >= 29 });
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
  { release, mode, builtins }: Setting,
  queries: readonly string[],
  analyses: readonly string[],
  files: readonly (string | readonly string[])[],
) {
  const folders = applications(release).map((folder) => insidePath(release, folder));
  const terms = analyses.map((analysis) => formatTerm(analysisTerm(parseAnalysis(analysis)), { mode: 'w', otp: 25 }));
  const answer = decodeTerm(
    runOracle(release, 'xref_oracle', 'program', [[mode, String(builtins), []], folders, [queries, terms], files]),
  );
  const [first, second, different] = isTuple(answer) ? answer.items : [];
  const digests = (list: Term | undefined) => (properList(list) ?? []).map((each) => digestText(each));
  return {
    queries: digests(first),
    analyses: digests(second),
    different: (properList(different) ?? []).map((each) => formatTerm(each)),
  };
}

const digestText = (term: Term): string =>
  isAtom(term) ? term.name : (textOf(term) ?? Buffer.from((term as never as { bytes: Uint8Array }).bytes).toString('latin1'));

const questionsOf = ({ release, mode, builtins }: Setting) => ({
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

function run(name: 'xref' | 'query', { release, mode, builtins, ignore }: Setting, args: readonly string[]) {
  const reading = ['--mode', mode, ...(builtins ? ['--builtins'] : []), '--otp', String(release), '--ignore', ignore];
  const options = { encoding: 'utf8', maxBuffer: 1 << 30 } as const;
  return spawnSync('node', [command, name, ...applications(release), '--format', 'erl', ...reading, ...args], options);
}

const each = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value]);

const SETTINGS = (['functions', 'modules'] as const).flatMap((mode) => [false, true].map((builtins) => ({ mode, builtins })));

for (const release of [25, 29] as const) {
  describeWithOtp(release, `xref of all of OTP ${release}`, () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync('/tmp/beamtool-xref-program-');
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(SETTINGS)(
      'has the same answers in $mode mode, BIFs $builtins',
      async ({ mode, builtins }) => {
        const setting: Setting = { release, mode, builtins, ignore: release >= 29 ? 'otp29' : 'off' };
        const { queries, analyses } = questionsOf(setting);
        const program = await readOtp(setting);
        const ours = {
          queries: reportQueries(program, queries, { mode: setting.ignore }).map(({ result }) => digest(result)),
          analyses: reportAnalyses(program, analyses.map(parseAnalysis), { mode: setting.ignore }).map(({ result }) =>
            digest(result),
          ),
        };
        const written = [join(folder, 'queries'), WRITTEN, join(folder, 'analyses')] as const;
        const asked = run('query', setting, each('--query', WRITTEN));
        const analysed = run('xref', setting, each('--analysis', analyses));
        // Some of them are errors.
        expect([asked.status, analysed.status]).toEqual([2, 2]);
        writeFileSync(written[0], asked.stdout);
        writeFileSync(written[2], analysed.stdout);
        const theirs = askXref(setting, queries, analyses, written);
        expectSame(queries, ours.queries, theirs.queries);
        expectSame(analyses, ours.analyses, theirs.analyses);
        expect(theirs.different).toEqual([]);
      },
      600_000,
    );
  });
}

const SIZES = {
  false:
    'M 1183 V 72185 E 145463 LC 76560 XC 68915 UC 6635 EE 90517 ME 9853 AE 191 X 38750 L 32930 U 505 UU 27599 XU 8339 LU 38731',
  true: 'M 1183 V 72185 E 207962 LC 76561 XC 131413 UC 6635 EE 156607 ME 11002 AE 193 X 38750 L 32930 U 505 UU 27182 XU 8755 LU 38732',
};

describeWithOtp(25, 'what xref said of OTP 25.2.3', () => {
  const isThatRelease = () => otpVersion(25).otp === '25.2.3';

  it.for(SETTINGS)('is what we say in $mode mode, BIFs $builtins', ({ mode, builtins }, { skip }) => {
    if (!isThatRelease()) skip('this is another release');
    const files = readdirSync(goldens).filter((name) => name.startsWith(`${mode}-${builtins}-`));
    const analyses = files.map((name) => name.replace(/.*-|\.txt/g, ''));
    const { stdout, status } = run('xref', { release: 25, mode, builtins, ignore: 'off' }, each('--analysis', analyses));
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
    const setting: Setting = { release: 25, mode: 'functions', builtins, ignore: 'off' };
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
