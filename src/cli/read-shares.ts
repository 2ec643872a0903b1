// Reads sources by several readers at once: this thread, and workers where there is enough to read. Starting a worker takes as long as reading
// a hundred files.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Source } from '../io/input.js';
import { findKeys } from './keys.js';
import { type PlacedSources, type ReadChoices, readShare, type Share, takeBlocks } from './read-share.js';
import type { WorkerTask } from './read-worker.js';

/** How to read: with which keys, and by how many readers. */
export interface ReadSettings {
  readonly keyFile: string | undefined;
  /** As many as there are processors, and no more than pays, where absent. */
  readonly jobs?: number | undefined;
}

/** Below this many files for each reader another one doesn't pay. */
const FILES_A_READER = 200;

/** Each reader takes some 60 MB; past this many they wait for the disk and for the joining of what they read. */
const MOST_READERS = 4;

/** Reads all sources and returns what each reader got; throws ParseError where the key file can't be read. */
export async function readShares(
  sources: readonly Source[],
  choices: ReadChoices,
  settings: ReadSettings,
): Promise<readonly Share[]> {
  const key = await findKeys(settings.keyFile);
  // Only plain files are shared out: they are of one size, more or less, and what is an archive's inside is not known beforehand.
  const plain = placed(sources, (source) => source.kind === 'plain' && source.path !== '-');
  const others = placed(sources, (source) => source.kind !== 'plain' || source.path === '-');
  const counter = new SharedArrayBuffer(4);
  const workers = startWorkers(readersFor(plain.sources.length, settings.jobs) - 1, {
    ...plain,
    choices,
    keyFile: settings.keyFile,
    counter,
  });
  const own = [await readShare(others, choices, key, takeBlocks(new Int32Array(1), others.sources.length))];
  own.push(await readShare(plain, choices, key, takeBlocks(new Int32Array(counter), plain.sources.length)));
  return [...own, ...(await Promise.all(workers))];
}

function placed(sources: readonly Source[], chosen: (source: Source) => boolean): PlacedSources {
  const orders = sources.flatMap((source, at) => (chosen(source) ? [at] : []));
  return { sources: orders.map((at) => sources[at] as Source), orders };
}

function readersFor(files: number, jobs: number | undefined): number {
  if (jobs !== undefined) return jobs;
  return Math.max(1, Math.min(availableParallelism(), MOST_READERS, Math.floor(files / FILES_A_READER)));
}

function startWorkers(count: number, task: WorkerTask): readonly Promise<Share>[] {
  const script = count > 0 ? findWorker() : undefined;
  return script === undefined ? [] : Array.from({ length: count }, () => startWorker(script, task));
}

/** Beside this file where it is built by itself, below it where it is part of a bundle; not there where sources run. */
function findWorker(): URL | undefined {
  const candidates = ['./read-worker.js', './cli/read-worker.js'].map((path) => new URL(path, import.meta.url));
  return candidates.find((url) => existsSync(fileURLToPath(url)));
}

function startWorker(script: URL, task: WorkerTask): Promise<Share> {
  const share = new Promise<Share>((resolve, reject) => {
    const worker = new Worker(script, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a reader ended without an answer')));
  });
  // It may fail while this thread still reads; whoever awaits it is told then.
  share.catch(() => {});
  return share;
}
