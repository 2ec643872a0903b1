// Further than by name: renamed records and fields, conversions of a field's own, and records inside of records.
import { down, type LiveCase, up } from '../support/live-migrations.js';
import { source } from '../support/live-sources.js';

const server = (declarations: string, functions = ''): string => source('gen_server', declarations, functions);

const KEEP = 'code_change(_, State, _) -> {ok, State}.';

const RENAMED: readonly LiveCase[] = [
  {
    name: 'a record of the state that has another name now',
    from: [server('-state_record(old_state). -record(old_state, {a}).')],
    to: server('-state_record(state). -record(state, {b = 2, a}).', KEEP),
    steps: [up('{old_state, 1}', '{state, 2, 1}'), down('{state, 2, 1}', '{old_state, 1}'), up('{state, 1}', '{state, 1}')],
  },
  {
    name: 'a record that only has another name',
    from: [server('-state_record(old_state). -record(old_state, {a, b}).')],
    to: server('-state_record(state). -record(state, {a, b}).', KEEP),
    steps: [up('{old_state, 1, 2}', '{state, 1, 2}'), down('{state, 1, 2}', '{old_state, 1, 2}')],
  },
  {
    name: 'a field renamed by the attribute',
    from: [server('-record(state, {count, name}).')],
    to: server('-state_record(state). -state_rename([{count, total}]). -record(state, {name, total = 0}).', KEEP),
    steps: [up('{state, 7, n}', '{state, n, 7}'), down('{state, n, 8}', '{state, 8, n}')],
  },
  {
    name: 'a field renamed by the option',
    from: [server('-record(state, {count, name}).')],
    to: server('-state_record(state). -record(state, {name, total = 0}).', KEEP),
    options: { renames: [{ record: 'state', old: 'count', new: 'total' }] },
    steps: [up('{state, 7, n}', '{state, n, 7}'), down('{state, n, 8}', '{state, 8, n}')],
  },
  {
    name: 'a likely rename that nobody asked for is none',
    from: [server('-record(state, {count = 0 :: integer(), name}).')],
    to: server('-state_record(state). -record(state, {total = 0 :: integer(), name}).', KEEP),
    steps: [up('{state, 7, n}', '{state, 0, n}'), down('{state, 8, n}', '{state, 0, n}')],
  },
  {
    name: 'two fields that swap their names',
    from: [server('-record(state, {a, b}).')],
    to: server('-state_record(state). -state_rename([{a, x}, {b, y}]). -record(state, {y, x, z = 3}).', KEEP),
    steps: [up('{state, 1, 2}', '{state, 2, 1, 3}'), down('{state, 2, 1, 3}', '{state, 1, 2}')],
  },
  {
    name: 'a field renamed in two steps',
    from: [server('-record(state, {a}).'), server('-record(state, {b, n}).')],
    to: server('-state_record(state). -state_rename([{a, b}, {b, c}]). -record(state, {n = 0, m = 1, c}).', KEEP),
    steps: [
      up('{state, 1}', '{state, 0, 1, 1}', { old: 0 }),
      up('{state, 1, 2}', '{state, 2, 1, 1}', { old: 1 }),
      down('{state, 2, 1, 5}', '{state, 5}', { old: 0 }),
      down('{state, 2, 1, 5}', '{state, 5, 2}', { old: 1 }),
    ],
  },
  {
    name: 'conversions of fields',
    from: [server('-record(state, {id, list}).')],
    to: server(
      `-state_record(state). -state_convert([{id, {erlang, integer_to_binary}}, {list, {m, to_map}}]). -export([to_map/1]).
       -record(state, {list = #{}, id, n = 0}).`,
      `${KEEP} to_map(List) -> maps:from_list(List).`,
    ),
    steps: [
      up('{state, 17, [{a, 1}]}', '{state, #{a => 1}, <<"17">>, 0}'),
      down('{state, #{a => 1}, <<"17">>, 0}', '{state, <<"17">>, #{a => 1}}'),
      up('{state, x, []}', "{error, {'EXIT', {badarg, stack}}, {state, x, []}}"),
    ],
  },
  {
    name: 'a conversion of a renamed field',
    from: [server('-record(state, {id}).')],
    to: server(
      '-state_record(state). -state_rename([{id, key}]). -state_convert([{key, {erlang, integer_to_list}}]). -record(state, {n = 0, key}).',
      KEEP,
    ),
    steps: [up('{state, 17}', '{state, 0, "17"}'), down('{state, 0, "17"}', '{state, "17"}')],
  },
];

