// `diff --strict` against beam_lib:cmp_dirs/2.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { buildChunk, type Container, decodeContainer, encodeContainer } from '../../src/beam/container.js';
import { compareBuilds } from '../../src/changes/compare-builds.js';
import { readBuild } from '../../src/cli/builds.js';
import { openTerminal } from '../../src/cli/terminal.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { properList, textOf } from '../../src/term/model.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const folder = mkdtempSync('/tmp/beamtool-cmp-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Edit = (bytes: Buffer) => Uint8Array;

const edited =
  (edit: (container: Container) => Container): Edit =>
  (bytes) =>
    encodeContainer(edit(decodeContainer(bytes)));

const withByteOf = (id: string, data: (old: Uint8Array) => Uint8Array): Edit =>
  edited((container) => ({
    ...container,
    chunks: container.chunks.map((chunk) => (chunk.id === id ? buildChunk(id, data(chunk.data)) : chunk)),
  }));

const without = (id: string): Edit =>
  edited((container) => ({ ...container, chunks: container.chunks.filter((chunk) => chunk.id !== id) }));

const more = (data: Uint8Array) => Uint8Array.of(...data, 0);

/** What is done to one file after the other. */
const EDITS: readonly Edit[] = [
  (bytes) => bytes,
  (bytes) => gzipSync(bytes),
  withByteOf('CInf', more),
  withByteOf('Line', more),
  withByteOf('Dbgi', more),
  withByteOf('Attr', more),
  without('CInf'),
  without('Dbgi'),
  without('Line'),
  edited((container) => ({ ...container, chunks: container.chunks.toReversed() })),
  edited((container) => ({ ...container, chunks: [...container.chunks, buildChunk('Mine', new Uint8Array(3))] })),
  edited((container) => ({ ...container, trailing: new Uint8Array(4) })),
];

function makeFolders(release: OtpRelease): readonly [string, string] {
  const [old, now] = ['old', 'new'].map((name) => join(folder, String(release), name)) as [string, string];
  for (const path of [old, now]) mkdirSync(path, { recursive: true });
  const beams = otpBeams(release).filter((path) => /\/stdlib-[^/]*\/ebin\/[a-l]/.test(path));
  beams.slice(0, 26).forEach((path, at) => {
    const name = basename(path);
    if (at !== 24) copyFileSync(path, join(old, name));
    if (at !== 25) writeFileSync(join(now, name), (EDITS[at % EDITS.length] as Edit)(readFileSync(path)));
  });
  return [old, now];
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `strict differences of folders, OTP ${release}`, () => {
    it('are those of beam_lib:cmp_dirs/2', async () => {
      const folders = makeFolders(release);
      const answer = runOracle(
        release,
        'changes_oracle',
        'cmp_dirs',
        folders.map((path) => insidePath(release, path)),
      );
      const theirs = (properList(decodeTerm(answer)) ?? []).map((names) => (properList(names) ?? []).map(textOf));
      const terminal = openTerminal(false);
      const [old, now] = [
        await readBuild(folders[0], { keyFile: undefined }, terminal),
        await readBuild(folders[1], { keyFile: undefined }, terminal),
      ];
      const { applications } = compareBuilds(old.build, now.build, {
        isStrict: true,
        onFault: (error) => expect(error).toBeUndefined(),
      });
      const [{ removed, added, changed }] = applications as [(typeof applications)[number]];
      const files = (names: readonly string[]) => names.map((name) => `${name}.beam`);
      expect([files(removed), files(added), files(changed.map(({ module }) => module))]).toEqual(theirs);
      expect(theirs.map((names) => names.length)).toEqual([1, 1, 16]);
    });
  });
}
