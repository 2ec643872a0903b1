// Abstract code against the real parser: for every module with debug info of the installed releases and of the fixtures, forms become
// terms again exactly, and the source printed from them is read by erl_scan and erl_parse as equal forms, annotations aside.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { formsFromTerm, formsToTerm } from '../../src/forms/form-codec.js';
import type { Form } from '../../src/forms/form-model.js';
import { type Gap, printForms } from '../../src/forms/print.js';
import { equalTerms } from '../../src/term/order.js';
import { fixtureBeams } from '../support/fixtures.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

/** Characters of source that one question to the oracle has at most. */
const BATCH = 8_000_000;

/** Beams of the release itself, and the fixtures that it made and that beam_lib reads. */
function beamsOf(release: OtpRelease): readonly string[] {
  const fixtures = fixtureBeams(release).filter(({ build }) => build.beamLib !== false);
  return [...otpBeams(release), ...fixtures.map((fixture) => fixture.path)];
}

/** Calls `use` with the forms of each module that has some; returns how many there are. */
function forEachModule(release: OtpRelease, use: (file: string, forms: readonly Form[]) => void): number {
  let count = 0;
  for (const file of beamsOf(release)) {
    const { debugInfo } = readBeam(readFileSync(file), { file });
    if (debugInfo.kind !== 'abstract_code') continue;
    const forms = formsFromTerm(debugInfo.forms);
    // Exact, so checked here, where the term is at hand.
    if (!equalTerms(formsToTerm(forms), debugInfo.forms)) throw new Error(`${file}: forms that aren't what they were read from`);
    use(file, forms);
    count++;
  }
  return count;
}

/** A minute on a machine of its own, and much more on one that is busy. */
const TIMEOUT = 900_000;

const MODULES = { 25: 1182, 27: 550, 29: 590 } as const;

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the source of the modules of OTP ${release}`, () => {
    it(
      'parses to the forms that it was printed from',
      () => {
        const differences: string[] = [];
        const gaps: (Gap & { readonly file: string })[] = [];
        let batch: (readonly [string, string])[] = [];
        let size = 0;
        const ask = () => {
          const answer = runOracle(release, 'forms_oracle', 'compare', [batch]).toString('utf8');
          if (answer !== '') differences.push(answer.slice(0, 2000));
          [batch, size] = [[], 0];
        };
        const count = forEachModule(release, (file, forms) => {
          const printed = printForms(forms);
          gaps.push(...printed.gaps.map((gap) => ({ file, ...gap })));
          batch.push([insidePath(release, file), printed.text]);
          size += printed.text.length;
          if (size > BATCH) ask();
        });
        ask();
        expect(differences).toEqual([]);
        expect(gaps).toEqual([]);
        expect(count).toBeGreaterThanOrEqual(MODULES[release]);
      },
      TIMEOUT,
    );
  });
}
