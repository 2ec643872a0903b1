// A plan in plain words for the renderers: per record and older build what is copied, added, dropped, renamed and converted; and what a
// person should look at.

import { formatExpression } from '../forms/print.js';
import type { RecordDefinition } from '../forms/records.js';
import { type Comparison, olderRecord } from './compare-layouts.js';
import type {
  AddedField,
  Default,
  FieldSource,
  LayoutGroup,
  MigrationPlan,
  MigrationReport,
  RecordPlan,
  RecordReport,
  StateDescription,
} from './model.js';
import { warningsOf } from './plan-warnings.js';
import { proposeRenames } from './propose-renames.js';

/** Builds the report of a plan. */
export function buildReport(plan: Omit<MigrationPlan, 'report'>, comparison: Comparison): MigrationReport {
  const { to, callback, user, extendsExtra, records } = plan;
  return {
    ...{ module: to.module, file: to.file, record: comparison.to.record },
    ...{ callback: `${callback.name}/${callback.arity}`, user, extendsExtra },
    records: records.flatMap((record) =>
      record.groups.flatMap((group) => group.builds.map((build) => recordReport(record, group, build, comparison))),
    ),
    warnings: warningsOf(plan, comparison),
  };
}

function recordReport(record: RecordPlan, group: LayoutGroup, build: number, comparison: Comparison): RecordReport {
  const newest = comparison.to.state.records.get(record.name) as RecordDefinition;
  const older = olderRecord(record.name, build, comparison) as RecordDefinition;
  const { file, vsn } = comparison.from[build] as StateDescription;
  const up = newest.fields.map((field, at) => ({ field: field.name, source: group.up[at] as FieldSource }));
  const taken = new Set(up.flatMap(({ source }) => (source.kind === 'default' ? [] : [source.from])));
  const dropped = older.fields.flatMap((field, at) => (taken.has(at) ? [] : [field]));
  const copied = up.flatMap(({ field, source }) =>
    source.kind === 'copied' ? [{ field, old: older.fields[source.from]?.name ?? '', nested: source.nested }] : [],
  );
  return {
    record: record.name,
    from: { file, vsn, record: older.name },
    sameLayout: group.isNew,
    copied: copied.flatMap(({ field, old }) => (field === old ? [field] : [])),
    renamed: renamedFields(up, older),
    added: up.flatMap(({ field, source }) => (source.kind === 'default' ? [added(field, source.value)] : [])),
    dropped: dropped.map((field) => field.name),
    converted: up.flatMap(({ field, source }) =>
      source.kind === 'converted' ? [{ field, by: `${source.module}:${source.name}/1` }] : [],
    ),
    nested: copied.flatMap(({ field, nested }) => {
      const records = [...new Set([...nested.direct, ...nested.list])];
      return records.length === 0 ? [] : [{ field, records }];
    }),
    down: {
      added: dropped.map((field) => added(field.name, { build, expression: field.default })),
      dropped: up.flatMap(({ field, source }) => (source.kind === 'default' ? [field] : [])),
    },
    proposals: proposeRenames(
      newest,
      older,
      taken,
      new Set(up.flatMap(({ source }, at) => (source.kind === 'default' ? [at] : []))),
    ),
  };
}

function renamedFields(
  up: readonly { readonly field: string; readonly source: FieldSource }[],
  older: RecordDefinition,
): RecordReport['renamed'] {
  return up.flatMap(({ field, source }) => {
    const old = source.kind === 'default' ? field : (older.fields[source.from]?.name ?? field);
    return old === field ? [] : [{ old, new: field }];
  });
}

function added(field: string, { expression }: Default): AddedField {
  return { field, default: expression === undefined ? 'undefined' : formatExpression(expression) };
}
