// Makes the fixtures of beams/ from beams/manifest.json, with the releases of Erlang that are on this machine. Some compilers put the
// path of their source into what they write (Elixir does, even when it is told to be deterministic), so sources are copied to one place
// whose name is always the same, and compiled there.
//   beams/make.sh [FOLDER]     into FOLDER, or beams/ itself
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beamsFolder, type FixtureBuild, fixtureBuilds } from '../../support/fixtures.js';
import { type OtpRelease, otpReleases, runCommand } from './erlang.js';
import { type OracleArgument, runOracle } from './oracle.js';

/** Where sources are while they compile. In /tmp, which the roots of OTP 27 and 29 share with this machine. */
const workshop = '/tmp/beamtool-fixtures';

/** The builds whose release is among `releases`. */
export function buildsFor(releases: readonly OtpRelease[]): readonly FixtureBuild[] {
  return fixtureBuilds.filter(({ otp }) => otp === undefined || releases.includes(otp));
}

/** Makes the files of `builds` in `folder`, which should be empty or beams/ itself; throws if a tool fails. */
export function makeFixtures(builds: readonly FixtureBuild[], folder: string): void {
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(workshop);
  try {
    cpSync(join(beamsFolder, 'src'), join(workshop, 'src'), { recursive: true });
    for (const build of builds) {
      for (const [file, bytes] of makeBuild(build, folder)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), bytes);
      }
    }
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

type MadeFile = readonly [file: string, bytes: Uint8Array];

function makeBuild(build: FixtureBuild, folder: string): readonly MadeFile[] {
  switch (build.tool) {
    case 'copy':
      return Object.entries(build.files).map(([file, source]) => [file, readFileSync(join(beamsFolder, String(source)))]);
    case 'erlc':
      return compile(build, ['erlc'], (_file, source) => `${basename(source, '.erl')}.beam`);
    case 'elixirc':
      return compile(build, ['elixirc'], (file) => basename(file));
    default:
      return Object.entries(build.files).map(([file, source]) => [file, runMaker(build, source, folder)]);
  }
}

function releaseOf(build: FixtureBuild): OtpRelease {
  if (build.otp === undefined) throw new Error(`${build.tool} needs a release`);
  return build.otp;
}

/** Compiles all sources of a build in one run; `product` says how the compiler names the beam of a file of the build. */
function compile(build: FixtureBuild, command: readonly string[], product: (file: string, source: string) => string): MadeFile[] {
  const output = join(workshop, 'out');
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output);
  const sources = [...new Set(Object.values(build.files).flat())];
  const env = build.tool === 'elixirc' ? { ERL_COMPILER_OPTIONS: 'deterministic' } : {};
  runCommand(releaseOf(build), [...command, ...(build.options ?? []), '-o', output, ...sources], { cwd: workshop, env });
  return Object.entries(build.files).map(([file, source]) => [file, readFileSync(join(output, product(file, String(source))))]);
}

function runMaker(build: FixtureBuild, source: string | readonly string[], folder: string): Uint8Array {
  const argument = typeof source === 'string' ? readSource(source, folder) : source.flatMap((one) => archiveEntries(one, folder));
  return runOracle(releaseOf(build), 'fixture_maker', build.tool, [argument, ...(build.options ?? [])]);
}

function readSource(source: string, folder: string): Uint8Array {
  return readFileSync(join(source.startsWith('src/') ? beamsFolder : folder, source));
}

// `shop-1/` gives what is below it under the names that it has there; `shop-1/lib/:stock-1.0.0/` the same for a part of it;
// a single file goes to the archive's top.
function archiveEntries(source: string, folder: string): OracleArgument[] {
  const [base = '', part = ''] = source.split(':');
  if (!source.endsWith('/')) return [[basename(source), readSource(source, folder)]];
  return filesBelow(join(folder, base), part).map((name) => [name, readSource(base + name, folder)]);
}

/** Every file below `folder`, as sorted paths that begin with `prefix`. */
export function filesBelow(folder: string, prefix = ''): string[] {
  const entries = readdirSync(join(folder, prefix), { withFileTypes: true });
  return entries
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(folder, `${prefix}${entry.name}/`) : `${prefix}${entry.name}`))
    .sort();
}

function main(folder: string): void {
  const kept = (build: FixtureBuild): boolean =>
    build.reproducible === false && Object.keys(build.files).every((file) => existsSync(join(folder, file)));
  const builds = buildsFor(otpReleases).filter((build) => !kept(build));
  makeFixtures(builds, folder);
  const count = builds.flatMap(({ files }) => Object.keys(files)).length;
  console.log(
    `${count} fixtures made with Erlang/OTP ${otpReleases.join(', ')}; files with random bytes in them are kept as they are`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2] ?? beamsFolder);
