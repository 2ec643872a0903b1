// Supervisors of every manner of writing: what their code tells is what the real supervisor has, with its children started.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { readChildren, readSupervisorName } from '../../src/changes/children/read-children.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isAtom, isBinary, isTuple, properList, type Term, tuple } from '../../src/term/model.js';
import { differences, realFrom } from './support/children.js';
import { describeWithOtp, type OtpRelease } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { SUPERVISORS, sourceOf } from './support/supervisor-sources.js';

const folder = mkdtempSync('/tmp/beamtool-children-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compileAll(release: OtpRelease): readonly Uint8Array[] {
  const asked = SUPERVISORS.map((one, at) => [join(folder, String(release), String(at)), sourceOf(one), '[debug_info]']);
  const beams = properList(decodeTerm(runOracle(release, 'changes_oracle', 'compile', [asked]))) ?? [];
  return beams.map((beam) => (isBinary(beam) ? new Uint8Array(beam.bytes) : new Uint8Array(0)));
}

interface Found {
  readonly name: string;
  readonly extent: 'all' | 'some';
  readonly differences: readonly string[];
  readonly isNameRight: boolean;
}

function look(beam: Uint8Array, at: number, answer: Term | undefined): Found {
  const [name] = SUPERVISORS[at] as (typeof SUPERVISORS)[number];
  const module = readBeam(beam);
  const read = readChildren(module);
  const registered = readSupervisorName(module);
  if (!isTuple(answer, 4)) return { name, extent: 'some', differences: ['not started'], isNameRight: false };
  const real = realFrom(tuple(...answer.items.slice(0, 3)));
  const [, , , realName] = answer.items;
  return {
    name,
    extent: read.kind === 'known' ? 'all' : 'some',
    differences: differences(read, real),
    isNameRight: registered.kind === 'unknown' || isAtom(realName, registered.name),
  };
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `supervisors compiled by OTP ${release}`, () => {
    it('have the children, flags and name that their code tells', () => {
      const beams = compileAll(release);
      const answers = properList(decodeTerm(runOracle(release, 'children_oracle', 'start', [beams]))) ?? [];
      const found = beams.map((beam, at) => look(beam, at, answers[at]));
      expect(found).toEqual(SUPERVISORS.map(([name, , extent]) => ({ name, extent, differences: [], isNameRight: true })));
    });
  });
}
