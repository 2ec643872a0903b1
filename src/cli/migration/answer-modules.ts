// From the arguments to an answer for each module that is concerned, and the bytes that it would get.

import type { BeamModule } from '../../beam/module.js';
import { declaresState } from '../../migrate/describe-state.js';
import { removeMigration } from '../../migrate/inject/remove-migration.js';
import type { FieldRename } from '../../migrate/model.js';
import type { MigratedModule, MigrationAnswer, MigrationRefusal } from '../../report/migration.js';
import { findKeys } from '../keys.js';
import { checkAppupOf } from './appup-check.js';
import { checkChildren, supervisorsOf } from './child-check.js';
import { linkOnTheWay } from './links.js';
import { checkModes } from './mode-check.js';
import { type NamedModules, readNamedModules } from './named-modules.js';
import { type Candidate, type NewBuild, readNewBuild } from './new-build.js';
import type { MigrationArgs } from './options.js';
import { asRefusal, type Planning, planModule } from './plan-module.js';
import { holdsAtom, isInjected } from './twins.js';

/** What there is to do with one module. */
export interface ModuleWork {
  readonly candidate: Candidate;
  readonly answer: MigratedModule;
  /** What the file should hold; absent where it does or can't. */
  readonly bytes?: Uint8Array | undefined;
  /** The renames asked for that it heeds. */
  readonly renames: readonly FieldRename[];
}

/** The answer but for what is written. */
export interface PlannedAnswer extends Omit<MigrationAnswer, 'modules' | 'written'> {
  readonly works: readonly ModuleWork[];
}

/** Reads the builds and plans every module. Throws ParseError for an older build that gives nothing. */
export async function answerModules(args: MigrationArgs): Promise<PlannedAnswer> {
  const key = await findKeys(args.keyFile);
  const build = await readNewBuild(args.path, { module: args.module, isWanted: args.remove ? isInjected : mayConcern, key });
  const names = new Set([
    ...build.candidates.flatMap((one) => [one.module, ...supervisorsOf(one, build).map(({ beam }) => beam.name)]),
    ...build.statems.map(({ beam }) => beam.name),
  ]);
  const older = await readAll(args.from);
  const twins = await readAll(args.debugInfo);
  const works = planWorks({ build, older, twins, checksAppups: true }, args);
  return {
    mode: args.remove ? 'remove' : 'inject',
    dryRun: args.dryRun || args.check,
    works,
    warnings: [...generalWarnings(build, older), ...bareWarnings(works)],
    coverage: { ...build.coverage, withoutAttributes: build.withoutAttributes },
  };

  async function readAll(paths: readonly string[]): Promise<readonly NamedModules[]> {
    const read: NamedModules[] = [];
    for (const path of paths) read.push(await readNamedModules(path, names, key));
    return read;
  }
}

/** What injections are planned of. */
export interface InjectionSources {
  readonly build: NewBuild;
  readonly older: readonly NamedModules[];
  /** Where unstripped twins of stripped modules are. */
  readonly twins: readonly NamedModules[];
  /** Whether the appups beside the modules are those that they will be upgraded by. */
  readonly checksAppups: boolean;
}

/** The choices of planning. */
export type WorkChoices = Pick<MigrationArgs, 'record' | 'callback' | 'rename' | 'remove' | 'print' | 'follow' | 'output'>;

/** Plans every module that is concerned. */
export function planWorks(sources: InjectionSources, choices: WorkChoices): readonly ModuleWork[] {
  const { build, older, twins } = sources;
  const options = { record: choices.record, callback: choices.callback, renames: choices.rename };
  const planning: Planning = { older, twins, options, trusted: new Set() };
  const plan = (candidate: Candidate) =>
    heedPlace(choices.remove ? removal(candidate) : injection(candidate, planning, sources, choices), choices);
  const planned = new Map(cheapestProofFirst(build.candidates).map((candidate) => [candidate, plan(candidate)]));
  return build.candidates.map((candidate) => planned.get(candidate) as ModuleWork);
}

/** Debug info of fewer bytes is a poor proof that a compiler's zlib is OTP's own. */
const PROOF_BYTES = 8 * 1024;

/** For the first module of each compiler it is tried whether its debug info can be deflated to the same bytes, which takes longer the larger it is. */
function cheapestProofFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  const size = ({ beam }: Candidate) => beam.chunk('Dbgi')?.data.length ?? 0;
  const rank = (candidate: Candidate) => (size(candidate) < PROOF_BYTES ? Number.POSITIVE_INFINITY : size(candidate));
  return [...candidates].sort((a, b) => rank(a) - rank(b) || 0);
}

/** Tells whether a module declares a state. The name of the attribute is looked for before its chunk is decoded: most modules don't have it. */
export function mayConcern(beam: BeamModule): boolean {
  return holdsAtom(beam, 'state_record') && declaresState(beam);
}

