// The table of migrations for migrate-forms.test.ts. Each source is a module m; questions and expected answers are Erlang expressions.
import type { MigrationCase } from './migrations.js';

/** A gen_server that has these declarations and functions beside its callbacks; code_change isn't among them. */
function server(declarations: string, functions = ''): string {
  return module('gen_server', declarations, functions);
}

function module(behaviour: string, declarations: string, functions = ''): string {
  const exported = functions.includes('code_change(') ? exportOf(functions) : '';
  // The compiler's version of a module is one of its code: a record that no function uses makes no difference to it.
  const distinct = `source${sources++}`;
  const head = `-module(m).\n-behaviour(${behaviour}).\n-export([${distinct}/0]).\n${exported}\n`;
  return `${head}${declarations}\n${distinct}() -> ok.\n${functions}\n`;
}

let sources = 0;

/** The callback of a source is exported unless the source says private. */
function exportOf(functions: string): string {
  if (functions.includes('% private')) return '';
  const callback = /^%% (\w+\/\d)/m.exec(functions)?.[1] ?? 'code_change/3';
  return `-export([${callback}]).`;
}

const KEEP = 'code_change(_, State, _) -> {ok, State}.';

const added: MigrationCase = {
  name: 'a field is added, and the order changes',
  from: [server('-record(state, {count = 0, name}).')],
  to: server('-state_record(state). -record(state, {name, list = [], count = 0, max = 100}).', KEEP),
  asks: [
    ['code_change(Vsn0, {state, 7, n}, [])', '{ok, {state, n, [], 7, 100}}'],
    ['code_change(undefined, {state, 7, n}, [])', '{ok, {state, n, [], 7, 100}}'],
    ['code_change({down, Vsn0}, {state, n, [x], 8, 9}, [])', '{ok, {state, 8, n}}'],
    ['code_change({down, undefined}, {state, n, [x], 8, 9}, [])', '{ok, {state, 8, n}}'],
    // Already new, or no record at all.
    ['code_change(Vsn0, {state, n, [], 7, 1}, [])', '{ok, {state, n, [], 7, 1}}'],
    ['code_change(Vsn0, {state, 7}, [])', '{ok, {state, 7}}'],
    ['code_change(Vsn0, {other, 7, n}, [])', '{ok, {other, 7, n}}'],
    ['code_change(Vsn0, {tag, {state, 7, n}}, [])', '{ok, {tag, {state, 7, n}}}'],
    ['code_change(Vsn0, #{a => {state, 7, n}}, [])', '{ok, #{a => {state, 7, n}}}'],
    ['code_change({down, Vsn0}, {state, 7, n}, [])', '{ok, {state, 7, n}}'],
    ['code_change({down, Vsn0}, 1, [])', '{ok, 1}'],
  ],
};

const removed: MigrationCase = {
  name: 'fields are dropped, and come back with the old defaults',
  from: [server('-record(state, {a = 1, b = old(), c}).', 'old() -> {old, older(2)}. older(X) -> X * 2.')],
  to: server('-state_record(state). -record(state, {c}).', `old() -> new. ${KEEP}`),
  asks: [
    ['code_change(Vsn0, {state, 7, 8, 9}, [])', '{ok, {state, 9}}'],
    ['code_change({down, Vsn0}, {state, 9}, [])', '{ok, {state, 1, {old, 4}, 9}}'],
  ],
};

const missing: MigrationCase = {
  name: 'code_change is missing',
  from: [server('-record(state, {a}).')],
  to: server('-state_record(state). -record(state, {a, b = {}}).'),
  asks: [
    ['code_change(Vsn0, {state, 7}, extra)', '{ok, {state, 7, {}}}'],
    ['code_change({down, Vsn0}, {state, 7, 8}, extra)', '{ok, {state, 7}}'],
  ],
};

const unexported: MigrationCase = {
  name: 'code_change is not exported',
  from: [server('-record(state, {a}).')],
  to: server('-state_record(state). -record(state, {a, b = {}}).', '% private\ncode_change(_, _, _) -> error(called).'),
  asks: [
    ['code_change(Vsn0, {state, 7}, extra)', '{ok, {state, 7, {}}}'],
    ['code_change({down, Vsn0}, {state, 7, 8}, extra)', '{ok, {state, 7}}'],
  ],
};

