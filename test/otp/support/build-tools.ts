// Projects that rebar3 and mix build without a network: a shop with one server, whose state is what a test says.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { repository } from './erlang.js';

/** Tells whether a program can be run. */
export const isOnPath = (name: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

const SOURCES: Readonly<Record<string, string>> = {
  shop_app: `-module(shop_app). -behaviour(application). -export([start/2, stop/1]).
    start(_, _) -> shop_sup:start_link().
    stop(_) -> ok.`,
  shop_sup: `-module(shop_sup). -behaviour(supervisor). -export([start_link/0, init/1]).
    start_link() -> supervisor:start_link(?MODULE, []).
    init([]) -> {ok, {#{}, [#{id => srv, start => {shop_srv, start_link, []}}]}}.`,
};

const server = (state: string) => `-module(shop_srv). -behaviour(gen_server). -state_record(state).
  -export([start_link/0, init/1, handle_call/3, handle_cast/2]).
  -record(state, ${state}).
  start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
  init([]) -> {ok, #state{name = shop}}.
  handle_call(_, _, S) -> {reply, S, S#state{count = S#state.count + 1}}.
  handle_cast(_, S) -> {noreply, S}.`;

/** Writes to `root` a project with the server of that state (fields \`count\` and \`name\` among others), and the files that its build tool wants. */
export function writeProject(root: string, state: string, files: Readonly<Record<string, string>>): void {
  const sources = Object.entries({ ...SOURCES, shop_srv: server(state) }).map(
    ([name, text]) => [`src/${name}.erl`, text] as const,
  );
  for (const [file, text] of [...sources, ...Object.entries(files)]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** Runs a command in `root`, with beamtool on the path and `home` as home, and returns its output and exit code. */
export function runIn(
  root: string,
  home: string,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string {
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'beamtool'), `#!/bin/sh\nexec '${process.execPath}' '${join(repository, 'bin/beamtool.js')}' "$@"\n`);
  chmodSync(join(bin, 'beamtool'), 0o755);
  const [program = '', ...args] = command;
  const PATH = `${bin}${delimiter}${process.env.PATH}`;
  const options = { cwd: root, encoding: 'utf8', timeout: 120_000, env: { ...process.env, HOME: home, PATH, ...env } } as const;
  const done = spawnSync(program, args, options);
  return `${done.stdout}${done.stderr}exit code ${done.status}\n`;
}
