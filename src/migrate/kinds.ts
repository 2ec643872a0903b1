// Which callback a process's state goes through when its code changes, from the module's behaviours and exports. Behaviours of libraries
// that hand on the callbacks of OTP's are known by name.
//   gen_server    code_change(OldVsn, State, Extra)               {ok, State}
//   gen_event     the same for each handler, but a thrown term is no result
//   gen_statem    code_change(OldVsn, StateName, Data, Extra)     {ok, StateName, Data}; gen_fsm too
//   system        system_code_change(Misc, Module, OldVsn, Extra) {ok, Misc}; what sys calls in a special process
//
// Defined by gen_server, gen_statem, gen_event, gen_fsm and sys of stdlib; release-upgrade 4.3.

import type { CallbackKind, Refusal, StateDescription } from './model.js';
import { refusal } from './refusal.js';

const SERVER: CallbackKind = {
  ...{ name: 'code_change', arity: 3, oldVsn: 0, state: 1, extra: 2 },
  ...{ result: 'ok_state', thrownIsResult: true },
};
const EVENT: CallbackKind = { ...SERVER, thrownIsResult: false };
const STATEM: CallbackKind = {
  ...{ name: 'code_change', arity: 4, oldVsn: 0, state: 2, extra: 3 },
  ...{ result: 'ok_name_data', thrownIsResult: true },
};
const SYSTEM: CallbackKind = {
  ...{ name: 'system_code_change', arity: 4, oldVsn: 2, state: 0, extra: 3 },
  ...{ result: 'ok_state', thrownIsResult: true },
};

const BY_BEHAVIOUR: ReadonlyMap<string, CallbackKind> = new Map([
  ...['gen_server', 'gen_server2', 'gen_batch_server', 'p1_server', 'wx_object', 'gen_leader'].map(
    (name) => [name, SERVER] as const,
  ),
  ['gen_event', EVENT],
  ...['gen_statem', 'gen_fsm', 'p1_fsm', 'gen_fsm_compat'].map((name) => [name, STATEM] as const),
]);

/** What `--callback` may name beside behaviours. */
const BY_NAME: ReadonlyMap<string, CallbackKind> = new Map([
  ['code_change/3', SERVER],
  ['code_change/4', STATEM],
  ['system', SYSTEM],
  ['system_code_change/4', SYSTEM],
]);

const SUPERVISORS: ReadonlySet<string> = new Set(['supervisor', 'supervisor2', 'supervisor_bridge', 'mirrored_supervisor']);

/** Those of Elixir, whose modules no code is injected into. */
const ELIXIR_SUPERVISORS: ReadonlySet<string> = new Set(['Elixir.Supervisor', 'Elixir.DynamicSupervisor']);

/** Tells whether processes of the behaviour are supervisors, by its name. */
export function isSupervisorBehaviour(name: string): boolean {
  return SUPERVISORS.has(name) || ELIXIR_SUPERVISORS.has(name);
}

/** Returns the callback that processes of a behaviour of that name convert their state by, as `code_change/3`; undefined where it isn't known. */
export function callbackOfBehaviour(name: string): string | undefined {
  const kind = name === 'Elixir.GenServer' ? SERVER : BY_BEHAVIOUR.get(name);
  return kind && `${kind.name}/${kind.arity}`;
}

/** Finds the callback of the module's process, or says why none or more than one could be meant. */
export function findCallback(state: StateDescription, asked: string | undefined): CallbackKind | Refusal {
  const supervisor = state.behaviours.find((name) => SUPERVISORS.has(name));
  if (supervisor !== undefined) {
    return refusal(
      state,
      'supervisor',
      `behaviour ${supervisor}: a supervisor keeps its own state and calls init/1 when its code changes`,
    );
  }
  if (asked !== undefined) return callbackNamed(state, asked);
  if (state.behaviours.includes('application')) {
    return refusal(state, 'application', 'behaviour application: no process calls code_change of an application module');
  }
  const known = state.behaviours.flatMap((name) => BY_BEHAVIOUR.get(name) ?? []);
  return known.length > 0 ? theOnly(state, known) : fromExports(state);
}

function callbackNamed(state: StateDescription, asked: string): CallbackKind | Refusal {
  const found = BY_NAME.get(asked) ?? BY_BEHAVIOUR.get(asked);
  if (found !== undefined) return found;
  const names = [...BY_BEHAVIOUR.keys(), ...BY_NAME.keys()].join(', ');
  return refusal(state, 'no_callback', `no callback ${asked} is known; known are ${names}`);
}

/** A module that is a gen_server and a gen_event handler has one callback for both. */
function theOnly(state: StateDescription, kinds: readonly CallbackKind[]): CallbackKind | Refusal {
  const [first] = kinds as readonly [CallbackKind];
  if (kinds.some((kind) => kind.arity !== first.arity)) {
    return refusal(
      state,
      'several_callbacks',
      `behaviours ${state.behaviours.join(' and ')} have different callbacks; --callback says which`,
    );
  }
  return { ...first, thrownIsResult: kinds.every((kind) => kind.thrownIsResult) };
}

function fromExports(state: StateDescription): CallbackKind | Refusal {
  const found = ['code_change/3', 'code_change/4', 'system_code_change/4'].filter((name) => state.exports.has(name));
  const [first] = found;
  if (found.length === 1 && first !== undefined) return BY_NAME.get(first) as CallbackKind;
  if (found.length > 1)
    return refusal(state, 'several_callbacks', `exports ${found.join(' and ')}; --callback says which is meant`);
  const behaviours =
    state.behaviours.length === 0 ? 'no behaviour' : `no behaviour that is known (${state.behaviours.join(', ')})`;
  return refusal(
    state,
    'no_callback',
    `${behaviours}, and exports no code_change or system_code_change; --callback names the callback`,
  );
}
