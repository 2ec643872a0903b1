// What beamtool injects to migrate state is no change of a module.
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { compareModules } from '../../src/changes/compare-modules.js';
import { hashModule } from '../../src/code/normal-form/normal-module.js';
import { ParseError, UsageError } from '../../src/errors.js';
import { injectMigration } from '../../src/migrate/inject/inject-migration.js';
import { migrationFor } from '../migrate/inject/made-migration.js';
import { fixtureBeams, readFixture } from '../support/fixtures.js';

const open = (file: string) => readBeam(readFixture(file), { file });

it('is left out of what counts, in every fixture', () => {
  let count = 0;
  for (const { file } of fixtureBeams()) {
    const module = open(file);
    const injected = orUndefined(() => injectMigration(module, migrationFor(module), { otp: 29 }));
    if (injected === undefined) continue;
    const [there, back] = [compareModules(module, injected), compareModules(injected, module)];
    expect([file, there.level, back.level, there.isStrict]).toEqual([file, 'other', 'other', true]);
    expect([file, hashModule(injected)]).toEqual([file, hashModule(module)]);
    count++;
  }
  expect(count).toBeGreaterThan(40);
});

it('tells what was migrated from which build', () => {
  const [old, now] = [
    open('shop-1/lib/stock-1.0.0/ebin/stock_server.beam'),
    open('shop-2/lib/stock-2.0.0/ebin/stock_server.beam'),
  ];
  const from = (md5: string) => injectMigration(now, migrationFor(now, { sources: [{ vsn: 1, md5 }] }), { otp: 25 });
  expect(compareModules(old, from(old.md5)).state).toEqual({ record: 'state', status: 'migrated', callback: null });
  expect(compareModules(old, from(now.md5)).state).toEqual({ record: 'state', status: 'unhandled', callback: null });
  expect(compareModules(old, from(old.md5)).functions).toEqual(compareModules(old, now).functions);
});

function orUndefined<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof UsageError || error instanceof ParseError) return undefined;
    throw error;
  }
}
