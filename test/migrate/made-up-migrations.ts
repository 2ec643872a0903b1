// Migrations of any module, from older builds that are made of itself: for tests that ask only whether it comes to a good end.
import type { BeamModule } from '../../src/beam/module.js';
import type { RecordDefinition } from '../../src/forms/records.js';
import { describeState } from '../../src/migrate/describe-state.js';
import type { StateDescription } from '../../src/migrate/model.js';
import { planMigration } from '../../src/migrate/plan-migration.js';
import { buildSnapshot, describeSnapshot } from '../../src/migrate/snapshot.js';
import { printMigration, writeMigration } from '../../src/migrate/write-migration.js';

/** Records of one module that are taken for a state. */
const RECORDS = 3;

/**
 * Migrates the first records of a module from a build in which all records have their fields in the other order and one less, and from a
 * snapshot of it; returns the source of all migrations.
 */
export function madeUpMigrations(module: BeamModule): string {
  const state = describeState(module, module.file ?? '');
  if (state.kind === 'refused') return state.reason;
  const older = { ...state, vsn: 1, records: new Map([...state.records].map(([name, record]) => [name, shortened(record)])) };
  const to = { ...state, stateRecords: [] };
  return [...state.records.keys()]
    .slice(0, RECORDS)
    .map((record) => sourceOf(to, older, record))
    .join('');
}

function sourceOf(to: StateDescription, older: StateDescription, record: string): string {
  const from = { ...older, stateRecords: [record] };
  const snapshot = describeSnapshot(JSON.parse(JSON.stringify(buildSnapshot([{ ...from, vsn: 2 }]))), to.file);
  const plan = planMigration({ to, from: [from, ...snapshot], options: { record, callback: 'gen_server' } });
  return plan.kind === 'migration' ? printMigration(writeMigration(plan)) : plan.kind;
}

function shortened(record: RecordDefinition): RecordDefinition {
  return { ...record, fields: record.fields.slice(1).toReversed() };
}
