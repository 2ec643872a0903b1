// Migrations from sources to forms, which the real compiler takes into the new module; what its callback then makes of states is compared with
// values that were written by hand, or that Erlang computes from the lists of fields.
import { describe, expect, it } from 'vitest';
import { describeWithOtp } from './support/erlang.js';
import { CASES, NATIVE_CASES } from './support/migration-cases.js';
import { tryMigrations, wrongAnswers, wrongSources } from './support/migrations.js';

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `migrations as forms, in OTP ${release}`, () => {
    const cases = [...CASES, ...(release < 29 ? [] : NATIVE_CASES)];
    const tried = tryMigrations(release, cases);

    it('are planned', () => {
      const others = tried.filter(({ plan }) => plan.kind !== 'migration');
      expect(others.map(({ case: { name }, plan }) => [name, plan])).toEqual([]);
    });

    it('are printed as source that parses to the same forms', () => {
      expect(wrongSources(release, tried).filter((text) => text !== '')).toEqual([]);
    });

    describe('make the states that Erlang says', () => {
      const answers = wrongAnswers(release, tried);
      for (const [at, { name }] of cases.entries()) {
        it(name, () => {
          expect(answers[at]).toBe('');
        });
      }
    });
  });
}
