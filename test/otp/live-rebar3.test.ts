// A project of rebar3, from its first release to the second: what rebar3 made is installed and runs, `beamtool upgrade` makes the tar from
// the two release folders, and the start script that rebar3 wrote installs it on the running node, goes back, and boots the new release.
// The nodes have an epmd of their own, so that no name clashes; ports are those that the system gives.
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithOtp, repository } from './support/erlang.js';

const isOnPath = (name: string) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

const SOURCES: Readonly<Record<string, string>> = {
  'src/shop_app.erl': `-module(shop_app). -behaviour(application). -export([start/2, stop/1]).
    start(_, _) -> shop_sup:start_link().
    stop(_) -> ok.`,
  'config/sys.config': '[{kernel, [{logger_level, none}]}].',
  'config/vm.args': '-name shop@127.0.0.1\n-setcookie shop\n-kernel inet_dist_use_interface {127,0,0,1}\n',
};

const supervisor = (children: string) => `-module(shop_sup). -behaviour(supervisor). -export([start_link/0, init/1]).
  start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).
  init([]) -> {ok, {#{}, [${children}]}}.`;

const server = (state: string) => `-module(shop_srv). -behaviour(gen_server). -state_record(state).
  -export([start_link/0, init/1, handle_call/3, handle_cast/2]).
  -record(state, ${state}).
  start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
  init([]) -> {ok, #state{name = shop}}.
  handle_call(sell, _, #state{sold = Sold} = S) -> {reply, ok, S#state{sold = Sold + 1}}.
  handle_cast(_, S) -> {noreply, S}.`;

const SERVER_CHILD = '#{id => server, start => {shop_srv, start_link, []}}';
const LOG_CHILD = '#{id => log, start => {shop_log, start_link, []}}';
const LOG = `-module(shop_log). -behaviour(gen_server). -export([start_link/0, init/1, handle_call/3, handle_cast/2]).
  start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
  init([]) -> {ok, none}.
  handle_call(_, _, S) -> {reply, S, S}.
  handle_cast(_, S) -> {noreply, S}.`;

const VERSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  1: { 'src/shop_srv.erl': server('{sold = 0, name}'), 'src/shop_sup.erl': supervisor(SERVER_CHILD) },
  2: {
    'src/shop_srv.erl': server('{name, orders = [], sold = 0}'),
    'src/shop_sup.erl': supervisor(`${SERVER_CHILD}, ${LOG_CHILD}`),
    'src/shop_log.erl': LOG,
  },
};

