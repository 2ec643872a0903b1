// Migrations of live processes: a release compiles the sources, we inject, and a node of that release changes the code of real processes.
// A source is what stands between the module's head and its callbacks; see live_oracle.erl for what is done with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { readBeam } from '../../../src/beam/module.js';
import { describeState } from '../../../src/migrate/describe-state.js';
import { injectMigration } from '../../../src/migrate/inject/inject-migration.js';
import type { MigrationForms, PlanOptions } from '../../../src/migrate/model.js';
import { planMigration } from '../../../src/migrate/plan-migration.js';
import { writeMigration } from '../../../src/migrate/write-migration.js';
import { decodeTerm } from '../../../src/term/etf-decode.js';
import { type Bitstring, properList } from '../../../src/term/model.js';
import type { OtpRelease } from './erlang.js';
import { type OracleArgument, runOracle } from './oracle.js';

/** What a process is started as. */
export type ProcessKind = 'gen_server' | 'gen_statem' | 'gen_event' | 'gen_fsm' | 'special';

/** One change of code of one process. All but the direction are Erlang expressions. */
export interface LiveStep {
  readonly direction: 'up' | 'down';
  readonly state: string;
  /** Of the state that the process ends with, or of what `observe` makes of it; `{error, Reason, State}` where the change is to fail. */
  readonly expected: string;
  /** Which of the older modules it runs before or after, 0 by default. */
  readonly old?: number;
  /** `[]` by default. */
  readonly extra?: string;
  /** Another OldVsn than release_handler computes. */
  readonly vsn?: string;
  /** An expression of `State`. */
  readonly observe?: string;
}

/** A module in one new build and its older ones, and processes that change between these. */
export interface LiveCase {
  readonly name: string;
  readonly kind?: ProcessKind;
  readonly from: readonly string[];
  readonly to: string;
  readonly options?: PlanOptions;
  readonly steps: readonly LiveStep[];
}

/** What became of a case before a process ran. */
export interface InjectedCase {
  readonly case: LiveCase;
  readonly original: Uint8Array;
  readonly older: readonly Uint8Array[];
  readonly result: Injection | Error;
}

/** The migration and the new module with it. */
export interface Injection {
  readonly forms: MigrationForms;
  readonly injected: Uint8Array;
}

/** A step on the way up; `more` as in {@link LiveStep}. */
export function up(state: string, expected: string, more: Partial<LiveStep> = {}): LiveStep {
  return { direction: 'up', state, expected, ...more };
}

/** A step on the way down. */
export function down(state: string, expected: string, more: Partial<LiveStep> = {}): LiveStep {
  return { direction: 'down', state, expected, ...more };
}

/** Compiles the sources of each case in that release and injects its migration. */
export function injectCases(release: OtpRelease, cases: readonly LiveCase[]): readonly InjectedCase[] {
  const sources = cases.map(({ to, from }) => [to, ...from]);
  const beams = properList(decodeTerm(runOracle(release, 'migrate_oracle', 'compile', [sources]))) ?? [];
  return cases.map((one, at) => {
    const [original, ...older] = (properList(beams[at]) ?? []).map((beam) => (beam as Bitstring).bytes);
    return { case: one, original: original as Uint8Array, older, result: tryInjection(one, original as Uint8Array, older) };
  });
}

function tryInjection(one: LiveCase, original: Uint8Array, older: readonly Uint8Array[]): Injection | Error {
  try {
    return injection(one, original, older);
  } catch (error) {
    return error as Error;
  }
}

function injection({ options = {} }: LiveCase, original: Uint8Array, older: readonly Uint8Array[]): Injection {
  const [to, ...from] = [original, ...older].map((bytes, build) => {
    const state = describeState(readBeam(bytes), build === 0 ? 'new' : `old ${build}`);
    if (state.kind === 'refused') throw new Error(state.reason);
    return state;
  });
  if (to === undefined) throw new Error('no module');
  const plan = planMigration({ to, from, options });
  if (plan.kind !== 'migration') throw new Error(plan.kind === 'refused' ? plan.reason : plan.kind);
  const forms = writeMigration(plan);
  return { forms, injected: injectMigration(readBeam(original), forms).bytes };
}

/** Changes the code of the processes of each case, and returns what is wrong with how they end, '' for nothing. */
export function migrateLive(release: OtpRelease, cases: readonly InjectedCase[]): readonly string[] {
  // Not os.tmpdir(): see oracle.ts.
  const folder = mkdtempSync('/tmp/beamtool-live-');
  try {
    const questions = cases.flatMap(({ case: { kind = 'gen_server', steps }, result, older }): readonly OracleArgument[] => {
      return result instanceof Error ? [] : [[kind, [result.injected, ...older], steps.map(stepArgument)]];
    });
    const answers = runOracle(release, 'live_oracle', 'migrate', [folder, questions]).toString('utf8').split('\0');
    return cases.map(({ result }) => (result instanceof Error ? result.message : (answers.shift() as string)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function stepArgument({ direction, state, expected, old = 0, extra = '[]', vsn = '', observe = '' }: LiveStep): OracleArgument {
  return [direction, String(old), state, extra, vsn, observe, expected];
}

/** Returns what beam_validator says of appended functions, each in a module of its own, with the names of the cases. */
export function refusedFunctions(release: OtpRelease, cases: readonly InjectedCase[]): readonly string[] {
  return askAboutPairs(release, 'compile_oracle', 'validate_each', cases);
}

/** Returns those functions that beam_disasm shows otherwise than in the original, with the names of the cases. */
export function otherFunctions(release: OtpRelease, cases: readonly InjectedCase[]): readonly string[] {
  return askAboutPairs(release, 'injected_oracle', 'same_functions', cases);
}

function askAboutPairs(release: OtpRelease, oracle: string, question: string, cases: readonly InjectedCase[]): readonly string[] {
  const pairs = cases.flatMap(({ case: { name }, original, result }) =>
    result instanceof Error ? [] : [{ name, beams: [original, result.injected] }],
  );
  const answers = runOracle(release, oracle, question, [pairs.map(({ beams }) => beams)])
    .toString('utf8')
    .split('\0');
  return pairs.flatMap(({ name }, at) => (answers[at] === '' ? [] : [`${name}: ${answers[at]?.slice(0, 500)}`]));
}
