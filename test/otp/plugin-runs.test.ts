// The plugin's issues that take more than one run to see: the second release, entries that are there already, scripts and templates that a
// person writes, and what is injected. See plugin-issues.test.ts.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileAppups } from '../../src/cli/commands/appup-compile.js';
import { generateAppup } from '../../src/cli/commands/appup-generate.js';
import { injectMigration } from '../../src/cli/commands/inject-migration.js';
import { UsageError } from '../../src/errors.js';
import { runCommand } from '../support/run-command.js';
import { readEntries } from './plugin-issues/read-appups.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { writePairs } from './support/release-pairs.js';

const F = (n: number) => `-export([f/0]). f() -> ${n}.`;
const LOAD = '{load_module,m,[]}';

const server = (fields: string, codeChange: string) => `-behaviour(gen_server). -state_record(s).
  -export([init/1, handle_call/3, handle_cast/2, code_change/3]). -record(s, {${fields}}).
  init(_) -> {ok, #s{}}. handle_call(_, _, S) -> {reply, S, S}. handle_cast(_, S) -> {noreply, S}.
  ${codeChange}`;

/** Clauses of code_change that the plugin crashes on or rewrites wrongly; each answers with what it was given. */
const CLAUSES = `code_change({down, V}, S, E) when V =/= none -> {ok, {downward, V, S, E}};
  code_change(V, {s, _, _, _} = S, E) when is_atom(E) -> {ok, {guarded, V, S, E}};
  code_change(V, S, E) -> {ok, {plain, V, S, E}}.`;

