// Renames that nobody declared and that look likely: a field that is gone and one that has come stand at the same place, or have the same
// type or default. They are proposed only; a guess never moves data.

import { formatExpression, formatType } from '../forms/print.js';
import type { RecordDefinition } from '../forms/records.js';
import type { RenameProposal } from './model.js';

interface Candidate extends RenameProposal {
  readonly weight: number;
}

/** Types and defaults that say nothing of the field. */
const COMMON_TYPES: ReadonlySet<string> = new Set(['any()', 'term()']);
const COMMON_DEFAULTS: ReadonlySet<string> = new Set(['undefined', '[]', '0', 'false', 'true']);
const WEIGHTS = { place: 1, type: 2, default: 3 };

/** Pairs of fields that are looked at; records with more are rewritten rather than renamed. */
const MAX_PAIRS = 100_000;

/** A field as the comparison wants it. */
interface Field {
  readonly name: string;
  readonly at: number;
  readonly type: string | undefined;
  readonly default: string | undefined;
}

/** Proposes renames among the fields of `older` not in `taken` and those of `newest` in `come`, both 0-based positions. */
export function proposeRenames(
  newest: RecordDefinition,
  older: RecordDefinition,
  taken: ReadonlySet<number>,
  come: ReadonlySet<number>,
): readonly RenameProposal[] {
  const gone = fieldsOf(older, (at) => !taken.has(at));
  const arrived = fieldsOf(newest, (at) => come.has(at));
  if (gone.length * arrived.length > MAX_PAIRS) return [];
  const candidates = gone.flatMap((field) => arrived.flatMap((other) => candidate(field, other)));
  const byOld = standings(candidates, (one) => one.old);
  const byNew = standings(candidates, (one) => one.new);
  const isBest = (one: Candidate): boolean =>
    [byOld.get(one.old), byNew.get(one.new)].every((standing) => standing?.weight === one.weight && standing.count === 1);
  return candidates.filter(isBest).map(({ old, new: newName, because }) => ({ old, new: newName, because }));
}

function fieldsOf(record: RecordDefinition, isMeant: (at: number) => boolean): readonly Field[] {
  return record.fields.flatMap((field, at): Field[] => {
    if (!isMeant(at)) return [];
    const type = field.type === undefined ? undefined : formatType(field.type);
    return [{ name: field.name, at, type, default: field.default === undefined ? undefined : formatExpression(field.default) }];
  });
}

/** The best weight for each name, and how many candidates have it. */
function standings(
  candidates: readonly Candidate[],
  nameOf: (one: Candidate) => string,
): ReadonlyMap<string, { readonly weight: number; readonly count: number }> {
  const best = new Map<string, { weight: number; count: number }>();
  for (const one of candidates) {
    const standing = best.get(nameOf(one));
    if (standing === undefined || one.weight > standing.weight) best.set(nameOf(one), { weight: one.weight, count: 1 });
    else if (one.weight === standing.weight) standing.count++;
  }
  return best;
}

function candidate(old: Field, come: Field): readonly Candidate[] {
  if (old.type !== undefined && come.type !== undefined && old.type !== come.type) return [];
  const because: ('place' | 'type' | 'default')[] = [];
  if (old.at === come.at) because.push('place');
  if (old.type !== undefined && old.type === come.type && !COMMON_TYPES.has(old.type)) because.push('type');
  if (old.default !== undefined && old.default === come.default && !COMMON_DEFAULTS.has(old.default)) because.push('default');
  if (because.length === 0) return [];
  const weight = because.reduce((sum, reason) => sum + WEIGHTS[reason], 0);
  return [{ old: old.name, new: come.name, because, weight }];
}
