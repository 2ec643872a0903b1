// A table of migrations: real processes under sys:change_code end in the state that was written by hand, and in the state that Erlang
// computes by itself from compile:forms of the forms in our debug info.
import { describe, expect, it } from 'vitest';
import { CALLBACKS } from './migrations/callbacks.js';
import { DEFAULTS } from './migrations/defaults.js';
import { KINDS } from './migrations/kinds.js';
import { SHAPES } from './migrations/shapes.js';
import { describeWithOtp } from './support/erlang.js';
import { injectCases, migrateLive } from './support/live-migrations.js';

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `migrations of live processes, in OTP ${release}`, () => {
    const cases = [...SHAPES, ...CALLBACKS, ...KINDS, ...DEFAULTS];
    const injected = injectCases(release, cases);

    describe('end in the state', () => {
      const answers = migrateLive(release, injected);
      for (const [at, { name }] of cases.entries()) {
        it(name, () => {
          expect(answers[at]).toBe('');
        });
      }
    });
  });
}
