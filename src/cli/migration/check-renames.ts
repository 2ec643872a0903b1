// Whether the renames that were asked for mean anything.

import { UsageError } from '../../errors.js';
import type { FieldRename } from '../../migrate/model.js';
import type { ModuleWork } from './answer-modules.js';

/** Throws UsageError for a rename that fits no module: a slip. */
export function checkRenames(asked: readonly FieldRename[], works: readonly ModuleWork[]): void {
  const used = new Set(works.flatMap(({ renames }) => renames));
  const idle = asked.find((rename) => !used.has(rename));
  if (idle === undefined) return;
  const field = idle.record === undefined ? idle.new : `${idle.record}.${idle.new}`;
  throw new UsageError(`--rename ${idle.old}: no module whose state changed has a field ${field}`);
}
