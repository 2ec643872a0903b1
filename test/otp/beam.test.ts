// The container and the tables against beam_lib: chunk list, MD5, atoms, exports, locals, imports, attributes and compile info of every
// beam of the installed releases and of the fixtures; and the bytes come back as they were.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeAtoms } from '../../src/beam/chunks/atoms.js';
import { decodeEntries, encodeEntries } from '../../src/beam/chunks/entries.js';
import { encodeImports } from '../../src/beam/chunks/imports.js';
import { encodeLambdas } from '../../src/beam/chunks/lambdas.js';
import { encodeLines } from '../../src/beam/chunks/lines.js';
import { encodeTypes } from '../../src/beam/chunks/types.js';
import { encodeContainer } from '../../src/beam/container.js';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { formatTerm } from '../../src/term/format.js';
import { isAtom, isTuple, list, type Term } from '../../src/term/model.js';
import { beamsFolder, fixtureBeams } from '../support/fixtures.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const DUPLICATES = 'variants/otp25-duplicates/audit.beam';

/**
 * Beams of the release itself, and the fixtures that it made; `asked`: but for one that beam_lib refuses and the loader doesn't, and one
 * of which beam_lib and the loader take different chunks.
 */
function beamsOf(release: OtpRelease, asked = false): readonly string[] {
  const fixtures = fixtureBeams(release).filter(({ file, build }) => !asked || (build.beamLib !== false && file !== DUPLICATES));
  return [...otpBeams(release), ...fixtures.map((fixture) => fixture.path)];
}

/** Fields of one file, as beam_oracle writes them. */
function describeModule(module: BeamModule, release: OtpRelease): readonly (readonly string[])[] {
  const text = (term: Term) => formatTerm(term, { mode: 'p', encoding: 'latin1', otp: release });
  const pairs = module.compileInfo.flatMap((pair) => (isTuple(pair, 2) && isAtom(pair.items[0]) ? [pair.items] : []));
  return [
    [module.name],
    [module.md5],
    module.container.chunks.map(({ id, data }) => `${id}:${data.length}`),
    module.atoms.names(),
    names(module.exports.map(({ name, arity }) => `${name}/${arity}`)),
    names(module.locals.map(({ name, arity }) => `${name}/${arity}`)),
    names(module.imports.map((row) => `${row.module}:${row.name}/${row.arity}`)),
    module.attributes.map(({ name, values }) => `${name}=${text(list(values))}`),
    pairs.map(([key, value]) => `${(key as { name: string }).name}=${text(value as Term)}`),
  ];
}

const names = (items: readonly string[]) => [...items].sort();

function parseAnswer(answer: Buffer): readonly (readonly (readonly string[])[])[] {
  const files = answer.toString('utf8').split('\x03').slice(0, -1);
  return files.map((file) =>
    file
      .split('\x01')
      .slice(0, -1)
      .map((field, at) => {
        const items = field.split('\x02').slice(0, -1);
        return at >= 4 && at <= 6 ? names(items) : items;
      }),
  );
}

const FIELDS = ['module', 'md5', 'chunks', 'atoms', 'exports', 'locals', 'imports', 'attributes', 'compile info'];

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the beams of OTP ${release}`, () => {
    it('say what beam_lib says', () => {
      const files = beamsOf(release, true);
      const answers = parseAnswer(
        runOracle(release, 'beam_oracle', 'describe', [files.map((file) => insidePath(release, file))]),
      );
      const differences = files.flatMap((file, at) => {
        const ours = describeModule(readBeam(readFileSync(file), { file }), release);
        return FIELDS.flatMap((field, index) => {
          const [left, right] = [JSON.stringify(ours[index]), JSON.stringify(answers[at]?.[index])];
          return left === right ? [] : [`${file}: ${field}: ${left.slice(0, 300)} is ${right?.slice(0, 300)}`];
        });
      });
      expect(files.length).toBeGreaterThan(1000);
      expect(answers.length).toBe(files.length);
      expect(differences).toEqual([]);
    });

    it('come back byte for byte, whole and table by table', () => {
      const differences = beamsOf(release).flatMap((file) => {
        const bytes = readFileSync(file);
        const module = readBeam(bytes, { file });
        const written = encodeContainer(module.container);
        return [
          ...(Buffer.compare(written, bytes) === 0 ? [] : [file]),
          ...tableDifferences(module).map((id) => `${file}: ${id}`),
        ];
      });
      expect(differences).toEqual([]);
    });
  });
}

describeWithOtp(25, 'a module with two chunks of one name', () => {
  it('has the one that the loader takes, the last', () => {
    const file = join(beamsFolder, DUPLICATES);
    const module = readBeam(readFileSync(file), { file });
    const answer = runOracle(25, 'beam_oracle', 'loaded_attributes', [file]).toString('utf8');
    expect(module.duplicateChunks).toEqual(['Attr', 'Twic']);
    expect(describeModule(module, 25)[7]).toEqual(answer.slice(0, -1).split('\x02').slice(0, -1));
  });
});

/** The chunks that, decoded and encoded, have other bytes than before. */
function tableDifferences(module: BeamModule): readonly string[] {
  const entries = (id: string) => encodeEntries(module.decode(id, decodeEntries) ?? []);
  const made: Readonly<Record<string, () => Uint8Array>> = {
    AtU8: () => encodeAtoms(module.atoms.names(), module.atoms.layout),
    ImpT: () => encodeImports(module.importRows),
    ExpT: () => entries('ExpT'),
    LocT: () => entries('LocT'),
    FunT: () => encodeLambdas(module.lambdas),
    Line: () => encodeLines(module.lines as NonNullable<typeof module.lines>),
    Type: () => encodeTypes(module.types as NonNullable<typeof module.types>),
  };
  return Object.entries(made).flatMap(([id, encode]) => {
    const chunk = module.chunk(id);
    return chunk === undefined || Buffer.compare(encode(), chunk.data) === 0 ? [] : [id];
  });
}
