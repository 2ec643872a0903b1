// What becomes of the user's own code_change: its clauses, its results, what it throws, its Extra, and who calls it.
import { down, type LiveCase, up } from '../support/live-migrations.js';
import { source } from '../support/live-sources.js';

const OLD = source('gen_server', '-record(state, {a}).');

/** A gen_server whose state got a field `b`, with these functions. */
const server = (functions: string, declarations = ''): string =>
  source('gen_server', `-state_record(state). -record(state, {a, b}). ${declarations}`, functions);

const added = (name: string, functions: string, steps: LiveCase['steps'], declarations = ''): LiveCase => ({
  name,
  from: [OLD],
  to: server(functions, declarations),
  steps,
});

const CLAUSES: readonly LiveCase[] = [
  added(
    'code_change with guards',
    `code_change({down, V}, S, _) when is_integer(V); V =:= undefined -> {ok, S};
     code_change(V, S, X) when is_integer(V), element(2, S) > 5 -> {ok, setelement(3, S, {big, X})};
     code_change(_, S, _) when tuple_size(S) =:= 3, element(1, S) =:= state -> {ok, setelement(3, S, small)}.`,
    [
      up('{state, 7}', '{state, 7, {big, x}}', { extra: 'x' }),
      up('{state, 1}', '{state, 1, small}'),
      down('{state, 7, 8}', '{state, 7}'),
      up('{state, 7}', '{state, 7, small}', { vsn: 'a' }),
    ],
  ),
  added(
    'code_change with patterns of the new record',
    `code_change({down, _}, #state{b = B} = S, _) -> {ok, S#state{a = {down, B}}};
     code_change(_, #state{a = A, b = undefined} = S, _) -> {ok, S#state{b = {from, A}}};
     code_change(_, _, _) -> {error, no_record}.`,
    [
      up('{state, 7}', '{state, 7, {from, 7}}'),
      down('{state, 7, 8}', '{state, {down, 8}}'),
      up('{state, 7, 8}', '{error, {error, no_record}, {state, 7, 8}}'),
    ],
  ),
  added(
    'code_change that calls itself',
    `code_change(V, S, N) when is_integer(N), N > 0 -> code_change(V, S#state{b = N}, N - 1);
     code_change(_, S, _) -> {ok, S}.`,
    [up('{state, 7}', '{state, 7, 1}', { extra: '3' }), down('{state, 7, 8}', '{state, 7}', { extra: '3' })],
  ),
  added(
    'code_change that hands itself on as a fun',
    `code_change(V, S, N) when is_integer(N), N > 0 -> call(fun code_change/3, [V, S#state{b = N}, N - 1]);
     code_change(_, S, _) -> {ok, S}.
     call(F, Args) -> apply(F, Args).`,
    [up('{state, 7}', '{state, 7, 1}', { extra: '3' }), down('{state, 7, 8}', '{state, 7}', { extra: '3' })],
  ),
  added(
    'the module calls its code_change from elsewhere',
    `code_change(_, #state{} = S, _) -> {ok, S#state{b = mine}}; code_change(_, S, _) -> {ok, {mine, S}}.
     local(S) -> code_change(v, S, x). as_fun(S) -> F = fun code_change/3, F(v, S, x). remote(S) -> m:code_change(v, S, x).`,
    [
      up('{state, 7}', '{state, 7, mine}'),
      up('{state, 7}', '{ok, {mine, {state, 1}}}', { observe: 'm:local({state, 1})' }),
      up('{state, 7}', '{ok, {mine, {state, 1}}}', { observe: 'm:as_fun({state, 1})' }),
      up('{state, 7}', '{ok, {state, 1, mine}}', { observe: 'm:remote({state, 1})' }),
    ],
    '-export([local/1, as_fun/1, remote/1]).',
  ),
  added(
    'code_change with a spec, and in lists of the compiler',
    `-spec code_change(term(), term(), term()) -> {ok, #state{}}.
     code_change({down, _}, S, _) -> {ok, S};
     code_change(_, S, X) -> {ok, S#state{b = inlined(X)}}.
     inlined(X) -> {x, X}.`,
    [up('{state, 7}', '{state, 7, {x, 1}}', { extra: '1' }), down('{state, 7, 8}', '{state, 7}', { extra: '1' })],
    '-compile(inline). -compile({inline, [code_change/3, inlined/1]}). -dialyzer({nowarn_function, code_change/3}).',
  ),
  added(
    'code_change with clauses of many shapes',
    `code_change("1." ++ _, S, _) -> {ok, S#state{b = string}};
     code_change(<<"v", N>>, S, _) -> {ok, S#state{b = N}};
     code_change(#{v := V}, S, _) -> {ok, S#state{b = V}};
     code_change({down, "1." ++ _}, S, _) -> {ok, S#state{a = string}};
     code_change({down, 1.5}, S, _) -> {ok, S#state{a = float}};
     code_change(_, S, _) -> {ok, S}.`,
    [
      up('{state, 7}', '{state, 7, string}', { vsn: '"1.2"' }),
      up('{state, 7}', '{state, 7, 51}', { vsn: '<<"v3">>' }),
      up('{state, 7}', '{state, 7, map}', { vsn: '#{v => map}' }),
      up('{state, 7}', '{state, 7, undefined}'),
      down('{state, 7, 8}', '{state, string}', { vsn: '"1.2"' }),
      down('{state, 7, 8}', '{state, float}', { vsn: '1.5' }),
      down('{state, 7, 8}', '{state, 7}'),
    ],
  ),
];

