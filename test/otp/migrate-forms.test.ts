// Migrations from sources to forms, which the real compiler takes into the new module; what its callback then makes of states is compared with
// values that were written by hand, or that Erlang computes from the lists of fields.
import { describe, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { describeState } from '../../src/migrate/describe-state.js';
import type { StateDescription } from '../../src/migrate/model.js';
import { buildSnapshot, describeSnapshot, mayHaveState } from '../../src/migrate/snapshot.js';
import { writeMigration } from '../../src/migrate/write-migration.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { atom, type Bitstring, properList, tuple } from '../../src/term/model.js';
import { describeWithOtp } from './support/erlang.js';
import { CASES, NATIVE_CASES } from './support/migration-cases.js';
import { planCase, tryMigrations, wrongAnswers, wrongSources } from './support/migrations.js';
import { runOracle } from './support/oracle.js';

/** Declarations of a version. */
const VERSIONS: readonly string[] = [
  ...[
    '',
    '-vsn(1).',
    '-vsn(65).',
    '-vsn(31).',
    '-vsn(255).',
    '-vsn(256).',
    '-vsn(7.0).',
    '-vsn(a).',
    '-vsn("1.0").',
    '-vsn("").',
  ],
  ...[
    '-vsn([]).',
    '-vsn([1]).',
    '-vsn([a]).',
    '-vsn([1, 2]).',
    '-vsn({1, 2}).',
    '-vsn(<<"0">>).',
    '-vsn([a | b]).',
    '-vsn([[]]).',
  ],
  ...[
    '-vsn("a"). -vsn("b").',
    '-vsn(a). -vsn(b).',
    '-vsn(1). -vsn("").',
    '-vsn([["1.0"]]).',
    '-vsn(["1.0"]).',
    '-vsn(#{a => 1}).',
  ],
];

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

    it('are the same from a snapshot of the older builds', () => {
      for (const { case: one, states, forms } of tried) {
        const [to, ...from] = states as readonly [StateDescription, ...StateDescription[]];
        if (!from.every(mayHaveState)) continue;
        const snapshot = describeSnapshot(JSON.parse(JSON.stringify(buildSnapshot(from))), 'records.json');
        const plan = planCase([to, ...snapshot], one);
        expect(plan.kind === 'migration' && writeMigration(plan), one.name).toEqual(forms);
      }
    });

    it('know versions as release_handler does', () => {
      const sources = VERSIONS.map((vsn) => `-module(m).\n${vsn}\n-export([f/0]).\nf() -> ok.\n`);
      const answer = properList(decodeTerm(runOracle(release, 'migrate_oracle', 'compile', [[sources]]))) ?? [];
      const beams = (properList(answer[0]) ?? []).map((beam) => (beam as Bitstring).bytes);
      const expected = properList(decodeTerm(runOracle(release, 'migrate_oracle', 'versions', [beams]))) ?? [];
      const states = beams.map((bytes) => describeState(readBeam(bytes), 'm.beam') as StateDescription);
      expect(states.map(({ vsn }) => (vsn === undefined ? atom('none') : tuple(atom('vsn'), vsn)))).toEqual(expected);
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
