// Renames that nobody declared and that look likely: a field that is gone and one that has come stand at the same place, or have the same
// type or default. They are proposed only; a guess never moves data.

import { formatExpression, formatType } from '../forms/print.js';
import type { RecordDefinition, RecordFieldDefinition } from '../forms/records.js';
import type { RenameProposal } from './model.js';

interface Candidate extends RenameProposal {
  readonly weight: number;
}

/** Types and defaults that say nothing of the field. */
const COMMON_TYPES: ReadonlySet<string> = new Set(['any()', 'term()']);
const COMMON_DEFAULTS: ReadonlySet<string> = new Set(['undefined', '[]', '0', 'false', 'true']);
const WEIGHTS = { place: 1, type: 2, default: 3 };

/** Proposes renames among the fields of `older` not in `taken` and those of `newest` in `come`, both 0-based positions. */
export function proposeRenames(
  newest: RecordDefinition,
  older: RecordDefinition,
  taken: ReadonlySet<number>,
  come: ReadonlySet<number>,
): readonly RenameProposal[] {
  const gone = older.fields.flatMap((field, at) => (taken.has(at) ? [] : [{ field, at }]));
  const candidates = gone.flatMap(({ field, at }) =>
    [...come].flatMap((other) => candidate(field, newest.fields[other] as RecordFieldDefinition, at === other)),
  );
  const best = candidates.filter((one) =>
    candidates.every((other) => other === one || !competes(one, other) || one.weight > other.weight),
  );
  return best.map(({ old, new: newName, because }) => ({ old, new: newName, because }));
}

function competes(one: Candidate, other: Candidate): boolean {
  return one.old === other.old || one.new === other.new;
}

function candidate(old: RecordFieldDefinition, come: RecordFieldDefinition, samePlace: boolean): readonly Candidate[] {
  const types = [old, come].map((field) => (field.type === undefined ? undefined : formatType(field.type)));
  const defaults = [old, come].map((field) => (field.default === undefined ? undefined : formatExpression(field.default)));
  const [oldType, newType] = types;
  if (oldType !== undefined && newType !== undefined && oldType !== newType) return [];
  const because: ('place' | 'type' | 'default')[] = [];
  if (samePlace) because.push('place');
  if (oldType !== undefined && oldType === newType && !COMMON_TYPES.has(oldType)) because.push('type');
  if (defaults[0] !== undefined && defaults[0] === defaults[1] && !COMMON_DEFAULTS.has(defaults[0])) because.push('default');
  if (because.length === 0) return [];
  const weight = because.reduce((sum, reason) => sum + WEIGHTS[reason], 0);
  return [{ old: old.name, new: come.name, because, weight }];
}
