// From builds to appups: one for each application that was upgraded, with an entry for each of its older versions.
//
// Defined by the manual page appup(4) of sasl; release-upgrade 1.1, 3.6 and 4.5.

import { type Build, isFlat } from '../../../changes/build.js';
import type { ApplicationChange, BuildChanges, BuildConflict } from '../../../changes/build-changes.js';
import { compareBuilds } from '../../../changes/compare-builds.js';
import { UsageError } from '../../../errors.js';
import { findBrokenCalls } from './broken-calls.js';
import { finishAppup, isCovered, type MadeEntry } from './finish-appup.js';
import { findHiddenProcesses } from './hidden-processes.js';
import { type MadeSteps, makeSteps } from './make-entry.js';
import type {
  AppupScript,
  AppupWarning,
  GenerateChoices,
  GeneratedAppups,
  GenerateRequest,
  UpgradedApplication,
} from './model.js';
import type { ModuleFinder } from './process-kind.js';
import { listFaults, releasedBuild } from './released-modules.js';
import { repeatedModules } from './repeated-modules.js';
import { isSameApplication } from './same-application.js';
import { appliesTo } from './scripts.js';

type Entries = readonly [MadeEntry, ...MadeEntry[]];

/** Generates appups. Nothing is written. Throws ParseError for a faulty module, and UsageError for builds that no appup can be about. */
export function generateAppups({ olds, now, choices }: GenerateRequest): GeneratedAppups {
  const absent = choices.applications?.find((name) => !now.applications.has(name));
  if (absent !== undefined) throw new UsageError(`no application ${absent} in the new build`);
  const after = releasedBuild(now);
  const warnings: AppupWarning[] = [];
  const changes: BuildChanges[] = [];
  const made = new Map<string, Entries>();
  const befores = olds.map((old) => releasedBuild(old));
  for (const before of befores) {
    const compared = compareReleased(before, after, choices);
    changes.push(compared);
    warnings.push(...addEntries(made, { before, after, compared, choices }));
  }
  checkRestarted(choices, made);
  const appups = [...made].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entries]) => finishAppup(entries, choices));
  for (const { application } of appups) warnings.push(...wholeWarnings(made.get(application) as Entries, now, choices));
  const repeated = [...befores, after].flatMap(repeatedModules);
  const conflicts = [...changes.flatMap((one) => one.conflicts), ...repeated];
  return { appups, changes, conflicts: distinctConflicts(conflicts), warnings: distinctWarnings(warnings) };
}

/** One older build. */
interface Comparison {
  readonly before: Build;
  readonly after: Build;
  readonly compared: BuildChanges;
  readonly choices: GenerateChoices;
}

/** Adds the entries for the versions of an older build, and returns what is to be said of them. */
function addEntries(made: Map<string, Entries>, { before, after, compared, choices }: Comparison): readonly AppupWarning[] {
  const warnings: AppupWarning[] = [];
  const covered = new Set<string>();
  const surroundings = { ...choices, find: moduleFinder(after), findOld: moduleFinder(before) };
  for (const [upgrade, change] of upgradesBetween(before, after, compared)) {
    const { name, from } = upgrade;
    const warn = (fault: AppupWarning['fault']) => warnings.push({ application: name, from, fault });
    const others = made.get(name);
    const twin = others?.find((one) => one.from === from);
    if (twin !== undefined) {
      if (!isSameApplication(twin.old, upgrade.old)) warn({ kind: 'older_differ' });
      continue;
    }
    if (isCovered(upgrade, choices)) covered.add(name);
    const steps = covered.has(name) ? NO_STEPS : makeSteps(upgrade, change, surroundings, choices.scripts.get(name));
    for (const fault of [...steps.faults, ...findHiddenProcesses(steps.updated, before, after)]) warn(fault);
    const entry = { ...upgrade, steps };
    made.set(name, others === undefined ? [entry] : [...others, entry]);
  }
  const isAsked = ({ application }: AppupWarning) => choices.applications?.includes(application) ?? true;
  return [...warnings, ...findBrokenCalls(before, after, covered).filter(isAsked)];
}

const NO_STEPS: MadeSteps = { up: [], down: [], updated: new Set(), faults: [] };

function compareReleased(before: Build, after: Build, { applications: names, isStrict, onFault }: GenerateChoices): BuildChanges {
  if (isFlat(before) || isFlat(after)) {
    throw new UsageError('an appup is about applications, and there is no .app file beside the modules');
  }
  return compareBuilds(chosen(before, names), chosen(after, names), { isStrict, onFault });
}

/** Returns what was upgraded; throws UsageError where no version is known. */
function upgradesBetween(
  before: Build,
  after: Build,
  { applications }: BuildChanges,
): readonly (readonly [UpgradedApplication, ApplicationChange])[] {
  return applications.flatMap((change) => {
    const { application: name, kind, from, to } = change;
    if (name === null || (kind !== 'upgraded' && kind !== 'changed')) return [];
    const [old, now] = [before.applications.get(name), after.applications.get(name)];
    if (from === null || to === null) {
      throw new UsageError(`${name}: nothing tells which version ${from === null ? 'the old' : 'the new'} build has`);
    }
    return old === undefined || now === undefined ? [] : [[{ name, from, to, old, now }, change] as const];
  });
}

function chosen({ applications, releases }: Build, names: readonly string[] | undefined): Build {
  if (names === undefined) return { applications, releases };
  return { releases, applications: new Map([...applications].filter(([name]) => name !== null && names.includes(name))) };
}

function moduleFinder({ applications }: Build): ModuleFinder {
  const all = new Map([...applications.values()].flatMap(({ modules }) => [...modules]));
  return (name) => all.get(name);
}

function checkRestarted({ restarted }: GenerateChoices, made: ReadonlyMap<string, unknown>): void {
  const idle = [...restarted].find((name) => !made.has(name));
  if (idle !== undefined) throw new UsageError(`the application ${idle} is to be restarted, and it isn't upgraded`);
}

/** Warnings that are about no older version. */
function wholeWarnings(entries: Entries, { applications }: Build, choices: GenerateChoices): readonly AppupWarning[] {
  const { name, to } = entries[0];
  const application = applications.get(name);
  const { pre, post } = choices.scripts.get(name) ?? {};
  const isUsed = (script: AppupScript) => entries.some(({ from }) => appliesTo(script, to, from));
  const scripts = [pre, post].filter((script) => script !== undefined);
  const existing = choices.existing.get(name)?.appup.vsn ?? to;
  const faults = [
    ...(application === undefined ? [] : listFaults(application)),
    ...scripts.filter((script) => !isUsed(script)).map(({ file }) => ({ kind: 'script_unused' as const, file })),
    ...(existing === to ? [] : [{ kind: 'other_version' as const, vsn: existing }]),
  ];
  return faults.map((fault) => ({ application: name, from: null, fault }));
}

/** The same application may be in several older builds. */
function distinctConflicts(conflicts: readonly BuildConflict[]): readonly BuildConflict[] {
  return [...new Map(conflicts.map((one) => [`${one.application} ${one.vsn} ${one.reason}`, one])).values()];
}

function distinctWarnings(warnings: readonly AppupWarning[]): readonly AppupWarning[] {
  return [...new Map(warnings.map((one) => [JSON.stringify(one), one])).values()];
}