const extra: MigrationCase = {
  name: 'Extra gets the old state',
  from: [server('-record(state, {a}).')],
  to: server('-state_record(state). -record(state, {a, b}).', 'code_change(Vsn, State, Extra) -> {ok, {Vsn, State, Extra}}.'),
  asks: [
    ['code_change(Vsn0, {state, 7}, [])', '{ok, {Vsn0, {state, 7, undefined}, [{old_state, {state, 7}}]}}'],
    ['code_change(Vsn0, {state, 7}, [a])', '{ok, {Vsn0, {state, 7, undefined}, [a, {old_state, {state, 7}}]}}'],
    ['code_change(Vsn0, {state, 7}, "text")', '{ok, {Vsn0, {state, 7, undefined}, "text"}}'],
    ['code_change(Vsn0, {state, 7}, [8364])', '{ok, {Vsn0, {state, 7, undefined}, [8364]}}'],
    ['code_change(Vsn0, {state, 7}, [55296])', '{ok, {Vsn0, {state, 7, undefined}, [55296, {old_state, {state, 7}}]}}'],
    ['code_change(Vsn0, {state, 7}, [1.0])', '{ok, {Vsn0, {state, 7, undefined}, [1.0, {old_state, {state, 7}}]}}'],
    ['code_change(Vsn0, {state, 7}, [a | b])', '{ok, {Vsn0, {state, 7, undefined}, [a | b]}}'],
    ['code_change(Vsn0, {state, 7}, a)', '{ok, {Vsn0, {state, 7, undefined}, a}}'],
    ['code_change(Vsn0, {state, 7}, {a})', '{ok, {Vsn0, {state, 7, undefined}, {a}}}'],
    ['code_change(Vsn0, {state, 7, 8}, [])', '{ok, {Vsn0, {state, 7, 8}, [{old_state, {state, 7, 8}}]}}'],
    ['code_change({down, Vsn0}, {state, 7, 8}, [])', '{ok, {{down, Vsn0}, {state, 7, 8}, [{old_state, {state, 7, 8}}]}}'],
  ],
};

const literal = (pattern: string, guard = ''): MigrationCase => ({
  name: `Extra is matched by ${pattern}${guard}`,
  from: [server('-record(state, {a}).')],
  to: server(
    '-state_record(state). -record(state, {a, b}).',
    `code_change(_, State, ${pattern})${guard} -> {ok, {literal, State}}; code_change(_, State, Extra) -> {ok, {State, Extra}}.`,
  ),
  asks: [
    [
      'code_change(Vsn0, {state, 7}, [])',
      pattern === '[]' ? '{ok, {literal, {state, 7, undefined}}}' : '{ok, {{state, 7, undefined}, []}}',
    ],
    ['code_change(Vsn0, {state, 7}, [a])', '{ok, {{state, 7, undefined}, [a]}}'],
  ],
});

const wanted: MigrationCase = {
  name: 'a clause asks for the old state',
  from: [server('-record(state, {a}).')],
  to: server(
    '-state_record(state). -record(state, {a, b}).',
    'code_change(_, State, [{old_state, Old}]) -> {ok, {State, Old}}; code_change(_, _, up) -> {ok, up}.',
  ),
  asks: [
    ['code_change(Vsn0, {state, 7}, [])', '{ok, {{state, 7, undefined}, {state, 7}}}'],
    ['code_change(Vsn0, {state, 7}, up)', '{ok, up}'],
  ],
};

const results: MigrationCase = {
  name: 'results of the user, thrown ones too',
  from: [server('-record(state, {a}).')],
  to: server(
    '-state_record(state). -record(state, {a, b}).',
    `code_change(_, _, {throw, What}) -> throw(What);
     code_change(_, _, {error, What}) -> error(What);
     code_change(_, _, {exit, What}) -> exit(What);
     code_change(_, _, {return, What}) -> What.`,
  ),
  asks: [
    ['code_change({down, Vsn0}, {state, 1, 2}, {throw, {ok, {state, 3, 4}}})', '{ok, {state, 3}}'],
    ['code_change({down, Vsn0}, {state, 1, 2}, {throw, no})', 'no'],
    ['code_change({down, Vsn0}, {state, 1, 2}, {return, {ok, {state, 3, 4}}})', '{ok, {state, 3}}'],
    ['code_change({down, Vsn0}, {state, 1, 2}, {return, {ok, {state, 3}}})', '{ok, {state, 3}}'],
    ['code_change({down, Vsn0}, {state, 1, 2}, {return, {error, {state, 3, 4}}})', '{error, {state, 3, 4}}'],
    ['code_change({down, Vsn0}, {state, 1, 2}, {return, {ok, {state, 3, 4}, 5}})', '{ok, {state, 3, 4}, 5}'],
    ['code_change({down, Vsn0}, {state, 1, 2}, {error, a})', 'error(a)'],
    ['code_change({down, Vsn0}, {state, 1, 2}, {exit, a})', 'exit(a)'],
    ['code_change(Vsn0, {state, 1}, {throw, a})', 'throw(a)'],
    [
      'code_change(Vsn0, {state, 1}, {throw, {beamtool, ambiguous_state, {a, b, c}}})',
      'throw({beamtool, ambiguous_state, {a, b, c}})',
    ],
    ['code_change(Vsn0, {state, 1}, {error, a})', 'error(a)'],
    ['code_change(Vsn0, {state, 1}, {return, {ok, {state, 3}}})', '{ok, {state, 3}}'],
  ],
};

const event: MigrationCase = {
  name: 'a thrown term is no result of gen_event',
  from: [module('gen_event', '-record(state, {a}).')],
  to: module(
    'gen_event',
    '-state_record(state). -record(state, {a, b}).',
    'code_change(_, S, ok) -> {ok, S}; code_change(_, S, _) -> throw({ok, S}).',
  ),
  asks: [
    ['code_change({down, Vsn0}, {state, 1, 2}, throw)', 'throw({ok, {state, 1, 2}})'],
    ['code_change({down, Vsn0}, {state, 1, 2}, ok)', '{ok, {state, 1}}'],
    ['code_change(Vsn0, {state, 1}, ok)', '{ok, {state, 1, undefined}}'],
  ],
};

