// The worker thread of a run over many files: reads its share of the sources and gives it back. Columns change hands without being copied.

import { parentPort, workerData } from 'node:worker_threads';
import { beginProgram } from '../graph/program/program-builder.js';
import { partOf } from '../graph/program/program-part.js';
import { findKeys } from './keys.js';
import { type PlacedSources, type ReadChoices, readShare, takeBlocks } from './read-share.js';

/** What the worker is told. */
export interface WorkerTask extends PlacedSources {
  readonly choices: ReadChoices;
  readonly keyFile: string | undefined;
  /** One Int32, shared: the next source to be taken. */
  readonly counter: SharedArrayBuffer;
}

const { sources, orders, choices, keyFile, counter } = workerData as WorkerTask;

async function answer(): Promise<void> {
  const take = takeBlocks(new Int32Array(counter), sources.length);
  const share = await readShare({ sources, orders }, choices, await findKeys(keyFile), take, beginProgram(choices));
  const part = partOf(share.program);
  parentPort?.postMessage(
    { ...share, program: part },
    Object.values(part.columns).map(({ buffer }) => buffer as ArrayBuffer),
  );
}

// Not awaited at the top: the file is built as a plain script. A rejection ends the worker with an error all the same.
void answer();
