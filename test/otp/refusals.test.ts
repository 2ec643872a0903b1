// What stands against a migration: each is a clear error, and no file of the build is touched, not even those of modules that could be injected
// into. So with a full disk, a file system that can't be written, and a run that is interrupted.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type Bitstring, properList } from '../../src/term/model.js';
import { describeWithOtp, repository } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const command = join(repository, 'bin/beamtool.js');

/** Sources of two builds of a module `bad`, and why the newer one is refused. */
interface RefusedCase {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly reason: RegExp;
  /** Options of the compiler instead of `[debug_info]`. */
  readonly fromOptions?: string;
  readonly toOptions?: string;
  readonly args?: readonly string[];
  /** Which of the two goes through beam_lib:strip. */
  readonly stripped?: 'from' | 'to';
}

const HEAD = '-module(bad).\n-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2, code_change/3]).\n';
const BODY = `\ninit(S) -> {ok, S}.\nhandle_call(_, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\ncode_change(_, S, _) -> {ok, S}.\n`;

const old = (declarations = '-record(state, {a}).', functions = ''): string =>
  `${HEAD}${declarations}\n-export([old/0]).\nold() -> ok.${BODY}${functions}`;
const next = (declarations = '-record(state, {a, b}).', functions = ''): string =>
  `${HEAD}-state_record(state).\n${declarations}${BODY}${functions}`;

const CASES: readonly RefusedCase[] = [
  { name: 'no debug info in the new build', from: old(), to: next(), toOptions: '[]', reason: /no debug info.*snapshot/ },
  { name: 'no debug info in the old build', from: old(), to: next(), fromOptions: '[]', reason: /no debug info.*snapshot/ },
  {
    name: 'encrypted debug info without its key, in the new build',
    from: old(),
    to: next(),
    toOptions: '[debug_info, {debug_info_key, "0123456789abcdef"}]',
    reason: /encrypted.*key/,
  },
  {
    name: 'encrypted debug info without its key, in the old build',
    from: old(),
    to: next(),
    fromOptions: '[debug_info, {debug_info_key, "0123456789abcdef"}]',
    reason: /encrypted.*key/,
  },
  { name: 'no such record in the new build', from: old(), to: next('-record(other, {a}).'), reason: /no record state/ },
  { name: 'no such record in the old build', from: old('-record(other, {a}).'), to: next(), reason: /no record state/ },
  {
    name: 'a default that cannot be compiled',
    from: old(),
    to: next('-record(state, {a, b = wait()}).', 'wait() ->\n    receive X -> X after 0 -> none end.\n'),
    reason: /receive.*line \d+/,
  },
  {
    name: 'an old default that cannot be compiled',
    from: old('-record(state, {a, b = wait()}).', 'wait() ->\n    receive X -> X after 0 -> none end.\n'),
    to: next('-record(state, {a}).'),
    reason: /receive.*line \d+/,
  },
  {
    name: 'two layouts of one vsn, tag and size',
    from: old('-vsn("1").\n-record(state, {a, b}).'),
    to: next('-vsn("1").\n-record(state, {b, a}).'),
    reason: /same vsn "1", tag and size/,
  },
  {
    name: 'two layouts of one vsn, tag and size in a record inside',
    from: old('-vsn(1).\n-record(in, {a, b}).\n-record(state, {f :: #in{}}).'),
    to: next('-vsn(1).\n-record(in, {b, a}).\n-record(state, {f :: #in{}}).'),
    reason: /record in .*same vsn 1, tag and size/,
  },
  {
    name: 'more than one -state_record',
    from: old(),
    to: next('-state_record(other).\n-record(other, {}).\n-record(state, {a, b}).'),
    reason: /more than one -state_record/,
  },
  {
    name: 'a supervisor',
    from: '-module(bad).\n-behaviour(supervisor).\n-export([init/1]).\n-record(state, {a}).\ninit(_) -> ignore.\n',
    to: '-module(bad).\n-behaviour(supervisor).\n-export([init/1, x/0]).\n-state_record(state).\n-record(state, {a, b}).\ninit(_) -> ignore.\nx() -> x.\n',
    reason: /supervisor/,
  },
  {
    name: 'an application',
    from: '-module(bad).\n-behaviour(application).\n-export([start/2, stop/1]).\n-record(state, {a}).\nstart(_, _) -> {ok, self()}.\nstop(_) -> ok.\n',
    to: '-module(bad).\n-behaviour(application).\n-export([start/2, stop/1, x/0]).\n-state_record(state).\n-record(state, {a, b}).\nstart(_, _) -> {ok, self()}.\nstop(_) -> ok.\nx() -> x.\n',
    reason: /application/,
  },
  {
    name: 'no callback',
    from: '-module(bad).\n-export([f/0]).\n-record(state, {a}).\nf() -> ok.\n',
    to: '-module(bad).\n-export([g/0]).\n-state_record(state).\n-record(state, {a, b}).\ng() -> ok.\n',
    reason: /no behaviour.*--callback/,
  },
  {
    name: 'a callback that is not known',
    from: old(),
    to: next(),
    args: ['--callback', 'my_server'],
    reason: /my_server/,
  },
  {
    name: 'two kinds of process in one',
    from: old(),
    to: next(
      '-behaviour(gen_statem).\n-export([callback_mode/0]).\n-record(state, {a, b}).',
      'callback_mode() -> state_functions.\n',
    ),
    reason: /gen_server and gen_statem have different callbacks/,
  },
  {
    name: 'a generated name without a mark',
    from: old(),
    to: next("-export(['code_change@user'/3]).\n-record(state, {a, b}).", "'code_change@user'(_, _, _) -> ok.\n"),
    reason: /code_change@user/,
  },
  {
    name: 'a conversion that is not exported',
    from: old(),
    to: next('-state_convert([{a, {bad, convert}}]).\n-record(state, {a, b}).', 'convert(A) -> A.\n'),
    reason: /bad:convert\/1/,
  },
  {
    name: 'a new build that beam_lib:strip made',
    from: old(),
    to: next(),
    stripped: 'to',
    // Without attributes it doesn't even say that it has a state.
    args: ['--module', 'bad', '--record', 'state'],
    reason: /Attr/,
  },
  {
    name: 'an old build that beam_lib:strip made',
    from: old(),
    to: next(),
    stripped: 'from',
    reason: /Attr/,
  },
  {
    name: 'a rename of a field that is not there',
    from: old(),
    to: next(),
    args: ['--module', 'bad', '--rename', 'state.a=nowhere'],
    reason: /nowhere/,
  },
];

