// Takes an injection out again: the edits that its mark holds are made backwards, and what comes out has to be the original file to the bit.

import { type BeamModule, readBeam } from '../../beam/module.js';
import { isSame } from '../../bytes/compare.js';
import { md5 } from '../../bytes/md5.js';
import { ParseError, UsageError } from '../../errors.js';
import { removeMarker } from './attribute-chunk.js';
import { openBody } from './chunk-body.js';
import { type ChunkChange, editContainer, isEditable } from './edit-container.js';
import { inFile } from './in-file.js';
import { type ChunkUndo, readMarker } from './marker.js';
import { applySplices } from './splice.js';

/** The chunk that holds the whole original file, where the edits alone don't give its bytes again. */
export const ORIGINAL_CHUNK = 'BtOr';

/** Chunks, by id, whose wrapping needn't be made around these contents, since it is there. */
export type KnownContents = ReadonlyMap<string, { readonly plain: Uint8Array; readonly data: Uint8Array }>;

/**
 * Returns the module as it was before something was injected into it, byte for byte. Throws UsageError where nothing was injected, or where
 * the file isn't any more what the injection made of it; ParseError for a broken file, `encrypted` where the debug info needs a key.
 */
export function removeMigration(module: BeamModule, known?: KnownContents): BeamModule {
  return inFile(module, () => restore(module, known));
}

function restore(module: BeamModule, known: KnownContents | undefined): BeamModule {
  const mark = readMarker(module)?.undo;
  if (mark === undefined) throw new UsageError(`${nameOf(module)}: there is no injection in it that could be removed`);
  const stored = module.chunk(ORIGINAL_CHUNK)?.data;
  const bytes = stored === undefined ? undoChunks(module, mark.chunks, known) : new Uint8Array(stored);
  if (!isDigest(bytes, mark.original)) {
    throw new UsageError(`${nameOf(module)}: the file was changed or stripped after the injection, so it can't be removed`);
  }
  return readBeam(bytes, module.options);
}

function nameOf(module: BeamModule): string {
  return module.file ?? module.name;
}

function isDigest(bytes: Uint8Array, expected: Uint8Array): boolean {
  return isSame(md5(bytes), expected);
}

function undoChunks(module: BeamModule, chunks: readonly ChunkUndo[], known: KnownContents | undefined): Uint8Array {
  const changes = new Map(chunks.map((undo) => [undo.id, undoChunk(module, undo, known)] as const));
  return editContainer(module, changes).bytes;
}

function undoChunk(module: BeamModule, undo: ChunkUndo, known: KnownContents | undefined): ChunkChange {
  const { id } = undo;
  if (!isEditable(id)) throw new ParseError({ code: 'malformed', reason: `the mark of an injection names the chunk ${id}` });
  if (undo.kind === 'added') return { kind: 'remove' };
  const { padding, filler, splices } = undo;
  if (module.chunk(id) === undefined) throw new UsageError(`${nameOf(module)}: the ${id} chunk is gone since the injection`);
  if (id === 'Attr') {
    const { data, origin } = module.reader('Attr');
    return { kind: 'set', data: removeMarker(data, origin), padding };
  }
  const body = openBody(module, id);
  const plain = module.located(id, () => applySplices(body.plain, splices));
  const there = known?.get(id);
  const isKnown = there !== undefined && isSame(plain, there.plain);
  return { kind: 'set', data: isKnown ? there.data : body.wrap(plain, { exact: true, filler }), padding };
}
