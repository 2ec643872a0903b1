// `beamtool inject-migration` as a process on what the real compiler and packers make: live processes take their state from the older module
// to the injected one and back, out of a folder, an archive, a stripped release.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { describeWithOtp, insidePath, type OtpRelease, repository, runCommand, runErlang } from './support/erlang.js';

const program = join(repository, 'bin/beamtool.js');
const scratch = mkdtempSync(join(tmpdir(), 'beamtool-inject-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function beamtool(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [program, 'inject-migration', ...args], {
    encoding: 'utf8',
    cwd: scratch,
  });
  return { status, stdout, stderr };
}

const server = (vsn: string, state: string, more = '') => `
-module(shop_srv).
-behaviour(gen_server).
-vsn(${vsn}).
-state_record(state).
-export([start_link/0, init/1, handle_call/3, handle_cast/2]).
-record(item, ${vsn === '1' ? '{id, n = 0}' : '{n = 0, id, tags = []}'}).
-record(state, ${state}).
${more}
start_link() -> gen_server:start_link(?MODULE, [], []).
init([]) -> {ok, #state{first = #item{id = a, n = 3}}}.
handle_call(_, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.
`;

const machine = (data: string) => `
-module(shop_fsm).
-behaviour(gen_statem).
-vsn({fsm, "${data}"}).
-state_record(data).
-export([start_link/0, init/1, callback_mode/0, idle/3]).
-record(data, ${data}).
start_link() -> gen_statem:start_link(?MODULE, [], []).
init([]) -> {ok, idle, #data{}}.
callback_mode() -> state_functions.
idle({call, From}, _, D) -> {keep_state_and_data, [{reply, From, D}]}.
`;

/** The sources of three versions of a release. */
const VERSIONS = [
  { shop_srv: server('1', '{count = 7, first :: #item{}, gone = x}'), shop_fsm: machine('{a = 1, b = 2}') },
  { shop_srv: server('2', '{first :: #item{}, count = 0, log = []}'), shop_fsm: machine('{b = 2, a = 1}') },
  {
    shop_srv: server(
      '3',
      '{log = [] :: list(), limit = limit(100), first :: #item{}, total = 0}',
      `-state_rename([{count, total}]).
       -export([code_change/3]).
       limit(N) -> N + 1.
       code_change({down, _}, S, _) -> {ok, S#state{log = [down | S#state.log]}};
       code_change(V, S, Extra) when is_integer(V) -> [{old_state, O}] = Extra, {ok, S#state{log = [{V, O} | S#state.log]}}.`,
    ),
    shop_fsm: machine('{b = 2, a = 1, c = #{}}'),
  },
];

/** Compiles the versions into release layouts below a folder and returns their paths. */
function compile(release: OtpRelease, folder: string): readonly string[] {
  return VERSIONS.map((sources, at) => {
    const root = join(folder, `v${at + 1}`);
    const ebin = join(root, `lib/shop-${at + 1}/ebin`);
    for (const path of [ebin, join(root, 'releases'), join(root, 'src')]) mkdirSync(path, { recursive: true });
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(root, 'src', `${name}.erl`), text);
    const files = Object.keys(sources).map((name) => join(root, 'src', `${name}.erl`));
    runCommand(release, ['erlc', '+debug_info', '-o', ebin, ...files]);
    return root;
  });
}

const ebinOf = (root: string): string => join(root, 'lib', readdirSync(join(root, 'lib'))[0] as string, 'ebin');

