// The recipes of the README: `beamtool inject-migration` as a hook of rebar3's tar and as a step of a mix release. What counts is the beam in the
// package, stripped as these tools strip it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isOnPath, runIn, writeProject } from './support/build-tools.js';
import { describeWithOtp, runCommand, runErlang } from './support/erlang.js';

const scratch = mkdtempSync('/tmp/beamtool-builds-');
afterAll(() => rmSync(scratch, { recursive: true }));

/** Writes a project with the server of that state, and the files that its build tool wants. */
function project(name: string, state: string, files: Readonly<Record<string, string>>): string {
  const root = join(scratch, name);
  writeProject(root, state, files);
  return root;
}

const build = (root: string, command: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runIn(root, scratch, command, env);

/** Unpacks a release and asks its server to convert an older state. */
function convertedBy(archive: string, state: string): string {
  const folder = mkdtempSync(join(scratch, 'unpacked-'));
  runCommand(25, ['tar', '-xzf', archive, '-C', folder]);
  const load = `{module, _} = code:load_abs("${folder}/lib/shop-2.0.0/ebin/shop_srv")`;
  return String(runErlang(25, { eval: `${load}, io:format("~p", [shop_srv:code_change(1, ${state}, [])])` }));
}

const OLD = '{count = 0, name}';
const NEW = '{name, log = [], count = 0}';

describeWithOtp(25, 'inject-migration in a build', () => {
  it.skipIf(!isOnPath('rebar3'))('is a hook before rebar3 makes the tar', () => {
    const config = (vsn: string, hooks = '') =>
      `{erl_opts, [debug_info]}.\n{relx, [{release, {shop, "${vsn}"}, [shop, sasl]}, {mode, prod}]}.\n${hooks}`;
    const app = (vsn: string) =>
      `{application, shop, [{vsn, "${vsn}"}, {applications, [kernel, stdlib]}, {mod, {shop_app, []}}]}.`;
    const first = project('rebar-1', OLD, { 'rebar.config': config('1'), 'src/shop.app.src': app('1.0.0') });
    expect(build(first, ['rebar3', 'tar'])).toMatch(/exit code 0\n$/);
    const command = `beamtool inject-migration --from ${first}/_build/default/lib $REBAR_BUILD_DIR/lib/*/ebin`;
    const hooks = `{pre_hooks, [{tar, "${command}"}]}.\n`;
    const second = project('rebar-2', NEW, { 'rebar.config': config('2', hooks), 'src/shop.app.src': app('2.0.0') });
    const output = build(second, ['rebar3', 'tar']);
    expect(output).toMatch(/^injected into 1 module, 3 modules read$/m);
    expect(output).toMatch(/exit code 0\n$/);
    const archive = join(second, '_build/default/rel/shop/shop-2.tar.gz');
    expect(convertedBy(archive, '{state, 5, me}')).toBe('{ok,{state,me,[],5}}');
    expect(build(second, ['rebar3', 'tar'])).toMatch(/^injected into 0 modules, 1 injected already, 3 modules read$/m);
    expect(convertedBy(archive, '{state, 5, me}')).toBe('{ok,{state,me,[],5}}');
    // A refusal ends the build.
    writeFileSync(join(second, 'rebar.config'), config('2', hooks.replace('--from', '--callback nothing --from')));
    expect(build(second, ['rebar3', 'tar'])).toMatch(/refused: .*exit code 1\n$/s);
  });

  it.skipIf(!isOnPath('mix'))('is a step of a mix release, between :assemble and :tar', () => {
    const mixfile = (vsn: string, step: string, code: string) => `
      defmodule Shop.MixProject do
        use Mix.Project
        def project do
          [app: :shop, version: "${vsn}", erlc_options: [:debug_info], releases: [shop: [steps: [:assemble, ${step}:tar]]]]
        end
        def application, do: [mod: {:shop_app, []}, extra_applications: [:sasl]]
        ${code}
      end`;
    const environment = { MIX_ENV: 'prod' };
    const first = project('mix-1', OLD, { 'mix.exs': mixfile('1.0.0', '', '') });
    expect(build(first, ['mix', 'release'], environment)).toMatch(/exit code 0\n$/);
    const code = `
      defp inject_migration(release) do
        arguments = ["inject-migration", "--from", "${first}/_build/prod/lib", "--debug-info", Mix.Project.build_path() <> "/lib", release.path]
        {_, 0} = System.cmd("beamtool", arguments, into: IO.stream())
        release
      end`;
    const second = project('mix-2', NEW, { 'mix.exs': mixfile('2.0.0', '&inject_migration/1, ', code) });
    const output = build(second, ['mix', 'release'], environment);
    expect(output).toMatch(/^injected into 1 module, \d+ modules read$/m);
    expect(output).toMatch(/exit code 0\n$/);
    expect(convertedBy(join(second, '_build/prod/shop-2.0.0.tar.gz'), '{state, 5, me}')).toBe('{ok,{state,me,[],5}}');
  });
});
