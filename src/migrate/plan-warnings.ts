// What a plan can't do or can't know, for a person to look at.

import { formatType } from '../forms/print.js';
import type { RecordDefinition, RecordFieldDefinition } from '../forms/records.js';
import { formatTerm } from '../term/format.js';
import { equalTerms } from '../term/order.js';
import { type Comparison, olderRecord } from './compare-layouts.js';
import type { LayoutGroup, MigrationPlan, MigrationWarning, RecordPlan, StateDescription } from './model.js';
import { looksAlike } from './plan-record.js';
import { reachOf } from './reach.js';
import { handlesDown } from './user-callback.js';

type Plan = Omit<MigrationPlan, 'report'>;

/** Returns the warnings of a plan, each once. */
export function warningsOf(plan: Plan, comparison: Comparison): readonly MigrationWarning[] {
  const changed = new Set(plan.records.map((record) => record.name));
  const warnings = [
    ...callbackWarnings(plan),
    ...plan.records.flatMap((record) => [
      ...typeWarnings(record, comparison),
      ...placeWarnings(record, changed, comparison),
      ...conversionWarnings(record),
      ...versionWarnings(record, comparison),
    ]),
    ...unusedWarnings(plan, comparison),
  ];
  return [...new Map(warnings.map((warning) => [warning.text, warning])).values()];
}

function callbackWarnings({ to, callback, user, records }: Plan): readonly MigrationWarning[] {
  const name = `${callback.name}/${callback.arity}`;
  if (user === 'private') {
    return [{ code: 'callback_not_exported', text: `${name} isn't exported, so nothing called it: it is kept and not called` }];
  }
  const form = to.functionForm(callback.name, callback.arity);
  const [state] = records;
  if (user !== 'called' || form === undefined || state === undefined || !handlesDown(form, callback)) return [];
  const alike = state.groups.filter((group) => !group.isNew && looksAlike(group.layout, state.layout));
  if (alike.length === 0) return [];
  const text = `${name} has a clause for {down, _}, and the old record ${state.name} has the tag and size of the new: what it makes is converted again`;
  return [{ code: 'down_by_hand', record: state.name, text }];
}

/** Each field that is copied, with its definition in an older build. */
function copiedFields(record: RecordPlan, comparison: Comparison): readonly CopiedField[] {
  const newest = comparison.to.state.records.get(record.name) as RecordDefinition;
  return record.groups.flatMap((group) =>
    group.builds.flatMap((build) => {
      const older = olderRecord(record.name, build, comparison) as RecordDefinition;
      return group.up.flatMap((source, at): CopiedField[] => {
        if (source.kind !== 'copied') return [];
        const fields = {
          field: newest.fields[at] as RecordFieldDefinition,
          older: older.fields[source.from] as RecordFieldDefinition,
        };
        return [{ ...fields, build, isConverted: source.nested.direct.length + source.nested.list.length > 0 }];
      });
    }),
  );
}

interface CopiedField {
  readonly field: RecordFieldDefinition;
  readonly older: RecordFieldDefinition;
  readonly build: number;
  readonly isConverted: boolean;
}

function typeWarnings(record: RecordPlan, comparison: Comparison): readonly MigrationWarning[] {
  const aliases = comparison.from.map((build) => aliasComparer(comparison.to.state, build));
  return copiedFields(record, comparison).flatMap(({ field, older, build, isConverted }): MigrationWarning[] => {
    if (field.type === undefined || older.type === undefined) return [];
    const [newText, oldText] = [formatType(field.type), formatType(older.type)];
    const alias = aliases[build]?.(field);
    if (newText === oldText && alias === undefined) return [];
    if (isConverted && withoutRecords(newText, [...(comparison.pairs[build] ?? [])]) === oldText && alias === undefined)
      return [];
    const what = newText === oldText ? `the definition of ${alias}` : `${oldText} became ${newText}`;
    const text = `field ${field.name} of record ${record.name}: its type changed (${what}); values are copied as they are`;
    return [{ code: 'type_changed', record: record.name, field: field.name, text }];
  });
}

/** Writes the old names of records into the text of a type. */
function withoutRecords(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((changed, [newer, older]) => changed.replaceAll(`#${newer}{`, `#${older}{`), text);
}

