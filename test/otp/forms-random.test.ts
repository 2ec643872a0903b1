// Printing random forms, against the real parser: what is printed without a gap parses to the same form, and a gap is reported only
// where the parser does read something else.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formFromTerm, formToTerm } from '../../src/forms/form-codec.js';
import { printForms } from '../../src/forms/print.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { equalTerms } from '../../src/term/order.js';
import { formArbitrary } from '../forms/form-arbitrary.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const SEED = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 0x7fff_ffff);
const RUNS = 250;
const TIMEOUT = 300_000;

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `random forms and the parser of OTP ${release} (seed ${SEED})`, () => {
    it.each([
      ['forms as the parser makes them', false],
      ['forms as no parser makes them', true],
    ])(
      '%s',
      (_, odd) => {
        const forms = fc.sample(formArbitrary({ release, odd }), { numRuns: RUNS, seed: SEED });
        const terms = forms.map(formToTerm);
        const changed = terms.filter((term) => !equalTerms(formToTerm(formFromTerm(term)), term));
        const printed = forms.map((form) => printForms([form]));
        const pairs = printed.map(({ text }, at) => [encodeTerm(terms[at] as (typeof terms)[number]), text]);
        const answers = runOracle(release, 'forms_oracle', 'compare_each', [pairs]).toString('utf8').split('\0');
        const wrong = printed.flatMap(({ text, gaps }, at) => {
          const isDifferent = answers[at] !== '';
          return isDifferent === gaps.length > 0 ? [] : [{ text, gaps, answer: answers[at]?.slice(0, 500) }];
        });
        const shortest = wrong.sort((left, right) => left.text.length - right.text.length).slice(0, 3);
        expect(answers.length).toBe(RUNS);
        expect(changed).toEqual([]);
        expect(shortest).toEqual([]);
        expect(printed.some(({ gaps }) => gaps.length > 0)).toBe(odd);
      },
      TIMEOUT,
    );
  });
}