const machine: MigrationCase = {
  name: 'gen_statem',
  from: [module('gen_statem', '-record(data, {a}).')],
  to: module(
    'gen_statem',
    '-state_record(data). -record(data, {a, b = 5}).',
    '%% code_change/4\ncode_change({down, _}, Name, Data, _) -> {ok, {was, Name}, Data};\ncode_change(_, Name, Data, Extra) -> {ok, Name, {Data, Extra}}.',
  ),
  asks: [
    ['code_change(Vsn0, idle, {data, 1}, [x])', '{ok, idle, {{data, 1, 5}, [x, {old_state, {data, 1}}]}}'],
    ['code_change({down, Vsn0}, idle, {data, 1, 2}, [])', '{ok, {was, idle}, {data, 1}}'],
    ['code_change(Vsn0, {data, 1}, {data, 1}, x)', '{ok, {data, 1}, {{data, 1, 5}, x}}'],
  ],
};

const machineWithout: MigrationCase = {
  name: 'gen_statem without code_change',
  from: [module('gen_statem', '-record(data, {a}).')],
  to: module('gen_statem', '-state_record(data). -record(data, {a, b = 5}).'),
  asks: [
    ['code_change(Vsn0, idle, {data, 1}, [x])', '{ok, idle, {data, 1, 5}}'],
    ['code_change({down, Vsn0}, idle, {data, 1, 2}, [])', '{ok, idle, {data, 1}}'],
  ],
};

const special: MigrationCase = {
  name: 'a special process',
  from: ['-module(m).\n-record(state, {a}).\n'],
  to: `-module(m).\n-export([system_code_change/4]).\n-state_record(state).\n-record(state, {a, b}).
       system_code_change(Misc, Module, OldVsn, Extra) when Module =:= m -> {ok, {Misc, Module, OldVsn, Extra}};
       system_code_change(Misc, _, _, _) -> {ok, Misc}.\n`,
  asks: [
    ['system_code_change({state, 1}, m, Vsn0, [])', '{ok, {{state, 1, undefined}, m, Vsn0, [{old_state, {state, 1}}]}}'],
    ['system_code_change({state, 1}, o, Vsn0, [])', '{ok, {state, 1, undefined}}'],
    ['system_code_change({state, 1, 2}, o, {down, Vsn0}, [])', '{ok, {state, 1}}'],
  ],
};

const named: MigrationCase = {
  name: 'a callback that --callback names',
  options: { callback: 'system' },
  from: ['-module(m).\n-record(state, {a}).\n'],
  to: '-module(m).\n-state_record(state).\n-record(state, {a, b}).\n',
  asks: [
    ['system_code_change({state, 1}, m, Vsn0, [])', '{ok, {state, 1, undefined}}'],
    ['system_code_change({state, 1, 2}, m, {down, Vsn0}, [])', '{ok, {state, 1}}'],
  ],
};

const several: MigrationCase = {
  name: 'several older builds, two of one size',
  from: [
    server('-record(state, {a}).'),
    server('-record(state, {a, b = 2}).'),
    server('-vsn("2.5"). -record(state, {b = 3, a}).'),
  ],
  to: server('-state_record(state). -record(state, {b = 1, c = 9, a}).', KEEP),
  asks: [
    ['code_change(Vsn0, {state, 7}, [])', '{ok, {state, 1, 9, 7}}'],
    ['code_change(undefined, {state, 7}, [])', '{ok, {state, 1, 9, 7}}'],
    ['code_change(Vsn1, {state, 7, 8}, [])', '{ok, {state, 8, 9, 7}}'],
    ['code_change("2.5", {state, 7, 8}, [])', '{ok, {state, 7, 9, 8}}'],
    ['code_change(Vsn2, {state, 7, 8}, [])', '{ok, {state, 7, 9, 8}}'],
    ['code_change(undefined, {state, 7, 8}, [])', '{error, {beamtool, ambiguous_state, {m, state, undefined}}}'],
    ['code_change(Vsn0, {state, 7, 8}, [])', '{error, {beamtool, ambiguous_state, {m, state, Vsn0}}}'],
    ['code_change({down, Vsn0}, {state, 1, 2, 3}, [])', '{ok, {state, 3}}'],
    ['code_change({down, Vsn1}, {state, 1, 2, 3}, [])', '{ok, {state, 3, 1}}'],
    ['code_change({down, "2.5"}, {state, 1, 2, 3}, [])', '{ok, {state, 1, 3}}'],
    ['code_change({down, 1}, {state, 1, 2, 3}, [])', '{error, {beamtool, ambiguous_state, {m, state, 1}}}'],
    ['code_change({down, 1}, {state, 1}, [])', '{ok, {state, 1}}'],
  ],
};

const sameSize: MigrationCase = {
  name: 'old and new of one size',
  from: [server('-vsn(1). -record(state, {a, b}).'), server('-vsn(1.0). -record(state, {b, a}).')],
  to: server('-vsn([a, b]). -state_record(state). -record(state, {a, c = 3}).', KEEP),
  asks: [
    ['code_change(1, {state, 7, 8}, [])', '{ok, {state, 7, 3}}'],
    ['code_change(1.0, {state, 7, 8}, [])', '{ok, {state, 8, 3}}'],
    ['code_change([a, b], {state, 7, 8}, [])', '{ok, {state, 7, 8}}'],
    ['code_change(2, {state, 7, 8}, [])', '{error, {beamtool, ambiguous_state, {m, state, 2}}}'],
    ['code_change({down, 1}, {state, 7, 8}, [])', '{ok, {state, 7, undefined}}'],
    ['code_change({down, 1.0}, {state, 7, 8}, [])', '{ok, {state, undefined, 7}}'],
    ['code_change({down, [a, b]}, {state, 7, 8}, [])', '{error, {beamtool, ambiguous_state, {m, state, [a, b]}}}'],
  ],
};

