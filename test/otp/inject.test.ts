// Beams that a migration was injected into, against the real Erlang: it loads them, every tool of OTP takes them, what was there is what it
// was, and they answer as what the compiler makes of their debug info. And out of each the original file comes again.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { injectMigration } from '../../src/migrate/inject/inject-migration.js';
import { removeMigration } from '../../src/migrate/inject/remove-migration.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type Bitstring, properList } from '../../src/term/model.js';
import { madeMigration, migrationFor } from '../migrate/inject/made-migration.js';
import { fixtureBeams } from '../support/fixtures.js';
import { describeWithOtp, type OtpRelease, otpBeams } from './support/erlang.js';
import { INJECT_SOURCES, type InjectSource } from './support/inject-sources.js';
import { type OracleArgument, runOracle } from './support/oracle.js';

const TIMEOUT = 600_000;

/** A module before and after. */
interface Injected {
  readonly name: string;
  readonly original: Uint8Array;
  readonly injected: Uint8Array;
  readonly key: string;
}

function inject(otp: OtpRelease, name: string, original: Uint8Array, from?: InjectSource): Injected {
  const key = from?.key ?? '';
  const module = readBeam(original, { file: name, key: () => (key === '' ? undefined : key) });
  const migration = from === undefined ? migrationFor(module) : migrationOf(from);
  const injected = injectMigration(module, migration, { otp });
  const removed = removeMigration(readBeam(injected.bytes, module.options));
  if (Buffer.compare(removed.bytes, original) !== 0) throw new Error(`${name}: not the original any more`);
  return { name, original, injected: injected.bytes, key };
}

function migrationOf({ arity: given, about, isPrivate }: InjectSource) {
  const arity = given ?? 3;
  const migration = madeMigration(arity, about !== 'has no callback' && isPrivate !== true);
  if (isPrivate !== true) return migration;
  return { ...migration, renamed: { name: 'code_change', arity, to: 'code_change@user', exported: false } };
}

function compileAndInject(release: OtpRelease, sources: readonly InjectSource[]) {
  const texts = sources.map(({ source, options }) => [source, options]);
  const beams = properList(decodeTerm(runOracle(release, 'inject_oracle', 'compile', [texts]))) ?? [];
  return beams.map((beam, at) => {
    const from = sources[at] as InjectSource;
    return { from, ...inject(release, from.about, new Uint8Array((beam as Bitstring).bytes), from) };
  });
}

/** Asks about modules in batches, which end with the memory that a call of the oracle takes. */
function ask(release: OtpRelease, name: string, items: readonly OracleArgument[]): string {
  const answers: string[] = [];
  for (let at = 0; at < items.length; at += 100) {
    answers.push(String(runOracle(release, 'inject_oracle', name, [items.slice(at, at + 100)])));
  }
  return answers.join('');
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `injected modules and OTP ${release}`, () => {
    const known = INJECT_SOURCES.filter(({ since = 25 }) => since <= release);
    const compiled = () => compileAndInject(release, known);

    it(
      'answer as their recompiled forms',
      () => {
        const items = compiled().map(({ name, injected, key, from }) => [name, injected, key, from.calls]);
        expect(ask(release, 'answers', items)).toBe('');
      },
      TIMEOUT,
    );

    it(
      'are otherwise what they were',
      () => {
        const items = compiled().map(({ name, original, injected, key }) => [name, original, injected, key]);
        expect(ask(release, 'parts', items)).toBe('');
      },
      TIMEOUT,
    );

    it(
      'are taken by beam_lib, cover, the debugger and xref',
      () => {
        const plain = compiled().filter(({ from }) => from.key === undefined && from.isPrivate !== true);
        expect(
          ask(
            release,
            'tools',
            plain.map(({ from, injected }) => [from.source, injected, from.calls]),
          ),
        ).toBe('');
      },
      TIMEOUT,
    );

    it(
      'are the gen_servers of OTP and the fixtures, which else are what they were',
      () => {
        const beams = [...otpBeams(release).filter(isServer), ...readableFixtures(release)].filter(isErlang);
        const items = beams.map((path) => inject(release, path, new Uint8Array(readFileSync(path))));
        expect(items.length).toBeGreaterThan(150);
        expect(
          ask(
            release,
            'parts',
            items.map(({ name, original, injected, key }) => [name, original, injected, key]),
          ),
        ).toBe('');
      },
      TIMEOUT,
    );

    it(
      'are some of OTP, and recompile',
      () => {
        const names = ['supervisor', 'beam_lib', 'gen_event', 'ssl_manager', 'logger_olp', 'kernel_config'];
        const beams = otpBeams(release).filter((path) => names.includes(basename(path, '.beam')));
        const items = beams.map((path) => inject(release, path, new Uint8Array(readFileSync(path))));
        expect(
          ask(
            release,
            'answers',
            items.map(({ name, injected }) => [name, injected, '', '[]']),
          ),
        ).toBe('');
      },
      TIMEOUT,
    );
  });
}

describeWithOtp(25, 'injected modules and dialyzer', () => {
  it(
    'have no warnings',
    () => {
      const injected = compileAndInject(25, INJECT_SOURCES.slice(0, 3)).map((item) => item.injected);
      expect(String(runOracle(25, 'inject_oracle', 'dialyzer', [injected]))).toBe('');
    },
    TIMEOUT,
  );
});

/** The fixtures that beam_lib reads. */
function readableFixtures(release: OtpRelease): readonly string[] {
  return fixtureBeams(release).flatMap(({ path, build }) => (build.beamLib === false ? [] : [path]));
}

/** Tells whether a module is a process whose state a migration may have to do with. */
function isServer(path: string): boolean {
  const module = readBeam(readFileSync(path), { file: path });
  return module.exports.some(({ name, arity }) => name === 'init' && arity === 1);
}

/** Tells whether Erlang's compiler made a module, with debug info of its own or none, and nothing is there twice. */
function isErlang(path: string): boolean {
  const module = readBeam(readFileSync(path), { file: path });
  const hasForms = module.debugInfo.kind === 'abstract_code';
  return (hasForms || module.chunk('Dbgi') === undefined) && module.duplicateChunks.length === 0;
}
