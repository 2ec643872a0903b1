// A table of migrations: real processes under sys:change_code end in the state that was written by hand, and in the state that Erlang
// computes by itself from compile:forms of the forms in our debug info. beam_validator accepts every function that we appended, and
// beam_disasm shows the others as they were.
import { describe, expect, it } from 'vitest';
import { CALLBACKS } from './migrations/callbacks.js';
import { DEFAULTS } from './migrations/defaults.js';
import { KINDS } from './migrations/kinds.js';
import { NATIVE } from './migrations/native.js';
import { NESTED } from './migrations/nested.js';
import { SHAPES } from './migrations/shapes.js';
import { describeWithOtp } from './support/erlang.js';
import { injectCases, migrateLive, otherFunctions, refusedFunctions } from './support/live-migrations.js';

const CASES = [...SHAPES, ...CALLBACKS, ...KINDS, ...DEFAULTS, ...NESTED];

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `migrations of live processes, in OTP ${release}`, () => {
    const cases = release < 29 ? CASES : [...CASES, ...NATIVE];
    const injected = injectCases(release, cases);

    describe('end in the state that Erlang says', () => {
      const answers = migrateLive(release, injected);
      for (const [at, { name }] of cases.entries()) {
        it(name, () => {
          expect(answers[at]).toBe('');
        });
      }
    });

    it('are of functions that beam_validator accepts', () => {
      expect(refusedFunctions(release, injected)).toEqual([]);
    });

    it('leave the other functions as they were', () => {
      expect(otherFunctions(release, injected)).toEqual([]);
    });
  });
}