/** How many modules the build has that is interrupted. */
const MANY = 40;

/** A file system of one's own takes a right that not every root has. */
const mayMount = spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs none /mnt']).status === 0;

describeWithOtp(25, 'what is refused', () => {
  // Not os.tmpdir(): see support/oracle.ts.
  const folder = mkdtempSync('/tmp/beamtool-refusals-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const place = (...parts: readonly string[]): string => join(folder, ...parts);

  beforeAll(() => {
    const builds = CASES.flatMap((one, at) => [
      { file: place(`from${at}`, 'bad.beam'), source: one.from, options: one.fromOptions, isStripped: one.stripped === 'from' },
      { file: place(`to${at}`, 'bad.beam'), source: one.to, options: one.toOptions, isStripped: one.stripped === 'to' },
    ]);
    const many = Array.from({ length: MANY }, (_, at) => `m${at}`).flatMap((name) => [
      { file: place('many-from', `${name}.beam`), source: old().replaceAll('bad', name) },
      { file: place('many-to', `${name}.beam`), source: next().replaceAll('bad', name) },
    ]);
    const good = [
      { file: place('good-from', 'good.beam'), source: old().replaceAll('bad', 'good') },
      { file: place('good-to', 'good.beam'), source: next().replaceAll('bad', 'good') },
    ];
    compileAll([...builds, ...many, ...good]);
  });

  it.each(CASES.map((one, at) => ({ ...one, at })))('$name', ({ at, reason, args = [] }) => {
    const [from, to] = [place(`from${at}`), place(`to${at}`)];
    if (!args.includes('--module')) {
      cpSync(place('good-from'), from, { recursive: true });
      cpSync(place('good-to'), to, { recursive: true });
    }
    const before = contents(to);
    const { status, stdout, stderr } = run([...args, '--from', from, to]);
    expect(status, stdout).not.toBe(0);
    expect(`${stdout}${stderr}`.replaceAll(/\s+/g, ' ')).toMatch(reason);
    expect(`${stdout}${stderr}`).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
    expect(contents(to)).toEqual(before);
  });

  it('does not keep the others from being injected with --keep-going', () => {
    const to = place('kept-going');
    cpSync(place('to0'), to, { recursive: true });
    const before = contents(to);
    expect(run(['--keep-going', '--from', place('from0'), to]).status).not.toBe(0);
    expect(Object.keys(changes(before, contents(to)))).toEqual(['good.beam']);
  });

  it.runIf(mayMount)('a disk that is full', () => {
    // Room for half of what has to be written.
    const size = Math.ceil(totalSize(place('many-to')) / 1024) + 2 * MANY;
    const { before, after, text, status } = runOnTmpfs(place('many-from'), place('many-to'), `size=${size}k`, '');
    expect(text).toMatch(/m\d+\.beam: .*(ENOSPC|no space left)/i);
    expect(status).not.toBe(0);
    expect(after).toEqual(before);
  });

  it.runIf(mayMount)('a file system that cannot be written', () => {
    const { before, after, text, status } = runOnTmpfs(
      place('many-from'),
      place('many-to'),
      'size=16m',
      'mount -o remount,ro "$1"',
    );
    expect(text).toMatch(/m\d+\.beam: .*(EROFS|read-only)/i);
    expect(status).not.toBe(0);
    expect(after).toEqual(before);
  });

  it.each([
    ['SIGINT', 1],
    ['SIGTERM', 20],
    ['SIGHUP', 100],
  ] as const)('a run that %s interrupts after %i events', async (signal, events) => {
    const to = place(`interrupted-${signal}`);
    cpSync(place('many-to'), to, { recursive: true });
    const before = contents(to);
    await runInterrupted(['--from', place('many-from'), to], to, signal, events);
    const after = contents(to);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect([0, MANY]).toContain(Object.keys(changes(before, after)).length);
  });

  it('a run that is killed leaves whole files, and the next one ends its work', async () => {
    const whole = place('whole');
    cpSync(place('many-to'), whole, { recursive: true });
    const before = contents(whole);
    expect(run(['--from', place('many-from'), whole]).status).toBe(0);
    const done = contents(whole);
    for (const events of [30, 100]) {
      const to = place(`killed-${events}`);
      cpSync(place('many-to'), to, { recursive: true });
      await runInterrupted(['--from', place('many-from'), to], to, 'SIGKILL', events);
      const after = contents(to);
      for (const name of Object.keys(before)) expect([before[name], done[name]]).toContain(after[name]);
      expect(run(['--from', place('many-from'), to]).status).toBe(0);
      expect(contents(to)).toEqual(done);
    }
  });
});

interface Source {
  readonly file: string;
  readonly source: string;
  readonly options?: string | undefined;
  readonly isStripped?: boolean;
}

function compileAll(sources: readonly Source[]): void {
  const texts = sources.map(({ source, options = '[debug_info]' }) => [source, options]);
  const beams = properList(decodeTerm(runOracle(25, 'inject_oracle', 'compile', [texts]))) ?? [];
  for (const [at, { file, isStripped = false }] of sources.entries()) {
    const { bytes } = beams[at] as Bitstring;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, isStripped ? runOracle(25, 'fixture_maker', 'strip', [bytes]) : bytes);
  }
}

