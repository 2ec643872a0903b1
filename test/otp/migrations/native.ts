// Native records, of OTP 29. Both modules make instances with make/1, so that what is expected after the way down is an instance of the old
// definition, and after the way up one of the new.
import { down, type LiveCase, up } from '../support/live-migrations.js';
import { source } from '../support/live-sources.js';

const server = (declarations: string, functions = ''): string => source('gen_server', declarations, functions);

const KEEP = 'code_change(_, State, _) -> {ok, State}.';

/** A module that can make its record from a list of the values of some fields. */
function native(fields: string, made: string, more = ''): string {
  return server(
    `-record #state{${fields}}. -export([make/1]). ${more}`,
    `make([${made.replaceAll(/\w+ = /g, '')}]) -> #state{${made}}.`,
  );
}

const keeping = (text: string): string => `${text}\n${KEEP}\n`.replace('-export([make/1]).', '-export([make/1, code_change/3]).');

/** The cases of this file. */
export const NATIVE: readonly LiveCase[] = [
  {
    name: 'native: fields are added and change places',
    from: [native('a, b', 'a = A, b = B')],
    to: keeping(native('c = 3, b, a', 'c = C, b = B, a = A', '-state_record(state).')),
    steps: [
      up('make([1, 2])', 'make([3, 2, 1])'),
      down('make([7, 2, 1])', 'make([1, 2])'),
      up('make([1, 2])', '[3, 2, 1]', { observe: '[records:get(F, State) || F <- [c, b, a]]' }),
      up('{state, 1, 2}', '{state, 1, 2}'),
      down('{state, 1, 2, 3}', '{state, 1, 2, 3}'),
      up('x', 'x'),
    ],
  },
  {
    name: 'native: exported records',
    from: [native('a', 'a = A', '-export_record([state]).')],
    to: keeping(native('a, b = {2}', 'a = A, b = B', '-state_record(state). -export_record([state]).')),
    steps: [up('make([1])', 'make([1, {2}])'), down('make([1, 2])', 'make([1])')],
  },
  {
    name: 'native: a record that is exported now',
    from: [native('a', 'a = A')],
    to: keeping(native('a, b = 2', 'a = A, b = B', '-state_record(state). -export_record([state]).')),
    steps: [up('make([1])', 'make([1, 2])'), down('make([1, 2])', 'make([1])')],
  },
  {
    name: 'native: fields are dropped, and come back with their defaults',
    from: [native('a, b = old, c = 1 + 2', 'a = A, b = B, c = C')],
    to: keeping(native('a', 'a = A', '-state_record(state).')),
    steps: [up('make([1, 2, 3])', 'make([1])'), down('make([1])', 'make([1, old, 3])')],
  },
  {
    name: 'native: without code_change',
    from: [native('a', 'a = A')],
    to: native('b = 2, a', 'b = B, a = A', '-state_record(state).'),
    steps: [up('make([1])', 'make([2, 1])'), down('make([2, 1])', 'make([1])')],
  },
  {
    name: 'native: two old versions',
    from: [native('a', 'a = A'), native('b, a', 'b = B, a = A')],
    to: keeping(native('a, c = 3, b = 2', 'a = A, c = C, b = B', '-state_record(state).')),
    steps: [
      up('make([1])', 'make([1, 3, 2])', { old: 0 }),
      up('make([5, 1])', 'make([1, 3, 5])', { old: 1 }),
      down('make([1, 3, 5])', 'make([1])', { old: 0 }),
      down('make([1, 3, 5])', 'make([5, 1])', { old: 1 }),
    ],
  },
  {
    name: 'native: renamed fields and a conversion',
    from: [native('count, name', 'count = C, name = N')],
    to: keeping(
      native(
        'name, total = 0',
        'name = N, total = T',
        '-state_record(state). -state_rename([{count, total}]). -state_convert([{name, {erlang, atom_to_list}}]).',
      ),
    ),
    steps: [up('make([7, n])', 'make(["n", 7])'), down('make(["n", 7])', 'make([7, "n"])')],
  },
  {
    name: 'native: a tuple that becomes a native record',
    from: [server('-record(state, {a, b}).')],
    to: keeping(native('b, c = 3, a', 'b = B, c = C, a = A', '-state_record(state).')),
    steps: [up('{state, 1, 2}', 'make([2, 3, 1])'), down('make([2, 9, 1])', '{state, 1, 2}')],
  },
  {
    name: 'native: a native record that becomes a tuple',
    from: [native('a, b', 'a = A, b = B')],
    to: server('-state_record(state). -record(state, {b, c = 3, a}).', KEEP),
    steps: [up('make([1, 2])', '{state, 2, 3, 1}'), down('{state, 2, 3, 1}', 'make([1, 2])')],
  },
  {
    name: 'native: records inside of records',
    from: [nested('-record #in{x}.', '#in{x = X}')],
    to: nested('-state_record(state). -record #in{y = 2, x}.', '#in{x = X}', KEEP),
    steps: [
      up('make([in(1)])', 'make([in(1)])'),
      up('make([in(1)])', '[{2, 1}]', { observe: '[{records:get(y, I), records:get(x, I)} || I <- records:get(f, State)]' }),
      down('make([in(1), x])', 'make([in(1), x])'),
      up('make(none)', 'make(none)'),
    ],
  },
  {
    name: 'native: gen_statem',
    kind: 'gen_statem',
    from: [source('gen_statem', '-record #data{a}. -export([make/1]).', 'make(A) -> #data{a = A}.')],
    to: source('gen_statem', '-state_record(data). -record #data{b = 2, a}. -export([make/1]).', 'make(A) -> #data{a = A}.'),
    steps: [up('{s, make(1)}', '{s, make(1)}'), down('{s, make(1)}', '{s, make(1)}')],
  },
  {
    name: 'native: code_change with patterns of the new record',
    from: [native('a', 'a = A')],
    to: server(
      '-state_record(state). -record #state{b, a}. -export([make/2]).',
      `make(B, A) -> #state{b = B, a = A}.
       code_change({down, _}, #state{a = A} = S, _) -> {ok, S#state{a = {down, A}}};
       code_change(_, #state{a = A, b = undefined} = S, [{old_state, Old}]) -> {ok, S#state{b = records:get(a, Old), a = {A}}}.`,
    ),
    steps: [up('make([1])', 'make(1, {1})'), down('make(5, 1)', 'make([{down, 1}])')],
  },
  {
    name: 'native: 200 fields',
    from: [native(Array.from({ length: 200 }, (_, at) => `f${at} = ${at}`).join(', '), 'f7 = A')],
    to: keeping(
      native(Array.from({ length: 201 }, (_, at) => `f${200 - at} = new`).join(', '), 'f7 = A', '-state_record(state).'),
    ),
    steps: [
      up('make([x])', '[x, 0, 199, new]', { observe: '[records:get(F, State) || F <- [f7, f0, f199, f200]]' }),
      down('make([x])', '[x, new]', { observe: '[records:get(F, State) || F <- [f7, f0]]' }),
    ],
  },
];

function nested(declarations: string, made: string, functions = ''): string {
  return server(
    `${declarations} -record #state{f :: none | [#in{}]}. -export([make/1, in/1]).`,
    `make(F) -> #state{f = F}. in(X) -> ${made}. ${functions}`,
  );
}
