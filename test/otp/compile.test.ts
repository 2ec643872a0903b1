// Functions that compile/ makes, against what the real compiler makes of the same forms: equal answers and exceptions, and beam_validator
// accepts each function.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeTerm } from '../../src/term/etf-encode.js';
import type { Term } from '../../src/term/model.js';
import { buildModule } from '../support/compiled-module.js';
import { moduleOf, parseModules } from './support/compiled.js';
import { describeWithOtp, type OtpRelease, repository } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const SEED = String(process.env.BEAMTOOL_SEED ?? Date.now() % 0x7fff_ffff);
const TIMEOUT = 300_000;

const folder = join(repository, 'test/otp/compile-sources');

/** The sources that a release can compile: a name may end in the first release that knows its constructs. */
function sourcesFor(release: OtpRelease): readonly string[] {
  const names = readdirSync(folder).filter((name) => Number(/_(\d+)\.erl$/.exec(name)?.[1] ?? 25) <= release);
  return names.sort().map((name) => readFileSync(join(folder, name), 'utf8'));
}

function expectSameAnswers(release: OtpRelease, terms: readonly Term[]): void {
  const beams = terms.map((term) => {
    const { name, functions, options } = moduleOf(release, term);
    return buildModule(name, functions, options);
  });
  expect(String(runOracle(release, 'compile_oracle', 'validate', [beams]))).toBe('');
  const triples = terms.map((term, at) => [encodeTerm(term), beams[at] as Uint8Array]);
  expect(String(runOracle(release, 'compile_oracle', 'compare', [SEED, triples]))).toBe('');
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `compiled functions and OTP ${release} (seed ${SEED})`, () => {
    it(
      'answers as the real compiler for every construct',
      () => {
        expectSameAnswers(release, parseModules(release, sourcesFor(release)));
      },
      TIMEOUT,
    );
  });
}
