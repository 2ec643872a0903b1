// `npm run bench`: whole processes, each against OTP doing the same in the same run; medians, printed as ratios with the target of each.
// Needs an Erlang on the PATH; exits with 1 where a target is missed. Machines differ and drift, ratios much less.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Comparison, compare, type Measured, measure, median, runBoth } from './measure.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const beamtool = join(here, '../../bin/beamtool.js');
const preload = ['--import', join(here, 'peak-memory.js')];
const ELIXIR = '/usr/lib/elixir/lib';

function findOtp(): string {
  const root = spawnSync('erl', ['-noshell', '-eval', 'io:put_chars(code:lib_dir()),halt().'], { encoding: 'utf8' }).stdout;
  if (!root) throw new Error('npm run bench compares with Erlang/OTP, and there is no erl on the PATH');
  return root;
}

const otp = findOtp();
const libraries = [otp, ELIXIR].filter((path) => existsSync(path));

/** Findings are no failure. */
const ours = (...args: readonly string[]) => measure('node', [...preload, beamtool, ...args], { allowed: [1] });
const tsx = (script: string, ...args: readonly string[]) => measure('node', ['--import', 'tsx', join(here, script), ...args]);
const xref = (script: string, ...args: readonly string[]) =>
  measure('escript', [join(here, script), ...args], { env: { ERL_LIBS: ELIXIR } });

let missed = 0;

function report(what: string, figures: string, target: string, met: boolean): void {
  if (!met) missed++;
  process.stdout.write(`${what.padEnd(46)} ${figures.padEnd(60)} ${target.padEnd(12)} ${met ? 'met' : 'MISSED'}\n`);
}

const ms = (value: number) => `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
const mb = (value: number) => `${Math.round(value)} MB`;

function reportRatio(what: string, { ours, theirs, ratio }: Comparison, times: number): void {
  report(what, `${ms(ours)}, xref ${ms(theirs)}: ${ratio.toFixed(2)} times faster`, `>= ${times}`, ratio >= times);
}

/** `share` of xref's peak is the most that ours may be. */
function reportPeak({ peak, theirPeak }: Comparison, share: number): void {
  report('  its peak memory', `${mb(peak)}, xref ${mb(theirPeak)}`, `<= ${share} of it`, peak <= theirPeak * share);
}

function benchDeps(): void {
  const deps = compare(
    runBoth(
      () => ours('deps', '--level', 'module', '--format', 'json', ...libraries),
      () => xref('xref_modules.escript', ...libraries),
    ),
  );
  reportRatio('modules mode, OTP + Elixir', deps, 3);
  reportPeak(deps, 1);
  report('  in figures', mb(deps.peak), '< 150 MB', deps.peak < 150);
}

/** 40 rules that need no more than the graph of modules, and rules that need calls, each against the graph that they are about. */
function benchCheck(): void {
  const rules = (name: string) => ['deps', 'check', '--config', join(here, name), otp];
  const cases = [
    ['40 rules about modules', rules('module-rules.json'), ['deps', '--level', 'module', otp]],
    ['rules about functions, analyses', rules('function-rules.json'), ['deps', '--level', 'function', '--format', 'json', otp]],
  ] as const;
  for (const [what, check, graph] of cases) {
    const both = compare(
      runBoth(
        () => ours(...check),
        () => ours(...graph),
      ),
    );
    const times = 1 / both.ratio;
    report(what, `${ms(both.ours)}, the graph ${ms(both.theirs)}: ${times.toFixed(2)} times`, '<= 1.5', times <= 1.5);
  }
}

function benchCode(): void {
  const code = compare(
    runBoth(
      () => ours('query', '--source', 'code', '--query', '# E', '--format', 'erl', ...libraries),
      () => xref('xref_functions.escript', 'graph', ...libraries),
    ),
  );
  reportRatio('function graph from code, OTP + Elixir', code, 6);
}

const ANALYSES = [
  'undefined_function_calls',
  'undefined_functions',
  'locals_not_used',
  'exports_not_used',
  'deprecated_function_calls',
].flatMap((name) => ['--analysis', name]);

function benchAbstract(): void {
  const abstract = compare(
    runBoth(
      () => ours('xref', '--source', 'abstract', ...ANALYSES, '--format', 'erl', otp),
      () => xref('xref_functions.escript', 'analyses', otp),
    ),
  );
  reportRatio('functions mode, five analyses, OTP', abstract, 4);
  reportPeak(abstract, 0.5);
}

function benchQueries(): void {
  const rounds = runBoth(
    () => tsx('query-times.ts', otp),
    () => xref('xref_functions.escript', 'queries', otp),
  );
  const time = (at: number) => (run: Measured) => Number(run.output.split('\n')[at]?.split(' ')[0]);
  ['components E', 'domain (closure E || lists:foldl/3)'].forEach((query, at) => {
    reportRatio(query, compare(rounds, time(at)), 30);
  });
}

/** Time for each module must not grow by 20 %, from as many as OTP and Elixir have to 20 000. */
function benchLinear(): void {
  const folder = mkdtempSync(join(tmpdir(), 'beamtool-bench-'));
  try {
    for (const count of [1600, 20_000]) tsx('copy-modules.ts', join(folder, String(count)), String(count), ...libraries);
    for (const source of ['code', 'abstract']) {
      const each = [1600, 20_000].map((count) => {
        const args = ['query', '--source', source, '--query', '# E', '--format', 'erl', join(folder, String(count))];
        const runs = Array.from({ length: 4 }, () => ours(...args)).slice(1);
        return {
          microseconds: (median(runs.map((run) => run.milliseconds)) / count) * 1000,
          peak: median(runs.map((run) => run.peak)),
        };
      });
      const [few, many] = each as [(typeof each)[0], (typeof each)[0]];
      const growth = many.microseconds / few.microseconds - 1;
      const figures = `${few.microseconds.toFixed(0)} and ${many.microseconds.toFixed(0)} us a module, ${mb(many.peak)}`;
      report(
        `1 600 to 20 000 modules, from ${source}`,
        `${figures}: ${(growth * 100).toFixed(0)} % more`,
        '< 20 %',
        growth < 0.2,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A release of 1 200 modules, 20 changed state records: the 20 largest gen_servers. */
function benchInject(): void {
  const folder = mkdtempSync(join(tmpdir(), 'beamtool-bench-'));
  const path = (name: string) => join(folder, name);
  try {
    measure('escript', [join(here, 'make_states.escript'), folder, ...libraries], { env: { ERL_LIBS: ELIXIR } });
    const injected = compare(
      runBoth(
        () => ours('inject-migration', '--from', path('old'), '--output', path('ours'), path('new')),
        () => measure('escript', [join(here, 'inject_states.escript'), path('old'), path('new'), path('theirs')]),
      ),
    );
    const figures = `${ms(injected.ours)}, compile:forms ${ms(injected.theirs)}: ${injected.ratio.toFixed(2)} times faster`;
    report('injecting 20 of 1 200 modules', figures, '>= 10', injected.ratio >= 10);
    report('  in figures', `${ms(injected.ours)}, ${mb(injected.peak)}`, '< 1000 ms', injected.ours < 1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A relup each way between two builds of a release, by erl and systools with the same path; both write the file. */
function benchRelup(): void {
  const folder = mkdtempSync(join(tmpdir(), 'beamtool-bench-'));
  try {
    for (const count of [2, 40]) {
      const release = join(folder, String(count));
      measure('escript', [join(here, 'make_releases.escript'), release, String(count)]);
      const path = [join(release, 'lib/*/ebin'), `${otp}/*/ebin`];
      const [top, base] = ['2', '1'].map((vsn) => join(release, vsn)) as [string, string];
      const make = `{ok,_,_,_} = systools:make_relup("${top}", ["${base}"], ["${base}"],
        [silent, {path, ["${path.join('", "')}"]}, {outdir, "${folder}"}]), halt().`;
      const { ours, theirs, ratio } = compare(
        runBoth(
          () => measure('node', [beamtool, 'relup', '--to', top, '--from', base, '--path', ...path, '--output', release]),
          () => measure('erl', ['-noshell', '-eval', make]),
        ),
      );
      const figures = `${ms(ours)}, erl and systools ${ms(theirs)}: ${ratio.toFixed(2)} times faster`;
      report(`relup of ${count} applications`, figures, '>= 1', ratio >= 1);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same modules as releases with `.rel` and `.app` files, through all steps to the tar. */
