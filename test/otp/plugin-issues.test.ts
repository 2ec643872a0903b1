// What lrascao/rebar3_appup_plugin documents as its limits, and what its issues tell of: where it crashed or wrote what is wrong, the appups are
// right, and systools makes a relup of them. Each case is named by the issue. "1.1" and the like is what the plugin does, without an issue.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateAppup } from '../../src/cli/commands/appup-generate.js';
import { runCommand } from '../support/run-command.js';
import { BEHAVIOURS } from './plugin-issues/behaviours.js';
import { CHANGES } from './plugin-issues/changes.js';
import { CHILDREN } from './plugin-issues/children.js';
import type { ExpectedAppup, PluginCase } from './plugin-issues/model.js';
import { readAppups } from './plugin-issues/read-appups.js';
import { describeWithOtp } from './support/erlang.js';
import { relupsOf, writePairs } from './support/release-pairs.js';

const CASES: readonly PluginCase[] = [...BEHAVIOURS, ...CHANGES, ...CHILDREN];

/** What was generated for a case. */
interface Generated {
  readonly exit: number;
  readonly warnings: readonly string[];
  readonly appups: Readonly<Record<string, ExpectedAppup>>;
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the issues of the plugin, with beams of OTP ${release}`, () => {
    let folder = '';
    const generated: Generated[] = [];
    let relups: readonly string[] = [];
    beforeAll(async () => {
      folder = mkdtempSync('/tmp/beamtool-plugin-');
      const pairs = CASES.map(({ old, now }, at) => ({ folder: join(folder, String(at)), old, now }));
      writePairs(release, pairs);
      for (const [at, { args = [] }] of CASES.entries()) {
        const root = join(folder, String(at));
        const { exit, warnings } = await runCommand(generateAppup, ...args, join(root, 'old'), join(root, 'new'));
        generated.push({ exit, warnings, appups: readAppups(join(root, 'new/lib')) });
      }
      relups = relupsOf(release, pairs);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    describe('appup generate', () => {
      it.each(CASES.map((one, at) => ({ ...one, at })))('$issue: $about', ({ at, appups, warnings = [], relup = [] }) => {
        expect(generated[at]).toEqual({ exit: 0, warnings: warnings.map((text) => expect.stringMatching(text)), appups });
        expect(relups[at]).toMatch(/^\{ok,/);
        for (const part of relup) expect(relups[at]).toContain(part);
      });
    });
  });
}
