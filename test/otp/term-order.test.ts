// The order of terms against the real releases: every pair of random terms, by `<` and `==` and as keys of a map.
import { expect, it } from 'vitest';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { properList, type Term } from '../../src/term/model.js';
import { compareTerms, compareTermsExactly } from '../../src/term/order.js';
import { describeWithOtp, type OtpRelease } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const KINDS = ['numbers', 'identifiers', 'containers', 'all'] as const;

/** 0 for less, 1 for equal, 2 for greater, as term_oracle:order/2 has it. */
function outcome(order: number): number {
  return Math.sign(order) + 1;
}

function show(term: Term): string {
  return JSON.stringify(term, (_, value) => (typeof value === 'bigint' ? `${value}n` : Object.is(value, -0) ? '-0' : value));
}

function differences(release: OtpRelease, kind: string, count: number) {
  const answer = runOracle(release, 'term_oracle', 'order', [kind, String(count)]);
  const size = answer.readUInt32BE(0);
  const terms = properList(decodeTerm(answer.subarray(4, 4 + size))) ?? [];
  const found: string[] = [];
  let at = 4 + size;
  for (const left of terms) {
    for (const right of terms) {
      const expected = answer[at++] as number;
      const ours = outcome(compareTerms(left, right)) | (outcome(compareTermsExactly(left, right)) << 2);
      if (ours !== expected && found.length < 20) found.push(`${show(left)} and ${show(right)}: ${ours} is ${expected}`);
    }
  }
  expect(at).toBe(answer.length);
  return found;
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `compareTerms and OTP ${release}`, () => {
    it.each(KINDS)('agree on every pair of random %s', (kind) => {
      expect(differences(release, kind, 400)).toEqual([]);
    });
  });
}
