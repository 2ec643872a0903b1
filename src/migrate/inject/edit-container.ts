// New data for some chunks of a file, all else of which stays where and what it is.

import { buildChunk, type Chunk, decodeContainer, encodeContainer } from '../../beam/container.js';
import { BeamModule } from '../../beam/module.js';
import { UsageError } from '../../errors.js';

/** What becomes of a chunk. */
export type ChunkChange =
  | { readonly kind: 'set'; readonly data: Uint8Array; readonly padding?: Uint8Array }
  | { readonly kind: 'remove' };

/** The chunks that injections edit, in the order in which compilers write them. */
const ORDER = ['Atom', 'AtU8', 'Code', 'StrT', 'ImpT', 'ExpT', 'FunT', 'LitT', 'LocT', 'Attr', 'Dbgi', 'Abst'];

/** Tells whether injections edit chunks of that id. */
export function isEditable(id: string): boolean {
  return ORDER.includes(id);
}

/** Throws UsageError where a chunk that may be edited stands twice: the loader takes the last, and tools take the first. */
export function refuseDuplicates(module: BeamModule): void {
  const twice = module.duplicateChunks.find(isEditable);
  if (twice !== undefined) throw new UsageError(`${module.file ?? module.name}: the file has more than one ${twice} chunk`);
}

/** Returns the module with changed chunks; a new one stands after those that compilers write before it. */
export function editContainer(module: BeamModule, changes: ReadonlyMap<string, ChunkChange>): BeamModule {
  const chunks = module.container.chunks.flatMap((chunk): readonly Chunk[] => {
    const change = changes.get(chunk.id);
    if (change === undefined) return [chunk];
    return change.kind === 'remove' ? [] : [changedChunk(chunk.id, change.data, change.padding)];
  });
  for (const [id, change] of changes) {
    if (change.kind === 'set' && module.chunk(id) === undefined)
      chunks.splice(placeOf(chunks, id), 0, buildChunk(id, change.data));
  }
  const bytes = encodeContainer({ ...module.container, chunks });
  return new BeamModule(bytes, decodeContainer(bytes), module.options);
}

function changedChunk(id: string, data: Uint8Array, padding: Uint8Array | undefined): Chunk {
  const built = buildChunk(id, data);
  return padding?.length === built.padding.length ? { ...built, padding } : built;
}

function placeOf(chunks: readonly Chunk[], id: string): number {
  const before = ORDER.slice(0, Math.max(0, ORDER.indexOf(id)));
  const last = chunks.findLastIndex((chunk) => before.includes(chunk.id));
  return isEditable(id) && last >= 0 ? last + 1 : chunks.length;
}
