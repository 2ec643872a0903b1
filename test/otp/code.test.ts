// Bytecode against the compiler's own tables and beam_disasm, on every beam of the installed releases and on the fixtures; and on made
// modules with every opcode, every kind of operand and every entry of a type table, most of which no compiler writes any more.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { TypeEntry } from '../../src/beam/chunks/types.js';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { assemble } from '../../src/code/assemble.js';
import { beamDisasm } from '../../src/code/beam-disasm.js';
import { disassembleModule } from '../../src/code/disassemble.js';
import { OPCODES, type Opcode } from '../../src/code/opcodes.js';
import { CodeScanner } from '../../src/code/scanner.js';
import { validateCode } from '../../src/code/validate.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { madeModule, make, o } from '../code/made-module.js';
import { sampleInstructions } from '../code/sample-instructions.js';
import { fixtureBeams } from '../support/fixtures.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

/** For the tests of all beams, which take half a minute each where nothing else runs. */
const LONG = { timeout: 600_000 };

/** Modules that one call of the oracle is asked about: more would need memory, fewer time. */
const BATCH = 400;

function readModule(path: string): BeamModule {
  return readBeam(readFileSync(path), { file: path });
}

/** Asks beam_disasm about modules that `disasm` makes terms of; returns the lines of code_oracle:differences/2. */
function differences<T>(
  release: OtpRelease,
  items: readonly T[],
  input: (item: T) => string | Uint8Array,
  disasm: (item: T) => Uint8Array,
): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < items.length; at += BATCH) {
    const batch = items.slice(at, at + BATCH);
    const answer = runOracle(release, 'code_oracle', 'differences', [batch.map(input), batch.map(disasm)]);
    lines.push(...answer.toString('utf8').split('\n').slice(0, -1));
  }
  expect(lines).toHaveLength(items.length);
  return lines;
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the bytecode of OTP ${release}`, () => {
    const beams = [...otpBeams(release), ...fixtureBeams(release).map(({ path }) => path)];

    it('is assembled to the bytes that it was disassembled from, and has no faults', LONG, () => {
      const wrong = beams.flatMap((path) => {
        const module = readModule(path);
        const code = disassembleModule(module);
        const same = Buffer.compare(assemble(code), module.reader('Code').data) === 0;
        const instructions = code.functions.flatMap((body) => body.instructions);
        const scanned = scan(module);
        const isSeen = instructions.every(({ offset }, at) => scanned[at] === offset) && scanned.length === instructions.length;
        return same && isSeen && validateCode(module).length === 0 ? [] : [path];
      });
      expect(wrong).toEqual([]);
      expect(beams.length).toBeGreaterThan(1000);
    });

    it('is shown as beam_disasm shows it', LONG, () => {
      // Of chunks that stand twice beam_lib takes the first and we, like the loader, the last.
      const plain = beams.filter((path) => readModule(path).duplicateChunks.length === 0);
      const lines = differences(
        release,
        plain,
        (path) => insidePath(release, path),
        (path) => encodeTerm(beamDisasm(readModule(path))),
      );
      expect(plain.flatMap((path, at) => (lines[at] === '=' ? [] : [`${path}: ${lines[at]}`]))).toEqual([]);
      expect(plain.length).toBeGreaterThan(1000);
    });

    it('has the opcodes that the compiler knows', () => {
      const known = runOracle(release, 'code_oracle', 'opcodes').toString().trim().split('\n');
      expect(
        OPCODES.filter(({ since }) => since <= release).map(({ number, name, arity }) => `${number} ${name} ${arity}`),
      ).toEqual(known);
    });

    it('that no compiler writes is shown as beam_disasm shows it', () => {
      // One module for each: beam_disasm refuses a whole module for one instruction.
      const cases = OPCODES.filter(isShown(release)).flatMap(sampleInstructions);
      const modules = cases.map((instruction) => madeModule({ body: [instruction], types: smallTypes(release) }));
      const lines = differences(
        release,
        modules,
        (bytes) => bytes,
        (bytes) => encodeTerm(beamDisasm(readBeam(bytes), { otp: release })),
      );
      const unequal = cases.flatMap(({ name }, at) => (lines[at] === '=' ? [] : [`${name}: ${lines[at]}`]));
      expect(unequal).toEqual([]);
      expect(cases.length).toBeGreaterThan(700);
    });

    it('has types that are shown as beam_disasm shows them', () => {
      const types = manyTypes(release);
      const body = types.entries.map((_, type) => make('badmatch', o.typed(o.x(0), type)));
      const bytes = madeModule({ body, types });
      const term = encodeTerm(beamDisasm(readBeam(bytes), { otp: release }));
      expect(
        differences(
          release,
          [bytes],
          (module) => module,
          () => term,
        ),
      ).toEqual(['=']);
    });
  });
}

function scan(module: BeamModule): readonly number[] {
  const scanner = new CodeScanner(module.reader('Code'));
  const offsets: number[] = [];
  while (scanner.next()) offsets.push(scanner.offset);
  return offsets;
}

/** Tells whether beam_disasm of a release reads the opcode, and a body may have it: the frame of made-module.ts has the others. */
const isShown = (release: OtpRelease) => (opcode: Opcode) =>
  opcode.since <= release && opcode.refusedFrom !== 22 && !['func_info', 'int_code_end'].includes(opcode.name);

/** The version of the type table that a release writes, how many bits of an entry are members, and the flags that follow them. */
const TYPE_VERSIONS = {
  25: { version: 1, members: 13, flags: 0 },
  27: { version: 3, members: 12, flags: 3 },
  29: { version: 4, members: 13, flags: 3 },
};

/** The table of any and integer. */
function smallTypes(release: OtpRelease) {
  const { version, members } = TYPE_VERSIONS[release];
  return { version, entries: [{ bits: 2 ** members - 1 }, { bits: release === 25 ? 0x40 : 0x20 }] };
}

/** The table of all unions, with bounds and unit in turn. */
function manyTypes(release: OtpRelease) {
  const { version, members, flags } = TYPE_VERSIONS[release];
  const entries = Array.from({ length: 2 ** members - 1 }, (_, at): TypeEntry => {
    const flagged = flags === 0 ? 0 : at % 8;
    const hasBounds = flags === 0 && at % 2 === 0;
    return {
      bits: (at + 1) | (flagged << members),
      ...((hasBounds || (flagged & 1) !== 0) && { lower: -7n }),
      ...((hasBounds || (flagged & 2) !== 0) && { upper: 77n }),
      ...((flagged & 4) !== 0 && { unit: 8 }),
    };
  });
  return { version, entries };
}