const VERSIONS = [
  '65',
  '"1.0"',
  'a',
  '{1, 2}',
  '<<"0">>',
  '-7',
  '#{a => [b]}',
  '[x | y]',
  '1.5',
  '-0.0',
  '<<1:3>>',
  '[]',
  "'Ünï'",
];

const versions: MigrationCase = {
  name: 'versions of every kind choose',
  from: VERSIONS.map((vsn, at) => server(`-vsn(${vsn}). -record(state, {${at % 2 === 0 ? 'a, b' : 'b, a'}}).`)),
  to: server('-state_record(state). -record(state, {b, a, c}).', KEEP),
  asks: VERSIONS.flatMap((_, at) => [
    [
      `code_change(Vsn${at}, {state, 7, 8}, [])`,
      at % 2 === 0 ? '{ok, {state, 8, 7, undefined}}' : '{ok, {state, 7, 8, undefined}}',
    ],
    [`code_change({down, Vsn${at}}, {state, 1, 2, 3}, [])`, at % 2 === 0 ? '{ok, {state, 2, 1}}' : '{ok, {state, 1, 2}}'],
  ]),
};

const downDefaults: MigrationCase = {
  name: 'older builds of one layout differ in defaults',
  from: [
    server('-record(state, {a, b = 1}).'),
    server('-record(state, {a, b = f()}).', 'f() -> two.'),
    server('-record(state, {a, b = f()}).', 'f() -> three.'),
  ],
  to: server('-state_record(state). -record(state, {a}).', KEEP),
  asks: [
    ['code_change(undefined, {state, 1, 2}, [])', '{ok, {state, 1}}'],
    ['code_change({down, Vsn0}, {state, 1}, [])', '{ok, {state, 1, 1}}'],
    ['code_change({down, Vsn1}, {state, 1}, [])', '{ok, {state, 1, two}}'],
    ['code_change({down, Vsn2}, {state, 1}, [])', '{ok, {state, 1, three}}'],
    ['code_change({down, x}, {state, 1}, [])', '{error, {beamtool, ambiguous_state, {m, state, x}}}'],
  ],
};

const nested: MigrationCase = {
  name: 'records in fields',
  from: [
    server(`-record(inner, {x, y}). -record(item, {k}). -type items() :: [#item{}].
            -record(state, {a :: #inner{}, b :: undefined | #inner{}, c :: items(), d, e :: opt(#inner{})}).
            -type opt(T) :: none | {ok, T} | T.`),
  ],
  to: server(
    `-state_record(state). -record(inner, {y, x, z = new}). -record(item, {k, v = 0}). -type items() :: [#item{}].
     -record(state, {a :: #inner{}, b :: undefined | #inner{}, c :: items(), d, e :: opt(#inner{})}).
     -type opt(T) :: none | {ok, T} | T.`,
    KEEP,
  ),
  asks: [
    [
      'code_change(Vsn0, {state, {inner, 1, 2}, undefined, [{item, k}, x, {item, l} | {item, t}], {inner, 1, 2}, none}, [])',
      '{ok, {state, {inner, 2, 1, new}, undefined, [{item, k, 0}, x, {item, l, 0} | {item, t}], {inner, 1, 2}, none}}',
    ],
    [
      'code_change(Vsn0, {state, {inner, 1, 2, 3}, {inner, 1, 2}, [], d, {inner, 3, 4}}, [])',
      '{ok, {state, {inner, 1, 2, 3}, {inner, 2, 1, new}, [], d, {inner, 4, 3, new}}}',
    ],
    ['code_change(Vsn0, {state, x, y, z, d, {ok, {inner, 3, 4}}}, [])', '{ok, {state, x, y, z, d, {ok, {inner, 3, 4}}}}'],
    [
      'code_change({down, Vsn0}, {state, {inner, 2, 1, new}, undefined, [{item, k, 0}], d, {inner, 1, 2}}, [])',
      '{ok, {state, {inner, 1, 2}, undefined, [{item, k}], d, {inner, 1, 2}}}',
    ],
  ],
};

const recursive: MigrationCase = {
  name: 'records that hold themselves, behind a state that did not change',
  from: [server('-record(node, {left :: #node{} | nil, right :: #node{} | nil}). -record(state, {tree :: #node{} | nil}).')],
  to: server(
    '-state_record(state). -record(node, {left :: #node{} | nil, key = 0, right :: #node{} | nil}). -record(state, {tree :: #node{} | nil}).',
    KEEP,
  ),
  asks: [
    [
      'code_change(Vsn0, {state, {node, {node, nil, nil}, {node, nil, {node, nil, nil}}}}, [])',
      '{ok, {state, {node, {node, nil, 0, nil}, 0, {node, nil, 0, {node, nil, 0, nil}}}}}',
    ],
    [
      'code_change({down, Vsn0}, {state, {node, {node, nil, 1, nil}, 2, {node, nil, 3, nil}}}, [])',
      '{ok, {state, {node, {node, nil, nil}, {node, nil, nil}}}}',
    ],
  ],
};

