// Real nodes, upgraded and downgraded by release_handler: with our injection into modules that know nothing of the change, every state is what
// a migration that was written by hand makes of it, in the same processes. What no injection can mend is said when it is made.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithOtp, type OtpRelease, repository } from './support/erlang.js';
import { type OracleArgument, runOracle } from './support/oracle.js';

const sources = join(repository, 'test/otp/e2e');
const command = join(repository, 'bin/beamtool.js');

type Sources = Readonly<Record<string, string>>;

function sourceOf(version: string, name: string): string {
  return readFileSync(join(sources, version, `${name}.erl`), 'utf8');
}

function changed(version: string, name: string, ...changes: readonly (readonly [RegExp, string])[]): Sources {
  const text = changes.reduce(
    (before, [from, to]) => {
      if (!from.test(before)) throw new Error(`${name} has no ${from}`);
      return before.replace(from, to);
    },
    sourceOf(version, name),
  );
  return { [`${name}.erl`]: text };
}

/** Builds by name: which version's sources, and what is other in them. */
const BUILDS: Readonly<Record<string, readonly [version: string, others: Sources]>> = {
  v1: ['v1', {}],
  manual: [
    'v2',
    Object.fromEntries(
      readdirSync(join(sources, 'manual')).map((file) => [file, readFileSync(join(sources, 'manual', file), 'utf8')]),
    ),
  ],
  naive: ['v2', {}],
  injected: ['v2', {}],
  missing: [
    'v2',
    {
      ...changed('v2', 'cnt_srv', [/, code_change\/3/, ''], [/^code_change.*$/m, '']),
      ...changed('v2', 'cnt_fsm', [/, code_change\/4/, ''], [/^code_change.*$/m, '']),
      ...changed('v2', 'cnt_evt', [/, code_change\/3/, ''], [/^code_change.*$/m, '']),
    },
  ],
  answersError: ['v2', changed('v2', 'cnt_srv', [/^code_change.*$/m, 'code_change(_, _, _) -> {error, my_reason}.'])],
  crashes: ['v2', changed('v2', 'cnt_srv', [/^code_change.*$/m, 'code_change(_, _, _) -> error(boom).'])],
  otherModules: ['v2', changed('v2', 'cnt_sup', [/(start => \{cnt_srv, start_link, \[\]\})/, '$1, modules => [other]'])],
  otherModulesBefore: ['v1', changed('v1', 'cnt_sup', [/(start => \{cnt_srv, start_link, \[\]\})/, '$1, modules => [other]'])],
  otherMode: [
    'v2',
    changed(
      'v2',
      'cnt_fsm',
      [/handle_event_function/, 'state_functions'],
      [/handle_event\/4/, 'idle/3'],
      [/^handle_event[\s\S]*keep_state_and_data\.$/m, 'idle(_, _, _) -> keep_state_and_data.'],
    ),
  ],
};

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `nodes of OTP ${release}`, () => {
    // Not os.tmpdir(): see support/oracle.ts.
    const folder = mkdtempSync('/tmp/beamtool-upgrade-');
    const ebin = (build: string): string => join(folder, build);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    beforeAll(() => compileBuilds(release, folder));

    describe('upgraded and downgraded', () => {
      let seen: Readonly<Record<string, readonly string[]>> = {};
      beforeAll(() => {
        inject(ebin('v1'), ebin('injected'));
        inject(ebin('v1'), ebin('missing'));
        seen = upgrade(release, folder, ['manual', 'naive', 'injected', 'missing']);
      });

      it('by hand go through the states that the sources say', () => {
        expect(seen.manual).toEqual(BY_HAND);
      });

      it('without injection lose their states', () => {
        expect(seen.naive?.[0]).toMatch(/^failed .*badrecord,\{state,3,<<"v1">>\}/);
      });

      it('with an injection go through the same states', () => {
        expect(seen.injected).toEqual(seen.manual);
      });

      it('with an injection and no code_change of their own go through the same states', () => {
        expect(seen.missing).toEqual(seen.manual);
      });
    });

    describe('that could not be upgraded: the command says', () => {
      it.each([
        [
          'that code_change answers an error',
          'v1',
          'answersError',
          [/^cnt_srv:code_change\/3 never .* the upgrade/, /the downgrade fails/],
        ],
        ['that code_change crashes', 'v1', 'crashes', [/^cnt_srv:code_change\/3 never .* the upgrade/, /the downgrade fails/]],
        ['that a child is not found', 'otherModulesBefore', 'otherModules', [/^cnt_sup .* cnt_srv .* \[other\].* up,/, / down,/]],
        ['that it was not found before', 'otherModulesBefore', 'naive', [/^cnt_sup .* cnt_srv .* \[other\].* up,/]],
        ['that callback_mode is another', 'v1', 'otherMode', [/^cnt_fsm:callback_mode\/0 answers state_functions/]],
        ['nothing where nothing is wrong', 'v1', 'naive', []],
      ])('%s', (_, from, to, texts) => {
        expect(warnings(ebin(from), ebin(to))).toEqual(texts.map((text) => expect.stringMatching(text)));
      });
    });
  });
}

const BY_HAND = [
  ...['before srv {state,3,<<"v1">>}', 'before fsm {idle,{data,1}}', 'before evt {evt,1}', 'before answers {3,{idle,{data,1}}}'],
  ...[
    'up srv {state,<<"v1">>,[],3,100}',
    'up fsm {idle,{data,x,1}}',
    'up evt {evt,new,1}',
    'up answers {{3,100},{v2,idle,{data,x,1}}}',
  ],
  ...[
    'used srv {state,<<"v1">>,[],13,100}',
    'used fsm {idle,{data,x,1}}',
    'used evt {evt,new,2}',
    'used answers {{13,100},{v2,idle,{data,x,1}}}',
  ],
  ...['down srv {state,13,<<"v1">>}', 'down fsm {idle,{data,1}}', 'down evt {evt,2}', 'down answers {13,{idle,{data,1}}}'],
  ...[
    'used again srv {state,14,<<"v1">>}',
    'used again fsm {idle,{data,1}}',
    'used again evt {evt,2}',
    'used again answers {14,{idle,{data,1}}}',
  ],
  'same processes true',
];

function compileBuilds(release: OtpRelease, folder: string): void {
  const builds = Object.entries(BUILDS).map(([build, [version, others]]): OracleArgument => {
    return [join(sources, version), Object.entries(others), join(folder, build)];
  });
  runOracle(release, 'release_oracle', 'compile', [builds]);
}

function inject(from: string, to: string): void {
  const { status, stdout, stderr } = spawnSync('node', [command, 'inject-migration', '--from', from, to], { encoding: 'utf8' });
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
}

/** Those of all modules. */
function warnings(from: string, to: string): readonly string[] {
  const args = ['inject-migration', '--dry-run', '--format', 'json', '--from', from, to];
  const { stdout } = spawnSync('node', [command, ...args], { encoding: 'utf8' });
  const { modules } = JSON.parse(stdout) as {
    readonly modules: readonly { readonly warnings: readonly { readonly text: string }[] }[];
  };
  return modules.flatMap((module) => module.warnings.map(({ text }) => text));
}

function upgrade(release: OtpRelease, folder: string, builds: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const releases = builds.map((build) => [join(folder, 'v1'), join(folder, build), join(folder, `${build}-release`)]);
  const seen = runOracle(release, 'release_oracle', 'upgrade', [releases]).toString('utf8').split('\0');
  return Object.fromEntries(builds.map((build, at) => [build, (seen[at] ?? '').split('\n').slice(0, -1)]));
}
