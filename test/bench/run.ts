// `npm run bench`: whole processes, each against OTP doing the same in the same run; medians, printed as ratios with the target of each.
// Needs an Erlang on the PATH; exits with 1 where a target is missed. Machines differ and drift, ratios much less.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const beamtool = join(here, '../../bin/beamtool.js');
const RUNS = 5;

interface Measured {
  readonly milliseconds: number;
  /** Peak memory of the process in MB, where it says. */
  readonly peak: number;
  readonly output: string;
}

function measure(command: string, args: readonly string[]): Measured {
  const start = performance.now();
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  const milliseconds = performance.now() - start;
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${done.stderr}`);
  return { milliseconds, peak: Number(/^peak (\d+)$/m.exec(done.stderr)?.[1] ?? 0) / 1024, output: done.stdout };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** Runs both in turn, so that a drift of the machine meets both; the first round only warms the caches. */
function compare(ours: () => Measured, theirs: () => Measured): { ours: number; theirs: number; ratio: number; peak: number } {
  const rounds = Array.from({ length: RUNS + 1 }, () => [ours(), theirs()] as const).slice(1);
  return {
    ours: median(rounds.map(([a]) => a.milliseconds)),
    theirs: median(rounds.map(([, b]) => b.milliseconds)),
    ratio: median(rounds.map(([a, b]) => b.milliseconds / a.milliseconds)),
    peak: median(rounds.map(([a]) => a.peak)),
  };
}

function findLibraries(): readonly string[] {
  const root = spawnSync('erl', ['-noshell', '-eval', 'io:put_chars(code:lib_dir()),halt().'], { encoding: 'utf8' }).stdout;
  if (!root) throw new Error('npm run bench compares with Erlang/OTP, and there is no erl on the PATH');
  return [root, '/usr/lib/elixir/lib'].filter((path) => existsSync(path));
}

function smallestBeam(folder: string): string {
  const beams = readdirSync(folder).filter((name) => name.endsWith('.beam'));
  const sized = beams.map((name) => [statSync(join(folder, name)).size, join(folder, name)] as const);
  return (sized.sort(([a], [b]) => a - b)[0] as readonly [number, string])[1];
}

const libraries = findLibraries();
let missed = 0;

function report(what: string, figures: string, target: string, met: boolean): void {
  if (!met) missed++;
  process.stdout.write(`${what.padEnd(34)} ${figures.padEnd(58)} ${target.padEnd(12)} ${met ? 'met' : 'MISSED'}\n`);
}

const preload = ['--import', join(here, 'peak-memory.js')];
const ms = (value: number) => `${Math.round(value)} ms`;

const deps = compare(
  () => measure('node', [...preload, beamtool, 'deps', '--level', 'module', '--format', 'json', ...libraries]),
  () => measure('escript', [join(here, 'xref_modules.escript'), ...libraries]),
);
const depsFigures = `${ms(deps.ours)}, xref ${ms(deps.theirs)}: ${deps.ratio.toFixed(2)} times faster`;
report('deps --level module, OTP + Elixir', depsFigures, '>= 3', deps.ratio >= 3);
report('  its peak memory', `${Math.round(deps.peak)} MB`, '< 150 MB', deps.peak < 150);

const small = smallestBeam(join(here, '../../beams/otp25'));
const info = compare(
  () => measure('node', [beamtool, 'info', small]),
  () => measure('node', ['-e', '0']),
);
const infoRatio = 1 / info.ratio;
report(
  'info on one small file',
  `${ms(info.ours)}, node -e 0 ${ms(info.theirs)}: ${infoRatio.toFixed(2)} times`,
  '< 2.2',
  infoRatio < 2.2,
);

const decoded = Array.from({ length: 3 }, () => {
  const { nodes, milliseconds } = JSON.parse(
    measure('node', ['--import', 'tsx', join(here, 'decode-dbgi.ts'), ...libraries]).output,
  );
  return { rate: nodes / milliseconds / 1000, milliseconds, nodes };
});
const rate = median(decoded.map((run) => run.rate));
const otpDecode = Number(measure('escript', [join(here, 'decode_dbgi.escript'), ...libraries]).output);
const decodeFigures = `${((decoded[0]?.nodes ?? 0) / 1e6).toFixed(1)} M nodes, ${rate.toFixed(1)} M nodes/s (binary_to_term ${ms(otpDecode)})`;
report('decoding all Dbgi, one thread', decodeFigures, '>= 15 M/s', rate >= 15);

process.exitCode = missed === 0 ? 0 : 1;