const renamedRecords: MigrationCase = {
  name: 'records with other names',
  from: [server('-state_record(old_state). -record(conn, {host}). -record(old_state, {a, conn :: #conn{}, pool :: [#conn{}]}).')],
  to: server(
    '-state_record(state). -record(link, {host, port = 80}). -record(state, {conn :: #link{}, a, pool :: [#link{}]}).',
    KEEP,
  ),
  asks: [
    ['code_change(Vsn0, {old_state, 1, {conn, h}, [{conn, i}]}, [])', '{ok, {state, {link, h, 80}, 1, [{link, i, 80}]}}'],
    ['code_change({down, Vsn0}, {state, {link, h, 81}, 1, [{link, i, 82}]}, [])', '{ok, {old_state, 1, {conn, h}, [{conn, i}]}}'],
  ],
};

const renames: MigrationCase = {
  name: 'fields with other names',
  from: [server('-record(state, {a, b, c}).'), server('-record(state, {a1, b, c}).'), server('-record(state, {a2, b, c, d}).')],
  options: { renames: [{ record: 'state', old: 'b', new: 'bee' }] },
  to: server(
    '-state_record(state). -state_rename([{a, a1}, {a1, a2}]). -state_rename({state, c, d}). -record(state, {bee, c = new, d, a2}).',
    KEEP,
  ),
  asks: [
    ['code_change(Vsn0, {state, 1, 2, 3}, [])', '{ok, {state, 2, new, 3, 1}}'],
    ['code_change(Vsn1, {state, 1, 2, 3}, [])', '{ok, {state, 2, new, 3, 1}}'],
    ['code_change({down, Vsn0}, {state, 2, new, 3, 1}, [])', '{ok, {state, 1, 2, 3}}'],
    ['code_change({down, Vsn2}, {state, 2, new, 3, 1}, [])', '{ok, {state, 1, 2, new, 3}}'],
  ],
};

const conversions: MigrationCase = {
  name: 'fields with conversions of their own',
  from: [server('-record(inner, {n}). -record(state, {id, inner :: #inner{}}).')],
  to: server(
    `-state_record(state). -state_convert([{id, {erlang, integer_to_list}}, {inner, n, {m, twice}}]). -export([twice/1]).
     -record(inner, {n}). -record(state, {id, inner :: #inner{}}).`,
    `${KEEP} twice(N) -> N * 2.`,
  ),
  asks: [
    ['code_change(Vsn0, {state, 17, {inner, 4}}, [])', '{ok, {state, "17", {inner, 8}}}'],
    ['code_change({down, Vsn0}, {state, "17", {inner, 8}}, [])', '{ok, {state, "17", {inner, 8}}}'],
    ['code_change(x, {state, "17", {inner, 8}}, [])', '{error, {beamtool, ambiguous_state, {m, state, x}}}'],
  ],
};

const functions: MigrationCase = {
  name: 'defaults of NEW call functions',
  from: [server('-record(state, {a}).')],
  to: server(
    `-state_record(state). -export([public/0]). -import(lists, [reverse/1]).
     -record(state, {a, b = private(3), c = public(), d = fun even/1, e = reverse([1, 2]), f = length([self()]), g = fun length/1}).`,
    `${KEEP}
     public() -> hidden().
     hidden() -> public.
     private(N) -> [even(N), public(), code_change(v, N, x)].
     even(0) -> true;
     even(N) -> odd(N - 1).
     odd(0) -> false;
     odd(N) -> F = fun even/1, F(N - 1).`,
  ),
  asks: [
    [
      '{ok, {state, 7, B, C, D, E, F, G}} = code_change(Vsn0, {state, 7}, []), {B, C, D(4), E, F, G([a])}',
      '{[false, public, {ok, 3}], public, true, [2, 1], 1, 1}',
    ],
  ],
};

const oldFunctions: MigrationCase = {
  name: 'defaults of old builds call functions that are others now',
  from: [
    server(
      '-export([f/0]). -record(state, {a = f(), b, c = length([x])}). -compile({no_auto_import, [length/1]}).',
      'f() -> {old, g()}. g() -> 1. length(_) -> mine.',
    ),
  ],
  to: server('-export([f/0]). -state_record(state). -record(state, {b}).', `${KEEP} f() -> new. g() -> 2.`),
  asks: [['code_change({down, Vsn0}, {state, 5}, [])', '{ok, {state, {old, 1}, 5, mine}}']],
};

const variables: MigrationCase = {
  name: 'defaults have variables of the names of fields',
  from: [server('-record(state, {count, value, vsn, x1}).')],
  to: server(
    `-state_record(state).
     -record(state, {x1, count, value, vsn, f = fun(Count) -> case Count of Value -> {Count, Value} end end,
                     g = [X1 || X1 <- [1, 2]], h = fun Vsn(0) -> 0; Vsn(N) -> Vsn(N - 1) end}).`,
    KEEP,
  ),
  asks: [
    ['{ok, {state, 4, 1, 2, 3, F, G, H}} = code_change(Vsn0, {state, 1, 2, 3, 4}, []), {F(9), G, H(3)}', '{{9, 9}, [1, 2], 0}'],
  ],
};

