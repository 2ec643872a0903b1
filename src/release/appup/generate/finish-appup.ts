// The whole appup of an application: what was made, among the entries that were there and stay. Nothing stays of an appup of another version.

import { type AppupEntry, versionText } from '../model.js';
import { coveredBy, mergeEntries } from './merge-entries.js';
import type { ExistingAppup, GenerateChoices, GeneratedAppup, UpgradedApplication } from './model.js';
import type { BothWays } from './module-steps.js';

/** The instructions for one older version of an application. */
export interface MadeEntry extends UpgradedApplication {
  readonly steps: BothWays;
}

type Choices = Pick<GenerateChoices, 'existing' | 'replacesAll'>;

/** Puts an appup together from entries of one application, of which there is at least one. */
export function finishAppup([first, ...more]: readonly [MadeEntry, ...MadeEntry[]], choices: Choices): GeneratedAppup {
  const { name, to } = first;
  const entries = [first, ...more];
  const there = existingFor(first, choices);
  const isOurs = mayReplace(there, choices);
  const merge = (way: 'up' | 'down') =>
    mergeEntries(
      entries.map(({ from, steps }) => ({ from, instructions: steps[way] })),
      there?.appup[way] ?? [],
      isOurs,
    );
  const [up, down] = [merge('up'), merge('down')];
  const kept = { up: up.kept, down: down.kept };
  const made = entries.map(({ from, steps }) => ({
    from,
    up: up.covered.has(from) ? null : steps.up,
    down: down.covered.has(from) ? null : steps.down,
  }));
  return {
    application: name,
    appup: { vsn: to, up: up.entries, down: down.entries },
    entries: made,
    kept,
    made: madeVersions(made, kept, there),
  };
}

/** Those of now, and those of before that stay. */
function madeVersions(
  entries: GeneratedAppup['entries'],
  { up, down }: GeneratedAppup['kept'],
  there: ExistingAppup | undefined,
): readonly string[] {
  const now = entries.filter((entry) => entry.up !== null || entry.down !== null).map(({ from }) => from);
  const before = [...up, ...down].map(({ from }: AppupEntry) => versionText(from)).filter((from) => there?.made.has(from));
  return [...new Set([...now, ...before])];
}

/** Tells whether entries that are there count in both directions, whatever would be made. */
export function isCovered(upgrade: UpgradedApplication, choices: Choices): boolean {
  const there = existingFor(upgrade, choices);
  const isOurs = mayReplace(there, choices);
  return there !== undefined && [there.appup.up, there.appup.down].every((entries) => coveredBy(entries, upgrade.from, isOurs));
}

function existingFor({ name, to }: UpgradedApplication, { existing }: Choices): ExistingAppup | undefined {
  const there = existing.get(name);
  return there?.appup.vsn === to ? there : undefined;
}

function mayReplace(there: ExistingAppup | undefined, { replacesAll }: Choices): (from: string) => boolean {
  return (from) => replacesAll || there?.made.has(from) === true;
}