/** Finds a local type that a field's type uses and that is defined in another way in the older build. */
function aliasComparer(to: StateDescription, from: StateDescription): (field: RecordFieldDefinition) => string | undefined {
  const known = new Map<string, boolean>();
  const isChanged = (name: string): boolean => {
    const [newer, older] = [to.types.get(name), from.types.get(name)];
    const changed =
      known.get(name) ?? (newer !== undefined && older !== undefined && formatType(newer.type) !== formatType(older.type));
    known.set(name, changed);
    return changed;
  };
  return (field) => [...reachOf(field.type, to).aliases].find(isChanged);
}

function placeWarnings(record: RecordPlan, changed: ReadonlySet<string>, { to }: Comparison): readonly MigrationWarning[] {
  const fields = (to.state.records.get(record.name) as RecordDefinition).fields;
  return fields.flatMap((field): MigrationWarning[] => {
    const reach = reachOf(field.type, to.state);
    const where = { record: record.name, field: field.name };
    const inside = [...reach.inside].filter((name) => changed.has(name));
    const warnings = inside.map((name): MigrationWarning => {
      const text = `field ${field.name} of record ${record.name}: record ${name} deeper inside of its type isn't converted`;
      return { code: 'not_converted', ...where, text };
    });
    if (reach.remote.size === 0) return warnings;
    const text = `field ${field.name} of record ${record.name}: what is in ${[...reach.remote].join(', ')} isn't known, nor converted`;
    return [...warnings, { code: 'remote_type', ...where, text }];
  });
}

function conversionWarnings(record: RecordPlan): readonly MigrationWarning[] {
  return record.groups.flatMap((group) =>
    group.up.flatMap((source, at): MigrationWarning[] => {
      if (source.kind !== 'converted') return [];
      const field = record.layout.fields[at] ?? '';
      const by = `${source.module}:${source.name}/1`;
      const text = `field ${field} of record ${record.name}: ${by} converts upward only; on the way down the value is copied`;
      return [{ code: 'converted_upward_only', record: record.name, field, text }];
    }),
  );
}

/** Older builds that a downgrade can't tell apart. */
function versionWarnings(record: RecordPlan, _comparison: Comparison): readonly MigrationWarning[] {
  const targets = record.groups.flatMap((group: LayoutGroup) => group.down);
  const vsns = targets.flatMap((target) => target.vsns);
  const shared = vsns.filter((vsn, at) => vsns.findIndex((other) => equalTerms(vsn, other)) < at);
  return shared.map((vsn) => {
    const text = `record ${record.name}: older builds that differ have the same vsn ${formatTerm(vsn)}: a downgrade to it is refused at run time`;
    return { code: 'vsn_shared', record: record.name, text };
  });
}

/** Declarations that no older build has a use for: most often a slip of the pen. */
function unusedWarnings(plan: Plan, comparison: Comparison): readonly MigrationWarning[] {
  const { to } = comparison;
  const used = new Set(plan.records.flatMap((record) => usedNames(record, comparison)));
  const renames = to.renames.flatMap((rename): MigrationWarning[] => {
    const record = rename.record ?? to.record;
    if (used.has(`${record}.${rename.old}`)) return [];
    const text = `the rename of ${rename.old} to ${rename.new} in record ${record} fits no older build`;
    return [{ code: 'rename_unused', record, field: rename.new, text }];
  });
  const conversions = to.state.conversions.flatMap((conversion): MigrationWarning[] => {
    const record = conversion.record ?? to.record;
    if (used.has(`${record}!${conversion.field}`)) return [];
    const text = `the conversion of field ${conversion.field} in record ${record} fits no older build`;
    return [{ code: 'conversion_unused', record, field: conversion.field, text }];
  });
  return [...renames, ...conversions];
}

function usedNames(record: RecordPlan, comparison: Comparison): readonly string[] {
  return record.groups.flatMap((group) =>
    group.up.flatMap((source, at) => {
      const field = record.layout.fields[at] ?? '';
      if (source.kind === 'default') return [];
      const old = group.layout.fields[source.from] ?? '';
      const converted = source.kind === 'converted' ? [`${record.name}!${field}`] : [];
      return old === field
        ? converted
        : [...converted, ...renameChain(record.name, field, comparison).map((name) => `${record.name}.${name}`)];
    }),
  );
}

/** The old names on the way from `field` back. */
function renameChain(record: string, field: string, { to }: Comparison): readonly string[] {
  const chain: string[] = [];
  for (let name: string | undefined = field; name !== undefined && chain.length <= to.renames.length; ) {
    const current: string = name;
    name = to.renames.find((rename) => (rename.record ?? to.record) === record && rename.new === current)?.old;
    if (name !== undefined) chain.push(name);
  }
  return chain;
}
