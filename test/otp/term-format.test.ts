// formatTerm against io_lib:format of the real releases: random terms, every kind of character and float, and every attribute, compile
// info, atom and literal of the installed beams and of the fixtures.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type FormatOptions, formatTerm } from '../../src/term/format.js';
import { formatAtom } from '../../src/term/format-token.js';
import { atom, list, type Term } from '../../src/term/model.js';
import { fixtureBeams } from '../support/fixtures.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

/** The texts of each term in an answer, in their order, by what `+pc` says. */
const FORMATS = {
  unicode: [{ name: '~0tp', mode: 'p', encoding: 'unicode' }],
  latin1: [
    { name: '~0tp', mode: 'p', encoding: 'latin1' },
    { name: '~tw', mode: 'w' },
    { name: '~0p', mode: 'p', output: 'latin1' },
    { name: '~w', mode: 'w', output: 'latin1' },
  ],
} as const satisfies Record<string, readonly (FormatOptions & { readonly name: string })[]>;

/** Returns the parts of an answer, each u32 size and bytes. */
function partsOf(answer: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < answer.length; ) {
    const size = answer.readUInt32BE(at);
    parts.push(answer.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return parts;
}

function compareTexts(answer: Buffer, encoding: keyof typeof FORMATS, otp: OtpRelease) {
  const formats = FORMATS[encoding];
  const parts = partsOf(answer);
  const step = 1 + formats.length;
  const differences: string[] = [];
  for (let at = 0; at < parts.length; at += step) {
    const term = decodeTerm(parts[at] as Buffer);
    for (const [index, format] of formats.entries()) {
      const ours = formatTerm(term, { ...format, otp });
      const theirs = (parts[at + 1 + index] as Buffer).toString('utf8');
      if (ours !== theirs) differences.push(`${format.name}: ${describeDifference(ours, theirs)}`);
    }
  }
  return { terms: parts.length / step, differences: differences.slice(0, 20) };
}

/** Shows where the texts part. */
function describeDifference(ours: string, theirs: string): string {
  let at = 0;
  while (ours[at] === theirs[at]) at++;
  const from = Math.max(0, at - 100);
  return `...${ours.slice(from, at + 100)}... should be ...${theirs.slice(from, at + 100)}...`;
}

/** The terms that format_oracle:beam/1 takes from a file, each with a name. */
function termsOf(file: string): readonly (readonly [string, Term])[] {
  const module = readBeam(readFileSync(file), { file });
  // Of several chunks of one name beam_lib takes the first.
  const chunks = ['Attr', 'CInf'].flatMap((id) => {
    const chunk = module.container.chunks.find((any) => any.id === id);
    return chunk === undefined ? [] : [[id, decodeTerm(chunk.data)] as const];
  });
  const literals = module.chunk('LitT') === undefined ? [] : module.literals.terms();
  const atoms = list(module.atoms.names().map((name) => atom(name)));
  return [...chunks, ...literals.map((term, at) => [`literal ${at}`, term] as const), ['atoms', atoms]];
}

function compareBeams(release: OtpRelease) {
  const fixtures = fixtureBeams(release).filter(({ build }) => build.beamLib !== false);
  const files = [...otpBeams(release), ...fixtures.map(({ path }) => path)];
  const answer = runOracle(release, 'format_oracle', 'beams', [files.map((file) => insidePath(release, file))]);
  const differences: string[] = [];
  let at = 0;
  let terms = 0;
  let leftOut = 0;
  for (const file of files) {
    const ours = termsOf(file);
    expect([file, answer.readUInt32BE(at)]).toEqual([file, ours.length]);
    at += 4;
    for (const [name, term] of ours) {
      const hashes = answer.toString('hex', at, at + 32);
      at += 32;
      terms++;
      const hashOf = (mode: 'p' | 'w') =>
        createHash('md5')
          .update(formatTerm(term, { mode, otp: release }))
          .digest('hex');
      if (/^0+$/.test(hashes)) leftOut++;
      else if (hashOf('p') + hashOf('w') !== hashes) differences.push(`${file}: ${name}: ${formatTerm(term).slice(0, 200)}`);
    }
  }
  expect(at).toBe(answer.length);
  return { terms, leftOut, differences };
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `formatTerm and io_lib of OTP ${release}`, () => {
    it.each(['latin1', 'unicode'] as const)('agree on random terms under +pc %s', (encoding) => {
      const answer = runOracle(release, 'format_oracle', 'random', [encoding, '3000']);
      expect(compareTexts(answer, encoding, release)).toEqual({ terms: 3000, differences: [] });
    });

    it.each(['latin1', 'unicode'] as const)('agree on each kind of character, float and identifier under +pc %s', (encoding) => {
      const answer = runOracle(release, 'format_oracle', 'systematic', [encoding]);
      const { terms, differences } = compareTexts(answer, encoding, release);
      expect(differences).toEqual([]);
      expect(terms).toBeGreaterThan(7000);
    });

    it('agree on identifiers of other nodes but for the number of the node', () => {
      const parts = partsOf(runOracle(release, 'format_oracle', 'foreign'));
      for (let at = 0; at < parts.length; at += 6) {
        const [name = '', etf, theirs = ''] = [String(parts[at]), parts[at + 1] as Buffer, String(parts[at + 2])];
        expect(formatTerm(decodeTerm(etf))).toBe(theirs.replace(/<\d+\./, `<${formatAtom(name)}.`));
      }
      expect(parts.length).toBe(16 * 6);
    });

    it('agree on all attributes, compile infos, atoms and literals of the beams', () => {
      const { terms, leftOut, differences } = compareBeams(release);
      expect(differences).toEqual([]);
      expect(terms).toBeGreaterThan(35_000);
      // Only in OTP 25 large maps have no order that one could know.
      expect(leftOut).toBeLessThanOrEqual(release === 25 ? 5 : 0);
    });
  });
}
