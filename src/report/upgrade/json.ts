// What `upgrade` answers as plain data for JSON, in the order of docs/json.md: its parts are those of `diff`, `inject-migration`, `appup generate`
// and `relup`.

import { changesJson } from '../diff/json.js';
import { moduleJson } from '../migration-json.js';
import { appupReport } from '../release/appup.js';
import { entryReport } from '../release/relup.js';
import type { UpgradeReport } from './report.js';

/** What is known of the run beside the report. */
export interface UpgradeRun {
  readonly dryRun: boolean;
  readonly written: readonly string[];
}

/** Returns the answer as it goes into JSON. */
export function upgradeJson(report: UpgradeReport, { dryRun, written }: UpgradeRun): unknown {
  const { now, olds, relup, files } = report;
  const appupFiles = new Map(
    files.flatMap(({ path, what, application }) => (what === 'appup' ? [[application ?? '', path]] : [])),
  );
  const run = { files: appupFiles, written: written.length > 0 };
  return {
    schema: 'beamtool-upgrade/1',
    dryRun,
    release: now,
    from: olds,
    changes: report.changes.map(changesJson),
    modules: report.modules.map(moduleJson),
    appups: report.generated.appups.map((one) => appupReport(one, run)),
    relup: relup === null ? null : { up: relup.up.map(entryReport), down: relup.down.map(entryReport) },
    members: report.members,
    files: files.map(({ path, what }) => ({ path, what })),
    written,
    warnings: report.warnings,
    errors: report.errors,
  };
}
