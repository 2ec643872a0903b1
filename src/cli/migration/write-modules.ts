// Changed modules to disk, all of them or none: files by themselves, members of an archive by writing the archive again.

import { basename, dirname, join } from 'node:path';
import { removeLeftovers } from '../../io/leftovers.js';
import { makeFolder, removeEmptyFolder } from '../../io/make-folder.js';
import type { Replacement } from '../../io/tar-rewrite.js';
import { removeFile } from '../../io/temporary-file.js';
import { type OutputFile, writeAllOrNothing } from '../../io/write.js';
import { deferringSignals } from '../interrupt.js';
import type { Candidate } from './new-build.js';

/** A module with other bytes. */
export interface ChangedModule {
  readonly candidate: Candidate;
  readonly bytes: Uint8Array;
}

/** Writes the modules in their places, or below the folder `output`; returns the files that were written. Throws UsageError, ParseError. */
export function writeModules(changed: readonly ChangedModule[], output: string | undefined): Promise<readonly string[]> {
  return deferringSignals((signal) => write(changed, output, signal));
}

async function write(
  changed: readonly ChangedModule[],
  output: string | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const files: OutputFile[] = [];
  const made: string[] = [];
  try {
    for (const { path, bytes, like } of plainFiles(changed, output)) {
      made.push(...newFolder(dirname(path), output));
      files.push({ path, bytes, like });
    }
    for (const [archive, replacements] of members(changed)) {
      const { rewriteArchive } = await import('../../io/rewrite-archive.js');
      const path = output === undefined ? archive : join(output, basename(archive));
      made.push(...newFolder(dirname(path), output));
      files.push(await rewriteArchive(archive, path, replacements, signal));
    }
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) removeLeftovers(folder);
    // A signal that came while nothing was waited for is heard here.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    writeAllOrNothing(files);
    return files.map(({ path }) => path);
  } catch (error) {
    for (const file of files) if ('temporary' in file) removeFile(file.temporary);
    for (const folder of made.reverse()) removeEmptyFolder(folder);
    throw error;
  }
}

function plainFiles(changed: readonly ChangedModule[], output: string | undefined) {
  return changed.flatMap(({ candidate: { place }, bytes }) => {
    if (place.kind !== 'file') return [];
    const path = output === undefined ? place.path : join(output, place.relative);
    return [{ path, bytes, like: place.path }];
  });
}

function members(changed: readonly ChangedModule[]): ReadonlyMap<string, ReadonlyMap<string, Replacement>> {
  const archives = new Map<string, Map<string, Replacement>>();
  for (const { candidate, bytes } of changed) {
    const { place, beam } = candidate;
    if (place.kind !== 'member') continue;
    const replacements = archives.get(place.archive) ?? new Map<string, Replacement>();
    archives.set(place.archive, replacements.set(place.name, { before: beam.bytes, bytes }));
  }
  return archives;
}

/** Only below an output are there folders to make. */
function newFolder(folder: string, output: string | undefined): readonly string[] {
  return output === undefined ? [] : makeFolder(folder);
}
