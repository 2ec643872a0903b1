// `beamtool appup compile`: what it writes and where, what it warns of and refuses. What templates render and expressions evaluate to is in
// test/release/appup and test/otp/appup-compile.test.ts.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileAppups } from '../../../src/cli/commands/appup-compile.js';
import { ParseError, UsageError } from '../../../src/errors.js';
import { makeTree } from '../../io/temporary-tree.js';
import { runCommand } from '../../support/run-command.js';

const run = (...words: readonly string[]) => runCommand(compileAppups, ...words);

const TEMPLATE = `%% {{app}}
Deps = [shop_db].
Steps = [{update, shop, {advanced, []}, {{purge}}, brutal_purge, Deps}, {load_module, shop_db}].
{"{{vsn}}",
 [{{#previous}}{"{{previous_vsn}}", Steps}{{^last}},{{/last}}{{/previous}}],
 [{<<".*">>, Steps}]}.
`;

const STEPS = `[{update,shop,{advanced,[]},soft_purge,brutal_purge,[shop_db]},
    {load_module,shop_db}]`;

/** Written by hand after the template. */
const APPUP = `%% coding: utf-8
{"1.2",
 [{"1.0",
   ${STEPS}},
  {"1.1",
   ${STEPS}}],
 [{<<".*">>,
   ${STEPS}}]}.
`;

const asked = ['--vsn', '1.2', '--previous', '1.0', '1.1', '--var', 'purge=soft_purge'];

describe('appup compile', () => {
  it('writes the appup to ebin beside src', async () => {
    const root = makeTree({ 'src/shop.appup.src': TEMPLATE, 'ebin/x': '' });
    const file = join(root, 'ebin/shop.appup');
    const { exit, output, warnings } = await run(join(root, 'src/shop.appup.src'), ...asked);
    expect({ exit, warnings }).toEqual({ exit: 0, warnings: [] });
    expect(output).toBe(`shop 1.2, written to ${file}: up from 1.0, 1.1; down to .*\n`.replace('.*', '<<".*">>'));
    expect(readFileSync(file, 'utf8')).toBe(APPUP);
  });

  it('writes it beside the template otherwise, to a folder that is named, or nowhere', async () => {
    const root = makeTree({ 'a/shop.appup.src': TEMPLATE, 'b/': '' });
    const source = join(root, 'a/shop.appup.src');
    await run(source, ...asked, '--dry-run');
    expect(existsSync(join(root, 'a/shop.appup'))).toBe(false);
    await run(source, ...asked);
    expect(readFileSync(join(root, 'a/shop.appup'), 'utf8')).toBe(APPUP);
    await run(source, ...asked, '--target', join(root, 'b'), '--app', 'store');
    expect(readFileSync(join(root, 'b/store.appup'), 'utf8')).toBe(APPUP);
  });

  it('warns of names that stand for nothing, of another version, and of what is odd', async () => {
    const root = makeTree({ 'shop.appup.src': '{"1.0", [{".*", []}], [{"{{vns}}", []}]}.' });
    const source = join(root, 'shop.appup.src');
    const { exit, warnings } = await run(source, '--vsn', '1.2');
    expect(exit).toBe(0);
    expect(warnings).toEqual([
      `beamtool: warning: ${source}: {{vns}} stands for nothing (line 1, column 26)`,
      `beamtool: warning: ${source}: the appup is of version 1.0, its application of 1.2 (bad-vsn)`,
      `beamtool: warning: ${source}: up from ".*": no version is ".*": a string is compared as it is; a binary is a regular expression (version-never-matches)`,
    ]);
  });

  it('writes none of several where one is refused by systools', async () => {
    const root = makeTree({
      'a.appup.src': '{"{{vsn}}", [{"1", [{load_module, m, [n]}]}], [{"1", [nonsense]}]}.',
      'b.appup.src': '{"{{vsn}}", [], []}.',
    });
    const files = ['a', 'b'].map((name) => join(root, `${name}.appup.src`));
    const { exit, output, warnings } = await run('--format', 'json', ...files, '--vsn', '2');
    expect(exit).toBe(1);
    expect(warnings).toEqual([
      expect.stringMatching(/up from "1": instruction 1: n is depended on and has no instruction \(undef-module\)$/),
      expect.stringMatching(/down to "1": instruction 1: no instruction: nonsense \(bad-instruction\)$/),
    ]);
    expect(JSON.parse(output)).toMatchObject({
      schema: 'beamtool-appup-compile/1',
      written: false,
      appups: [{}, { findings: [] }],
    });
    expect(existsSync(join(root, 'b.appup'))).toBe(false);
  });

  it.each([
    ['{"{{vsn}}", [], [] ++ []}.', 'unsupported', 'line 1, column 20'],
    ['{{#previous}}x', 'malformed', 'line 1, column 15'],
    ['X = {{vsn}}.\n{"1", [], Y}.', 'malformed', 'line 2, column 11'],
    ['{{vsn}}{{vsn}} x', 'unsupported', 'line 1, column 16'],
    ['{"1", []}.', 'malformed', 'not {Version, Up, Down}'],
    ['{"1", [{"0"}], []}.', 'malformed', 'up > item 1'],
    ['', 'missing', 'no expression'],
  ])('refuses %s', async (text, code, message) => {
    const root = makeTree({ 'shop.appup.src': text });
    const fault = await run(join(root, 'shop.appup.src'), '--vsn', '1').catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ParseError);
    expect(fault).toMatchObject({ code, file: join(root, 'shop.appup.src'), message: expect.stringContaining(message) });
    expect(existsSync(join(root, 'shop.appup'))).toBe(false);
  });

  it('refuses what can only be a slip', async () => {
    const root = makeTree({ 'shop.appup.src': TEMPLATE, 'shop.appup': '' });
    const source = join(root, 'shop.appup.src');
    for (const words of [
      [source, '--vsn', '1', '--var', 'purge'],
      [source, '--vsn', '1', '--var', 'a b=c'],
      [source, source, '--vsn', '1', '--app', 'x'],
      [join(root, 'shop.appup'), '--vsn', '1'],
    ]) {
      await expect(run(...words)).rejects.toThrow(UsageError);
    }
  });
});
