// For random appups `appup check` has an error with systools' name for it wherever systools:make_relup/4 of OTP refuses them, and none of systools
// for entries of which it makes a relup. What it says of files and instructions beyond systools is what release_handler itself does.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { decodeContainer, encodeContainer } from '../../src/beam/container.js';
import { checkBuilds } from '../../src/release/appup/check/check-builds.js';
import { codeOf } from '../../src/release/appup/check/systools-finding.js';
import { matchVersion } from '../../src/release/appup/match-version.js';
import { entryName, parseAppup } from '../../src/release/appup/read-appup.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { isAtom, isTuple, properList, type Term } from '../../src/term/model.js';
import { seededRandom } from '../hostile/random.js';
import { releasedBuild } from '../release/appup/check/released-builds.js';
import { beamsFolder } from '../support/fixtures.js';
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

const shop = (version: number) => join(beamsFolder, `shop-${version}`);

/** A copy of a module of the shop, changed; its folder. */
function copyOf(path: string, folder: string, change: 'as it is' | 'without Attr' | 'gone'): string {
  const target = join(folder, 'ebin');
  mkdirSync(target, { recursive: true });
  const container = decodeContainer(readFileSync(path));
  const chunks = container.chunks.filter(({ id }) => change !== 'without Attr' || id !== 'Attr');
  if (change !== 'gone') writeFileSync(join(target, basename(path)), encodeContainer({ ...container, chunks }));
  return folder;
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `release_handler of OTP ${release}`, () => {
    const folder = mkdtempSync('/tmp/beamtool-handler-');
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('crashes on modules without Attr, new or old, and finds no file that is not there', () => {
      const [old, now] = [
        join(shop(1), 'lib/till-1.0.0/ebin/till_price.beam'),
        join(shop(2), 'lib/till-1.0.1/ebin/till_price.beam'),
      ];
      const changes = ['as it is', 'without Attr', 'gone'] as const;
      const [olds, news] = [old, now].map((path, at) =>
        changes.map((change, no) => copyOf(path, join(folder, `${at}-${no}`), change)),
      );
      const ebin = (root: string | undefined) => `${root}/ebin`;
      const [whole, stripped] = olds ?? [];
      const cases = [
        [ebin(whole), news?.[0] ?? ''],
        [ebin(whole), news?.[1] ?? ''],
        [ebin(stripped), news?.[0] ?? ''],
        [ebin(whole), news?.[2] ?? ''],
      ].map((paths) => [...paths, 'till', '1.0.1', 'till_price']);
      const answers = properList(decodeTerm(runOracle(release, 'handler_oracle', 'checks', [cases]))) ?? [];
      const texts = answers.map((answer) => formatTerm(answer));
      expect(texts[0]).toBe('ok');
      expect(texts[1]).toMatch(/^{crash,.*missing_chunk/);
      expect(texts[2]).toMatch(/^{crash,.*missing_chunk/);
      expect(texts[3]).toMatch(/^{error,{no_such_file,/);
    });

    it('knows neither restart nor reboot', () => {
      const answers =
        properList(
          decodeTerm(runOracle(release, 'handler_oracle', 'instructions', [['restart', 'reboot', 'point_of_no_return']])),
        ) ?? [];
      expect(answers.map((answer) => formatTerm(answer))).toEqual(['crash', 'crash', 'ok']);
    });
  });
}
