// A release's archive on disk, written again with some of its members changed: it streams through, so that its size costs no memory.

import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { openArchiveSteps, stepFault } from './archive-steps.js';
import { type Replacement, rewriteTar } from './tar-rewrite.js';
import { type WrittenFile, writeBeside } from './temporary-file.js';

const STEP_BYTES = 256 * 1024;

/**
 * Writes `archive` (a tar, gzipped or not) with the members replaced that `replacements` has by name, to a temporary file beside `output`.
 * Throws ParseError where the archive is damaged or isn't what it was, UsageError where it can't be written, and what `signal` is aborted
 * with; nothing is left then.
 */
export async function rewriteArchive(
  archive: string,
  output: string,
  replacements: ReadonlyMap<string, Replacement>,
  signal?: AbortSignal,
): Promise<WrittenFile> {
  const source = openArchiveSteps(archive);
  const plain = locatingFaults(rewriteTar(source.steps, replacements));
  try {
    return await writeBeside(output, source.isGzip ? gzipped(plain) : plain, archive);
  } finally {
    source.close();
  }

  async function* locatingFaults(steps: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    try {
      for await (const step of steps) {
        signal?.throwIfAborted();
        yield step;
      }
    } catch (error) {
      throw stepFault(error, source);
    }
  }
}

function gzipped(steps: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(Readable.from(steps, { objectMode: true }), createGzip({ chunkSize: STEP_BYTES }), () => {});
}
