// From what the builds say of their states to what has to be done, or to the reason why that can't be.

import { asParseError, ParseError } from '../errors.js';
import type { Comparison } from './compare-layouts.js';
import { NO_DEBUG_INFO } from './describe-state.js';
import { changedRecords, reachableRecords } from './field-records.js';
import { findCallback } from './kinds.js';
import type {
  CallbackKind,
  FieldRename,
  MigrationPlan,
  PlanOptions,
  RecordPlan,
  Refusal,
  StateDescription,
  Unchanged,
  UserCallback,
} from './model.js';
import { pairRecords } from './pair-records.js';
import { planRecord } from './plan-record.js';
import { isRefusal, refusal } from './refusal.js';
import { buildReport } from './report-migration.js';
import { mayExtendExtra } from './user-callback.js';

/** The builds of one module: the new one, and the older ones whose states it may get. */
export interface PlanInput {
  readonly to: StateDescription;
  readonly from: readonly StateDescription[];
  readonly options?: PlanOptions;
}

/** Plans the migration of one module. Throws ParseError for what is nested too deeply. */
export function planMigration(input: PlanInput): MigrationPlan | Unchanged | Refusal {
  try {
    return plan(input);
  } catch (error) {
    const parsed = asParseError(error);
    throw parsed instanceof ParseError ? parsed.inFile(input.to.file) : parsed;
  }
}

function plan({ to, from, options = {} }: PlanInput): MigrationPlan | Unchanged | Refusal {
  const comparison = compare(to, from, options);
  if (isRefusal(comparison)) return comparison;
  const reachable = reachableRecords(comparison);
  const names = changedRecords(reachable, comparison);
  const { record } = comparison.to;
  if (!names.includes(record)) return { kind: 'unchanged', module: to.module, file: to.file, record };
  const callback = findCallback(to, options.callback);
  if (isRefusal(callback)) return callback;
  const refused = checkConversions(to) ?? checkRenames(options.renames ?? [], reachable, comparison);
  if (refused !== undefined) return refused;
  const records: RecordPlan[] = [];
  for (const name of names) {
    const record = planRecord(name, new Set(names), comparison);
    if (isRefusal(record)) return record;
    records.push(record);
  }
  const user = userCallback(to, callback);
  const form = to.functionForm(callback.name, callback.arity);
  const extendsExtra = user === 'called' && form !== undefined && mayExtendExtra(form, callback);
  const made = { kind: 'migration', to, from, callback, user, extendsExtra, records } as const;
  return { ...made, report: buildReport(made, comparison) };
}

function compare(to: StateDescription, from: readonly StateDescription[], options: PlanOptions): Comparison | Refusal {
  const record = stateRecordOf(to, options.record);
  if (typeof record !== 'string') return record;
  const renames = [...(options.renames ?? []), ...to.renames];
  const side = { state: to, record, renames };
  const pairs = [];
  for (const build of from) {
    if (build.module !== to.module) return refusal(build, 'other_module', `module ${build.module} where ${to.module} is wanted`);
    const older = olderStateRecord(build, record);
    if (typeof older !== 'string') return older;
    pairs.push(pairRecords(side, build, older));
  }
  return { to: side, from, pairs };
}

function stateRecordOf(to: StateDescription, asked: string | undefined): string | Refusal {
  if (asked === undefined && to.stateRecords.length > 1) {
    return refusal(
      to,
      'several_state_records',
      `more than one -state_record: ${to.stateRecords.join(', ')}; a process has one state`,
    );
  }
  const name = asked ?? to.stateRecords[0];
  if (name === undefined) return refusal(to, 'no_state_record', 'no -state_record; --record names the record');
  return to.records.has(name) ? name : recordNotFound(to, name);
}

/** The older build may say itself what its state was; else the name hasn't changed. */
function olderStateRecord(build: StateDescription, name: string): string | Refusal {
  if (build.stateRecords.length > 1) {
    return refusal(build, 'several_state_records', `more than one -state_record: ${build.stateRecords.join(', ')}`);
  }
  const older = build.stateRecords[0] ?? name;
  return build.records.has(older) ? older : recordNotFound(build, older);
}

function recordNotFound(build: StateDescription, name: string): Refusal {
  if (build.source === 'Recs') return refusal(build, 'no_debug_info', NO_DEBUG_INFO);
  const place = build.source === 'snapshot' ? 'the snapshot' : 'its debug info';
  return refusal(build, 'record_not_found', `no record ${name} in ${place}`);
}

function userCallback(to: StateDescription, { name, arity }: CallbackKind): UserCallback {
  if (to.exports.has(`${name}/${arity}`)) return 'called';
  return to.functionForm(name, arity) === undefined ? 'absent' : 'private';
}

/** Within the module a conversion is called as any exported function; elsewhere it can't be seen. */
function checkConversions(to: StateDescription): Refusal | undefined {
  const missing = to.conversions.find(({ module, name }) => module === to.module && !to.exports.has(`${name}/1`));
  if (missing === undefined) return undefined;
  return refusal(to, 'not_exported', `-state_convert names ${missing.module}:${missing.name}/1, which isn't exported`);
}

/** A rename that was asked for and names what isn't there is a slip; one in the source may be of an older time. */
function checkRenames(asked: readonly FieldRename[], reachable: readonly string[], { to }: Comparison): Refusal | undefined {
  for (const rename of asked) {
    const record = rename.record ?? to.record;
    if (!reachable.includes(record))
      return refusal(to.state, 'unknown_field', `no record ${record} in the state, to rename ${rename.old}`);
    const isThere = to.state.records.get(record)?.fields.some((field) => field.name === rename.new);
    const isPassedThrough = to.renames.some((other) => other.old === rename.new);
    if (!isThere && !isPassedThrough) return refusal(to.state, 'unknown_field', `record ${record} has no field ${rename.new}`);
  }
  return undefined;
}
