// `beamtool relup`, `boot` and `tar` on release folders: what they print and write, and that a fault names its place and writes nothing.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import yargs from 'yargs';
import { type Command, type CommonArgs, formatOption } from '../../../src/cli/command.js';
import { boot } from '../../../src/cli/commands/boot.js';
import { relup } from '../../../src/cli/commands/relup.js';
import { tar } from '../../../src/cli/commands/tar.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { UsageError } from '../../../src/errors.js';
import { formatTerm } from '../../../src/term/format.js';
import type { Term } from '../../../src/term/model.js';
import { parseTerms } from '../../../src/term/parse.js';
import { makeTree } from '../../io/temporary-tree.js';

const goldens = fileURLToPath(new URL('../../golden/otp', import.meta.url));

async function run<T extends CommonArgs>(command: Command<T>, ...words: readonly string[]) {
  const output: string[] = [];
  const warnings: string[] = [];
  const terminal = {
    write: async (data: string | Uint8Array) => void output.push(String(data)),
    warn: (line: string) => void warnings.push(line),
  } as unknown as Terminal;
  const parser = yargs([...words]).command(
    '$0',
    '',
    (args) => command.options(formatOption(args, ['text', 'json', 'erl'])) as never,
  );
  const exit = await command.run((await parser.exitProcess(false).parse()) as never, terminal);
  return { exit, output: output.join(''), warnings };
}

/** A copy of a golden case, with kernel, stdlib and sasl in its lib. */
function release(name: string): string {
  const root = makeTree({ 'x/': '' });
  cpSync(join(goldens, name), root, { recursive: true });
  if (name.startsWith('relup')) cpSync(join(goldens, 'relup/_base'), root, { recursive: true });
  return root;
}

const term = (text: string) => formatTerm(parseTerms(text)[0] as Term);

