// A tar takes longest to deflate. Applications with the version that they had go into it as they are, so that their part can be deflated by another
// thread while the upgrade is still being planned; whether a part is what the tar has then is told by its checksum.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { NewTarMember, ReadySegments } from '../../io/tar-write.js';
import type { OpenedReleases } from './open-releases.js';

const NONE: ReadySegments = new Map();

/** Below this it is over before a thread has begun. */
const FEWEST_BYTES = 4 * 1024 * 1024;

/** Begins to deflate members; what is returned waits for the segments: none where there is no other thread, or where it fails. */
export function startDeflating(members: readonly NewTarMember[]): () => Promise<ReadySegments> {
  const script = findWorker();
  const size = members.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (script === undefined || size < FEWEST_BYTES || availableParallelism() < 2) return () => Promise.resolve(NONE);
  const worker = new Worker(script, { workerData: members });
  const segments = new Promise<ReadySegments>((resolve) => {
    worker.once('message', (made: readonly (readonly [string, Uint8Array])[]) => resolve(new Map(made)));
    worker.once('error', () => resolve(NONE));
    worker.once('exit', () => resolve(NONE));
  });
  // An upgrade that can't be made doesn't wait for it.
  worker.unref();
  return () => {
    worker.ref();
    return segments;
  };
}

/** Returns the names of the applications that all releases have in the same version, as their folders in a tar are called. */
export function unchangedFolders({ olds, now }: OpenedReleases): ReadonlySet<string> {
  const older = olds.map(({ release }) => new Map(release.file.applications.map(({ name, vsn }) => [name, vsn])));
  const same = now.release.file.applications.filter(({ name, vsn }) => older.every((versions) => versions.get(name) === vsn));
  return new Set(same.map(({ name, vsn }) => `${name}-${vsn}`));
}

/** Beside the script of all commands, above that of one; not there where sources run. */
function findWorker(): URL | undefined {
  const candidates = ['./tar-worker.cjs', '../tar-worker.cjs'].map((path) => new URL(path, import.meta.url));
  return candidates.find((url) => existsSync(fileURLToPath(url)));
}
