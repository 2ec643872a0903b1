// beams/ against its manifest: nothing missing, nothing besides, and each installed release makes the same bytes again. Another patch
// release of OTP or Elixir may compile otherwise, so the bytes are compared only with the versions that the manifest names.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beamsFolder, fixtureBuilds, fixtures, madeWith } from '../support/fixtures.js';
import { describeWithOtp, otpReleases, otpVersion } from './support/erlang.js';
import { buildsFor, filesBelow, makeFixtures } from './support/make-fixtures.js';

const byHand = ['.gitattributes', 'README.md', 'make.sh', 'manifest.json'];

describe('the fixtures in beams/', () => {
  it('are those of the manifest and no others', () => {
    const made = filesBelow(beamsFolder).filter((file) => !file.startsWith('src/') && !byHand.includes(file));
    expect(made).toEqual(fixtures.map(({ file }) => file).sort());
  });

  it('use every source', () => {
    const used = new Set(fixtures.flatMap(({ sources }) => sources));
    const unused = filesBelow(beamsFolder, 'src/').filter((file) => !used.has(file) && !/\.hrl$|^src\/keys\//.test(file));
    expect(unused).toEqual([]);
  });

  it('are small', () => {
    const bytes = filesBelow(beamsFolder).reduce((sum, file) => sum + readFileSync(join(beamsFolder, file)).length, 0);
    expect(bytes).toBeLessThan(1_000_000);
  });

  it('say of each release which version made them', () => {
    const releases = new Set(fixtureBuilds.flatMap(({ otp }) => otp ?? []));
    expect(Object.keys(madeWith)).toEqual([...releases].sort().map(String));
  });
});

for (const release of [25, 27, 29] as const) {
  const made = madeWith[release];
  const here = otpReleases.includes(release) ? otpVersion(release) : made;
  if (here?.otp !== made?.otp || here?.elixir !== made?.elixir) {
    const reason = `made by OTP ${made?.otp} and Elixir ${made?.elixir}; here are ${here?.otp} and ${here?.elixir}`;
    describe.skip(`making the fixtures of OTP ${release} again (left out: ${reason})`, () => {
      it('all of it', () => {});
    });
    continue;
  }

  describeWithOtp(release, `making the fixtures of OTP ${release} again`, () => {
    const builds = buildsFor([release]);
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'beamtool-made-'));
      makeFixtures(builds, folder);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(builds.filter(({ reproducible }) => reproducible !== false))('gives the same bytes: $about ($tool)', ({ files }) => {
      const different = Object.keys(files).filter(
        (file) => !readFileSync(join(folder, file)).equals(readFileSync(join(beamsFolder, file))),
      );
      expect(different).toEqual([]);
    });

    it.each(builds.filter(({ reproducible }) => reproducible === false))('gives files of the same size: $about', ({ files }) => {
      const sizes = (from: string): number[] => Object.keys(files).map((file) => readFileSync(join(from, file)).length);
      expect(sizes(folder)).toEqual(sizes(beamsFolder));
    });
  });
}