function injection(
  candidate: Candidate,
  planning: Planning,
  { build, checksAppups }: InjectionSources,
  args: WorkChoices,
): ModuleWork {
  const plan = planModule(candidate, planning);
  if (plan.kind === 'refused') return { candidate, renames: [], answer: refused(candidate, plan.refusal) };
  if (plan.kind === 'no_older') return { candidate, renames: [], answer: answerFor(candidate, { outcome: 'no_older' }) };
  if (plan.kind === 'unchanged') {
    const warnings = plan.isInjected ? ['an earlier injection, for other builds, stays in it: --remove takes it out'] : [];
    return { candidate, renames: [], answer: answerFor(candidate, { outcome: 'unchanged', warnings }) };
  }
  const isSame = Buffer.compare(plan.bytes, candidate.beam.bytes) === 0;
  const older = planning.older.flatMap(({ found }) => found.get(candidate.module) ?? []);
  const appup = checksAppups ? checkAppupOf(candidate, older, build) : { answer: null, warnings: [] };
  const forgotten =
    plan.forgotten === 0
      ? []
      : [`an earlier injection converts from ${plan.forgotten} more versions: name those builds by --from as well`];
  const answer = answerFor(candidate, {
    outcome: isSame ? 'same' : 'inject',
    migration: plan.report,
    appup: appup.answer,
    warnings: [...plan.diagnoses, ...checkChildren(candidate, build, planning.older), ...forgotten, ...appup.warnings],
    source: args.print ? plan.print() : null,
    size: isSame ? null : { before: candidate.beam.bytes.length, after: plan.bytes.length },
  });
  return { candidate, answer, renames: plan.renames, bytes: isSame ? undefined : plan.bytes };
}

function removal(candidate: Candidate): ModuleWork {
  try {
    const { bytes } = removeMigration(candidate.beam);
    const size = { before: candidate.beam.bytes.length, after: bytes.length };
    return { candidate, bytes, renames: [], answer: answerFor(candidate, { outcome: 'remove', size }) };
  } catch (error) {
    return { candidate, renames: [], answer: refused(candidate, asRefusal(error, candidate.file)) };
  }
}

/** What is to be changed has to be in a place that can be written. */
function heedPlace(work: ModuleWork, { follow, output }: WorkChoices): ModuleWork {
  const { candidate, bytes } = work;
  const { place, file } = candidate;
  if (bytes === undefined) return work;
  const because = (code: string, reason: string) => ({
    ...work,
    bytes: undefined,
    answer: refused(candidate, { code, file, reason }),
  });
  if (place.kind === 'sealed')
    return because('sealed', "in an archive that isn't written: unpack it first, or name the folder that it is made of");
  if (place.kind !== 'file' || follow || output !== undefined) return work;
  const link = linkOnTheWay(place.path);
  if (link === undefined) return work;
  return because(
    'symbolic_link',
    `${link} is a symbolic link (a release in dev mode?): writing would change what it leads to; --follow does that`,
  );
}

function refused(candidate: Candidate, refusal: MigrationRefusal): MigratedModule {
  return answerFor(candidate, { outcome: 'refused', refusal });
}

function answerFor(
  { module, file, application }: Candidate,
  answer: Partial<MigratedModule> & Pick<MigratedModule, 'outcome'>,
): MigratedModule {
  const nothing = { refusal: null, migration: null, appup: null, warnings: [], source: null, size: null };
  return { module, file, application: application ?? null, ...nothing, ...answer };
}

/** Returns what concerns the run and no one module. */
export function generalWarnings(build: NewBuild, older: readonly NamedModules[]): readonly string[] {
  const stripped = build.withoutAttributes;
  return [
    ...older.flatMap(({ skipped }) => skipped.map(({ file, reason }) => `${file} was left out: ${reason}`)),
    ...build.coverage.skipped.map(({ file, reason }) => `${file} was left out: ${reason}`),
    ...checkModes(build, older),
    ...(stripped.length === 0
      ? []
      : [
          `no Attr chunk (beam_lib:strip drops it): release_handler's own check crashes on such modules, and a -state_record in them would not be ` +
            `seen: ${some(stripped)}`,
        ]),
  ];
}

function bareWarnings(works: readonly ModuleWork[]): readonly string[] {
  const injected = works.filter(({ answer }) => answer.migration !== null);
  const bare = injected.filter(({ answer }) => answer.appup === null && answer.warnings.length === 0);
  if (bare.length === 0) return [];
  const names = some(bare.map(({ answer }) => answer.module));
  return [`no .appup beside ${names}: code_change is called by {update, Module, {advanced, Extra}} alone`];
}

const FEW = 5;

function some(names: readonly string[]): string {
  const rest = names.length - FEW;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, FEW).join(', ')} and ${rest} more`;
}