describeWithOtp(25, 'the issues of the plugin', () => {
  let folder = '';
  const at = (...names: readonly string[]) => join(folder, ...names);
  beforeAll(() => {
    folder = mkdtempSync('/tmp/beamtool-plugin-');
    const one = (vsn: string, lib: string) => ({
      r: { vsn, modules: { m: F(Number(vsn)) } },
      lib: { vsn: lib, modules: { l: F(Number(vsn)).replaceAll('f()', 'g()').replace('f/0', 'g/0') } },
    });
    const old = server('a, b', 'code_change(_, S, _) -> {ok, S}.');
    const now = server('b, c = c0, a', CLAUSES);
    writePairs(25, [
      { folder: at('first'), old: one('1', '0.1'), now: one('2', '0.2') },
      { folder: at('second'), old: one('2', '0.2'), now: one('3', '0.3') },
      {
        folder: at('inject'),
        old: { r: { vsn: '1', modules: { m: F(1) } }, sibling: { vsn: '1', modules: { srv: old } } },
        now: { r: { vsn: '2', modules: { m: F(2) } }, sibling: { vsn: '2', modules: { srv: now } } },
      },
      {
        folder: at('inject-older'),
        old: { sibling: { vsn: '0', modules: { srv: server('a', 'code_change(_, S, _) -> {ok, S}.') } } },
        now: {},
      },
    ]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const copyOf = (...names: readonly string[]): string => {
    const copy = mkdtempSync(at('copy-'));
    cpSync(at(...names), copy, { recursive: true });
    return copy;
  };
  const appup = (build: string, library: string) => join(build, 'lib', library, 'ebin', `${library.split('-')[0]}.appup`);

  describe('appup generate', () => {
    it('#39, #49: the second upgrade has an appup too, though the version of the release is that of the application', async () => {
      const [second, third] = [copyOf('first/new'), copyOf('second/new')];
      expect(await runCommand(generateAppup, at('first/old'), second)).toMatchObject({ exit: 0 });
      expect(await runCommand(generateAppup, second, third)).toMatchObject({ exit: 0 });
      expect(readEntries(appup(third, 'r-3'))).toEqual({ vsn: '3', up: [['2', [LOAD]]], down: [['2', [LOAD]]] });
    });

    it('#39, #49: an appup of the older release, which a build tool left there, is no reason to make none', async () => {
      const [second, third] = [copyOf('first/new'), copyOf('second/new')];
      await runCommand(generateAppup, at('first/old'), second);
      cpSync(appup(second, 'r-2'), appup(third, 'r-3'));
      expect(await runCommand(generateAppup, at('second/old'), third)).toMatchObject({ exit: 0 });
      expect(readEntries(appup(third, 'r-3'))).toEqual({ vsn: '3', up: [['2', [LOAD]]], down: [['2', [LOAD]]] });
    });

    it('rebar3 #1165, 1.1: there are entries for each older version, and what a person wrote stays', async () => {
      const third = copyOf('second/new');
      writeFileSync(appup(third, 'lib-0.3'), '{"0.3", [{"0.2", [{apply, {l, g, []}}]}], [{"0.2", []}]}.\n');
      expect(await runCommand(generateAppup, at('first/old'), at('second/old'), third)).toMatchObject({ exit: 0 });
      const both = [['1', [LOAD]] as const, ['2', [LOAD]] as const];
      expect(readEntries(appup(third, 'r-3'))).toEqual({ vsn: '3', up: both, down: both });
      const { up, down } = readEntries(appup(third, 'lib-0.3'));
      expect(up).toEqual(
        expect.arrayContaining([
          ['0.1', ['{load_module,l,[]}']],
          ['0.2', ['{apply,{l,g,[]}}']],
        ]),
      );
      expect(down).toEqual(
        expect.arrayContaining([
          ['0.1', ['{load_module,l,[]}']],
          ['0.2', []],
        ]),
      );
    });

    it('#29, #30, #31: scripts before and after it are for the versions that they name, with patterns', async () => {
      const second = copyOf('first/new');
      const pre =
        '{"2", [{"1", [{apply, {pre, one, []}}]}, {"7.*", [{apply, {pre, seven, []}}]}], [{".*", [{apply, {pre, any, []}}]}]}.';
      const post = '{"*", [{".*", [{apply, {post, any, []}}]}, {"1", [{apply, {post, one, []}}]}], []}.';
      writeFileSync(join(second, 'lib/r-2/r.appup.pre.src'), pre);
      writeFileSync(join(second, 'lib/r-2/r.appup.post.src'), post);
      expect(await runCommand(generateAppup, at('first/old'), second)).toMatchObject({ exit: 0 });
      const { up, down } = readEntries(appup(second, 'r-2'));
      expect(up).toEqual([['1', ['{apply,{pre,one,[]}}', LOAD, '{apply,{post,any,[]}}', '{apply,{post,one,[]}}']]]);
      expect(down).toEqual([['1', ['{apply,{pre,any,[]}}', LOAD]]]);
    });

    it.each(['default=hard', 'm', 'm=soft/', '=soft', 'm=soft;nowhere=brutal'])(
      '1.1, --purge: %s is a mistake that is told',
      async (purge) => {
        await expect(runCommand(generateAppup, '--purge', purge, '--dry-run', at('first/old'), at('first/new'))).rejects.toThrow(
          UsageError,
        );
      },
    );
  });

  describe('appup compile', () => {
    it('#13, #19, #72: a template for a dependency has its version as it is, and no escapes of HTML', async () => {
      const source = at('statsderl.appup.src');
      writeFileSync(source, 'Vsn = "{{vsn}}", {Vsn, [{<<"{{from}}">>, [{apply, {io, format, ["{{app}} é"]}}]}], []}.\n');
      const words = [source, '--vsn', '1.0+a&b<c>', '--var', 'from=.*"'];
      const quoted = words.map((word) => word.replace('from=.*"', 'from=.*&'));
      expect(await runCommand(compileAppups, ...quoted)).toMatchObject({ exit: 0 });
      const made = at('statsderl.appup');
      expect(readEntries(made).vsn).toBe('1.0+a&b<c>');
      expect(readFileSync(made, 'utf8')).toMatch(/<<"\.\*&">>.*\{apply,\{io,format,\["statsderl é"\]\}\}/s);
      await expect(runCommand(compileAppups, ...words)).rejects.toThrow(/statsderl\.appup\.src/);
    });
  });

  describe('inject-migration', () => {
    const injected = async (): Promise<string> => {
      const build = copyOf('inject/new');
      const older = ['--from', at('inject/old'), '--from', at('inject-older/old')];
      expect(await runCommand(injectMigration, ...older, build)).toMatchObject({ exit: 0 });
      const beam = join(build, 'lib/sibling-2/ebin/srv.beam');
      const once = readFileSync(beam);
      expect(await runCommand(injectMigration, ...older, build)).toMatchObject({ exit: 0 });
      expect(readFileSync(beam).equals(once), 'a second run changes nothing').toBe(true);
      return join(build, 'lib/sibling-2/ebin/srv');
    };

    it('1.3: converts in an application of another name, from two versions, whatever heads, guards and Extra code_change has', async () => {
      const beam = await injected();
      const calls = [
        '{code_change, [1, {s, a1, b1}, []]}',
        '{code_change, [1, {s, a1}, []]}',
        '{code_change, [1, {s, a1, b1}, soft]}',
        '{code_change, [1, other, <<"no list">>]}',
        '{code_change, [{down, none}, other, []]}',
      ];
      const answers = runOracle(25, 'pair_oracle', 'calls', [beam, `[${calls.join(', ')}]`])
        .toString('utf8')
        .split('\n');
      // As with the plugin, the old state is in an Extra that is a list.
      expect(answers).toEqual([
        '{ok,{plain,1,{s,b1,c0,a1},[{old_state,{s,a1,b1}}]}}',
        '{ok,{plain,1,{s,undefined,c0,a1},[{old_state,{s,a1}}]}}',
        '{ok,{guarded,1,{s,b1,c0,a1},soft}}',
        '{ok,{plain,1,other,<<"no list">>}}',
        '{ok,{plain,{down,none},other,[{old_state,other}]}}',
        '',
      ]);
    });

    it('1.3: leaves options and debug info as they were, and all other modules', async () => {
      const build = (await injected()).replace(/\/lib\/.*/, '');
      const info = (root: string) =>
        runOracle(25, 'pair_oracle', 'options', [join(root, 'lib/sibling-2/ebin/srv.beam')]).toString();
      expect(info(build)).toBe(info(at('inject/new')));
      expect(readFileSync(join(build, 'lib/r-2/ebin/m.beam')).equals(readFileSync(at('inject/new/lib/r-2/ebin/m.beam')))).toBe(
        true,
      );
      expect(readdirSync(join(build, 'lib/sibling-2/ebin'))).toEqual(['sibling.app', 'srv.beam']);
    });
  });
});
