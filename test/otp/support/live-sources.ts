// The sources of modules whose processes only keep a state: a head and callbacks by what the process is, and what a case adds to it.
import type { ProcessKind } from './live-migrations.js';

interface Callbacks {
  readonly exports: string;
  readonly functions: string;
}

const SERVER: Callbacks = {
  exports: 'init/1, handle_call/3, handle_cast/2',
  functions: 'init(S) -> {ok, S}. handle_call(_, _, S) -> {reply, S, S}. handle_cast(_, S) -> {noreply, S}.',
};

const CALLBACKS: Readonly<Record<ProcessKind, Callbacks>> = {
  gen_server: SERVER,
  gen_event: {
    exports: 'init/1, handle_event/2, handle_call/2',
    functions: 'init(S) -> {ok, S}. handle_event(_, S) -> {ok, S}. handle_call(_, S) -> {ok, S, S}.',
  },
  gen_statem: {
    exports: 'init/1, callback_mode/0, handle_event/4',
    functions: `init({Name, Data}) -> {ok, Name, Data}. callback_mode() -> handle_event_function.
      handle_event(_, _, _, _) -> keep_state_and_data.`,
  },
  gen_fsm: {
    exports: 'init/1, handle_event/3, handle_sync_event/4, handle_info/3, terminate/3',
    functions: `init({Name, Data}) -> {ok, Name, Data}. handle_event(_, Name, Data) -> {next_state, Name, Data}.
      handle_sync_event(_, _, Name, Data) -> {reply, ok, Name, Data}. handle_info(_, Name, Data) -> {next_state, Name, Data}.
      terminate(_, _, _) -> ok.`,
  },
  special: {
    exports: 'start_loop/2, system_continue/3, system_terminate/4, system_get_state/1',
    functions: `start_loop(Parent, Misc) -> proc_lib:init_ack(Parent, {ok, self()}), loop(Parent, Misc).
      loop(Parent, Misc) -> receive {system, From, Request} -> sys:handle_system_msg(Request, From, Parent, ?MODULE, [], Misc) end.
      system_continue(Parent, _, Misc) -> loop(Parent, Misc). system_terminate(Reason, _, _, _) -> exit(Reason).
      system_get_state(Misc) -> {ok, Misc}.`,
  },
};

let sources = 0;

/**
 * Returns the source of a module `m` with these declarations and functions. It exports `code_change` or `system_code_change` if it has one, and
 * no declaration says `-unexported`; `behaviour` overrides that of the process, '' is none.
 */
export function source(kind: ProcessKind, declarations: string, functions = '', behaviour: string = kind): string {
  const { exports, functions: callbacks } = CALLBACKS[kind];
  const own = declarations.includes('-unexported') ? '' : exportOf(kind, functions);
  // The compiler's version of a module is one of its code: a record that no function uses makes no difference to it.
  const distinct = `source${sources++}`;
  return [
    '-module(m).',
    behaviour === 'special' || behaviour === '' ? '' : `-behaviour(${behaviour}).`,
    `-export([${distinct}/0, ${exports}]). ${own}`,
    `${declarations}\n${distinct}() -> ok.\n${callbacks.replaceAll('?MODULE', 'm')}\n${functions}\n`,
  ].join('\n');
}

function exportOf(kind: ProcessKind, functions: string): string {
  if (!/(^|[^'\w:])(system_)?code_change\(/.test(functions)) return '';
  if (kind === 'special') return '-export([system_code_change/4]).';
  return `-export([code_change/${kind === 'gen_statem' || kind === 'gen_fsm' ? 4 : 3}]).`;
}