const RESULTS: readonly LiveCase[] = [
  added('what code_change answers', 'code_change(_, _, {answer, Answer}) -> Answer.', [
    up('{state, 7}', '{state, 8}', { extra: '{answer, {ok, {state, 8}}}' }),
    up('{state, 7}', '{error, {error, no}, {state, 7}}', { extra: '{answer, {error, no}}' }),
    up('{state, 7}', '{error, ok, {state, 7}}', { extra: '{answer, ok}' }),
    up('{state, 7}', '{error, {ok, a, b}, {state, 7}}', { extra: '{answer, {ok, a, b}}' }),
    down('{state, 7, 8}', '{state, 9}', { extra: '{answer, {ok, {state, 9, 10}}}' }),
    down('{state, 7, 8}', '{other, 9, 10}', { extra: '{answer, {ok, {other, 9, 10}}}' }),
    down('{state, 7, 8}', '{state, 1, 2, 3}', { extra: '{answer, {ok, {state, 1, 2, 3}}}' }),
    down('{state, 7, 8}', '{error, {error, {state, 7, 8}}, {state, 7, 8}}', { extra: '{answer, {error, {state, 7, 8}}}' }),
    down('{state, 7, 8}', '{error, {ok, a, {state, 7, 8}}, {state, 7, 8}}', { extra: '{answer, {ok, a, {state, 7, 8}}}' }),
    down('{state, 7, 8}', '{error, {state, 7, 8}, {state, 7, 8}}', { extra: '{answer, {state, 7, 8}}' }),
  ]),
  added('thrown results', 'code_change(_, _, {throw, Thrown}) -> throw(Thrown).', [
    up('{state, 7}', '{state, 8, 9}', { extra: '{throw, {ok, {state, 8, 9}}}' }),
    up('{state, 7}', '{error, no, {state, 7}}', { extra: '{throw, no}' }),
    down('{state, 7, 8}', '{state, 8}', { extra: '{throw, {ok, {state, 8, 9}}}' }),
    down('{state, 7, 8}', '{error, {error, no}, {state, 7, 8}}', { extra: '{throw, {error, no}}' }),
    // What looks like our own is not ours.
    up('{state, 7}', '{error, {beamtool, ambiguous_state, {m, state, 1}}, {state, 7}}', {
      extra: '{throw, {beamtool, ambiguous_state, {m, state, 1}}}',
    }),
    down('{state, 7, 8}', '{error, {beamtool, ambiguous_state, {m, state, 1}}, {state, 7, 8}}', {
      extra: '{throw, {beamtool, ambiguous_state, {m, state, 1}}}',
    }),
  ]),
  added(
    'code_change that fails',
    'code_change(_, _, {error, What}) -> error(What); code_change(_, _, {exit, What}) -> exit(What).',
    [
      up('{state, 7}', "{error, {'EXIT', {boom, stack}}, {state, 7}}", { extra: '{error, boom}' }),
      up('{state, 7}', "{error, {'EXIT', boom}, {state, 7}}", { extra: '{exit, boom}' }),
      down('{state, 7, 8}', "{error, {'EXIT', {boom, stack}}, {state, 7, 8}}", { extra: '{error, boom}' }),
      down('{state, 7, 8}', "{error, {'EXIT', boom}, {state, 7, 8}}", { extra: '{exit, boom}' }),
      up('{state, 7}', "{error, {'EXIT', {function_clause, stack}}, {state, 7}}", { extra: 'other' }),
      down('{state, 7, 8}', "{error, {'EXIT', {function_clause, stack}}, {state, 7, 8}}", { extra: 'other' }),
    ],
  ),
  added(
    'a downgrade that was written by hand',
    'code_change({down, _}, {state, A, B}, _) -> {ok, {state, {mine, A, B}}}; code_change(_, S, _) -> {ok, S}.',
    [down('{state, 7, 8}', '{state, {mine, 7, 8}}'), up('{state, 7}', '{state, 7, undefined}')],
  ),
  added('code_change is missing', '', [
    up('{state, 7}', '{state, 7, undefined}'),
    down('{state, 7, 8}', '{state, 7}'),
    up('{other}', '{other}', { extra: '{any, thing}' }),
    down('{other}', '{other}'),
  ]),
  added(
    'code_change is not exported and not used',
    'code_change(_, _, _) -> error(called).',
    [up('{state, 7}', '{state, 7, undefined}'), down('{state, 7, 8}', '{state, 7}')],
    '-unexported([]).',
  ),
  added(
    'code_change is not exported and used elsewhere',
    'code_change(_, S, _) -> {called, S}. used(S) -> code_change(1, S, 2).',
    [
      up('{state, 7}', '{state, 7, undefined}'),
      down('{state, 7, 8}', '{state, 7}'),
      up('{state, 7}', '{called, x}', { observe: 'm:used(x)' }),
    ],
    '-unexported([]). -export([used/1]).',
  ),
];