const INNER_OLD = '-record(in, {a}).';
const INNER_NEW = '-record(in, {b = new, a}).';

/** A state with one field of this type, whose record changes. */
const typed = (type: string, declarations = ''): Pick<LiveCase, 'from' | 'to'> => ({
  from: [server(`${INNER_OLD} ${declarations} -record(state, {f :: ${type}}).`)],
  to: server(`-state_record(state). ${INNER_NEW} ${declarations} -record(state, {f :: ${type}}).`, KEEP),
});

const value = (old: string, next: string): LiveCase['steps'] => [
  up(`{state, ${old}}`, `{state, ${next}}`),
  down(`{state, ${next}}`, `{state, ${old}}`),
];

const NESTED_TYPES: readonly LiveCase[] = [
  {
    name: 'nested: #in{}',
    ...typed('#in{}'),
    steps: [
      ...value('{in, 1}', '{in, new, 1}'),
      ...value('undefined', 'undefined'),
      ...value('[{in, 1}]', '[{in, 1}]'),
      ...value('{x, {in, 1}}', '{x, {in, 1}}'),
      up('{state, {in, 1, 2}}', '{state, {in, 1, 2}}'),
      up('x', 'x'),
    ],
  },
  {
    name: 'nested: undefined | #in{}',
    ...typed('undefined | #in{}'),
    steps: [...value('{in, 1}', '{in, new, 1}'), ...value('undefined', 'undefined')],
  },
  {
    name: 'nested: [#in{}]',
    ...typed('[#in{}]'),
    steps: [
      ...value('[{in, 1}, {in, 2}]', '[{in, new, 1}, {in, new, 2}]'),
      ...value('[]', '[]'),
      ...value('[x, {in, 2}, {y}]', '[x, {in, new, 2}, {y}]'),
      ...value('lists:duplicate(1000, {in, 2})', 'lists:duplicate(1000, {in, new, 2})'),
      up('{state, [{in, 1} | {in, 2}]}', '{state, [{in, new, 1} | {in, 2}]}'),
    ],
  },
  { name: 'nested: list(#in{})', ...typed('list(#in{})'), steps: value('[{in, 1}]', '[{in, new, 1}]') },
  { name: 'nested: nonempty_list(#in{})', ...typed('nonempty_list(#in{})'), steps: value('[{in, 1}]', '[{in, new, 1}]') },
  { name: 'nested: [#in{}, ...]', ...typed('[#in{}, ...]'), steps: value('[{in, 1}]', '[{in, new, 1}]') },
  {
    name: 'nested: undefined | [#in{}]',
    ...typed('undefined | [#in{}]'),
    steps: [...value('[{in, 1}]', '[{in, new, 1}]'), ...value('undefined', 'undefined')],
  },
  { name: 'nested: with the types of fields', ...typed('#in{a :: integer()}'), steps: value('{in, 1}', '{in, new, 1}') },
  { name: 'nested: an annotated type', ...typed('In :: #in{}'), steps: value('{in, 1}', '{in, new, 1}') },
  { name: 'nested: a local type', ...typed('in()', '-type in() :: #in{}.'), steps: value('{in, 1}', '{in, new, 1}') },
  {
    name: 'nested: a chain of local types',
    ...typed(
      'maybe_in()',
      '-type maybe_in() :: undefined | ins(). -type ins() :: [in()]. -opaque in() :: #in{}. -export_type([in/0]).',
    ),
    steps: [...value('[{in, 1}]', '[{in, new, 1}]'), ...value('undefined', 'undefined')],
  },
  {
    name: 'nested: a local type with parameters',
    ...typed('one_of(none, #in{})', '-type one_of(A, B) :: A | many(B). -type many(B) :: B | [B].'),
    steps: [...value('[{in, 1}]', '[{in, new, 1}]'), ...value('{in, 1}', '{in, new, 1}'), ...value('none', 'none')],
  },
];