function benchUpgrade(): void {
  const folder = mkdtempSync(join(tmpdir(), 'beamtool-bench-'));
  try {
    measure('escript', [join(here, 'make_states.escript'), folder, ...libraries], { env: { ERL_LIBS: ELIXIR } });
    measure('escript', [join(here, 'add_releases.escript'), folder]);
    const args = ['upgrade', join(folder, 'old'), join(folder, 'new'), '--output', join(folder, 'out')];
    const runs = Array.from({ length: 6 }, () => ours(...args)).slice(1);
    const time = median(runs.map((run) => run.milliseconds));
    report('upgrading 1 200 modules', `${ms(time)}, ${mb(median(runs.map((run) => run.peak)))}`, '< 3000 ms', time < 3000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function smallestBeam(folder: string): string {
  const beams = readdirSync(folder).filter((name) => name.endsWith('.beam'));
  const sized = beams.map((name) => [statSync(join(folder, name)).size, join(folder, name)] as const);
  return (sized.sort(([a], [b]) => a - b)[0] as readonly [number, string])[1];
}

function benchInfo(): void {
  const small = smallestBeam(join(here, '../../beams/otp25'));
  const info = compare(
    runBoth(
      () => measure('node', [beamtool, 'info', small]),
      () => measure('node', ['-e', '0']),
    ),
  );
  const times = 1 / info.ratio;
  const figures = `${ms(info.ours)}, node -e 0 ${ms(info.theirs)}: ${times.toFixed(2)} times`;
  report('info on one small file', figures, '< 2.2', times < 2.2);
}

function benchDecoding(): void {
  const decoded = Array.from({ length: 3 }, () => {
    const args = ['--max-semi-space-size=64', '--import', 'tsx', join(here, 'decode-dbgi.ts'), ...libraries];
    const { nodes, milliseconds } = JSON.parse(measure('node', args).output);
    return { rate: nodes / milliseconds / 1000, nodes };
  });
  const rate = median(decoded.map((run) => run.rate));
  const theirs = Number(measure('escript', [join(here, 'decode_dbgi.escript'), ...libraries]).output);
  const figures = `${((decoded[0]?.nodes ?? 0) / 1e6).toFixed(1)} M nodes, ${rate.toFixed(1)} M nodes/s (binary_to_term ${ms(theirs)})`;
  report('decoding all Dbgi, one thread', figures, '>= 15 M/s', rate >= 15);
}

const BENCHES: Readonly<Record<string, () => void>> = {
  deps: benchDeps,
  check: benchCheck,
  code: benchCode,
  abstract: benchAbstract,
  queries: benchQueries,
  linear: benchLinear,
  inject: benchInject,
  upgrade: benchUpgrade,
  relup: benchRelup,
  info: benchInfo,
  decoding: benchDecoding,
};

const chosen = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) if (chosen.length === 0 || chosen.includes(name)) bench();
process.exitCode = missed === 0 ? 0 : 1;
