// What `--ignore rebar3` leaves out, against what `rebar3 xref` of rebar3 3.19.0 with OTP 25 wrote of the same three modules.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithOtp, otpEbins, repository, runCommand } from './support/erlang.js';

const command = fileURLToPath(new URL('../../bin/beamtool.js', import.meta.url));

/** By analysis; rebar3 checks these six. */
const REBAR3 = {
  undefined_function_calls: ['ig1:user/0 -> ig2:hidden/0', 'ig1:user/0 -> nomod:gone2/1', 'ig2:unused2/0 -> nomod2:x/0'],
  undefined_functions: ['ig1:nothing/0', 'ig2:hidden/0', 'nomod:gone2/1', 'nomod2:x/0'],
  locals_not_used: ['ig2:hidden/0'],
  exports_not_used: ['ig1:other/0', 'ig1:user/0', 'ig2:unused2/0'],
  deprecated_function_calls: ['ig2:unused2/0 -> ig3:y/0'],
  deprecated_functions: [],
};

describeWithOtp(25, 'what rebar3 leaves out', () => {
  const folder = mkdtempSync('/tmp/beamtool-rebar3-');
  beforeAll(() => {
    const files = ['ig1', 'ig2', 'ig3'].map((name) => join(repository, 'test/otp/xref-sources', `${name}.erl`));
    runCommand(25, ['erlc', '+nowarn', '+debug_info', '-o', folder, ...files]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is left out', () => {
    const library = otpEbins(25).filter((ebin) => /\/stdlib-[^/]*\/ebin$/.test(ebin));
    const args = [
      'xref',
      folder,
      '--format',
      'json',
      '--ignore',
      'rebar3',
      ...library.flatMap((ebin) => ['--library-path', ebin]),
    ];
    const { stdout, stderr, status } = spawnSync('node', [command, ...args], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    interface Row {
      readonly analysis: string;
      readonly findings: readonly { readonly from?: string; readonly to?: string; readonly function?: string }[];
    }
    const rows = (JSON.parse(stdout) as { readonly analyses: readonly Row[] }).analyses.map(({ analysis, findings }) => [
      analysis,
      findings.map((finding) => finding.function ?? `${finding.from} -> ${finding.to}`),
    ]);
    expect(Object.fromEntries(rows)).toEqual(REBAR3);
  });
});
