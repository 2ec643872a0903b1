// Processes of every kind.
import { down, type LiveCase, type ProcessKind, up } from '../support/live-migrations.js';
import { source } from '../support/live-sources.js';

const NEW = '-state_record(state). -record(state, {b = new, a}).';

const pair = (kind: ProcessKind, functions: string, behaviour: string = kind): Pick<LiveCase, 'kind' | 'from' | 'to'> => ({
  kind,
  from: [source(kind, '-record(state, {a}).', '', behaviour)],
  to: source(kind, NEW, functions, behaviour),
});

const MACHINE = `code_change({down, _}, Name, #state{} = Data, X) -> {ok, {down, Name, X}, Data};
  code_change(_, Name, #state{} = Data, X) -> {ok, {up, Name}, Data#state{b = X}};
  code_change(_, Name, Data, _) -> {ok, Name, Data}.`;

const MACHINES: readonly LiveCase[] = (['gen_statem', 'gen_fsm'] as const).flatMap((kind): readonly LiveCase[] => [
  {
    name: `${kind} with code_change`,
    ...pair(kind, MACHINE),
    steps: [
      up('{idle, {state, 1}}', '{{up, idle}, {state, x, 1}}', { extra: 'x' }),
      up('{idle, {state, 1}}', '{{up, idle}, {state, [{old_state, {state, 1}}], 1}}'),
      down('{idle, {state, x, 1}}', '{{down, idle, x}, {state, 1}}', { extra: 'x' }),
      down('{idle, {state, x, 1}}', '{{down, idle, [{old_state, {state, x, 1}}]}, {state, 1}}'),
      // The name of a state is no data.
      up('{{state, 1}, {other, 1}}', '{{state, 1}, {other, 1}}'),
    ],
  },
  {
    name: `${kind} without code_change`,
    ...pair(kind, ''),
    steps: [
      up('{idle, {state, 1}}', '{idle, {state, new, 1}}'),
      down('{idle, {state, x, 1}}', '{idle, {state, 1}}'),
      up('{{state, 1}, {state, 2}}', '{{state, 1}, {state, new, 2}}'),
      down('{{state, x, 1}, other}', '{{state, x, 1}, other}'),
    ],
  },
  {
    name: `${kind} whose code_change throws`,
    ...pair(kind, 'code_change(_, Name, Data, thrown) -> throw({ok, {thrown, Name}, Data}).'),
    steps: [
      up('{idle, {state, 1}}', '{{thrown, idle}, {state, new, 1}}', { extra: 'thrown' }),
      down('{idle, {state, x, 1}}', '{{thrown, idle}, {state, 1}}', { extra: 'thrown' }),
    ],
  },
]);

const STATE_FUNCTIONS: LiveCase = {
  name: 'gen_statem with state functions, and calls after the change',
  kind: 'gen_statem',
  from: [functions('-record(state, {n = 0}).', '#state{n = N + 1}')],
  to: functions('-state_record(state). -record(state, {step = 10, n = 0}).', '#state{n = N + 10}'),
  steps: [
    up('{on, {state, 1}}', '{on, {state, 10, 1}}'),
    down('{on, {state, 5, 1}}', '{on, {state, 1}}'),
    up('{{off}, {state, 1}}', '{{off}, {state, 10, 1}}'),
  ],
};

function functions(declarations: string, next: string): string {
  return source(
    'gen_statem',
    `${declarations} -export([on/3]).`,
    `on(cast, _, #state{n = N}) -> {keep_state, ${next}}; on(_, _, _) -> keep_state_and_data.
     code_change(_, Name, Data, _) -> {ok, Name, Data}.`,
  );
}

const EVENTS: readonly LiveCase[] = [
  {
    name: 'a handler of gen_event',
    ...pair('gen_event', 'code_change({down, _}, S, X) -> {ok, S#state{a = X}}; code_change(_, S, X) -> {ok, S#state{b = X}}.'),
    steps: [
      up('{state, 1}', '{state, [{old_state, {state, 1}}], 1}'),
      up('{state, 1}', '{state, x, 1}', { extra: 'x' }),
      down('{state, 2, 1}', '{state, x}', { extra: 'x' }),
    ],
  },
  {
    name: 'a handler of gen_event without code_change',
    ...pair('gen_event', ''),
    steps: [up('{state, 1}', '{state, new, 1}'), down('{state, x, 1}', '{state, 1}')],
  },
];

