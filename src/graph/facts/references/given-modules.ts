// Functions that are given a module, or a function by module, name and arguments, and call it: those that xref doesn't look into. A table
// by name: where the module stands among the arguments, and whether name and arguments follow it.

/** Where a function has what it is given, from 0. */
export interface GivenModule {
  readonly module: number;
  /** Whether name and list of arguments follow. */
  readonly named: boolean;
}

const named = (module: number, ...names: readonly string[]) => names.map((name) => [name, { module, named: true }] as const);
const callbackModule = (module: number, ...names: readonly string[]) =>
  names.map((name) => [name, { module, named: false }] as const);

type Entries = readonly (readonly [string, GivenModule])[];

const BY_MODULE: Readonly<Record<string, Entries>> = {
  erlang: [...named(0, 'spawn_monitor/3', 'spawn_request/3', 'hibernate/3'), ...named(1, 'spawn_monitor/4', 'spawn_request/5')],
  proc_lib: [
    ...named(0, 'spawn/3', 'spawn_link/3', 'spawn_opt/4', 'hibernate/3'),
    ...named(0, 'start/3', 'start/4', 'start/5', 'start_link/3', 'start_link/4', 'start_link/5'),
    ...named(0, 'start_monitor/3', 'start_monitor/4', 'start_monitor/5'),
    ...named(1, 'spawn/4', 'spawn_link/4', 'spawn_opt/5'),
  ],
  timer: [...named(0, 'tc/3', 'tc/4'), ...named(1, 'apply_after/4', 'apply_interval/4', 'apply_repeatedly/4')],
  rpc: [
    ...named(0, 'multicall/3', 'eval_everywhere/3'),
    ...named(1, 'call/4', 'call/5', 'block_call/4', 'block_call/5', 'cast/4', 'async_call/4', 'multicall/4', 'multicall/5'),
    ...named(1, 'eval_everywhere/4'),
  ],
  erpc: named(1, 'call/4', 'call/5', 'cast/4', 'send_request/4', 'send_request/6', 'multicall/4', 'multicall/5', 'multicast/4'),
  gen_server: serverEntries('start', 'start_link', 'start_monitor'),
  gen_statem: [...serverEntries('start', 'start_link', 'start_monitor'), ...callbackModule(0, 'enter_loop/4', 'enter_loop/5')],
  gen_fsm: serverEntries('start', 'start_link'),
  wx_object: serverEntries('start', 'start_link'),
  gen_event: callbackModule(1, 'add_handler/3', 'add_sup_handler/3'),
  supervisor: [...callbackModule(0, 'start_link/2'), ...callbackModule(1, 'start_link/3')],
  supervisor_bridge: [...callbackModule(0, 'start_link/2'), ...callbackModule(1, 'start_link/3')],
  'Elixir.GenServer': callbackModule(0, 'start/2', 'start/3', 'start_link/2', 'start_link/3'),
  'Elixir.Supervisor': callbackModule(0, 'start_link/3'),
  'Elixir.DynamicSupervisor': callbackModule(0, 'start_link/3'),
  'Elixir.Task': named(0, 'async/3', 'start/3', 'start_link/3'),
  'Elixir.Agent': named(0, 'start/3', 'start/4', 'start_link/3', 'start_link/4'),
};

/** `start(Module, Args, Options)` and `start(Name, Module, Args, Options)`. */
function serverEntries(...names: readonly string[]): Entries {
  return names.flatMap((name) => [...callbackModule(0, `${name}/3`), ...callbackModule(1, `${name}/4`)]);
}

const TABLE: ReadonlyMap<string, ReadonlyMap<string, GivenModule>> = new Map(
  Object.entries(BY_MODULE).map(([module, entries]) => [module, new Map(entries)]),
);

/** Returns where that function is given a module; undefined for one that isn't in the table. */
export function givenModule(module: string, name: string, arity: number): GivenModule | undefined {
  return TABLE.get(module)?.get(`${name}/${arity}`);
}
