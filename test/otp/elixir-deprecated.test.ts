// Elixir's `@deprecated` in the beams of three Elixirs, against what their modules say of themselves; and the calls of deprecated functions
// against the same list.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { elixirDeprecatedCalls } from '../../src/graph/analyses/elixir-deprecated.js';
import { elixirDeprecations } from '../../src/graph/facts/elixir-deprecated.js';
import { readFacts } from '../../src/graph/facts/read-facts.js';
import { buildProgram } from '../../src/graph/program/build-program.js';
import { answerTerm } from '../../src/graph/query/answer.js';
import { formatTerm } from '../../src/term/format.js';
import { properList } from '../../src/term/model.js';
import { expandedCalls } from '../graph/expanded-calls.js';
import { describeWithOtp, type OtpRelease, otpBeams, otpVersion, repository, runCommand } from './support/erlang.js';

const linesOf = (module: BeamModule) =>
  elixirDeprecations(module).map(({ name, arity, reason }) => `${module.name} ${name} ${arity} ${reason}`);

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `what Elixir with OTP ${release} calls deprecated`, () => {
    const modules = () => elixirBeams(release).map((file) => readBeam(readFileSync(file), { file }));
    const theirs = () => askElixir(release);

    it('is what its modules say', () => {
      const wanted = theirs();
      expect(wanted.length).toBeGreaterThan(100);
      expect(modules().flatMap(linesOf).sort()).toEqual(wanted);
    });

    it('is that without debug info too, but for macros of later Elixirs', () => {
      const has = otpVersion(release).elixir.startsWith('1.14') ? () => true : (line: string) => !/ MACRO-/.test(line);
      const stripped = modules().map((module) => module.withChunk('Dbgi', new Uint8Array()));
      expect(stripped.flatMap(linesOf).sort()).toEqual(theirs().filter(has));
    });

    it('is what elixir_deprecated_calls finds the calls of', () => {
      const context = { app: null, otp: release, elixirDeprecated: true };
      const facts = modules().map((module) => readFacts(module, { ...context, file: '' }, 'auto').facts);
      const program = buildProgram(facts, { mode: 'functions', builtins: false, otp: release });
      const { type, value } = elixirDeprecatedCalls(program);
      const ours = (properList(answerTerm(program, type, value)) ?? []).map((call) => formatTerm(call, { mode: 'w' }));
      const deprecated = new Set(theirs().map((line) => line.split(' ', 3).join(' ')));
      const all = facts.flatMap((one) =>
        expandedCalls(one)
          .filter((call) => call.kind === 'external' && deprecated.has(`${call.module} ${call.name} ${call.arity}`))
          .map(({ from, module: target, name }) => `${one.module} ${one.functions[from]?.name} ${target} ${name}`),
      );
      // Later Elixirs call none of their own.
      expect(ours.length).toBeGreaterThan(release === 25 ? 5 : -1);
      expect(ours).toHaveLength(all.length);
    });
  });
}

function elixirBeams(release: OtpRelease): readonly string[] {
  return otpBeams(release).filter((file) => /\/elixir\/lib\/[^/]+\/ebin\/Elixir\./.test(file));
}

function askElixir(release: OtpRelease): readonly string[] {
  const script = readFileSync(join(repository, 'test/otp/support/deprecated.exs'), 'utf8');
  const answer = runCommand(release, ['elixir', '-e', script]).toString('utf8');
  return [...new Set(answer.split('\n').slice(0, -1))].sort();
}
