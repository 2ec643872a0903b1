// Injection and its removal on every fixture, and what is refused. That the real Erlang takes what comes out is in test/otp/inject.test.ts.
import { readFileSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseKeyFile } from '../../../src/beam/key-file.js';
import { type BeamModule, readBeam } from '../../../src/beam/module.js';
import { Writer } from '../../../src/bytes/writer.js';
import { validateCode } from '../../../src/code/validate.js';
import { ParseError, UsageError } from '../../../src/errors.js';
import { injectMigration } from '../../../src/migrate/inject/inject-migration.js';
import { readMarker } from '../../../src/migrate/inject/marker.js';
import { removeMigration } from '../../../src/migrate/inject/remove-migration.js';
import { inflateTerm } from '../../../src/term/etf-decode.js';
import { encodeTerm } from '../../../src/term/etf-encode.js';
import { atom, list, type Term, tuple } from '../../../src/term/model.js';
import { dissect, mutate } from '../../hostile/mutate.js';
import { seededRandom } from '../../hostile/random.js';
import { beamsFolder, fixtureBeams, readFixture } from '../../support/fixtures.js';
import { madeMigration, migrationFor } from './made-migration.js';

const keysFile = `${beamsFolder}/src/keys/.erlang.crypt`;
const keys = parseKeyFile(readFileSync(keysFile, 'utf8'), keysFile);

const COUNTER = 'otp25/counter.beam';
const otp = 29;

function open(file: string): BeamModule {
  return readBeam(readFixture(file), { file, key: keys });
}

/** Fixtures that can't be edited, with the reason. */
function refusal(file: string): string | undefined {
  if (file.includes('duplicates')) return 'more than one';
  if (file.includes('foreign-debug-info')) return 'other_backend';
  return /^elixir-[\d.]+\//.test(file) ? 'elixir_erl' : undefined;
}

describe('injecting into a fixture', () => {
  it.each(fixtureBeams().filter(({ file }) => refusal(file) === undefined))('can be taken back: $file', ({ file }) => {
    const module = open(file);
    const injected = injectMigration(module, migrationFor(module), { otp });
    expect(validateCode(injected).length).toBe(validateCode(module).length);
    const again = readBeam(injected.bytes, module.options);
    expect(injectMigration(again, migrationFor(module), { otp })).toBe(again);
    const other = injectMigration(again, migrationFor(module, { identity: 2 }), { otp });
    expect(other.bytes).toEqual(injectMigration(module, migrationFor(module, { identity: 2 }), { otp }).bytes);
    expect(removeMigration(other).bytes).toEqual(module.bytes);
    expect(other.chunk('BtOr')).toBeUndefined();
  });

  it.each(fixtureBeams().filter(({ file }) => refusal(file) !== undefined))('is refused: $file', ({ file }) => {
    const module = open(file);
    expect(() => injectMigration(module, migrationFor(module), { otp })).toThrow(UsageError);
    expect(() => injectMigration(module, migrationFor(module), { otp })).toThrow(refusal(file));
  });

  it('trusts a compiler whose debug info was seen to be deflated as by OTP', () => {
    const trusted = new Set<string>();
    const first = open(COUNTER);
    injectMigration(first, migrationFor(first), { trusted });
    expect([...trusted]).toEqual(['8.2.3']);
    const second = open('otp25/door.beam');
    const injected = injectMigration(second, migrationFor(second), { trusted });
    expect(removeMigration(injected).bytes).toEqual(second.bytes);
  });
});

