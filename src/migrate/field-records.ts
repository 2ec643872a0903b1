// Which records a field may hold, and from there which records the state reaches and which of them have to be converted: those with more than
// one layout, and those with such records in their fields.

import type { RecordDefinition } from '../forms/records.js';
import { type Comparison, layoutsOf, olderRecord, type SameLayout } from './compare-layouts.js';
import type { StateDescription } from './model.js';
import type { RecordPairs } from './pair-records.js';
import { reachOf } from './reach.js';

/** Names of records, in the new build, in the places where they are converted. */
export interface FieldRecords {
  readonly direct: readonly string[];
  readonly list: readonly string[];
}

/** Returns the records that each field of a record may hold, by its type in the new build and in those of these layouts. */
export function recordsInFields(name: string, layouts: readonly SameLayout[], comparison: Comparison): readonly FieldRecords[] {
  const { to } = comparison;
  const record = to.state.records.get(name) as RecordDefinition;
  return record.fields.map((field, at) => {
    const direct = new Set<string>();
    const list = new Set<string>();
    const reach = reachOf(field.type, to.state);
    for (const inner of reach.direct) if (to.state.records.has(inner)) direct.add(inner);
    for (const inner of reach.list) if (to.state.records.has(inner)) list.add(inner);
    for (const layout of layouts) addOlder(name, layout, at, comparison, direct, list);
    return { direct: [...direct], list: [...list] };
  });
}

function addOlder(
  name: string,
  { builds, sources }: SameLayout,
  at: number,
  comparison: Comparison,
  direct: Set<string>,
  list: Set<string>,
): void {
  const source = sources[at];
  if (source === undefined) return;
  for (const build of builds) {
    const type = olderRecord(name, build, comparison)?.fields[source]?.type;
    const reach = reachOf(type, comparison.from[build] as StateDescription);
    if (reach.direct.size + reach.list.size === 0) continue;
    for (const [newer, older] of comparison.pairs[build] as RecordPairs) {
      if (reach.direct.has(older)) direct.add(newer);
      if (reach.list.has(older)) list.add(newer);
    }
  }
}

/** Returns the records that the state reaches, in the new build or in older ones, that of the state first. */
export function reachableRecords(comparison: Comparison): readonly string[] {
  const found = new Set([comparison.to.record]);
  // A set's iteration comes to what is added on the way.
  for (const name of found) for (const inner of innerRecords(name, comparison)) found.add(inner);
  return [...found];
}

function innerRecords(name: string, comparison: Comparison): readonly string[] {
  const fields = recordsInFields(name, layoutsOf(name, comparison), comparison);
  return [...new Set(fields.flatMap(({ direct, list }) => [...direct, ...list]))];
}

/** Returns those of the reachable records that need conversion, in the same order. */
export function changedRecords(names: readonly string[], comparison: Comparison): readonly string[] {
  const users = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const name of names) for (const inner of innerRecords(name, comparison)) users.get(inner)?.push(name);
  const changed = new Set(names.filter((name) => layoutsOf(name, comparison).length > 1));
  for (const name of changed) for (const user of users.get(name) ?? []) changed.add(user);
  return names.filter((name) => changed.has(name));
}
