// Functions that compile/ makes, against what the real compiler makes of the same forms: equal answers and exceptions, and beam_validator
// accepts each function by itself.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formFromTerm } from '../../src/forms/form-codec.js';
import type { Form, FunctionForm } from '../../src/forms/form-model.js';
import { recordsOf } from '../../src/forms/records.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { properList, type Term } from '../../src/term/model.js';
import { buildModule } from '../support/compiled-module.js';
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

function parseModules(release: OtpRelease, sources: readonly string[]): readonly Term[] {
  return properList(decodeTerm(runOracle(release, 'compile_oracle', 'parse', [sources]))) ?? [];
}

function buildForms(release: OtpRelease, term: Term): Uint8Array {
  const forms: readonly Form[] = (properList(term) ?? []).map(formFromTerm);
  const records = new Map(recordsOf(forms).map((record) => [record.name, record]));
  const functions = forms.filter((form): form is FunctionForm => form.kind === 'function');
  const module = forms.find((form) => form.kind === 'attribute' && form.name === 'module');
  const name = module?.kind === 'attribute' ? module.value : undefined;
  if (typeof name !== 'object' || name.kind !== 'atom') throw new Error('no module');
  return buildModule(name.name, functions, { otp: release, records });
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `compiled functions and OTP ${release} (seed ${SEED})`, () => {
    const sources = sourcesFor(release);

    it(
      'answers as the real compiler for every construct',
      () => {
        const terms = parseModules(release, sources);
        const beams = terms.map((term) => buildForms(release, term));
        expect(String(runOracle(release, 'compile_oracle', 'validate', [beams]))).toBe('');
        const triples = terms.map((term, at) => [encodeTerm(term), beams[at] as Uint8Array]);
        expect(String(runOracle(release, 'compile_oracle', 'compare', [SEED, triples]))).toBe('');
      },
      TIMEOUT,
    );
  });
}
