// `beamtool inject-migration` on the fixture releases: what is said, what is written and what isn't, and the exit codes. Whether the injected
// code is right is for test/otp.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeContainer } from '../../../src/beam/container.js';
import { readBeam } from '../../../src/beam/module.js';
import { injectMigration } from '../../../src/cli/commands/inject-migration.js';
import { parseRename } from '../../../src/cli/migration/options.js';
import { ParseError, UsageError } from '../../../src/errors.js';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';
import { runCommand } from '../../support/run-command.js';

const older = join(beamsFolder, 'shop-1');
const newer = join(beamsFolder, 'shop-2');
const STOCK = 'lib/stock-2.0.0/ebin/stock_server.beam';
const TILL = 'lib/till-1.0.1/ebin/till_fsm.beam';

const run = (...words: readonly string[]) => runCommand(injectMigration, ...words);

/** A copy of the newer release; `edit` may change it. */
function release(edit: (root: string) => void = () => {}): string {
  const root = join(makeTree({ 'x/': '' }), 'rel');
  cpSync(newer, root, { recursive: true });
  edit(root);
  return root;
}

/** Every file below a folder with its content, and links as what they are. */
function contents(root: string): ReadonlyMap<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.sort().map((path) => [relative(root, path), createHash('md5').update(readFileSync(path)).digest('hex')]));
}

/** The files that differ between a release and the fixture. */
function changed(root: string): readonly string[] {
  const before = contents(newer);
  return [...contents(root)].flatMap(([name, content]) => (before.get(name) === content ? [] : [name]));
}

function stripped(path: string, ...ids: readonly string[]): void {
  const { container } = readBeam(readFileSync(path));
  writeFileSync(path, encodeContainer({ ...container, chunks: container.chunks.filter(({ id }) => !ids.includes(id)) }));
}

function pack(root: string): string {
  const archive = join(root, '../shop-2.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', root, 'lib', 'releases']);
  return archive;
}

function members(archive: string): ReadonlyMap<string, string> {
  const folder = makeTree({ 'x/': '' });
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  rmSync(join(folder, 'x'), { recursive: true });
  return contents(folder);
}

