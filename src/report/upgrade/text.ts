// Renders the plan of an upgrade for a person: what changed, what is injected, which instructions there are, and which files it gives.

import type { GeneratedAppup } from '../../release/appup/generate/model.js';
import { counted } from '../counted.js';
import { hasOtherVersion } from '../diff/report.js';
import { applicationLines, releaseText } from '../diff/text.js';
import { type MigratedModule, migratedModuleLines, type Style } from '../migration.js';
import { visible } from '../visible.js';
import { migratedModules, type UpgradeReport } from './report.js';

/** Renders the plan. */
export function renderUpgradePlan(report: UpgradeReport, style: Style): string {
  const { now, olds } = report;
  const from = olds.map(({ vsn, path }) => `${vsn} (${path})`).join(', ');
  const lines = [
    style.bold(visible(`upgrade of ${now.name} to ${now.vsn} (${now.path}) from ${from}`)),
    ...changeLines(report, style),
    ...section(
      'migrations',
      migratedModules(report).flatMap((one) => migratedModuleLines(withoutWarnings(one), false, style)),
      style,
    ),
    ...section('appups', report.generated.appups.map(appupLine), style),
    ...section('relup', relupLines(report), style),
    ...section('files', fileLines(report), style),
  ];
  return `${lines.join('\n')}\n`;
}

/** They are told once, with those of the other steps. */
function withoutWarnings(one: MigratedModule): MigratedModule {
  return { ...one, warnings: [], migration: one.migration === null ? null : { ...one.migration, warnings: [] } };
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : [style.bold(title), ...lines.map((line) => `  ${line}`)];
}

function changeLines({ changes, olds }: UpgradeReport, style: Style): readonly string[] {
  return changes.flatMap((change, at) => {
    const title = olds.length === 1 ? 'changes' : `changes since ${olds[at]?.vsn}`;
    const releases = change.releases.filter(hasOtherVersion).map(releaseText);
    return section(visible(title), [...releases, ...change.applications.flatMap((one) => applicationLines(one, style))], style);
  });
}

function appupLine({ application, appup, entries, kept }: GeneratedAppup): string {
  const made = entries.map(({ from, up, down }) => `${from}: up ${stepsText(up)}, down ${stepsText(down)}`);
  const others = kept.up.length + kept.down.length;
  const rest = others === 0 ? '' : `; ${others} other ${others === 1 ? 'entry' : 'entries'} kept`;
  return visible(`${application} ${appup.vsn}, from ${made.join('; from ')}${rest}`);
}

function stepsText(steps: readonly unknown[] | null): string {
  return steps === null ? 'as it is there already' : counted(steps.length, 'instruction');
}

function relupLines({ relup }: UpgradeReport): readonly string[] {
  if (relup === null) return [];
  const line = (way: string, { vsn, script }: { readonly vsn: string; readonly script: readonly unknown[] }) =>
    visible(`${way} ${vsn}: ${counted(script.length, 'instruction')}`);
  return [...relup.up.map((entry) => line('up from', entry)), ...relup.down.map((entry) => line('down to', entry))];
}

function fileLines({ files, members }: UpgradeReport): readonly string[] {
  return files.map(({ path, what }) =>
    visible(what === 'tar' && members !== null ? `${path}: ${counted(members, 'member')}` : path),
  );
}
