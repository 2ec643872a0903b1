// decodeTerm and encodeTerm against the real releases: random terms with each option of term_to_binary, and every term chunk and literal
// of the installed beams, which must come back as the bytes they were.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type EncodeTermOptions, encodeTerm } from '../../src/term/etf-encode.js';
import { describeWithOtp, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const KINDS = ['numbers', 'identifiers', 'containers', 'repetitive', 'all'] as const;

/** As term_oracle:encodings/2 has them: no options, compressed, minor versions 1 and 2, deterministic. */
function optionsOf(release: OtpRelease): readonly EncodeTermOptions[] {
  const old = release <= 25;
  const ports = old ? 'narrow' : 'wide';
  const atoms = old ? 'latin1' : 'utf8';
  return [
    { atoms },
    { atoms, compressed: true },
    { atoms: 'latin1', ports },
    { atoms: 'utf8', ports },
    { atoms, mapOrder: 'deterministic' },
  ];
}

function sizedParts(answer: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < answer.length; ) {
    const size = answer.readUInt32BE(at);
    parts.push(answer.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return parts;
}

/** A map of over 32 keys stands in the order of its hashes, which is kept; the deterministic one comes from that one. */
function differencesOf(release: OtpRelease, kind: string, count: number): readonly string[] {
  const options = optionsOf(release);
  const parts = sizedParts(runOracle(release, 'term_oracle', 'encodings', [kind, String(count)]));
  expect(parts.length).toBe(count * options.length);
  const differences: string[] = [];
  for (const [index, expected] of parts.entries()) {
    const option = options[index % options.length] as EncodeTermOptions;
    const source = parts[option.mapOrder === 'deterministic' ? index - (index % options.length) : index] as Buffer;
    const ours = Buffer.from(encodeTerm(decodeTerm(source), option));
    if (!ours.equals(expected))
      differences.push(`${JSON.stringify(option)}: ${ours.toString('hex')} is ${expected.toString('hex')}`);
  }
  return differences.slice(0, 10);
}

/** What was compared, and what differed. */
interface Tally {
  readonly counts: Record<string, number>;
  readonly differences: string[];
}

function compareChunk(tally: Tally, file: string, id: string, bytes: Uint8Array, options: EncodeTermOptions): void {
  tally.counts[id] = (tally.counts[id] ?? 0) + 1;
  const ours = encodeTerm(decodeTerm(bytes), options);
  if (Buffer.compare(ours, bytes) !== 0) tally.differences.push(`${file}: ${id} ${ours.length} is ${bytes.length}`);
}

/**
 * Erlang's own Docs of OTP 27 aren't compressed; Elixir's always are, and Erlang's are from 28 on. Of prim_eval, which is compiled from
 * assembly, no release compresses the debug info.
 */
function compresses(id: string, release: OtpRelease, { name }: BeamModule): boolean {
  if (id === 'Docs' && release === 27) return name.startsWith('Elixir.') || name.startsWith('elixir');
  return (id === 'Dbgi' && name !== 'prim_eval') || id === 'Docs';
}

function compareBeam(tally: Tally, release: OtpRelease, file: string): void {
  const module = readBeam(readFileSync(file), { file });
  const atoms = release <= 25 ? 'latin1' : 'utf8';
  for (const id of ['Attr', 'CInf', 'Meta', 'ExCk', 'Dbgi', 'Docs']) {
    const chunk = module.chunk(id);
    if (chunk === undefined || chunk.data.length === 0) continue;
    compareChunk(tally, file, id, chunk.data, { atoms, compressed: compresses(id, release, module) });
  }
  if (module.chunk('LitT') === undefined) return;
  const literals = module.literals;
  for (let index = 0; index < literals.count; index++) {
    compareChunk(tally, file, 'LitT', literals.bytes(index), { atoms: 'utf8', mapOrder: 'deterministic' });
  }
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `encodeTerm and OTP ${release}`, () => {
    it.each(KINDS)('agree on random %s', (kind) => {
      expect(differencesOf(release, kind, 1000)).toEqual([]);
    });

    it('agree on every term of every beam', { timeout: 600_000 }, () => {
      const tally: Tally = { counts: {}, differences: [] };
      const files = otpBeams(release);
      for (const file of files) compareBeam(tally, release, file);
      expect(tally.differences).toEqual([]);
      expect(tally.counts).toMatchObject({ Attr: files.length, CInf: files.length, Dbgi: files.length });
      expect(tally.counts.LitT).toBeGreaterThan(files.length * 20);
      expect(tally.counts.Docs).toBeGreaterThan(100);
      expect(tally.counts.ExCk).toBeGreaterThan(100);
    });
  });
}