describe('inject-migration', () => {
  it('changes the modules whose state changed, and no other file', async () => {
    const root = release();
    const { exit, output, warnings } = await run('--from', older, root);
    expect({ exit, warnings }).toEqual({ exit: 0, warnings: [] });
    expect(changed(root)).toEqual([STOCK, TILL]);
    expect(output).toMatch(/^stock_server \(.*stock_server\.beam\): injected$/m);
    expect(output).toMatch(/^ {2}#state\{\}, from vsn \d+ \(.*shop-1.*stock_server\.beam\)$/m);
    expect(output).toMatch(/^ {4}copied: name, items, sold$/m);
    expect(output).toMatch(/^ {4}added: reserved = \[\], since = erlang:system_time\(second\), .*key = undefined$/m);
    expect(output).toMatch(/^ {4}dropped: low$/m);
    expect(output).toMatch(/^ {4}on the way down added: low = 5$/m);
    expect(output).toMatch(/^ {2}code_change\/4: generated$/m);
    expect(output).toMatch(/^injected into 2 modules, 12 modules read\n$/m);
    expect(readBeam(readFileSync(join(root, STOCK))).exports.map(({ name }) => name)).toContain('code_change');
  });

  it('changes nothing the second time, and gives the original back', async () => {
    const root = release();
    await run('--from', older, root);
    const injected = contents(root);
    const again = await run('--from', older, root);
    expect(again).toMatchObject({ exit: 0, output: expect.stringMatching(/^injected into 0 modules, 2 injected already, /m) });
    expect(contents(root)).toEqual(injected);
    expect(await run('--check', '--from', older, root)).toMatchObject({ exit: 0 });
    const removed = await run('--remove', root);
    expect(removed).toMatchObject({ exit: 0, output: expect.stringMatching(/^taken out of 2 modules, 12 modules read$/m) });
    expect(changed(root)).toEqual([]);
    expect((await run('--remove', root)).output).toBe('no module has injected code, 12 modules read\n');
  });

  it('says with --check and --dry-run what there is to do, and writes nothing', async () => {
    const root = release();
    const check = await run('--check', '--from', older, root);
    expect(check).toMatchObject({ exit: 1, output: expect.stringMatching(/^to be injected into 2 modules/m) });
    const dry = await run('--dry-run', '--from', older, root);
    expect(dry).toEqual({ ...check, exit: 0 });
    expect(changed(root)).toEqual([]);
    await run('--from', older, root);
    expect(await run('--check', '--remove', root)).toMatchObject({ exit: 1 });
  });

  it('finds nothing to do between equal builds', async () => {
    const { exit, output } = await run('--check', '--from', newer, release());
    expect({ exit, output }).toEqual({
      exit: 0,
      output: expect.stringMatching(
        /: nothing changed\n.*: nothing changed\ninjected into 0 modules, 2 unchanged, 12 modules read\n$/s,
      ),
    });
  });

  it('takes one beam as well, and says where an older build has no such module', async () => {
    const root = release();
    const { exit, output } = await run(
      '--from',
      join(older, 'lib/stock-1.0.0/ebin/stock_server.beam'),
      join(root, STOCK),
      join(root, TILL),
    );
    expect(exit).toBe(0);
    expect(changed(root)).toEqual([STOCK]);
    expect(output).toMatch(/^till_fsm .*: a process in none of the older builds$/m);
    expect(output).toMatch(/^injected into 1 module, 1 new, 2 modules read$/m);
  });

  it('converts nothing of a module that has become a process', async () => {
    const third = join(beamsFolder, 'shop-3');
    const { exit, output } = await run('--dry-run', '--from', newer, '--module', 'shop_offers', third);
    expect(exit).toBe(0);
    expect(output).toMatch(/^shop_offers .*: a process in none of the older builds$/m);
  });

  it('looks at one module alone with --module', async () => {
    const root = release();
    expect((await run('--module', 'till_fsm', '--from', older, root)).output).toMatch(/^injected into 1 module, 1 module read$/m);
    expect(changed(root)).toEqual([TILL]);
    const forced = await run('--module', 'shop_log', '--record', 'log', '--from', older, root);
    expect(forced.output).toMatch(/shop_log .*: nothing changed/);
  });

  it('writes below another folder with --output', async () => {
    const root = release();
    const output = join(root, '../out');
    const { exit } = await run('--output', output, '--from', older, root);
    expect(exit).toBe(0);
    expect(changed(root)).toEqual([]);
    expect([...contents(output).keys()]).toEqual([STOCK, TILL]);
    expect(statSync(join(output, STOCK)).mode).toBe(statSync(join(root, STOCK)).mode);
    await run('--from', older, root);
    expect(contents(output).get(STOCK)).toBe(contents(root).get(STOCK));
  });

  it('writes a release archive again, with the same members', async () => {
    const root = release();
    const archive = pack(root);
    const before = members(archive);
    const { exit, output } = await run('--from', join(beamsFolder, 'archives/shop-1.tar.gz'), archive);
    expect(exit).toBe(0);
    expect(output).toMatch(/^stock_server \(.*shop-2\.tar\.gz!\/lib\/stock-2\.0\.0\/ebin\/stock_server\.beam\): injected$/m);
    const after = members(archive);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect([...after].flatMap(([name, content]) => (before.get(name) === content ? [] : [name]))).toEqual([STOCK, TILL]);
    await run('--from', older, root);
    expect(after).toEqual(contents(root));
    await run('--remove', archive);
    expect(members(archive)).toEqual(before);
  });

  it('shows the injected functions, with the rest in comments', async () => {
    const { output } = await run('--print', '--dry-run', '--from', older, release());
    expect(output).toMatch(/^%% stock_server \(.*\): to be injected$/m);
    expect(output).toMatch(/^code_change\(\{down, _?Vsn\}, State, _Extra\) -> ?/m);
    expect(output).toMatch(/^%% till_fsm$/m);
  });

  it('answers as JSON with the documented keys', async () => {
    const { output } = await run('--format', 'json', '--print', '--dry-run', '--from', older, release());
    const answer = JSON.parse(output);
    expect(answer).toMatchObject({ schema: 'beamtool-migration/1', mode: 'inject', dryRun: true, written: [] });
    const docs = readFileSync(join(beamsFolder, '../docs/json.md'), 'utf8').split('beamtool-migration/1`')[1] as string;
    const section = docs.split('\n## ')[0] as string;
    const keys = [answer, answer.modules[0], answer.modules[0].records[0]].flatMap((one) => Object.keys(one));
    expect(keys.filter((key) => key !== 'schema' && !section.includes(`\`${key}\``))).toEqual([]);
    expect(answer.modules[0]).toMatchObject({ outcome: 'inject', source: expect.stringContaining('code_change(') });
  });
});

describe('what stands against writing', () => {
  it('is a link on the way to a module, as in dev mode', async () => {
    const root = release((at) => {
      renameSync(join(at, 'lib/till-1.0.1'), join(at, '../till'));
      symlinkSync('../../till', join(at, 'lib/till-1.0.1'));
    });
    const refused = await run('--from', older, root);
    expect(refused.exit).toBe(1);
    expect(refused.output).toMatch(/^till_fsm .*: refused: .*lib\/till-1\.0\.1 is a symbolic link .*--follow/m);
    expect(refused.output).toMatch(/^not injected into 1 module, 1 refused, 12 modules read$/m);
    expect(changed(root)).toEqual([]);
    expect((await run('--follow', '--from', older, root)).exit).toBe(0);
    expect(readFileSync(join(root, '../till/ebin/till_fsm.beam'))).not.toEqual(readFileSync(join(newer, TILL)));
  });

  it('is an archive that is not written', async () => {
    const root = release((at) => {
      execFileSync('sh', ['-c', 'cd lib && jar=till-1.0.1.ez && python3 -m zipfile -c $jar till-1.0.1 && rm -r till-1.0.1'], {
        cwd: at,
      });
    });
    const { exit, output } = await run('--from', older, root);
    expect(exit).toBe(1);
    expect(output).toMatch(/^till_fsm \(.*till-1\.0\.1\.ez!\/till-1\.0\.1\/ebin\/till_fsm\.beam\): refused: in an archive/m);
    expect(changed(root)).toEqual(['lib/till-1.0.1.ez']);
  });

  it('is an older build without debug info, unless a twin has some or nothing changed', async () => {
    const before = makeTree({ 'x/': '' });
    cpSync(older, before, { recursive: true });
    const old = join(before, 'lib/stock-1.0.0/ebin/stock_server.beam');
    stripped(old, 'Dbgi', 'LocT', 'CInf');
    const root = release();
    const refused = await run('--from', before, root);
    expect(refused.exit).toBe(1);
    expect(refused.output).toMatch(
      /^stock_server .*: refused: .*stock-1\.0\.0\/ebin\/stock_server\.beam: no debug info.*records --snapshot/m,
    );
    expect(changed(root)).toEqual([]);
    expect((await run('--keep-going', '--from', before, root)).exit).toBe(1);
    expect(changed(root)).toEqual([TILL]);
    const other = await run('--debug-info', newer, '--from', before, root);
    expect(other.output).toMatch(/^stock_server .*: refused: .*another build than this one/m);
    expect((await run('--debug-info', older, '--from', before, root)).exit).toBe(0);
    expect(changed(root)).toEqual([STOCK, TILL]);
    const same = join(before, 'lib/till-1.0.0/ebin/till_fsm.beam');
    cpSync(join(newer, TILL), same);
    stripped(same, 'Dbgi');
    expect((await run('--module', 'till_fsm', '--check', '--from', before, release())).exit).toBe(0);
  });

  it('is a newer build without debug info, unless a twin has some', async () => {
    const root = release((at) => stripped(join(at, STOCK), 'Dbgi', 'LocT'));
    expect((await run('--from', older, root)).output).toMatch(/^stock_server .*: refused: no debug info/m);
    expect((await run('--debug-info', newer, '--from', older, root)).exit).toBe(0);
    const { container } = readBeam(readFileSync(join(root, STOCK)));
    expect(container.chunks.map(({ id }) => id)).not.toContain('Dbgi');
  });

  it('is a module without attributes, older or newer', async () => {
    const before = makeTree({ 'x/': '' });
    cpSync(older, before, { recursive: true });
    stripped(join(before, 'lib/stock-1.0.0/ebin/stock_server.beam'), 'Attr');
    expect((await run('--from', before, release())).output).toMatch(/^stock_server .*: refused: .*: no Attr chunk/m);
    const root = release((at) => stripped(join(at, STOCK), 'Attr'));
    const { exit, output } = await run('--from', older, root);
    expect(exit).toBe(0);
    expect(output).toMatch(/^warning: no Attr chunk .*stock_server\.beam$/m);
  });

  it('is a folder that cannot be made', async () => {
    const root = release();
    await expect(run('--output', join(root, 'releases/2/shop.rel/out'), '--from', older, root)).rejects.toThrow(UsageError);
    const output = join(root, '../out');
    mkdirSync(join(output, TILL), { recursive: true });
    await expect(run('--output', output, '--from', older, root)).rejects.toThrow(
      /till_fsm\.beam: can't be written: not a regular file/,
    );
    expect(contents(output).size).toBe(0);
    expect(readdirSync(join(output, 'lib'))).toEqual(['till-1.0.1']);
    expect(changed(root)).toEqual([]);
  });

  it('is damage of a module or of an archive', async () => {
    const root = release((at) => writeFileSync(join(at, STOCK), 'FOR1'));
    const { exit, output, warnings } = await run('--from', older, root);
    expect({ exit, warnings }).toEqual({ exit: 0, warnings: [expect.stringMatching(/^beamtool: .*stock_server\.beam: /)] });
    expect(output).toMatch(/^injected into 1 module, 11 modules read$/m);
    expect((await run('--strict-input', '--check', '--from', older, root)).exit).toBe(3);
    const before = makeTree({ 'lib/stock-1.0.0/ebin/stock_server.beam': 'FOR1' });
    expect((await run('--from', before, release())).output).toMatch(/^stock_server .*: refused: .*truncated/m);
    const archive = pack(release());
    writeFileSync(archive, readFileSync(archive).subarray(0, -200));
    const bytes = readFileSync(archive);
    expect((await run('--from', older, archive).catch((error: unknown) => error)) instanceof ParseError).toBe(true);
    expect(readFileSync(archive)).toEqual(bytes);
    expect(readdirSync(join(archive, '..')).sort()).toEqual(['rel', 'shop-2.tar.gz', 'x']);
  });

  it('is an older build that is not there', async () => {
    await expect(run('--from', '/nowhere', release())).rejects.toThrow(ParseError);
    expect((await run('--from', older, '/nowhere')).exit).toBe(3);
  });
});

describe('the appup beside a module', () => {
  const appup = (instructions: string) => `{"2.0.0", [{"1.0.0", [${instructions}]}], [{"1.0.0", [${instructions}]}]}.`;
  const withAppup = (instructions: string) =>
    release((at) => writeFileSync(join(at, STOCK, '../stock.appup'), appup(instructions)));

  it.each([
    ['{load_module, stock_server}', /up from 1\.0\.0: only loads it: load_module calls no code_change/],
    ['{update, stock_server}', /down to 1\.0\.0: updates it without \{advanced, Extra\}/],
    ['', /up from 1\.0\.0: says nothing of it/],
  ])('is warned of where it has %s', async (instructions, warning) => {
    const root = withAppup(instructions);
    const { exit, output } = await run('--module', 'stock_server', '--from', older, root);
    expect(exit).toBe(0);
    expect(output).toMatch(new RegExp(`^ {2}warning: .*stock\\.appup, .*${warning.source}`, 'm'));
    expect((await run('--dry-run', '--module', 'stock_server', '--from', older, pack(root))).output).toMatch(warning);
  });

  it('is fine where it calls code_change, and missed where there is none', async () => {
    const root = withAppup('{update, stock_server, {advanced, []}}');
    const { output } = await run('--from', older, root);
    expect(output).not.toMatch(/stock\.appup/);
    expect(output.match(/no \.appup beside till_fsm: /g)).toHaveLength(1);
  });

  it('is looked up by the version in the .app where the folder has none', async () => {
    const before = makeTree({ 'x/': '' });
    cpSync(join(older, 'lib/stock-1.0.0'), join(before, 'stock'), { recursive: true });
    const { output } = await run('--module', 'stock_server', '--from', before, withAppup('{load_module, stock_server}'));
    expect(output).toMatch(/up from 1\.0\.0: only loads it/);
  });

  it('may be broken', async () => {
    const root = release((at) => writeFileSync(join(at, STOCK, '../stock.appup'), '{"2.0.0", ['));
    expect((await run('--from', older, root)).output).toMatch(/warning: .*stock\.appup: .*line 1/);
  });
});

describe('usage', () => {
  it.each([
    [['x'], /--from: which older build/],
    [['--remove', '--from', 'y', 'x'], /--remove needs no --from/],
    [['--from', 'y', '--record', 'state', 'x'], /--record goes with --module/],
    [['--from', 'y', '--rename', 'a', 'x'], /--rename a: not RECORD\.OLD=NEW/],
  ])('%j is refused', async (words, reason) => {
    await expect(run(...words)).rejects.toThrow(reason);
  });

  it('of --rename has names as Erlang writes them', () => {
    expect(parseRename('state.low=lowest')).toEqual({ record: 'state', old: 'low', new: 'lowest' });
    expect(parseRename('low=lowest')).toEqual({ old: 'low', new: 'lowest' });
    expect(parseRename("'a.b'.'c=d'='e\\'f'")).toEqual({ record: 'a.b', old: 'c=d', new: "e'f" });
    for (const text of ['', 'a=', '=b', 'a.b', 'a.b.c=d', "'a=b"]) expect(() => parseRename(text), text).toThrow(UsageError);
  });

  it('of a rename that fits is heeded, and of one that does not is refused', async () => {
    const root = release();
    const { output } = await run('--rename', 'state.low=key', '--from', older, root);
    expect(output).toMatch(/^ {4}renamed: low -> key$/m);
    await expect(run('--rename', 'state.low=lowest', '--from', older, release())).rejects.toThrow(
      /no module .* has a field state\.lowest/,
    );
  });
});