const callsItself: MigrationCase = {
  name: 'code_change calls itself',
  from: [server('-record(state, {a}).')],
  to: server(
    '-state_record(state). -record(state, {a, b}).',
    `code_change(a, State, N) when N > 0 -> code_change(a, setelement(3, State, N), N - 1);
     code_change(b, State, N) when N > 0 -> F = fun code_change/3, F(b, setelement(3, State, N), N - 1);
     code_change(_, State, _) -> {ok, State}.`,
  ),
  asks: [
    ['code_change(a, {state, 7}, 3)', '{ok, {state, 7, 1}}'],
    ['code_change(b, {state, 7}, 3)', '{ok, {state, 7, 1}}'],
  ],
};

const empty: MigrationCase = {
  name: 'records without fields',
  from: [server('-record(state, {}).'), server('-record(state, {a, b}).')],
  to: server('-state_record(state). -record(state, {a = x}).', KEEP),
  asks: [
    ['code_change(Vsn0, {state}, [])', '{ok, {state, x}}'],
    ['code_change({down, Vsn0}, {state, 1}, [])', '{ok, {state}}'],
    ['code_change(Vsn1, {state, 1, 2}, [])', '{ok, {state, 1}}'],
    ['code_change(Vsn1, {}, [])', '{ok, {}}'],
  ],
};

const emptied: MigrationCase = {
  name: 'a record that lost all fields',
  from: [server('-record(state, {a = 1}).')],
  to: server('-state_record(state). -record(state, {}).', KEEP),
  asks: [
    ['code_change(Vsn0, {state, 5}, [])', '{ok, {state}}'],
    ['code_change({down, Vsn0}, {state}, [])', '{ok, {state, 1}}'],
  ],
};

const unicode: MigrationCase = {
  name: 'names that need quotes',
  from: [server("-record('Zustand ✓', {'größe', 'if', 'with space', '9'}).")],
  to: server("-state_record('Zustand ✓'). -record('Zustand ✓', {'if', 'größe', ok = \"ä€\", '9'}).", KEEP),
  asks: [
    ["code_change(Vsn0, {'Zustand ✓', 1, 2, 3, 4}, [])", "{ok, {'Zustand ✓', 2, 1, [228, 8364], 4}}"],
    ["code_change({down, Vsn0}, {'Zustand ✓', 2, 1, 0, 4}, [])", "{ok, {'Zustand ✓', 1, 2, undefined, 4}}"],
  ],
};

const FIELDS = Array.from({ length: 250 }, (_, at) => `f${at}`);
const LONG = 'x'.repeat(255);

const many: MigrationCase = {
  name: '250 fields in the other order, against lists:keyfind',
  from: [server(`-record(state, {${FIELDS.join(', ')}}).`)],
  to: server(`-state_record(state). -record(state, {${[...FIELDS, 'new'].toReversed().join(', ')}}).`, KEEP),
  asks: [
    [
      'code_change(Vsn0, list_to_tuple([state | lists:seq(1, 250)]), [])',
      '{ok, list_to_tuple([state, undefined | lists:seq(250, 1, -1)])}',
    ],
    [
      `Old = [${FIELDS.join(', ')}], New = [new | lists:reverse(Old)], Values = lists:zip(New, lists:seq(0, 250)),
       code_change({down, Vsn0}, list_to_tuple([state | [V || {_, V} <- Values]]), [])`,
      `Old = [${FIELDS.join(', ')}], New = [new | lists:reverse(Old)], Values = lists:zip(New, lists:seq(0, 250)),
       {ok, list_to_tuple([state | [element(2, lists:keyfind(F, 1, Values)) || F <- Old]])}`,
    ],
  ],
};

const longNames: MigrationCase = {
  name: 'names of 255 characters',
  from: [server(`-record(${LONG}, {${LONG}, b = ${LONG}()}).`, `${LONG}() -> old.`)],
  to: server(`-state_record(${LONG}). -record(${LONG}, {b, c = ${LONG}(), d :: [#${LONG}{}]}).`, `${KEEP} ${LONG}() -> new.`),
  asks: [
    [`code_change(Vsn0, {${LONG}, 1, 2}, [])`, `{ok, {${LONG}, 2, new, undefined}}`],
    [`code_change({down, Vsn0}, {${LONG}, 2, new, [{${LONG}, 3, 4, 5}]}, [])`, `{ok, {${LONG}, undefined, 2}}`],
  ],
};

const LITERALS = [
  ...[
    '1',
    '-1',
    '16#ffffffffffffffffffff',
    '1.5',
    '-0.0',
    'a',
    "'A b'",
    '"text"',
    '[]',
    '{}',
    '{a, [b | c]}',
    '$x',
    '<<>>',
    '<<"bin">>',
  ],
  ...[
    '<<1:3, 2:5/little>>',
    '#{}',
    '#{a => #{b => [1]}}',
    'fun lists:map/2',
    '<<"é"/utf8>>',
    '"é€"',
    '1 + 2 * 3',
    'not true',
    '[1, 2] ++ [3]',
  ],
  ...[
    'case 1 of 1 -> a; _ -> b end',
    'if 1 > 2 -> a; true -> b end',
    'begin 1, 2 end',
    'lists:sum([X * 2 || X <- [1, 2, 3], X > 1])',
  ],
  ...[
    'try hd([]) catch error:badarg -> caught end',
    'true andalso false',
    'false orelse x',
    'element(2, {a, b})',
    'catch throw(x)',
  ],
  ...['<< <<X>> || X <- [1, 2] >>', 'maps:get(a, #{a => 1})', '(fun(X) -> X + 1 end)(1)', 'is_atom(a)', 'dict:size(dict:new())'],
];

