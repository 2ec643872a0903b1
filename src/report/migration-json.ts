// The answer of `inject-migration` as plain data for JSON, in the order of docs/json.md.

import type { MigrationReport, RecordReport } from '../migrate/model.js';
import { formatTerm } from '../term/format.js';
import type { MigratedModule, MigrationAnswer } from './migration.js';

/** Returns the answer as it goes into JSON, in the order of the documentation. */
export function migrationJson({ mode, dryRun, written, coverage, warnings, modules }: MigrationAnswer): unknown {
  return { schema: 'beamtool-migration/1', mode, dryRun, written, coverage, warnings, modules: modules.map(moduleJson) };
}

/** Returns the answer for one module as it goes into JSON. */
export function moduleJson(one: MigratedModule): unknown {
  const { module, file, application, outcome, refusal, size, migration, appup, warnings, source } = one;
  const reported = migration === null ? NO_MIGRATION : reportJson(migration);
  const own = warnings.map((text) => ({ code: 'other', record: null, field: null, text }));
  return {
    module,
    file,
    application,
    outcome,
    refusal,
    size,
    ...reported,
    warnings: [...reported.warnings, ...own],
    appup,
    source,
  };
}

const NO_MIGRATION = { record: null, callback: null, user: null, extendsExtra: null, records: [], warnings: [] };

function reportJson({ record, callback, user, extendsExtra, records, warnings }: MigrationReport) {
  return {
    record,
    callback,
    user,
    extendsExtra,
    records: records.map(recordJson),
    warnings: warnings.map(({ code, record: about, field, text }) => ({
      code,
      record: about ?? null,
      field: field ?? null,
      text,
    })),
  };
}

function recordJson({ record, from, ...rest }: RecordReport): unknown {
  const { file, vsn, record: older } = from;
  return { record, from: { file, vsn: vsn === undefined ? null : formatTerm(vsn), record: older }, ...rest };
}