function run(args: readonly string[]) {
  return spawnSync('node', [command, 'inject-migration', ...args], { encoding: 'utf8' });
}

type Contents = Readonly<Record<string, string>>;

function contents(folder: string): Contents {
  const digest = (name: string): string =>
    createHash('md5')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, digest(name)]),
  );
}

function changes(before: Contents, after: Contents): Contents {
  return Object.fromEntries(Object.entries(after).filter(([name, digest]) => before[name] !== digest));
}

function totalSize(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + 4096 * Math.ceil(statSync(join(folder, name)).size / 4096), 0);
}

/** Runs the command in a file system of its own that has a copy of the build, and tells what was in it before and after. */
function runOnTmpfs(from: string, to: string, options: string, prepare: string) {
  const mounted = mkdtempSync(join(to, '../tmpfs-'));
  const script = `mount -t tmpfs -o ${options} none "$1" && cp "$3"/*.beam "$1" && cd "$1" && md5sum * && echo == && { ${prepare || 'true'}; } &&
    { node "$4" inject-migration --from "$2" "$1" 2>&1; echo "== $?"; md5sum *; }`;
  const args = ['-m', '--propagation', 'private', 'sh', '-c', script, 'sh', mounted, from, to, command];
  const { stdout } = spawnSync('unshare', args, { encoding: 'utf8' });
  const [before = '', text = '', end = ''] = stdout.split(/^== ?/m);
  const [status = '', ...after] = end.split('\n');
  return { before: before.split('\n').filter(Boolean), text, status: Number(status), after: after.filter(Boolean) };
}

/** Sends the signal when so many things have happened in the folder; returns when the command has ended. */
function runInterrupted(args: readonly string[], folder: string, signal: NodeJS.Signals, events: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn('node', [command, 'inject-migration', ...args], { stdio: 'ignore' });
    let seen = 0;
    const watcher = watch(folder, () => {
      seen++;
      if (seen === events) child.kill(signal);
    });
    child.on('close', () => {
      watcher.close();
      resolve();
    });
  });
}