/** Starts both processes in the older version, takes them up to the newer one and down again, and returns their states on the way. */
function upgrade(release: OtpRelease, older: string, newer: string, vsn: string): readonly string[] {
  const load = (root: string) =>
    `[begin code:purge(M), {module, M} = code:load_abs(filename:join("${insidePath(release, ebinOf(root))}", M)) end || M <- Ms],`;
  const change = (from: string) => `[ok = sys:change_code(P, M, F, []) || {{M, P}, F} <- lists:zip(Ps, ${from})],`;
  const answer = runErlang(release, {
    eval: `
      Ms = [shop_srv, shop_fsm], Show = fun(Ps) -> [begin sys:resume(P), S = sys:get_state(P), io:format("~0p~n", [S]), sys:suspend(P) end || {_, P} <- Ps] end,
      Vsn = fun(M) -> {ok, {_, [{vsn, V}]}} = {ok, {M, [lists:keyfind(vsn, 1, M:module_info(attributes))]}}, case V of [X] -> X; _ -> V end end,
      ${load(older)}
      Ps = [begin {ok, P} = M:start_link(), sys:suspend(P), {M, P} end || M <- Ms], Show(Ps), Vs = [Vsn(M) || M <- Ms], ${vsn} = hd(Vs),
      ${load(newer)} ${change('Vs')} Show(Ps),
      ${change('[{down, V} || V <- Vs]')} ${load(older)} Show(Ps)`,
  });
  return String(answer).trimEnd().split('\n');
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `inject-migration on OTP ${release}`, () => {
    const folder = join(scratch, String(release));
    let roots: readonly string[] = [];
    beforeAll(() => {
      roots = compile(release, folder);
    });

    it('takes live processes from either of two versions to a third, and back', () => {
      const [first, second, third] = roots as readonly [string, string, string];
      const { status, stderr, stdout } = beamtool('--from', first, '--from', second, '--output', join(folder, 'out'), third);
      expect({ status, stderr, stdout: stdout.slice(0, status === 0 ? 0 : 999) }).toEqual({ status: 0, stderr: '', stdout: '' });
      const injected = join(folder, 'out');
      expect(upgrade(release, first, injected, '1')).toEqual([
        '{state,7,{item,a,3},x}',
        '{idle,{data,1,2}}',
        '{state,[{1,{state,7,{item,a,3},x}}],101,{item,3,a,[]},7}',
        '{idle,{data,2,1,#{}}}',
        '{state,7,{item,a,3},x}',
        '{idle,{data,1,2}}',
      ]);
      expect(upgrade(release, second, injected, '2')).toEqual([
        '{state,{item,3,a,[]},0,[]}',
        '{idle,{data,2,1}}',
        '{state,[{2,{state,{item,3,a,[]},0,[]}}],101,{item,3,a,[]},0}',
        '{idle,{data,2,1,#{}}}',
        '{state,{item,3,a,[]},0,[down,{2,{state,{item,3,a,[]},0,[]}}]}',
        '{idle,{data,2,1}}',
      ]);
    });

    it('gives the same modules in an archive that erl_tar packed, which erl_tar still reads', () => {
      const [first, second, third] = roots as readonly [string, string, string];
      const archive = join(folder, 'shop-3.tar.gz');
      const inside = insidePath(release, archive);
      const pack = `file:set_cwd("${insidePath(release, third)}"), ok = erl_tar:create("${inside}", ["lib", "releases"], [compressed])`;
      runErlang(release, { eval: pack });
      const list = () =>
        String(runErlang(release, { eval: `{ok, L} = erl_tar:table("${inside}", [compressed]), io:format("~p~n", [L])` }));
      const before = list();
      expect(beamtool('--from', first, '--from', second, archive).status).toBe(0);
      expect(list()).toBe(before);
      const unpacked = join(folder, 'unpacked');
      runErlang(release, { eval: `ok = erl_tar:extract("${inside}", [compressed, {cwd, "${insidePath(release, unpacked)}"}])` });
      for (const name of readdirSync(ebinOf(unpacked))) {
        expect(
          readFileSync(join(ebinOf(unpacked), name)).equals(readFileSync(join(ebinOf(join(folder, 'out')), name))),
          name,
        ).toBe(true);
      }
    });

    it('takes a stripped release by its unstripped twin', () => {
      const [first, , third] = roots as readonly [string, string, string];
      const strip = (root: string, to: string) => {
        const target = join(folder, to, 'lib/shop-0/ebin');
        mkdirSync(join(folder, to, 'releases'), { recursive: true });
        mkdirSync(target, { recursive: true });
        for (const name of readdirSync(ebinOf(root))) {
          const [from, out] = [join(ebinOf(root), name), join(target, name)].map((path) => insidePath(release, path));
          const keep = '["Atom", "AtU8", "Attr", "Code", "StrT", "ImpT", "ExpT", "FunT", "LitT", "Line", "Type", "Meta"]';
          runErlang(release, {
            eval: `{ok, _, Cs} = beam_lib:all_chunks("${from}"), {ok, B} = beam_lib:build_module([C || {I, _} = C <- Cs, lists:member(I, ${keep})]), ok = file:write_file("${out}", zlib:gzip(B))`,
          });
        }
        return join(folder, to);
      };
      const [older, newer] = [strip(first, 'stripped-1'), strip(third, 'stripped-3')];
      const refused = beamtool('--from', older, newer);
      expect(refused).toMatchObject({ status: 1, stdout: expect.stringMatching(/shop_srv .*: refused: no debug info/) });
      expect(beamtool('--from', older, '--debug-info', first, '--debug-info', third, newer).status).toBe(0);
      const file = readFileSync(join(ebinOf(newer), 'shop_srv.beam'));
      expect([file[0], file[1], readBeam(file).debugInfo.kind]).toEqual([0x1f, 0x8b, 'none']);
      expect(upgrade(release, older, newer, '1')[2]).toBe('{state,[{1,{state,7,{item,a,3},x}}],101,{item,3,a,[]},7}');
    });
  });
}
