// Reads sources by several readers at once: this thread, and workers where there is enough to read. Starting a worker takes as long as reading
// a hundred files.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { beginProgram, type ProgramBuilder } from '../graph/program/program-builder.js';
import { joinParts, type LeftOut, type ProgramPart, partOf } from '../graph/program/program-part.js';
import type { Source } from '../io/input.js';
import { inlineLess } from './inline-less.js';
import { findKeys } from './keys.js';
import type { Progress } from './progress.js';
import { type PlacedSources, type ReadChoices, readShare, type Share, takeBlocks } from './read-share.js';
import type { WorkerTask } from './read-worker.js';

/** How to read: with which keys, and by how many readers. */
export interface ReadSettings {
  readonly keyFile: string | undefined;
  /** As many as there are processors, and no more than pays, where absent. */
  readonly jobs?: number | undefined;
  /** Is told how many sources have been taken, by whichever reader. */
  readonly progress?: Progress | undefined;
}

/**
 * Below this many files for each reader another one doesn't pay: it compiles the code anew, which takes as long as some hundred modules, and on
 * two processors what the machine compiles beside a reader takes the other one meanwhile.
 */
const FILES_A_READER = 1000;

/** Each reader takes some 60 MB; past this many they wait for the disk and for the joining of what they read. */
const MOST_READERS = 4;

/** What was read: a program that grows no more, and what is to be said of the files. */
export interface ReadProgram {
  readonly builder: ProgramBuilder;
  /** Without what they read. */
  readonly remarks: readonly Omit<Share<unknown>, 'program'>[];
  /** Modules that another one of their name came before, read by another reader. */
  readonly leftOut: readonly LeftOut[];
}

/** Reads all sources; throws ParseError where the key file can't be read. */
export async function readShares(sources: readonly Source[], choices: ReadChoices, settings: ReadSettings): Promise<ReadProgram> {
  const key = await findKeys(settings.keyFile);
  // Only plain files are shared out: they are of one size, more or less, and what is an archive's inside is not known beforehand.
  const plain = placed(sources, (source) => source.kind === 'plain' && source.path !== '-');
  const others = placed(sources, (source) => source.kind !== 'plain' || source.path === '-');
  const counter = new SharedArrayBuffer(4);
  const task: WorkerTask = { ...plain, choices, keyFile: settings.keyFile, counter };
  inlineLess();
  const readers = readersFor(plain.sources.length, settings.jobs);
  const workers = startWorkers(readers - 1, task);
  const read = (share: PlacedSources, count: Int32Array, before: number) => {
    const blocks = takeBlocks(count, share.sources.length);
    const take = () => {
      settings.progress?.reach(before + Math.min(Atomics.load(count, 0), share.sources.length));
      return blocks();
    };
    return readShare(share, choices, key, take, beginProgram(choices));
  };
  const own = await read(plain, new Int32Array(counter), 0);
  const rest = await read(others, new Int32Array(1), plain.sources.length);
  const given = await Promise.all(workers);
  const parts = given.map(({ program }) => program);
  const joined = joinParts(own.program, rest.files > 0 ? [partOf(rest.program), ...parts] : parts);
  return { ...joined, remarks: [own, rest, ...given] };
}

function placed(sources: readonly Source[], chosen: (source: Source) => boolean): PlacedSources {
  const orders = sources.flatMap((source, at) => (chosen(source) ? [at] : []));
  return { sources: orders.map((at) => sources[at] as Source), orders };
}

function readersFor(files: number, jobs: number | undefined): number {
  if (jobs !== undefined) return jobs;
  return Math.max(1, Math.min(availableParallelism(), MOST_READERS, Math.floor(files / FILES_A_READER)));
}

function startWorkers(count: number, task: WorkerTask): readonly Promise<Share<ProgramPart>>[] {
  const script = count > 0 ? findWorker() : undefined;
  return script === undefined ? [] : Array.from({ length: count }, () => startWorker(script, task));
}

/** Beside the script of all commands, above that of one; not there where sources run. */
function findWorker(): URL | undefined {
  const candidates = ['./read-worker.cjs', '../read-worker.cjs'].map((path) => new URL(path, import.meta.url));
  return candidates.find((url) => existsSync(fileURLToPath(url)));
}

function startWorker(script: URL, task: WorkerTask): Promise<Share<ProgramPart>> {
  const share = new Promise<Share<ProgramPart>>((resolve, reject) => {
    const worker = new Worker(script, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a reader ended without an answer')));
  });
  // It may fail while this thread still reads; whoever awaits it is told then.
  share.catch(() => {});
  return share;
}
