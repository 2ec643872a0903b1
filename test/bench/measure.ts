// Whole processes, timed from outside: several rounds after one that only warms the caches, medians, ratios pair by pair.
import { spawnSync } from 'node:child_process';

const RUNS = 5;

/** One run of a process. */
export interface Measured {
  readonly milliseconds: number;
  /** Peak memory of the process in MB, where it says. */
  readonly peak: number;
  readonly output: string;
}

/** Runs a command; throws where it fails. `allowed` are exit codes besides 0. */
export function measure(
  command: string,
  args: readonly string[],
  { env = {}, allowed = [] }: { readonly env?: Readonly<Record<string, string>>; readonly allowed?: readonly number[] } = {},
): Measured {
  const start = performance.now();
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, ...env } });
  const milliseconds = performance.now() - start;
  if (done.status !== 0 && !allowed.includes(done.status ?? -1)) {
    throw new Error(`${command} ${args.join(' ')} failed: ${done.stderr}`);
  }
  // A worker thread says the process's peak as well, and before its end.
  const peaks = [...done.stderr.matchAll(/^peak (\d+)$/gm)].map(([, peak]) => Number(peak));
  return { milliseconds, peak: Math.max(0, ...peaks) / 1024, output: done.stdout };
}

export const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** Medians of both, and of their ratios: how many times faster ours is. */
export interface Comparison {
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  /** In MB. */
  readonly peak: number;
  readonly theirPeak: number;
}

/** Rounds of both, ours first. */
export type Rounds = readonly (readonly [ours: Measured, theirs: Measured])[];

/** Runs both in turn, so that a drift of the machine meets both. */
export function runBoth(ours: () => Measured, theirs: () => Measured): Rounds {
  return Array.from({ length: RUNS + 1 }, () => [ours(), theirs()] as const).slice(1);
}

/** Compares rounds; `time` is what counts of a run, in milliseconds. */
export function compare(rounds: Rounds, time: (run: Measured) => number = ({ milliseconds }) => milliseconds): Comparison {
  return {
    ours: median(rounds.map(([a]) => time(a))),
    theirs: median(rounds.map(([, b]) => time(b))),
    ratio: median(rounds.map(([a, b]) => time(b) / time(a))),
    peak: median(rounds.map(([a]) => a.peak)),
    theirPeak: median(rounds.map(([, b]) => b.peak)),
  };
}
