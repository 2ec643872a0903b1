// The servers of OTP and of RabbitMQ as the new builds of modules whose state had another record before: what is injected leaves all that was
// there as it was, loads, and comes out again to the byte.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { UsageError } from '../../src/errors.js';
import type { RecordDefinition } from '../../src/forms/records.js';
import { describeState } from '../../src/migrate/describe-state.js';
import { injectMigration } from '../../src/migrate/inject/inject-migration.js';
import { removeMigration } from '../../src/migrate/inject/remove-migration.js';
import type { StateDescription } from '../../src/migrate/model.js';
import { planMigration } from '../../src/migrate/plan-migration.js';
import { writeMigration } from '../../src/migrate/write-migration.js';
import { describeWithOtp, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { rabbitmqEbins } from './support/rabbitmq.js';

const KINDS = new Set(['gen_server', 'gen_server2', 'gen_batch_server', 'gen_statem', 'gen_event', 'gen_fsm']);

/** A module before and after, or why it is left alone. */
type Outcome =
  | { readonly kind: 'injected'; readonly file: string; readonly original: Uint8Array; readonly injected: Uint8Array }
  | { readonly kind: 'left'; readonly file: string; readonly reason: string };

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the servers of OTP ${release}`, () => {
    const files = release === 25 ? [...otpBeams(25), ...rabbitmqBeams()] : otpBeams(release);
    const outcomes = files.flatMap((file) => outcomeOf(file, release) ?? []);
    const injected = outcomes.filter((one) => one.kind === 'injected');
    const left = outcomes.filter((one) => one.kind === 'left');

    it('are injected into, but for those that have no record and no callback of their own', () => {
      expect(left.filter(({ reason }) => !EXPECTED.some((known) => known.test(reason)))).toEqual([]);
      expect(injected.length).toBeGreaterThanOrEqual(release === 25 && rabbitmqEbins().length > 0 ? 200 : 50);
    });

    it('come out again to the byte', () => {
      const changed = injected.filter(({ original, injected: bytes }) => {
        return Buffer.compare(removeMigration(readBeam(bytes)).bytes, original) !== 0;
      });
      expect(changed.map(({ file }) => file)).toEqual([]);
    });

    it('have the functions that they had, and load', () => {
      const pairs = injected.map(({ original, injected: bytes }) => [original, bytes]);
      const answers = runOracle(release, 'injected_oracle', 'same_functions', [pairs]).toString('utf8').split('\0');
      const wrong = answers.flatMap((text, at) => (text === '' ? [] : [`${injected[at]?.file}: ${text.slice(0, 500)}`]));
      expect(answers.length).toBe(injected.length);
      expect(wrong).toEqual([]);
      expect(runOracle(release, 'injected_oracle', 'refused_by_loader', [injected.map((one) => one.injected)]).toString()).toBe(
        '',
      );
    });
  });
}

/** Why a server is left alone. */
const EXPECTED = [/no record/, /different callbacks/, /^no debug info/, /behaviour supervisor/, /^an Elixir module/];

function rabbitmqBeams(): readonly string[] {
  return rabbitmqEbins().flatMap((ebin) =>
    readdirSync(ebin)
      .filter((name) => name.endsWith('.beam'))
      .map((name) => join(ebin, name)),
  );
}

function outcomeOf(file: string, otp: OtpRelease): Outcome | undefined {
  const original = readFileSync(file);
  const module = readBeam(original, { file });
  const behaviours = [...module.attribute('behaviour'), ...module.attribute('behavior')];
  if (!behaviours.some((term) => typeof term === 'object' && term.kind === 'atom' && KINDS.has(term.name))) return undefined;
  try {
    return { kind: 'injected', file, original, injected: inject(module, file, otp) };
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'left', file, reason: error.message };
    throw error;
  }
}

function inject(module: BeamModule, file: string, otp: OtpRelease): Uint8Array {
  const to = describeState(module, file);
  if (to.kind === 'refused') throw new UsageError(to.reason);
  const record = to.records.get('state') ?? [...to.records.values()].find(({ fields }) => fields.length > 1);
  if (record === undefined) throw new UsageError('no record');
  const plan = planMigration({ to, from: [olderThan(to, record)], options: { record: record.name } });
  if (plan.kind === 'refused') throw new UsageError(plan.reason);
  if (plan.kind === 'unchanged') throw new Error(`${file}: nothing to do`);
  return injectMigration(module, writeMigration(plan), { otp }).bytes;
}

/** The same module with another record: its last field wasn't there yet, the first two were the other way round, and one has gone since. */
function olderThan(to: StateDescription, record: RecordDefinition): StateDescription {
  const [first, second, ...rest] = record.fields.slice(0, -1);
  const gone = { name: 'gone since', default: record.fields.at(-1)?.default } as RecordDefinition['fields'][number];
  const fields = [second, first, gone, ...rest].filter((field) => field !== undefined);
  const records = new Map(to.records).set(record.name, { ...record, fields });
  return { ...to, file: `older ${to.file}`, vsn: 1, md5: '00'.repeat(16), records };
}
