// A migration that is injected into what real compilers made is no change, be the author's callback exported, private or not there.
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { compareModules } from '../../src/changes/compare-modules.js';
import { hashModule } from '../../src/code/normal-form/normal-module.js';
import { injectMigration } from '../../src/migrate/inject/inject-migration.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type Bitstring, properList } from '../../src/term/model.js';
import { madeMigration } from '../migrate/inject/made-migration.js';
import { describeWithOtp } from './support/erlang.js';
import { INJECT_SOURCES, type InjectSource } from './support/inject-sources.js';
import { runOracle } from './support/oracle.js';

function migrationOf({ arity: given, about, isPrivate }: InjectSource) {
  const arity = given ?? 3;
  const migration = madeMigration(arity, about !== 'has no callback' && isPrivate !== true);
  if (isPrivate !== true) return migration;
  return { ...migration, renamed: { name: 'code_change', arity, to: 'code_change@user', exported: false } };
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `injected into builds by OTP ${release}`, () => {
    it('is left out of what counts', () => {
      const known = INJECT_SOURCES.filter(({ since = 25 }) => since <= release);
      const texts = known.map(({ source, options }) => [source, options]);
      const beams = properList(decodeTerm(runOracle(release, 'inject_oracle', 'compile', [texts]))) ?? [];
      const found = beams.map((beam, at) => {
        const from = known[at] as InjectSource;
        const module = readBeam(new Uint8Array((beam as Bitstring).bytes), { file: from.about, key: () => from.key });
        const injected = injectMigration(module, migrationOf(from), { otp: release });
        const { level, exports } = compareModules(module, injected);
        return [from.about, level, exports, hashModule(injected) === hashModule(module)];
      });
      expect(found).toEqual(known.map(({ about }) => [about, 'other', { added: [], removed: [] }, true]));
    });
  });
}
