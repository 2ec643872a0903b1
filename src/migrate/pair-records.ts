// Which record of the older build each record of the new build was, beginning with the record of the state: the record of the same name, or,
// where a field's type has one record that the older type hasn't and the other way about, the one whose place it took.

import type { RecordFieldDefinition } from '../forms/records.js';
import { matchFields, renamesOf } from './match-fields.js';
import type { FieldRename, StateDescription } from './model.js';
import { reachOf, type TypeReach } from './reach.js';

/** Names of records of the new build, with the names that they have in the older one. */
export type RecordPairs = ReadonlyMap<string, string>;

/** The new build's side of the comparison. */
export interface NewSide {
  readonly state: StateDescription;
  /** The record of the state. */
  readonly record: string;
  readonly renames: readonly FieldRename[];
}

/** Pairs the records that the state reaches; `olderRecord` is that of the state in the older build. */
export function pairRecords(to: NewSide, from: StateDescription, olderRecord: string): RecordPairs {
  const pairs = new Map<string, string>([[to.record, olderRecord]]);
  const pending = [to.record];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const [inner, older] of nestedPairs(name, pairs.get(name) as string)) {
      const known = pairs.get(inner);
      // One name can't have been two records; the same name is the better guess.
      if (known === undefined || (known !== older && older === inner && inner !== to.record)) {
        pairs.set(inner, older);
        pending.push(inner);
      }
    }
  }
  return pairs;

  function nestedPairs(name: string, older: string): readonly (readonly [string, string])[] {
    const newRecord = to.state.records.get(name);
    const oldRecord = from.records.get(older);
    if (newRecord === undefined || oldRecord === undefined) return [];
    const sources = matchFields(newRecord, oldRecord, renamesOf(name, to.record, to.renames));
    return newRecord.fields.flatMap((field, at) => {
      const source = sources[at];
      return source === undefined ? [] : fieldPairs(field, oldRecord.fields[source] as RecordFieldDefinition);
    });
  }

  function fieldPairs(field: RecordFieldDefinition, older: RecordFieldDefinition): readonly (readonly [string, string])[] {
    const newer = convertible(reachOf(field.type, to.state)).filter((name) => to.state.records.has(name));
    const before = convertible(reachOf(older.type, from)).filter((name) => from.records.has(name));
    const same = [...new Set([...newer, ...before])].filter((name) => to.state.records.has(name) && from.records.has(name));
    const come = newer.filter((name) => !before.includes(name));
    const gone = before.filter((name) => !newer.includes(name));
    // A type that is there on one side only says nothing of renames.
    const replaced = newer.length > 0 && before.length > 0 && come.length === 1 && gone.length === 1;
    const kept = replaced ? same.filter((name) => newer.includes(name) && before.includes(name)) : same;
    const pairs = kept.map((name) => [name, name] as const);
    return replaced ? [...pairs, [come[0] as string, gone[0] as string] as const] : pairs;
  }
}

/** Returns the records in places where they can be converted. */
export function convertible(reach: TypeReach): readonly string[] {
  return [...new Set([...reach.direct, ...reach.list])];
}