describe('the mark of an injection', () => {
  it('says what was injected, and what the module had', () => {
    const module = open('otp27/contract.beam');
    expect(readMarker(module)).toBeUndefined();
    const marker = readMarker(injectMigration(module, madeMigration(3, false), { otp }));
    expect(marker).toMatchObject({
      callback: { name: 'code_change', arity: 3 },
      sources: [{ vsn: 1, md5: '0123456789abcdef0123456789abcdef' }],
      identity: atom('made_up'),
    });
    expect(marker?.undo?.counts.get('atoms')).toBe(module.atoms.count);
    expect(marker?.undo?.counts.get('functions')).toBe(module.codeHeader.functionCount);
  });

  it('that claims anything is answered with an error', () => {
    const module = open(COUNTER);
    const { bytes } = injectMigration(module, migrationFor(module));
    const specimens = [dissect('counter.beam', bytes)];
    const random = seededRandom(1);
    for (let at = 0; at < 500; at++) {
      const mutant = mutate(specimens, random).bytes;
      try {
        removeMigration(readBeam(mutant));
      } catch (error) {
        expect(error instanceof ParseError || error instanceof UsageError).toBe(true);
      }
    }
  });

  it.each<readonly [string, Term]>([
    ['nothing else', list([])],
    ['another format', list([tuple(atom('format'), 2)])],
    ['no callback', list([tuple(atom('format'), 1)])],
    ['no list', tuple(atom('format'), 1)],
  ])('of %s gives an error or is none', (_, about) => {
    const module = withAttribute(tuple(atom('migration'), about, list([])));
    try {
      expect(readMarker(module)).toBeUndefined();
    } catch (error) {
      expect(error).toBeInstanceOf(ParseError);
    }
  });
});

function withAttribute(value: Term): BeamModule {
  return open(COUNTER).withChunk('Attr', encodeTerm(list([tuple(atom('beamtool'), list([value]))])));
}

describe('what has bytes that no zlib of OTP wrote', () => {
  it('is kept whole where that is the debug info', () => {
    const module = open(COUNTER);
    const { bytes } = inflateTerm(module.reader('Dbgi').data);
    const deflated = deflateSync(bytes, { level: 9 });
    const odd = module.withChunk('Dbgi', new Writer(64).u8(131).u8(80).u32(bytes.length).bytes(deflated).finish());
    const injected = injectMigration(odd, migrationFor(odd), { otp });
    expect(injected.chunk('BtOr')?.data).toEqual(odd.bytes);
    expect(removeMigration(injected).bytes).toEqual(odd.bytes);
    const other = injectMigration(injected, migrationFor(odd, { identity: 2 }), { otp });
    expect(removeMigration(other).bytes).toEqual(odd.bytes);
  });

  it('is kept whole where that is the gzip around it', () => {
    const zipped = readBeam(new Uint8Array(gzipSync(readFixture(COUNTER), { level: 9 })));
    const injected = injectMigration(zipped, migrationFor(zipped), { otp });
    expect([...injected.bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    expect(removeMigration(injected).bytes).toEqual(zipped.bytes);
  });
});

describe('refused', () => {
  it('are generated names without a mark', () => {
    const module = open(COUNTER);
    const injected = injectMigration(module, migrationFor(module), { otp });
    const unmarked = injected.withChunk('Attr', module.reader('Attr').data);
    expect(() => injectMigration(unmarked, migrationFor(module), { otp })).toThrow(/has a function .*@.* already/);
  });

  it('is a callback that the migration does not know of', () => {
    const module = open(COUNTER);
    expect(() => injectMigration(module, madeMigration(3, false), { otp })).toThrow('has a function code_change/3 already');
  });

  it('is removing what was never injected, or was changed since', () => {
    const module = open(COUNTER);
    expect(() => removeMigration(module)).toThrow('there is no injection in it');
    const injected = injectMigration(module, migrationFor(module), { otp });
    const changed = injected.withChunk('StrT', Uint8Array.of(1, 2, 3));
    expect(() => removeMigration(changed)).toThrow('changed or stripped');
  });

  it('is encrypted debug info without a key', () => {
    const file = 'variants/otp25-encrypted/bits.beam';
    const module = readBeam(readFixture(file), { file });
    expect(() => injectMigration(module, migrationFor(module), { otp })).toThrow(
      expect.objectContaining({ code: 'encrypted', file }),
    );
  });
});