/** Keeps Extra in the state. */
const EXTRA = 'code_change({down, _}, S, X) -> {ok, S#state{a = X}}; code_change(_, S, X) -> {ok, S#state{b = X}}.';

const EXTRAS: readonly LiveCase[] = [
  added('Extra is the empty list', EXTRA, [
    up('{state, 7}', '{state, 7, [{old_state, {state, 7}}]}'),
    down('{state, 7, 8}', '{state, [{old_state, {state, 7, 8}}]}'),
  ]),
  added('Extra is a list', EXTRA, [
    up('{state, 7}', '{state, 7, [a, {b, 1}, {old_state, {state, 7}}]}', { extra: '[a, {b, 1}]' }),
    down('{state, 7, 8}', '{state, [a, {b, 1}, {old_state, {state, 7, 8}}]}', { extra: '[a, {b, 1}]' }),
    up('{state, 7}', '{state, 7, [1114112, {old_state, {state, 7}}]}', { extra: '[1114112]' }),
    up('{state, 7}', '{state, 7, [$a, b, {old_state, {state, 7}}]}', { extra: '[$a, b]' }),
    up('{state, 7}', '{state, 7, [-1, {old_state, {state, 7}}]}', { extra: '[-1]' }),
    up('{state, 7}', '{state, 7, ["ab", {old_state, {state, 7}}]}', { extra: '["ab"]' }),
  ]),
  added('Extra is a list, and the state is no record', 'code_change(_, S, X) -> {ok, {S, X}}.', [
    up('{state, 7, 8}', '{{state, 7, 8}, [{old_state, {state, 7, 8}}]}'),
    up('x', '{x, [{old_state, x}]}'),
    down('x', '{x, [{old_state, x}]}'),
  ]),
  added('Extra is something else', EXTRA, [
    ...['"text"', '"é€"', 'x', '{a, b}', '<<"b">>', '[a | b]', '1', '#{a => []}', 'undefined'].flatMap((extra) => [
      up('{state, 7}', `{state, 7, ${extra}}`, { extra }),
      down('{state, 7, 8}', `{state, ${extra}}`, { extra }),
    ]),
  ]),
  ...(
    [
      ['an atom', 'up', ''],
      ['a string', '"up"', ''],
      ['the empty list', '[]', ''],
      ['a list', '[up, _]', ''],
      ['a tuple', '{up, _}', ''],
      ['an alias of a literal', 'up = _Y', ''],
      ['a number', '1', ''],
    ] as const
  ).map(([what, pattern, guard]) =>
    added(
      `Extra is matched by ${what}`,
      `code_change(_, S, ${pattern})${guard} -> {ok, {literal, S}}; code_change(_, S, X) -> {ok, {S, X}}.`,
      [
        up('{state, 7}', '{{state, 7, undefined}, [x]}', { extra: '[x]' }),
        down('{state, 7, 8}', '{{state, 7, 8}, [x]}', { extra: '[x]' }),
        up('{state, 7}', pattern === '[]' ? '{literal, {state, 7, undefined}}' : '{{state, 7, undefined}, []}'),
      ],
    ),
  ),
];

/** The cases of this file. */
export const CALLBACKS: readonly LiveCase[] = [...CLAUSES, ...RESULTS, ...EXTRAS];