describe('relup', () => {
  const asked = (root: string) => ['--to', join(root, 'rel/top.rel'), '--from', join(root, 'rel/base.rel'), '--output', root];

  it('writes the relup of systools, with the lib folder beside the .rel as search path', async () => {
    const root = release('relup/25_two_updates_dep');
    const { exit, output, warnings } = await run(relup, ...asked(root));
    expect({ exit, warnings }).toEqual({ exit: 0, warnings: [] });
    const written = readFileSync(join(root, 'relup'), 'utf8');
    expect(written).toMatch(/^%% coding: utf-8\n/);
    expect(term(written)).toBe(term(readFileSync(join(root, 'expected.relup'), 'utf8')));
    expect(output).toBe(`r 2, written to ${join(root, 'relup')}
up from 1: 7 instructions
  {load_object_code,{a,"2",[m_a,m_b]}}
  point_of_no_return
  {suspend,[m_a,m_b]}
  {load,{m_b,brutal_purge,brutal_purge}}
  {load,{m_a,brutal_purge,brutal_purge}}
  {code_change,up,[{m_a,x},{m_b,y}]}
  {resume,[m_b,m_a]}
down to 1: 7 instructions
  {load_object_code,{a,"1",[m_a,m_b]}}
  point_of_no_return
  {suspend,[m_a,m_b]}
  {code_change,down,[{m_a,x},{m_b,y}]}
  {load,{m_a,brutal_purge,brutal_purge}}
  {load,{m_b,brutal_purge,brutal_purge}}
  {resume,[m_b,m_a]}
`);
  });

  it('prints the term of make_relup, and writes nothing then', async () => {
    const root = release('relup/57_erts_changed');
    const { exit, output, warnings } = await run(relup, ...asked(root).slice(0, 4), '--format', 'erl');
    expect(exit).toBe(0);
    expect(term(output)).toBe(term(readFileSync(join(root, 'expected.result'), 'utf8')));
    expect(warnings[0]).toContain('the runtime changes: r has erts 13.1.5, the older r has 13.0');
    expect(existsSync('relup')).toBe(false);
  });

  it('goes one way only where that is asked', async () => {
    const root = release('relup/25_two_updates_dep');
    const base = join(root, 'rel/base.rel');
    const { output } = await run(relup, '--to', join(root, 'rel/top.rel'), '--up', base, '--dry-run', '--format', 'json');
    const report = JSON.parse(output);
    expect(report).toMatchObject({
      schema: 'beamtool-relup/1',
      file: null,
      release: { name: 'r', vsn: '2' },
      down: [],
      error: null,
    });
    expect(report.up).toHaveLength(1);
  });

  const faults: readonly (readonly [string, RegExp])[] = [
    ['100_no_appup', /lib\/a-2\/ebin\/a\.appup can't be opened: enoent/],
    ['101_no_relup_entry', /a\.appup has no entry for version 1 of a/],
    ['103_appup_bad_shape', /a\.appup: not \{Version, Up, Down\}/],
    ['104_missing_sasl_top', /top\.rel: r 2 has no sasl/],
    ['107_bad_rel', /base\.rel: not \{release,/],
    ['108_app_not_found', /the \.app of zz: zz\.app is neither here nor on the path/],
    ['110_duplicate_modules', /m_a is in x and y/],
    ['120_undef_depmod', /a\.appup: up from "1": instruction 1: m_b is depended on and has no instruction/],
    ['124_bad_purge', /instruction 1: soft is no way to purge: it has to be soft_purge or brutal_purge/],
  ];
  it.each(faults)('%s: names the place and writes nothing', async (name, message) => {
    const root = release(`relup/${name}`);
    const { exit, output, warnings } = await run(relup, ...asked(root));
    expect({ exit, output }).toEqual({ exit: 1, output: '' });
    expect(warnings.join('\n')).toMatch(message);
    expect(readdirSync(root)).not.toContain('relup');
  });

  it('says line and column of an appup that is no Erlang term', async () => {
    const root = release('relup/25_two_updates_dep');
    writeFileSync(join(root, 'lib/a-2/ebin/a.appup'), '{"2",\n [{"1",[}]}.\n');
    expect((await run(relup, ...asked(root))).warnings[0]).toMatch(/a\.appup: syntax error before '}' \(line 2, column 9\)$/);
  });

  it('has to be told from where', async () => {
    const root = release('relup/25_two_updates_dep');
    await expect(run(relup, ...asked(root).slice(0, 2))).rejects.toThrow(UsageError);
  });
});

describe('boot', () => {
  it('writes the script and the boot file of systools', async () => {
    const root = release('boot-tar/s03_full_app');
    const { exit } = await run(boot, '--rel', join(root, 'r.rel'), '--name', 'start');
    expect(exit).toBe(0);
    expect(term(readFileSync(join(root, 'start.script'), 'utf8'))).toBe(term(readFileSync(join(root, 'r.script'), 'utf8')));
    expect(Buffer.compare(readFileSync(join(root, 'start.boot')), readFileSync(join(root, 'r.boot')))).toBe(0);
  });
});

describe('tar', () => {
  const membersOf = (path: string) => {
    const bytes = gunzipSync(readFileSync(path));
    return Array.from({ length: bytes.length / 512 }, (_, at) => bytes.subarray(at * 512, at * 512 + 512))
      .filter((block) => block.toString('latin1', 257, 262) === 'ustar')
      .map((block) => block.toString('latin1', 0, 100).replace(/\0+$/, ''));
  };

  it('writes the members of systools in their order, the same bytes each time', async () => {
    const root = release('boot-tar/t03_relup_sysconfig');
    process.env.SOURCE_DATE_EPOCH = '1700000000';
    try {
      const { exit } = await run(tar, '--rel', join(root, 'r.rel'));
      expect(exit).toBe(0);
      const first = readFileSync(join(root, 'r.tar.gz'));
      const expected = readFileSync(join(root, 'r.tar.order'), 'utf8').match(/"[^"]+"/g) ?? [];
      expect(membersOf(join(root, 'r.tar.gz'))).toEqual(expected.map((name) => name.slice(1, -1)));
      await run(tar, '--rel', join(root, 'r.rel'));
      expect(Buffer.compare(first, readFileSync(join(root, 'r.tar.gz')))).toBe(0);
    } finally {
      process.env.SOURCE_DATE_EPOCH = '';
    }
  });

  it('makes a boot file where there is none, unless told not to', async () => {
    const root = release('boot-tar/t06_no_boot');
    const refused = await run(tar, '--rel', join(root, 'r.rel'), '--no-make-boot');
    expect(refused).toMatchObject({ exit: 1, output: '' });
    expect(refused.warnings[0]).toMatch(/neither start\.boot nor .*r\.boot is there/);
    expect(existsSync(join(root, 'r.tar.gz'))).toBe(false);
    expect((await run(tar, '--rel', join(root, 'r.rel'))).exit).toBe(0);
    expect(membersOf(join(root, 'r.tar.gz'))).toContain('releases/2/start.boot');
  });

  it('names the beam that is missing and writes nothing', async () => {
    const root = release('boot-tar/t11_missing_beam');
    const { exit, warnings } = await run(tar, '--rel', join(root, 'r.rel'));
    expect(exit).toBe(1);
    expect(warnings[0]).toMatch(/a: .*lib\/a-1\/ebin\/nope\.beam can't be added: enoent/);
    expect(existsSync(join(root, 'r.tar.gz'))).toBe(false);
  });
});