describeWithOtp(25, 'a project of rebar3', () => {
  const scratch = mkdtempSync('/tmp/beamtool-rebar3-');
  const target = join(scratch, 'target');
  const started: ChildProcess[] = [];
  let epmdPort = 0;

  beforeAll(async () => {
    epmdPort = await freePort();

    started.push(spawn('epmd', ['-port', String(epmdPort), '-address', '127.0.0.1'], { stdio: 'ignore' }));
  });
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(scratch, { recursive: true, force: true });
  });

  const environment = () => ({
    ...process.env,
    HOME: scratch,
    ERL_EPMD_PORT: String(epmdPort),
    ERL_CRASH_DUMP_SECONDS: '0',
    RELX_RPC_TIMEOUT: '60',
  });
  // Not spawnSync: the script waits until the node that it stops is gone, and that is a child of this process.
  const run = async (cwd: string, program: string, ...args: readonly string[]): Promise<string> => {
    const { status, output } = await finished(spawn(program, args, { cwd, env: environment() }));
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${status}\n${output}`);
    return output.trim();
  };
  const script = (...args: readonly string[]): Promise<string> => run(target, join(target, 'bin/shop'), ...args);
  /** The value as erl_call prints it, without its spaces. */
  const evaluate = async (text: string): Promise<string> => (await script('eval', `${text}.`)).replaceAll(' ', '');

  /** Starts the node and waits until its application runs. */
  const boot = async (): Promise<{ readonly ended: Promise<void> }> => {
    const node = spawn(join(target, 'bin/shop'), ['foreground'], { cwd: target, env: environment(), stdio: 'ignore' });
    started.push(node);
    const ended = new Promise<void>((resolve) => node.on('exit', () => resolve()));
    await until(async () => (await evaluate('is_pid(whereis(shop_srv))').catch(() => '')) === 'true');
    return { ended };
  };

  it.skipIf(!isOnPath('rebar3'))(
    'is upgraded live, and boots the new release when it starts again',
    async () => {
      await run(writeProject(scratch, '1'), 'rebar3', 'tar');
      await run(writeProject(scratch, '2'), 'rebar3', 'release');
      const [first, second] = ['1', '2'].map((vsn) => join(scratch, vsn, '_build/default/rel/shop')) as [string, string];
      const debugInfo = ['1', '2'].flatMap((vsn) => ['--debug-info', join(scratch, vsn, '_build/default/lib')]);
      const output = join(scratch, 'out');
      await run(scratch, 'node', join(repository, 'bin/beamtool.js'), 'upgrade', first, second, ...debugInfo, '--output', output);

      mkdirSync(target);
      await run(target, 'tar', '-xzf', join(first, 'shop-1.tar.gz'));
      const { ended } = await boot();
      const pid = await evaluate('whereis(shop_srv)');
      for (let sold = 0; sold < 3; sold++) await evaluate('gen_server:call(shop_srv, sell)');
      expect(await evaluate('sys:get_state(shop_srv)')).toBe('{state,3,shop}');

      copyFileSync(join(output, 'shop-2.tar.gz'), join(target, 'releases/shop-2.tar.gz'));
      expect(await script('upgrade', '2')).toMatch(/Made release permanent: "2"$/);
      await evaluate('gen_server:call(shop_srv, sell)');
      expect(await evaluate('sys:get_state(shop_srv)')).toBe('{state,shop,[],4}');
      expect(await evaluate('is_pid(whereis(shop_log))')).toBe('true');
      expect(await script('downgrade', '1')).toMatch(/Made release permanent: "1"$/);
      expect(await evaluate('sys:get_state(shop_srv)')).toBe('{state,4,shop}');
      expect(await evaluate('whereis(shop_log)')).toBe('undefined');
      expect(await script('upgrade', '2')).toMatch(/Made release permanent: "2"$/);
      expect(await evaluate('sys:get_state(shop_srv)')).toBe('{state,shop,[],4}');
      expect(await evaluate('whereis(shop_srv)')).toBe(pid);

      await script('stop');
      await ended;
      await boot();
      expect(readFileSync(join(target, 'releases/start_erl.data'), 'utf8')).toMatch(/ 2\s*$/);
      expect(await evaluate('[V || {shop, _, V} <- application:which_applications()]')).toBe('["2.0.0"]');
      expect(await evaluate('sys:get_state(shop_srv)')).toBe('{state,shop,[],0}');
      expect(await script('versions')).toMatch(/\* 2\tpermanent/);
    },
    300_000,
  );
});

function writeProject(scratch: string, vsn: string): string {
  const root = join(scratch, vsn);
  const files: Readonly<Record<string, string>> = {
    ...SOURCES,
    ...VERSIONS[vsn],
    'rebar.config': `{erl_opts, [debug_info]}.
      {relx, [{release, {shop, "${vsn}"}, [shop, sasl]}, {mode, prod}, {sys_config, "config/sys.config"}, {vm_args, "config/vm.args"}]}.`,
    'src/shop.app.src': `{application, shop, [{description, "A shop"}, {vsn, "${vsn}.0.0"}, {applications, [kernel, stdlib]},
      {mod, {shop_app, []}}]}.`,
  };
  for (const folder of ['src', 'config']) mkdirSync(join(root, folder), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  return root;
}

/** What a child prints, and its exit code. */
function finished(child: ChildProcess): Promise<{ readonly status: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += String(data)));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}

/** Asks again until it is so; throws after two minutes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('nothing to be seen of it in two minutes');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
