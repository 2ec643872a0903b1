// The compiled fixtures in beams/, as beams/manifest.json lists them. A test that runs over all of them enumerates here, so that a new
// fixture is tested from the moment that the manifest has it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One run of a tool, as the manifest has it: the files that it makes, each with its source or sources (paths in beams/). */
export interface FixtureBuild {
  readonly about: string;
  /** `erlc`, `elixirc`, `copy`, or a function of test/otp/support/fixture_maker.erl. */
  readonly tool: string;
  /** Major version of the Erlang/OTP that ran the tool; absent for `copy`. */
  readonly otp?: 25 | 27 | 29;
  readonly options?: readonly string[];
  /** `false` where the tool's output has random bytes in it, so that making it again gives another file. */
  readonly reproducible?: false;
  /** `false` where OTP's own beam_lib refuses the file, though the runtime loads it. */
  readonly beamLib?: false;
  /** A source that ends in `/` stands for every file below it. */
  readonly files: Readonly<Record<string, string | readonly string[]>>;
}

/** One fixture: a file in beams/ and what made it. */
export interface Fixture {
  /** Path in beams/, such as `otp25/bits.beam`. */
  readonly file: string;
  /** Absolute path. */
  readonly path: string;
  readonly sources: readonly string[];
  readonly build: FixtureBuild;
}

/** beams/ itself. */
export const beamsFolder = fileURLToPath(new URL('../../beams', import.meta.url));

const manifest = JSON.parse(readFileSync(join(beamsFolder, 'manifest.json'), 'utf8')) as {
  readonly madeWith: Readonly<Record<string, { readonly otp: string; readonly elixir: string }>>;
  readonly builds: readonly FixtureBuild[];
};

/** The exact versions that made the fixtures, by major version of Erlang/OTP: `{ otp: '25.2.3', elixir: '1.14.0' }`. */
export const madeWith = manifest.madeWith;

/** Every build, in an order in which each finds its sources made. */
export const fixtureBuilds = manifest.builds;

/** Every fixture: beams, archives and the other files of the releases. */
export const fixtures: readonly Fixture[] = manifest.builds.flatMap((build) =>
  Object.entries(build.files).map(([file, source]) => ({
    file,
    path: join(beamsFolder, file),
    sources: typeof source === 'string' ? [source] : source,
    build,
  })),
);

/** Every fixture that is a beam (some of them gzipped), of one release if asked. All are well-formed, though some are odd. */
export function fixtureBeams(otp?: 25 | 27 | 29): readonly Fixture[] {
  return fixtures.filter(({ file, build }) => file.endsWith('.beam') && (otp === undefined || build.otp === otp));
}

/** The bytes of a fixture, by its path in beams/; throws for one that the manifest doesn't have. */
export function readFixture(file: string): Uint8Array {
  const found = fixtures.find((fixture) => fixture.file === file);
  if (found === undefined) throw new Error(`beams/manifest.json has no ${file}`);
  return new Uint8Array(readFileSync(found.path));
}
