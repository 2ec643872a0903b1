// Which field of the older record each field of the newer one takes its value from: the one of its own name, or the one that a declared
// rename leads to. Renames chain (a became b, then c), so one declaration serves builds of several ages; where the older record has the
// new name already, there is nothing to rename.

import type { RecordDefinition } from '../forms/records.js';
import type { FieldRename } from './model.js';

/** For each field of `to` the position of its source in `from`, undefined for a new field. */
export function matchFields(
  to: RecordDefinition,
  from: RecordDefinition,
  renames: readonly FieldRename[],
): readonly (number | undefined)[] {
  const positions = new Map(from.fields.map((field, at) => [field.name, at]));
  const olderNames = new Map(renames.map((rename) => [rename.new, rename.old]));
  const renamed = new Map<string, number>();
  for (const { name } of to.fields) {
    const at = positions.has(name) ? undefined : followRenames(name, positions, olderNames);
    if (at !== undefined) renamed.set(name, at);
  }
  const taken = new Set(renamed.values());
  return to.fields.map(({ name }) => {
    const at = renamed.get(name) ?? positions.get(name);
    return at !== undefined && (renamed.has(name) || !taken.has(at)) ? at : undefined;
  });
}

function followRenames(
  name: string,
  positions: ReadonlyMap<string, number>,
  olderNames: ReadonlyMap<string, string>,
): number | undefined {
  const seen = new Set([name]);
  for (let older = olderNames.get(name); older !== undefined && !seen.has(older); older = olderNames.get(older)) {
    const at = positions.get(older);
    if (at !== undefined) return at;
    seen.add(older);
  }
  return undefined;
}

/** Returns the renames of one record of the new build. */
export function renamesOf(record: string, stateRecord: string, renames: readonly FieldRename[]): readonly FieldRename[] {
  return renames.filter((rename) => (rename.record ?? stateRecord) === record);
}
