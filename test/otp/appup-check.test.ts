// For random appups `appup check` has an error with systools' name for it wherever systools:make_relup/4 of OTP refuses them, and none of systools
// for entries of which it makes a relup.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkBuilds } from '../../src/release/appup/check/check-builds.js';
import { codeOf } from '../../src/release/appup/check/systools-finding.js';
import { matchVersion } from '../../src/release/appup/match-version.js';
import { entryName, parseAppup } from '../../src/release/appup/read-appup.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isAtom, isTuple, properList, type Term } from '../../src/term/model.js';
import { seededRandom } from '../hostile/random.js';
import { releasedBuild } from '../release/appup/check/released-builds.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { randomReleases } from './support/random-releases.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);
const CASES = 80;

/** The entries of an appup that systools takes for version 1. */
function usedEntries(bytes: Uint8Array, file: string): readonly string[] {
  const appup = parseAppup(bytes, file);
  return (['up', 'down'] as const).flatMap((way) => {
    const entry = appup[way].find(({ from }) => matchVersion(from, '1').kind === 'match');
    return entry === undefined ? [] : [`${file} ${entryName(way, entry.from)}`];
  });
}

describeWithOtp(25, 'appups of random releases', () => {
  const folder = mkdtempSync('/tmp/beamtool-appup-check-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`are refused where systools refuses them (BEAMTOOL_SEED=${seed})`, () => {
    const random = seededRandom(seed).below;
    const paths = Array.from({ length: CASES }, (_, at) => {
      const path = join(folder, String(at));
      for (const [name, content] of Object.entries(randomReleases(random))) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), content);
      }
      return path;
    });
    const theirs = properList(decodeTerm(runOracle(25, 'relup_oracle', 'relups', [paths]))) ?? [];
    let refused = 0;
    paths.forEach((path, at) => {
      const [now, old] = ['rel/top', 'rel/base'].map((rel) => releasedBuild(path, rel, ['lib/*/ebin'])) as [never, never];
      const { findings } = checkBuilds({ now, olds: [old], only: null, onFault: () => undefined });
      const answer = isTuple(theirs[at]) ? theirs[at].items : [];
      const errors = findings.filter(({ severity }) => severity === 'error');
      if (isAtom(answer[0], 'error')) {
        refused++;
        expect(
          errors.map(({ code }) => code),
          `case ${at}`,
        ).toContain(codeOf(answer[2] as Term));
        return;
      }
      expect(isAtom(answer[0], 'ok'), `case ${at}`).toBe(true);
      const { appups, build } = now as ReturnType<typeof releasedBuild>;
      const olds = (old as ReturnType<typeof releasedBuild>).build.applications;
      const used = new Set(
        [...build.applications.values()].flatMap(({ name, vsn, app }) => {
          const file = `${app?.file}up`;
          const bytes = appups.get(file);
          const before = olds.get(name)?.vsn;
          return bytes === undefined || before === undefined || before === vsn ? [] : usedEntries(bytes, file);
        }),
      );
      const ofUsed = errors.filter(({ why, file, place }) => why.kind === 'error' && used.has(`${file} ${place[0]}`));
      expect(
        ofUsed.map(({ code, file, place }) => ({ code, file, place })),
        `case ${at}`,
      ).toEqual([]);
    });
    expect(refused).toBeGreaterThan(CASES / 10);
    expect(refused).toBeLessThan((CASES * 9) / 10);
  });
});