const SPECIAL: readonly LiveCase[] = [
  {
    name: 'a special process',
    ...pair(
      'special',
      `system_code_change(S, Module, {down, V}, X) -> {ok, S#state{a = {Module, is_integer(V), X}}};
       system_code_change(S, Module, V, X) when is_tuple(S) -> {ok, S#state{b = {Module, is_integer(V), X}}};
       system_code_change(_, _, _, _) -> {error, no}.`,
    ),
    steps: [
      up('{state, 1}', '{state, {m, true, x}, 1}', { extra: 'x' }),
      up('{state, 1}', '{state, {m, true, [{old_state, {state, 1}}]}, 1}'),
      down('{state, 2, 1}', '{state, {m, true, x}}', { extra: 'x' }),
      up('7', '{error, {error, no}, 7}'),
    ],
  },
  {
    name: 'a special process whose system_code_change throws',
    ...pair('special', 'system_code_change(S, _, _, x) -> throw({ok, S}).'),
    steps: [up('{state, 1}', '{state, new, 1}', { extra: 'x' }), down('{state, 2, 1}', '{state, 1}', { extra: 'x' })],
  },
  {
    name: 'a special process without system_code_change',
    ...pair('special', ''),
    options: { callback: 'system' },
    steps: [up('{state, 1}', '{state, new, 1}'), down('{state, 2, 1}', '{state, 1}')],
  },
];

const KEEP = 'code_change(_, S, _) -> {ok, S}.';

/** Behaviours of libraries, which hand on the callbacks of OTP's; what runs here is that of OTP. */
const LIBRARIES: readonly LiveCase[] = [
  ...['gen_server2', 'gen_batch_server', 'p1_server'].map(
    (behaviour): LiveCase => ({
      name: `behaviour ${behaviour}`,
      ...pair('gen_server', KEEP, behaviour),
      steps: [up('{state, 1}', '{state, new, 1}'), down('{state, 2, 1}', '{state, 1}')],
    }),
  ),
  {
    name: 'behaviour gen_server2 without code_change',
    ...pair('gen_server', '', 'gen_server2'),
    steps: [up('{state, 1}', '{state, new, 1}'), down('{state, 2, 1}', '{state, 1}')],
  },
  {
    name: 'behaviour p1_fsm',
    ...pair('gen_fsm', MACHINE, 'p1_fsm'),
    steps: [
      up('{a, {state, 1}}', '{{up, a}, {state, x, 1}}', { extra: 'x' }),
      down('{a, {state, 2, 1}}', '{{down, a, x}, {state, 1}}', { extra: 'x' }),
    ],
  },
  {
    name: 'behaviour p1_fsm without code_change',
    ...pair('gen_fsm', '', 'p1_fsm'),
    steps: [up('{a, {state, 1}}', '{a, {state, new, 1}}'), down('{a, {state, 2, 1}}', '{a, {state, 1}}')],
  },
  {
    name: 'no behaviour, and code_change/3 is exported',
    ...pair('gen_server', KEEP, ''),
    steps: [up('{state, 1}', '{state, new, 1}'), down('{state, 2, 1}', '{state, 1}')],
  },
  {
    name: 'no behaviour, and code_change/4 is exported',
    ...pair('gen_statem', MACHINE, ''),
    steps: [up('{a, {state, 1}}', '{{up, a}, {state, x, 1}}', { extra: 'x' })],
  },
  {
    name: 'the American spelling of behaviour',
    kind: 'gen_server',
    from: [source('gen_server', '-behavior(gen_server). -record(state, {a}).', '', '')],
    to: source('gen_server', `-behavior(gen_server). ${NEW}`, '', ''),
    steps: [up('{state, 1}', '{state, new, 1}'), down('{state, 2, 1}', '{state, 1}')],
  },
  {
    name: 'a callback that --callback names',
    ...pair('gen_statem', '', 'my_statem'),
    options: { callback: 'gen_statem' },
    steps: [up('{a, {state, 1}}', '{a, {state, new, 1}}'), down('{a, {state, 2, 1}}', '{a, {state, 1}}')],
  },
  {
    name: 'a record that --record names',
    kind: 'gen_server',
    from: [source('gen_server', '-record(state, {a}). -record(other, {x}).')],
    to: source('gen_server', '-record(state, {b = new, a}). -record(other, {x, y = 2}).', KEEP),
    options: { record: 'other' },
    steps: [up('{other, 1}', '{other, 1, 2}'), up('{state, 1}', '{state, 1}'), down('{other, 1, 3}', '{other, 1}')],
  },
];

/** The cases of this file. */
export const KINDS: readonly LiveCase[] = [...MACHINES, STATE_FUNCTIONS, ...EVENTS, ...SPECIAL, ...LIBRARIES];
