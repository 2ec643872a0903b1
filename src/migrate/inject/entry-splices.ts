// The edits of ExpT, LocT and FunT: the generated callback takes the place of the user's among the exports, and the user's own function is
// known under its new name. Layouts: beam/chunks/entries.ts and lambdas.ts.

import { decodeEntries } from '../../beam/chunks/entries.js';
import { ENTRY_ROWS, type EntryRow, LAMBDA_ROWS } from '../../beam/layout.js';
import type { BeamModule } from '../../beam/module.js';
import { Writer } from '../../bytes/writer.js';
import { type Splice, u32Splice } from './splice.js';

/** The rows that a chunk of entries has, and those that it gets. */
interface EntryEdits {
  readonly changed: readonly Splice[];
  readonly added: readonly EntryRow[];
}

/** Returns the index of a row's column in the data of ExpT or LocT. */
function columnAt(row: number, column: 0 | 1 | 2): number {
  return 4 + row * ENTRY_ROWS.size + column * 4;
}

function finish(module: BeamModule, id: 'ExpT' | 'LocT', { changed, added }: EntryEdits): readonly Splice[] {
  if (added.length === 0) return changed;
  const rows = new Writer(added.length * ENTRY_ROWS.size);
  for (const { name, arity, label } of added) rows.u32(name).u32(arity).u32(label);
  const count = rowsOf(module, id).length;
  return [u32Splice(0, count + added.length), ...changed, { at: columnAt(count, 0), length: 0, bytes: rows.finish() }];
}

function rowsOf(module: BeamModule, id: 'ExpT' | 'LocT'): readonly EntryRow[] {
  return module.decode(id, decodeEntries) ?? [];
}

/** Returns the edits of ExpT that make `callback` the function of its name, in the user's row where there is one. */
export function exportSplices(module: BeamModule, callback: EntryRow): readonly Splice[] {
  const row = rowsOf(module, 'ExpT').findIndex(({ name, arity }) => name === callback.name && arity === callback.arity);
  if (row >= 0) return [u32Splice(columnAt(row, 2), callback.label)];
  return finish(module, 'ExpT', { changed: [], added: [callback] });
}

/** Returns the edits of LocT that add these functions, or give the one that is there under the old name its new one. */
export function localSplices(module: BeamModule, added: readonly EntryRow[], renamed?: EntryRow): readonly Splice[] {
  if (module.chunk('LocT') === undefined) return [];
  const row = renamed === undefined ? -1 : rowsOf(module, 'LocT').findIndex(({ label }) => label === renamed.label);
  if (renamed === undefined || row >= 0) {
    const changed = renamed === undefined ? [] : [u32Splice(columnAt(row, 0), renamed.name)];
    return finish(module, 'LocT', { changed, added });
  }
  return finish(module, 'LocT', { changed: [], added: [renamed, ...added] });
}

/** Returns the edits of FunT that give the `fun` of the renamed function its name, as the compiler does. */
export function lambdaSplices(module: BeamModule, renamed: EntryRow): readonly Splice[] {
  return module.lambdas.flatMap(({ label }, row) =>
    label === renamed.label ? [u32Splice(4 + row * LAMBDA_ROWS.size, renamed.name)] : [],
  );
}
