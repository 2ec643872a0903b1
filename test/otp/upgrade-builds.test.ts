// Releases as rebar3 and mix build them: our tar has all that theirs has, and a node that was started by rebar3's own start script installs what
// `upgrade` made, and goes back.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOnPath, runIn, writeProject } from './support/build-tools.js';
import { describeWithOtp } from './support/erlang.js';

const home = mkdtempSync('/tmp/beamtool-upgrades-');
afterAll(() => rmSync(home, { recursive: true, force: true }));

const OLD = '{count = 0, name}';
const NEW = '{name, log = [], count = 0}';

const members = (tar: string): readonly string[] =>
  spawnSync('tar', ['-tzf', tar], { encoding: 'utf8' })
    .stdout.trimEnd()
    .split('\n')
    .map((name) => name.replace(/^\.\//, ''))
    .filter((name) => !name.endsWith('/'))
    .sort();

const beyond = (left: readonly string[], right: readonly string[]) => left.filter((name) => !right.includes(name));

describeWithOtp(25, 'releases of build tools', () => {
  describe.skipIf(!isOnPath('rebar3'))('of rebar3', () => {
    const root = join(home, 'rebar');
    const rel = '_build/default/rel/shop';
    const run = (...command: readonly string[]) => runIn(root, home, command);

    beforeAll(() => {
      for (const [vsn, state] of [
        ['1', OLD],
        ['2', NEW],
      ] as const) {
        const release = `{release, {shop, "${vsn}"}, [shop, sasl]}, {mode, prod}, {debug_info, keep}`;
        writeProject(root, state, {
          'rebar.config': `{erl_opts, [debug_info]}.\n{relx, [${release}, {sys_config, "sys.config"}, {vm_args, "vm.args"}]}.\n`,
          'src/shop.app.src': `{application, shop, [{vsn, "${vsn}.0.0"}, {applications, [kernel, stdlib]}, {mod, {shop_app, []}}]}.`,
          'sys.config': '[].\n',
          'vm.args': `-name beamtool_upgrade_${process.pid}@127.0.0.1\n-setcookie secret\n`,
        });
        expect(run('rebar3', 'tar')).toMatch(/exit code 0\n$/);
      }
    });

    it.each(['1', '2'])(
      '%s: the tar has what rebar3 packs, a .rel under one more name, and the script of the boot file',
      (vsn) => {
        expect(run('beamtool', 'tar', '--rel', `${rel}/releases/${vsn}`, '--output', '.')).toMatch(/exit code 0\n$/);
        const [ours, theirs] = [members(join(root, `shop-${vsn}.tar.gz`)), members(join(root, rel, `shop-${vsn}.tar.gz`))];
        // The folder has start scripts of both by now.
        expect(beyond(theirs, ours)).toEqual([]);
        expect(beyond(ours, theirs).filter((name) => name !== 'bin/shop-2')).toEqual([
          `releases/${vsn}/start.script`,
          `releases/shop-${vsn}.rel`,
        ]);
      },
    );

    it('are upgraded and downgraded by their own start script', async () => {
      const made = run('beamtool', 'upgrade', `${rel}/releases/1`, rel, '--output', 'out');
      expect(made).toMatch(/^ {2}up from 1: 6 instructions$/m);
      expect(made).toMatch(/written\nexit code 0\n$/);
      const node = join(home, 'node');
      mkdirSync(join(node, 'releases'), { recursive: true });
      spawnSync('tar', ['-xzf', join(root, rel, 'shop-1.tar.gz'), '-C', node]);
      copyFileSync(join(root, 'out/shop-2.tar.gz'), join(node, 'releases/shop-2.tar.gz'));
      expect(await drive(node)).toEqual([
        '{state, 1, shop}',
        'Made release permanent: "2"',
        '{state, shop, [], 1}',
        'Made release permanent: "1"',
        '{state, 1, shop}',
      ]);
    });

    it('say of dev mode that the older release is gone', () => {
      writeFileSync(
        join(root, 'rebar.config'),
        readFileSync(join(root, 'rebar.config'), 'utf8').replace('{mode, prod}', '{mode, dev}'),
      );
      rmSync(join(root, rel), { recursive: true });
      for (const vsn of ['3', '4']) {
        for (const file of ['rebar.config', 'src/shop.app.src']) {
          const path = join(root, file);
          writeFileSync(path, readFileSync(path, 'utf8').replace(/"\d(\.0\.0)?"/, `"${vsn}$1"`));
        }
        expect(run('rebar3', 'release')).toMatch(/exit code 0\n$/);
      }
      expect(run('beamtool', 'upgrade', `${rel}/releases/3`, rel, '--dry-run')).toMatch(
        /^beamtool: the \.app of shop: version 3\.0\.0 isn't on the path; .*shop-3\.0\.0\/ebin\/shop\.app has 4\.0\.0.*\nexit code 1\n$/,
      );
    });
  });

  it.skipIf(!isOnPath('mix'))('of mix: the tar has what mix packs, and what release_handler has no part in is said', () => {
    const root = join(home, 'mix');
    const rel = '_build/prod/rel/shop';
    for (const [vsn, state] of [
      ['1.0.0', OLD],
      ['2.0.0', NEW],
    ] as const) {
      writeProject(root, state, {
        'mix.exs': `
          defmodule Shop.MixProject do
            use Mix.Project
            def project do
              [app: :shop, version: "${vsn}", erlc_options: [:debug_info], releases: [shop: [strip_beams: false, steps: [:assemble, :tar]]]]
            end
            def application, do: [mod: {:shop_app, []}, extra_applications: [:sasl]]
          end`,
        'config/runtime.exs': 'import Config\n',
      });
      expect(runIn(root, home, ['mix', 'release'], { MIX_ENV: 'prod' })).toMatch(/exit code 0\n$/);
    }
    const run = (...command: readonly string[]) => runIn(root, home, ['beamtool', ...command]);
    expect(run('tar', '--rel', rel, '--output', '.')).toMatch(
      /warning: .*runtime\.exs is evaluated when the node boots only.*exit code 0\n$/s,
    );
    const [ours, theirs] = [members(join(root, 'shop-2.0.0.tar.gz')), members(join(root, '_build/prod/shop-2.0.0.tar.gz'))];
    // Programs of development, which systools leaves out as well, and appups, which it packs since OTP 29.
    expect(beyond(theirs, ours).filter((name) => !/^erts-|\.appup$/.test(name))).toEqual([]);
    expect(beyond(ours, theirs)).toEqual(['releases/RELEASES', 'releases/shop-2.0.0.rel', 'releases/shop.rel']);
    const planned = run('upgrade', `${rel}/releases/1.0.0`, rel, '--dry-run');
    expect(planned).toMatch(/^ {2}up from 1\.0\.0: 6 instructions$/m);
    expect(planned).toMatch(/warning: there is no RELEASES in .*can't go back to 1\.0\.0/);
    expect(run('releases', '--rel', `${rel}/releases/1.0.0`)).toMatch(/RELEASES: shop 1\.0\.0, \d+ applications\nexit code 0\n$/);
    expect(readFileSync(join(root, rel, 'releases/RELEASES'), 'utf8')).toMatch(
      /^%% coding: utf-8\n\[\{release,"shop","1\.0\.0",/,
    );
    expect(run('upgrade', `${rel}/releases/1.0.0`, rel, '--dry-run')).not.toMatch(/there is no RELEASES/);
  });
});

/** Starts the node in the foreground, lets its start script do one thing after the other, and returns what these say of the state. */
async function drive(node: string): Promise<readonly string[]> {
  // A port mapper of its own, which ends with the node's.
  const env = { ...process.env, HOME: home, ERL_EPMD_PORT: '24369', ERL_EPMD_ADDRESS: '127.0.0.1' };
  const script = (...args: readonly string[]) =>
    spawnSync(join(node, 'bin/shop'), args, { cwd: node, env, encoding: 'utf8', timeout: 60_000 }).stdout;
  const running = spawn(join(node, 'bin/shop'), ['foreground'], { cwd: node, env, stdio: 'ignore' });
  try {
    for (let tries = 0; tries < 60 && !script('ping').includes('pong'); tries++)
      await new Promise((wait) => setTimeout(wait, 500));
    script('eval', 'gen_server:call(shop_srv, count).');
    const pid = script('eval', 'whereis(shop_srv).');
    const state = () => script('eval', 'sys:get_state(shop_srv).').trim();
    const seen = [state()];
    seen.push(script('upgrade', '2').trimEnd().split('\n').at(-1) ?? '', state());
    seen.push(script('downgrade', '1').trimEnd().split('\n').at(-1) ?? '', state());
    expect(script('eval', 'whereis(shop_srv).')).toBe(pid);
    return seen;
  } finally {
    script('stop');
    if (!existsSync('/proc') || running.exitCode === null) running.kill();
    spawnSync('epmd', ['-kill'], { env });
  }
}
