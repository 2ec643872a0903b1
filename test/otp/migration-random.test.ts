// Random pairs and triples of records and states: live processes end in what an independent reference computes from the lists of fields.
import { expect, it } from 'vitest';
import { describeWithOtp } from './support/erlang.js';
import { injectCases, migrateLive, otherFunctions, refusedFunctions } from './support/live-migrations.js';
import { randomMigrations } from './support/random-migrations.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);
const MODULES = 40;

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `random migrations in OTP ${release} (seed ${seed})`, () => {
    it('end in the states that the reference computes', () => {
      const cases = randomMigrations(release, seed, MODULES);
      const injected = injectCases(release, cases);
      const wrong = migrateLive(release, injected).flatMap((text, at) => (text === '' ? [] : [`${cases[at]?.name}\n${text}`]));
      expect(wrong.sort((left, right) => left.length - right.length).slice(0, 3)).toEqual([]);
      expect(cases.flatMap(({ steps }) => steps).length).toBeGreaterThan(4 * MODULES);
      expect(refusedFunctions(release, injected)).toEqual([]);
      expect(otherFunctions(release, injected)).toEqual([]);
    });
  });
}
