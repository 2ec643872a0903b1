// Runs the chain from sources to generated forms for tests that ask a real Erlang: it compiles the sources, we plan and write the migration,
// it compiles our forms into the new module and answers for it.
import { readBeam } from '../../../src/beam/module.js';
import { formToTerm } from '../../../src/forms/form-codec.js';
import { printForms } from '../../../src/forms/print.js';
import { describeState } from '../../../src/migrate/describe-state.js';
import type {
  MigrationForms,
  MigrationPlan,
  PlanOptions,
  Refusal,
  StateDescription,
  Unchanged,
} from '../../../src/migrate/model.js';
import { planMigration } from '../../../src/migrate/plan-migration.js';
import { writeMigration } from '../../../src/migrate/write-migration.js';
import { decodeTerm } from '../../../src/term/etf-decode.js';
import { encodeTerm } from '../../../src/term/etf-encode.js';
import { type Bitstring, list, properList, type Term } from '../../../src/term/model.js';
import type { OtpRelease } from './erlang.js';
import { type OracleArgument, runOracle } from './oracle.js';

/** A migration to be tried: sources of one module, and pairs of an expression and what it has to give. */
export interface MigrationCase {
  readonly name: string;
  readonly to: string;
  readonly from: readonly string[];
  readonly options?: PlanOptions;
  readonly asks: readonly (readonly [string, string])[];
}

/** What became of a case before Erlang saw it. */
export interface TriedMigration {
  readonly case: MigrationCase;
  readonly beams: readonly Uint8Array[];
  /** The new build's first. */
  readonly states: readonly StateDescription[];
  readonly plan: MigrationPlan | Unchanged | Refusal;
  readonly forms: MigrationForms | undefined;
}

/** Compiles the sources of each case in that release, then plans and writes the migrations. */
export function tryMigrations(release: OtpRelease, cases: readonly MigrationCase[]): readonly TriedMigration[] {
  const sources = cases.map(({ to, from }) => [to, ...from]);
  const answer = properList(decodeTerm(runOracle(release, 'migrate_oracle', 'compile', [sources]))) ?? [];
  return cases.map((one, at) => {
    const beams = (properList(answer[at]) ?? []).map((beam: Term) => (beam as Bitstring).bytes);
    const states = beams.map((bytes, build) => describeState(readBeam(bytes), build === 0 ? 'new' : `old ${build}`));
    const described = states.filter((state): state is StateDescription => state.kind === 'state');
    const plan = states.find((state) => state.kind === 'refused') ?? planCase(described, one);
    return { case: one, beams, states: described, plan, forms: plan.kind === 'migration' ? writeMigration(plan) : undefined };
  });
}

/** Plans the migration of a case; the new build's state is the first. */
export function planCase(states: readonly StateDescription[], { options }: MigrationCase): MigrationPlan | Unchanged | Refusal {
  const [to, ...from] = states as readonly [StateDescription, ...StateDescription[]];
  return planMigration({ to, from, ...(options === undefined ? {} : { options }) });
}

/** Returns what is wrong with the answers of each migration, '' for nothing; those without forms aren't asked. */
export function wrongAnswers(release: OtpRelease, tried: readonly TriedMigration[]): readonly string[] {
  const questions = tried
    .filter(({ forms }) => forms !== undefined)
    .map(({ case: { asks }, beams, forms }): OracleArgument => {
      const terms = list((forms?.functions ?? []).map(formToTerm));
      return [beams, encodeTerm(terms), forms?.renamed?.to ?? '', asks];
    });
  const answers = runOracle(release, 'migrate_oracle', 'answers', [questions]).toString('utf8').split('\0');
  return tried.map(({ forms }) => (forms === undefined ? 'no forms' : (answers.shift() ?? 'no answer')));
}

/** Returns what is different when the printed functions are parsed, '' for nothing. */
export function wrongSources(release: OtpRelease, tried: readonly TriedMigration[]): readonly string[] {
  const pairs = tried.flatMap(({ forms }) =>
    (forms?.functions ?? []).map((form) => [encodeTerm(formToTerm(form)), printForms([form]).text]),
  );
  return runOracle(release, 'forms_oracle', 'compare_each', [pairs]).toString('utf8').split('\0');
}
