// From builds to appups: one for each application that was upgraded, with an entry for each of its older versions.
//
// Defined by the manual page appup(4) of sasl; release-upgrade 1.1, 3.6 and 4.5.

import { type Build, isFlat } from '../../../changes/build.js';
import type { ApplicationChange, BuildChanges, BuildConflict } from '../../../changes/build-changes.js';
import { compareBuilds } from '../../../changes/compare-builds.js';
import { UsageError } from '../../../errors.js';
import { findBrokenCalls } from './broken-calls.js';
import { type MadeSteps, makeSteps } from './make-entry.js';
import { mergeEntries } from './merge-entries.js';
import type {
  AppupScript,
  AppupWarning,
  GenerateChoices,
  GeneratedAppup,
  GeneratedAppups,
  GenerateRequest,
  UpgradedApplication,
} from './model.js';
import type { ModuleFinder } from './process-kind.js';
import { listFaults, releasedBuild } from './released-modules.js';
import { isSameApplication } from './same-application.js';
import { appliesTo } from './scripts.js';

/** An application and one of its older versions. */
interface Made extends UpgradedApplication {
  readonly steps: MadeSteps;
}

/** Generates appups. Nothing is written. Throws ParseError for a faulty module, and UsageError for builds that no appup can be about. */
export function generateAppups({ olds, now, choices }: GenerateRequest): GeneratedAppups {
  const { applications: names } = choices;
  for (const name of names ?? [])
    if (!now.applications.has(name)) throw new UsageError(`no application ${name} in the new build`);
  const after = releasedBuild(now);
  const find = moduleFinder(now);
  const warnings: AppupWarning[] = [];
  const conflicts: BuildConflict[] = [];
  const compared: BuildChanges[] = [];
  const made = new Map<string, Made[]>();
  for (const old of olds) {
    const before = releasedBuild(old);
    const changes = compareReleased(before, after, choices);
    compared.push(changes);
    conflicts.push(...changes.conflicts);
    for (const [upgrade, change] of upgradesBetween(before, after, changes)) {
      const { name, from } = upgrade;
      const others = made.get(name) ?? [];
      const twin = others.find((one) => one.from === from);
      if (twin !== undefined && !isSameApplication(twin.old, upgrade.old)) {
        warnings.push({ application: name, from, fault: { kind: 'older_differ' } });
      }
      if (twin !== undefined) continue;
      const steps = makeSteps(upgrade, change, { ...choices, find }, choices.scripts.get(name));
      made.set(name, [...others, { ...upgrade, steps }]);
      for (const fault of steps.faults) warnings.push({ application: name, from, fault });
    }
    warnings.push(...findBrokenCalls(before, after).filter(({ application }) => names?.includes(application) ?? true));
  }
  checkRestarted(choices, made);
  const appups = [...made]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, entries]) => {
      warnings.push(...wholeWarnings(name, entries, now, choices));
      return finishAppup(name, entries, choices);
    });
  return { appups, changes: compared, conflicts: distinctConflicts(conflicts), warnings: distinctWarnings(warnings) };
}

function compareReleased(before: Build, after: Build, { applications: names, isStrict, onFault }: GenerateChoices): BuildChanges {
  if (isFlat(before) || isFlat(after))
    throw new UsageError('an appup is about applications, and there is no .app file beside the modules');
  return compareBuilds(chosen(before, names), chosen(after, names), { isStrict, onFault });
}

/** Returns what was upgraded; throws UsageError where no version is known. */
function upgradesBetween(
  before: Build,
  after: Build,
  changes: BuildChanges,
): readonly (readonly [UpgradedApplication, ApplicationChange])[] {
  return changes.applications.flatMap((change) => {
    const { application: name, kind, from, to } = change;
    if (name === null || (kind !== 'upgraded' && kind !== 'changed')) return [];
    const [old, now] = [before.applications.get(name), after.applications.get(name)];
    if (from === null || to === null)
      throw new UsageError(`${name}: nothing tells which version ${from === null ? 'the old' : 'the new'} build has`);
    return old === undefined || now === undefined ? [] : [[{ name, from, to, old, now }, change] as const];
  });
}

function chosen({ applications, releases }: Build, names: readonly string[] | undefined): Build {
  if (names === undefined) return { applications, releases };
  return { releases, applications: new Map([...applications].filter(([name]) => name !== null && names.includes(name))) };
}

function moduleFinder({ applications }: Build): ModuleFinder {
  return (name) => {
    for (const { modules } of applications.values()) if (modules.has(name)) return modules.get(name);
    return undefined;
  };
}

function checkRestarted({ restarted }: GenerateChoices, made: ReadonlyMap<string, unknown>): void {
  const idle = [...restarted].find((name) => !made.has(name));
  if (idle !== undefined) throw new UsageError(`the application ${idle} is to be restarted, and it isn't upgraded`);
}

/** Warnings that are about no older version. */
function wholeWarnings(
  name: string,
  entries: readonly Made[],
  { applications }: Build,
  choices: GenerateChoices,
): readonly AppupWarning[] {
  const application = applications.get(name);
  const { pre, post } = choices.scripts.get(name) ?? {};
  const to = entries[0]?.to ?? '';
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

function finishAppup(application: string, entries: readonly Made[], { existing, replacesAll }: GenerateChoices): GeneratedAppup {
  const vsn = entries[0]?.to ?? '';
  const before = existing.get(application);
  const there = before?.appup.vsn === vsn ? before : undefined;
  const isOurs = (from: string) => replacesAll || there?.made.has(from) === true;
  const merge = (way: 'up' | 'down') =>
    mergeEntries(
      entries.map(({ from, steps }) => ({ from, instructions: steps[way] })),
      there?.appup[way] ?? [],
      isOurs,
    );
  const [up, down] = [merge('up'), merge('down')];
  return {
    application,
    appup: { vsn, up: up.entries, down: down.entries },
    entries: entries.map(({ from, steps }) => ({
      from,
      up: up.covered.has(from) ? null : steps.up,
      down: down.covered.has(from) ? null : steps.down,
    })),
    kept: { up: up.kept, down: down.kept },
  };
}

/** The same application may be in several older builds. */
function distinctConflicts(conflicts: readonly BuildConflict[]): readonly BuildConflict[] {
  return [...new Map(conflicts.map((one) => [`${one.application} ${one.vsn}`, one])).values()];
}

function distinctWarnings(warnings: readonly AppupWarning[]): readonly AppupWarning[] {
  return [...new Map(warnings.map((one) => [JSON.stringify(one), one])).values()];
}
