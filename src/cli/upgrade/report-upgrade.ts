// What a planned upgrade is told as: what each step says of it, and which files it gives.

import { join } from 'node:path';
import type { Build } from '../../changes/build.js';
import type { BuildChanges } from '../../changes/build-changes.js';
import { isChanged } from '../../release/appup/generate/format-generated.js';
import { noteRelease, noteUpgrade } from '../../release/folder/folder-notes.js';
import { namesLeftOut } from '../../release/folder/folder-parts.js';
import { appupWarningText } from '../../report/release/appup-warnings.js';
import { explainFolderNote } from '../../report/release/folder-notes.js';
import { explainWarning } from '../../report/release/reasons.js';
import type { UpgradedRelease, UpgradeFile, UpgradeRemark, UpgradeReport } from '../../report/upgrade/report.js';
import type { OpenedRelease } from './open-releases.js';
import type { UpgradePlan } from './plan-upgrade.js';

/** What is written where. */
export interface UpgradePlaces {
  /** The folder for all that is made. */
  readonly output: string;
  /** The page. */
  readonly report: string;
}

/** Builds the report of a plan; `members` of its tar, and `null` where there is none. */
export function reportUpgrade(
  plan: UpgradePlan,
  members: number | null,
  places: UpgradePlaces,
  keepsGoing: boolean,
): UpgradeReport {
  const { releases, injections, generated, relup } = plan;
  const refusals = injections.works.flatMap(({ answer: { application, module, refusal } }) =>
    refusal === null ? [] : [remark('inject', `${module}: ${refusal.reason} (${refusal.file})`, application)],
  );
  const conflicts = generated.conflicts.map(({ application, reason }) => remark('diff', reason, application));
  return {
    now: told(releases.now),
    olds: releases.olds.map(told),
    changes: generated.changes,
    modules: injections.works.map(({ answer }) => answer),
    generated,
    relup: relup?.relup ?? null,
    members,
    files: relup === undefined ? [] : filesOf(plan, places),
    warnings: [...(keepsGoing ? refusals : []), ...warningsOf(plan)],
    errors: [...conflicts, ...(keepsGoing ? [] : refusals)],
  };
}

/** Returns the path of the tar. */
export function tarPath({ releases: { now } }: UpgradePlan, { output }: UpgradePlaces): string {
  const { name, vsn } = now.release.file;
  return join(output, `${name}-${vsn}.tar.gz`);
}

function told({ path, release: { file } }: OpenedRelease): UpgradedRelease {
  return { path, name: file.name, vsn: file.vsn, erts: file.erts };
}

function remark(step: UpgradeRemark['step'], text: string, application: string | null = null): UpgradeRemark {
  return { step, application, text };
}

function filesOf(plan: UpgradePlan, places: UpgradePlaces): readonly UpgradeFile[] {
  const { output, report } = places;
  return [
    { path: tarPath(plan, places), what: 'tar' },
    { path: join(output, 'relup'), what: 'relup' },
    ...plan.generated.appups.filter(isChanged).map(({ application }) => ({
      path: join(output, `${application}.appup`),
      what: 'appup' as const,
      application,
    })),
    { path: report, what: 'report' },
  ];
}

function warningsOf({ releases, injections, generated, relup }: UpgradePlan): readonly UpgradeRemark[] {
  const { files, now, olds } = releases;
  const notes = [
    ...noteRelease(files, now),
    ...olds.filter((old) => !old.isPackage).flatMap((old) => noteUpgrade(files, old, now)),
  ];
  const left = namesLeftOut(files, now.folder, now.release.file);
  return [
    ...injections.works.flatMap(({ answer: { application, module, migration, warnings } }) => {
      const texts = [...(migration?.warnings.map(({ text }) => text) ?? []), ...warnings];
      return texts.map((text) => remark('inject', `${module}: ${text}`, application));
    }),
    ...injections.warnings.map((text) => remark('inject', text)),
    ...generated.warnings.map((warning) => remark('appup', appupWarningText(warning), warning.application)),
    ...lateLoads(generated.changes, injections.build),
    ...(relup?.warnings ?? []).map((warning) => remark('relup', explainWarning(warning))),
    ...notes.map((note) => remark('release', explainFolderNote(note))),
    ...(left.length === 0 ? [] : [remark('tar', `not in the tar: ${left.join(', ')} of ${now.folder.root}`)]),
  ];
}

/** Seen with crypto of OTP 29, whose -on_load wants its application to be loaded. */
function lateLoads(changes: readonly BuildChanges[], now: Build): readonly UpgradeRemark[] {
  const added = new Set(
    changes.flatMap(({ applications }) => applications.flatMap((one) => (one.kind === 'added' ? [one.application] : []))),
  );
  return [...added].flatMap((application) => {
    const modules = [...(now.applications.get(application)?.modules ?? [])];
    const names = modules.flatMap(([name, beam]) => ((beam?.attribute('on_load').length ?? 0) > 0 ? [name] : []));
    if (names.length === 0) return [];
    const text =
      `added, with -on_load in ${names.join(', ')}: a node in embedded mode loads these modules before it knows the application, which crypto of ` +
      `OTP 29 refuses, after the point of no return; where the older release has the application already, be it with type load, all is well`;
    return [remark('relup', text, application)];
  });
}