const literals: MigrationCase = {
  name: 'defaults of every kind',
  from: [server('-record(state, {}).')],
  to: server(`-state_record(state). -record(state, {${LITERALS.map((text, at) => `f${at} = ${text}`).join(', ')}}).`, KEEP),
  asks: [['code_change(Vsn0, {state}, [])', `{ok, {state, ${LITERALS.map((text) => `(${text})`).join(', ')}}}`]],
};

const aliases: MigrationCase = {
  name: 'records behind types with parameters',
  from: [
    server(`-record(r, {a}). -type pair(A, B) :: A | B. -type rec(T) :: [T]. -type chain() :: undefined | link(). -type link() :: #r{}.
            -record(state, {x :: pair(integer(), #r{}), y :: rec(#r{}), z :: chain(), w :: X :: #r{}}).`),
  ],
  to: server(
    `-state_record(state). -record(r, {a, b}). -type pair(A, B) :: A | B. -type rec(T) :: [T].
     -type chain() :: undefined | link(). -type link() :: #r{}. -record(state, {x :: pair(integer(), #r{}), y :: rec(#r{}), z :: chain(), w :: X :: #r{}}).`,
    KEEP,
  ),
  asks: [
    [
      'code_change(Vsn0, {state, {r, 1}, [{r, 2}], {r, 3}, {r, 4}}, [])',
      '{ok, {state, {r, 1, undefined}, [{r, 2, undefined}], {r, 3, undefined}, {r, 4, undefined}}}',
    ],
  ],
};

const unions: MigrationCase = {
  name: 'fields that hold one of several records, or a list of them',
  from: [server('-record(a, {x}). -record(b, {y}). -record(state, {f :: #a{} | #b{} | [#a{} | #b{}] | none}).')],
  to: server(
    '-state_record(state). -record(a, {x, z}). -record(b, {z, y}). -record(state, {f :: #a{} | #b{} | [#a{} | #b{}] | none}).',
    KEEP,
  ),
  asks: [
    ['code_change(Vsn0, {state, {a, 1}}, [])', '{ok, {state, {a, 1, undefined}}}'],
    ['code_change(Vsn0, {state, {b, 1}}, [])', '{ok, {state, {b, undefined, 1}}}'],
    ['code_change(Vsn0, {state, [{b, 1}, {a, 1}]}, [])', '{ok, {state, [{b, undefined, 1}, {a, 1, undefined}]}}'],
    ['code_change(Vsn0, {state, none}, [])', '{ok, {state, none}}'],
    ['code_change({down, Vsn0}, {state, [{b, undefined, 1}, {a, 1, 2}]}, [])', '{ok, {state, [{b, 1}, {a, 1}]}}'],
  ],
};

const manual: MigrationCase = {
  name: 'a downgrade that was written by hand',
  from: [server('-record(state, {a}).')],
  to: server(
    '-state_record(state). -record(state, {a, b}).',
    'code_change({down, _}, {state, A, _}, _) -> {ok, {state, {mine, A}}};\ncode_change(_, State, _) -> {ok, State}.',
  ),
  asks: [
    ['code_change({down, Vsn0}, {state, 1, 2}, [])', '{ok, {state, {mine, 1}}}'],
    ['code_change(Vsn0, {state, 1}, [])', '{ok, {state, 1, undefined}}'],
  ],
};

const nestedAmbiguity: MigrationCase = {
  name: 'what is ambiguous deeper inside fails the whole',
  from: [
    server('-record(r, {a, b}). -record(state, {r :: [#r{}]}).'),
    server('-record(r, {b, a}). -record(state, {r :: [#r{}]}).'),
  ],
  to: server('-state_record(state). -record(r, {a}). -record(state, {r :: [#r{}]}).', KEEP),
  asks: [
    ['code_change(Vsn0, {state, [{r, 1, 2}]}, [])', '{ok, {state, [{r, 1}]}}'],
    ['code_change(Vsn1, {state, [{r, 1, 2}]}, [])', '{ok, {state, [{r, 2}]}}'],
    ['code_change(no, {state, [x, {r, 1, 2}]}, [])', '{error, {beamtool, ambiguous_state, {m, r, no}}}'],
    ['code_change({down, no}, {state, [x, {r, 1}]}, [])', '{error, {beamtool, ambiguous_state, {m, r, no}}}'],
    ['code_change(no, {state, [x]}, [])', '{ok, {state, [x]}}'],
  ],
};

