// A progress bar on standard error for runs over many files, on a terminal only; the library loads only then.

import type { Terminal } from './terminal.js';

/** Counts files that are done. */
export interface Progress {
  advance(): void;
  /** So many are done. */
  reach(count: number): void;
  stop(): void;
}

/** Below this many files a run is over before a bar could be read. */
const MANY = 300;

/** Starts a bar, or returns undefined where none is wanted. */
export async function startProgress(total: number, terminal: Terminal): Promise<Progress | undefined> {
  if (!terminal.interactive || total < MANY) return undefined;
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format: 'reading [{bar}] {value}/{total}',
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(total, 0);
  return { advance: () => bar.increment(), reach: (count) => bar.update(count), stop: () => bar.stop() };
}
