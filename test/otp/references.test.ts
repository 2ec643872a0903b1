// Dependencies that are no calls, against the real Erlang: the callbacks of every behaviour as its behaviour_info/1 returns them, and the
// types of other modules in the abstract code of every module, folded over by Erlang itself.
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { readFacts } from '../../src/graph/facts/read-facts.js';
import type { FunctionName, ModuleFacts } from '../../src/graph/module-facts.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams, otpEbins } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const lines = (answer: Buffer) => answer.toString('utf8').split('\n').slice(0, -1);

const inside = (release: OtpRelease) => otpEbins(release).map((ebin) => insidePath(release, ebin));

const functionText = ({ name, arity }: FunctionName) => `${name}/${arity}`;

function callbackLines({ module, callbacks, optionalCallbacks, exports }: ModuleFacts): readonly string[] {
  if (!exports.some((each) => functionText(each) === 'behaviour_info/1')) return [];
  const line = (key: string, names: readonly FunctionName[]) => [module, key, ...names.map(functionText)].join('\x01');
  const optional = optionalCallbacks === undefined ? [] : [line('optional_callbacks', optionalCallbacks)];
  return [line('callbacks', callbacks ?? []), ...optional];
}

function typeLines({ module, functions, references = [] }: ModuleFacts): readonly string[] {
  return references.flatMap(({ kind, from, module: target, name, arity }) => {
    const of = functions[from];
    return kind === 'type' ? [`${module}\x01${of === undefined ? '' : functionText(of)}\x01${target}:${name}/${arity}`] : [];
  });
}

/** The differences of two lists as sets; a whole list in a failure would be no help. */
function differences(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const [known, wanted] = [new Set(ours), new Set(theirs)];
  const missing = theirs.filter((line) => !known.has(line)).map((line) => `missing ${line}`);
  return [...missing, ...ours.filter((line) => !wanted.has(line)).map((line) => `too many ${line}`)].slice(0, 20);
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `references, with OTP ${release}`, () => {
    let facts: readonly ModuleFacts[] = [];

    beforeAll(() => {
      const context = { app: null, references: true, builtins: false };
      facts = otpBeams(release).map((file) => {
        return readFacts(readBeam(readFileSync(file), { file }), { ...context, file }, 'auto').facts;
      });
    });

    it('know the callbacks of every behaviour', () => {
      const theirs = lines(runOracle(release, 'references_oracle', 'callbacks', [inside(release)]));
      expect(theirs.length).toBeGreaterThan(90);
      // Where none is optional many say nothing of it.
      const telling = theirs.filter((line) => !line.endsWith('\x01optional_callbacks'));
      expect(differences(facts.flatMap(callbackLines), telling)).toEqual([]);
    });

    it('know the types of other modules, and the functions whose specs name them', () => {
      const theirs = lines(runOracle(release, 'references_oracle', 'types', [inside(release)]));
      expect(theirs.length).toBeGreaterThan(6000);
      expect(differences(facts.flatMap(typeLines), theirs)).toEqual([]);
    });
  });
}