const NESTED_RECORDS: readonly LiveCase[] = [
  {
    name: 'nested: the state and what is in it change both',
    from: [server(`${INNER_OLD} -record(state, {n, f = #in{a = 1} :: #in{}}).`)],
    to: server(`-state_record(state). ${INNER_NEW} -record(state, {f = #in{} :: #in{}, g = #in{a = 2} :: #in{}}).`, KEEP),
    steps: [
      up('{state, 1, {in, 7}}', '{state, {in, new, 7}, {in, new, 2}}'),
      down('{state, {in, x, 7}, {in, y, 8}}', '{state, undefined, {in, 7}}'),
    ],
  },
  {
    name: 'nested: a default that is dropped has the older record',
    from: [server(`${INNER_OLD} -record(state, {f = #in{a = 1} :: #in{}, n}).`)],
    to: server(`-state_record(state). ${INNER_NEW} -record(state, {n}).`, KEEP),
    steps: [up('{state, {in, 7}, 1}', '{state, 1}'), down('{state, 1}', '{state, {in, 1}, 1}')],
  },
  {
    name: 'nested: three levels deep',
    from: [server('-record(c, {x}). -record(b, {c :: #c{}}). -record(state, {b :: [#b{}]}).')],
    to: server('-state_record(state). -record(c, {y = 0, x}). -record(b, {c :: #c{}}). -record(state, {b :: [#b{}]}).', KEEP),
    steps: [
      up('{state, [{b, {c, 1}}, {b, undefined}]}', '{state, [{b, {c, 0, 1}}, {b, undefined}]}'),
      down('{state, [{b, {c, 5, 1}}]}', '{state, [{b, {c, 1}}]}'),
    ],
  },
  {
    name: 'nested: a record that holds itself',
    from: [
      server(
        '-record(node, {v, l :: undefined | #node{}, r :: undefined | #node{}}). -record(state, {t :: undefined | #node{}}).',
      ),
    ],
    to: server(
      `-state_record(state). -record(node, {l :: undefined | #node{}, v, r :: undefined | #node{}, n = 0}).
       -record(state, {t :: undefined | #node{}}).`,
      KEEP,
    ),
    steps: [
      up(
        '{state, {node, 1, {node, 2, undefined, undefined}, {node, 3, undefined, {node, 4, undefined, undefined}}}}',
        '{state, {node, {node, undefined, 2, undefined, 0}, 1, {node, undefined, 3, {node, undefined, 4, undefined, 0}, 0}, 0}}',
      ),
      down(
        '{state, {node, {node, undefined, 2, undefined, 0}, 1, undefined, 0}}',
        '{state, {node, 1, {node, 2, undefined, undefined}, undefined}}',
      ),
    ],
  },
  {
    name: 'nested: the state holds itself',
    from: [server('-record(state, {a, before :: undefined | #state{}}).')],
    to: server('-state_record(state). -record(state, {before :: undefined | #state{}, a, b = 1}).', KEEP),
    steps: [
      up('{state, 1, {state, 2, undefined}}', '{state, {state, undefined, 2, 1}, 1, 1}'),
      down('{state, {state, undefined, 2, 1}, 1, 1}', '{state, 1, {state, 2, undefined}}'),
    ],
  },
  {
    name: 'nested: one of several records, or a list of them',
    from: [server('-record(a, {x}). -record(b, {y}). -record(state, {f :: #a{} | #b{} | [#a{} | #b{}] | none}).')],
    to: server(
      '-state_record(state). -record(a, {x, z}). -record(b, {z, y}). -record(state, {f :: #a{} | #b{} | [#a{} | #b{}] | none}).',
      KEEP,
    ),
    steps: [
      ...value('{a, 1}', '{a, 1, undefined}'),
      ...value('{b, 1}', '{b, undefined, 1}'),
      ...value('[{b, 1}, {a, 1}, c]', '[{b, undefined, 1}, {a, 1, undefined}, c]'),
      ...value('none', 'none'),
    ],
  },
  {
    name: 'nested: a renamed field with a record',
    from: [server(`${INNER_OLD} -record(state, {f :: #in{}}).`)],
    to: server(`-state_record(state). -state_rename([{f, g}]). ${INNER_NEW} -record(state, {n = 1, g :: #in{}}).`, KEEP),
    steps: [up('{state, {in, 1}}', '{state, 1, {in, new, 1}}'), down('{state, 1, {in, x, 1}}', '{state, {in, 1}}')],
  },
  {
    name: 'nested: a field renamed in an inner record',
    from: [server('-record(in, {a}). -record(state, {f :: #in{}}).')],
    to: server('-state_record(state). -record(in, {b, n = 2}). -record(state, {f :: #in{}}).', KEEP),
    options: { renames: [{ record: 'in', old: 'a', new: 'b' }] },
    steps: value('{in, 1}', '{in, 1, 2}'),
  },
  {
    name: 'nested: an inner record that has another name now',
    from: [server('-record(conn, {host}). -record(state, {c :: #conn{}, pool :: [#conn{}]}).')],
    to: server(
      '-state_record(state). -record(link, {host, port = 80}). -record(state, {c :: #link{}, pool :: [#link{}]}).',
      KEEP,
    ),
    steps: [
      up('{state, {conn, h}, [{conn, i}]}', '{state, {link, h, 80}, [{link, i, 80}]}'),
      down('{state, {link, h, 1}, [{link, i, 2}]}', '{state, {conn, h}, [{conn, i}]}'),
    ],
  },
  {
    name: 'nested: three old versions of an inner record',
    from: ['{a}', '{a, b = 1}', '{c = 7, a, b}'].map((fields) =>
      server(`-record(in, ${fields}). -record(state, {f :: [#in{}]}).`),
    ),
    to: server('-state_record(state). -record(in, {b = 2, c = 3, a, d = 4}). -record(state, {f :: [#in{}]}).', KEEP),
    steps: [
      up('{state, [{in, x}]}', '{state, [{in, 2, 3, x, 4}]}', { old: 0 }),
      up('{state, [{in, x, y}]}', '{state, [{in, y, 3, x, 4}]}', { old: 1 }),
      up('{state, [{in, x, y, z}]}', '{state, [{in, z, x, y, 4}]}', { old: 2 }),
      // Values of several ages in one list.
      up('{state, [{in, x}, {in, x, y}]}', '{state, [{in, 2, 3, x, 4}, {in, y, 3, x, 4}]}', { old: 2 }),
      down('{state, [{in, 1, 2, 3, 4}]}', '{state, [{in, 3}]}', { old: 0 }),
      down('{state, [{in, 1, 2, 3, 4}]}', '{state, [{in, 3, 1}]}', { old: 1 }),
      down('{state, [{in, 1, 2, 3, 4}]}', '{state, [{in, 2, 3, 1}]}', { old: 2 }),
    ],
  },
  {
    name: 'nested: what is ambiguous inside fails the whole',
    from: ['{a, b}', '{b, a}'].map((fields) => server(`-record(in, ${fields}). -record(state, {f :: [#in{}]}).`)),
    to: server('-state_record(state). -record(in, {a}). -record(state, {f :: [#in{}]}).', KEEP),
    steps: [
      up('{state, [{in, 1, 2}]}', '{state, [{in, 1}]}', { old: 0 }),
      up('{state, [{in, 1, 2}]}', '{state, [{in, 2}]}', { old: 1 }),
      up('{state, [x, {in, 1, 2}]}', '{error, {error, {beamtool, ambiguous_state, {m, in, no}}}, {state, [x, {in, 1, 2}]}}', {
        vsn: 'no',
      }),
      down('{state, [x, {in, 1}]}', '{error, {error, {beamtool, ambiguous_state, {m, in, no}}}, {state, [x, {in, 1}]}}', {
        vsn: 'no',
      }),
      up('{state, [x]}', '{state, [x]}', { vsn: 'no' }),
    ],
  },
  {
    name: 'nested: an inner record in a gen_statem',
    kind: 'gen_statem',
    from: [source('gen_statem', `${INNER_OLD} -record(data, {f :: #in{}}).`)],
    to: source('gen_statem', `-state_record(data). ${INNER_NEW} -record(data, {n = 0, f :: #in{}}).`),
    steps: [
      up('{s, {data, {in, 1}}}', '{s, {data, 0, {in, new, 1}}}'),
      down('{s, {data, 1, {in, x, 1}}}', '{s, {data, {in, 1}}}'),
    ],
  },
];

/** The cases of this file. */
export const NESTED: readonly LiveCase[] = [...RENAMED, ...NESTED_TYPES, ...NESTED_RECORDS];