const recordDefaults: MigrationCase = {
  name: 'defaults with records, each by the definitions of its own build',
  from: [
    server(
      `-record(sub, {n = 1}). -record(inner, {x, s = #sub{}, y = old}). -record(state, {a = #inner{x = 5}, b, c = read(#inner{}), d = #inner.y}).
       -export([make/0]).`,
      `read(#inner{s = #sub{n = N}} = I) -> {N, I#inner.y, (I#inner{x = 2})#inner.x, is_record(I, inner), record_info(fields, inner)}.
       make() -> #state{b = 9}.`,
    ),
  ],
  to: server(
    `-state_record(state). -record(sub, {m = 2, n = 3}). -record(inner, {s = #sub{m = 4}, x}). -export([make/0]).
     -record(state, {b, e = #inner{_ = z}, f = total(#sub{}), g = (#inner{x = 6})#inner.x, h = [#sub{m = X} || X <- [1, 2]]}).`,
    `${KEEP} total(#sub{m = M, n = N} = S) when S#sub.m < 3 -> {M + N, record_info(size, sub), S#sub{n = 7}}.
     make() -> #state{b = 9}.`,
  ),
  asks: [
    ['code_change(Vsn0, {state, a, 9, c, d}, [])', '{ok, make()}'],
    ['code_change({down, Vsn0}, make(), [])', '{ok, Old0}'],
  ],
};

/** For every release. */
export const CASES: readonly MigrationCase[] = [
  ...[
    added,
    removed,
    missing,
    unexported,
    extra,
    literal('up'),
    literal('[]'),
    literal('"text"'),
    literal('[x, _]'),
    literal('E', ' when E =:= up'),
  ],
  ...[
    wanted,
    results,
    event,
    machine,
    machineWithout,
    special,
    named,
    several,
    sameSize,
    versions,
    downDefaults,
    nested,
    recursive,
  ],
  ...[
    renamedRecords,
    renames,
    conversions,
    functions,
    oldFunctions,
    variables,
    callsItself,
    empty,
    emptied,
    unicode,
    many,
    longNames,
  ],
  ...[literals, aliases, unions, manual, nestedAmbiguity, recordDefaults],
];

const native: MigrationCase = {
  name: 'native records',
  from: [
    server(
      '-record #state{count = 0, name}. -export_record([state]). -export([make/0]).',
      'make() -> #state{count = 7, name = n}.',
    ),
    server('-record #state{name}. -export([make/0]).', 'make() -> #state{name = n}.'),
  ],
  to: server(
    '-state_record(state). -record #state{name, list = [1], count = 0, max}. -export_record([state]). -export([make/1, read/1]).',
    `code_change({down, _}, State, _) -> {ok, State};
     code_change(_, #state{max = Max} = State, _) -> {ok, State#state{max = {Max, State#state.count}}}; code_change(_, State, _) -> {ok, State}.
     make(Max) -> #state{count = 7, name = n, max = Max}. read(#state{name = Name} = State) -> {Name, State#state.list}.`,
  ),
  asks: [
    ['code_change(Vsn0, Old0, [])', '{ok, make({undefined, 7})}'],
    ['{ok, State} = code_change(Vsn0, Old0, []), read(State)', '{n, [1]}'],
    ['{ok, State} = code_change(Vsn1, Old1, []), {read(State), records:get(count, State)}', '{{n, [1]}, 0}'],
    ['code_change({down, Vsn0}, make(1), [])', '{ok, Old0}'],
    ['code_change({down, Vsn1}, make(1), [])', '{ok, Old1}'],
    ['code_change({down, other}, make(1), [])', '{error, {beamtool, ambiguous_state, {m, state, other}}}'],
    ['code_change(Vsn0, make(1), [])', '{ok, make({1, 7})}'],
    ['code_change(Vsn0, {state, 1, 2}, [])', '{ok, {state, 1, 2}}'],
    ['code_change({down, Vsn0}, Old0, [])', '{ok, Old0}'],
  ],
};

const nativeFromTuple: MigrationCase = {
  name: 'a tuple that became a native record, with records in it',
  from: [server('-record(r, {x}). -record(state, {a, r :: [#r{}]}).')],
  to: server(
    '-state_record(state). -record #r{x, y = 2}. -record #state{r :: [#r{}], a = none, b = 5}. -export([make/2, item/1]).',
    `${KEEP} make(R, A) -> #state{r = R, a = A}. item(X) -> #r{x = X}.`,
  ),
  asks: [
    ['code_change(Vsn0, {state, 1, [{r, 2}, {r, 3}]}, [])', '{ok, make([item(2), item(3)], 1)}'],
    ['code_change({down, Vsn0}, make([item(2), x], 1), [])', '{ok, {state, 1, [{r, 2}, x]}}'],
  ],
};

const nativeToTuple: MigrationCase = {
  name: 'a native record that became a tuple, and one with a conversion',
  from: [server('-record #state{a, b}. -export([make/0]).', 'make() -> #state{a = 1, b = 2}.')],
  to: server('-state_record(state). -record(state, {b, c = 3, a}). -state_convert([{a, {erlang, integer_to_list}}]).', KEEP),
  asks: [
    ['code_change(Vsn0, Old0, [])', '{ok, {state, 2, 3, "1"}}'],
    ['{ok, State} = code_change({down, Vsn0}, {state, 2, 3, 1}, []), State =:= Old0', 'true'],
  ],
};

/** Native records, of OTP 29. */
export const NATIVE_CASES: readonly MigrationCase[] = [native, nativeFromTuple, nativeToTuple];
