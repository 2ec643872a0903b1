// Defaults of every kind, those of the new record on the way up and those of the old one on the way down; and the functions they call.
import { down, type LiveCase, up } from '../support/live-migrations.js';
import { source } from '../support/live-sources.js';

const server = (declarations: string, functions = ''): string => source('gen_server', declarations, functions);

const KEEP = 'code_change(_, State, _) -> {ok, State}.';

interface DefaultCase {
  readonly name: string;
  /** Of the field `x`. */
  readonly text: string;
  /** What is expected, where that isn't what the text says in a module without functions; an expression. */
  readonly expected?: string;
  readonly declarations?: string;
  readonly functions?: string;
  /** Of the value, `X`. */
  readonly observe?: string;
}

/** Both ways: what has the default comes on the way up, or comes back on the way down. */
function both({
  name,
  text,
  expected = text,
  declarations = '',
  functions = '',
  observe = 'X',
}: DefaultCase): readonly LiveCase[] {
  const without = '-record(state, {a}).';
  const having = `${declarations} -record(state, {a, x = ${text}}).`;
  const how = { observe: `{state, A, X} = State, {A, ${observe}}` };
  return [
    {
      name: `default, new: ${name}`,
      from: [server(without)],
      to: server(`-state_record(state). ${having}`, `${KEEP} ${functions}`),
      steps: [up('{state, 1}', `{1, ${expected}}`, how)],
    },
    {
      name: `default, old: ${name}`,
      from: [server(having, functions)],
      to: server(`-state_record(state). ${without}`, KEEP),
      steps: [down('{state, 1}', `{1, ${expected}}`, how)],
    },
  ];
}

const LITERALS: readonly (readonly [string, string])[] = [
  ['atoms', "{a, 'B c', 'ü✓', [], true}"],
  ['integers', '{0, -1, 255, 16#ffff, 1 bsl 60, -(1 bsl 64), 123456789012345678901234567890, $x, $\\n, 1_000}'],
  ['floats', '{0.0, -1.5, 1.0e300, 4.9e-324}'],
  ['empty terms', '{[], {}, #{}, <<>>, ""}'],
  ['strings', '{"text", "é€😀", "a" "b", "\\x{41}\\n"}'],
  ['binaries', '{<<"bin">>, <<1, 2:16, 3:4, 4:4>>, <<"ü"/utf8>>, <<1.5/float>>, <<1:7>>, <<"ab":16>>, <<5:32/little-signed>>}'],
  ['binaries that are built', '[<<B/binary, X:16, "z">> || B <- [<<"a">>], X <- [1, 2]]'],
  ['tuples', '{a, {b, {c, 1}}, {{}}}'],
  ['lists', '[a, [b | c], [[]], [1, 2 | [3]]]'],
  ['maps', '#{a => 1, "k" => #{1 => one, 1.0 => float}, {t} => []}'],
  ['maps that are changed', '(#{a => 1, b => 2})#{a := 3, c => 4}'],
  ['remote calls', '[lists:reverse([1, 2]), maps:new(), sets:size(sets:new()), string:uppercase("a")]'],
  [
    'calls of BIFs',
    '[length([a]), self() =:= self(), element(2, {a, b}), tuple_size({}), is_atom(x), abs(-1), max(1, 2), list_to_tuple([1])]',
  ],
  ['arithmetic', '[1 + 2 * 3, 7 div 2, 7 rem 2, -7 / 2, 5 band 3, 5 bor 3, 5 bxor 1, bnot 5, 1 bsl 4, 256 bsr 4, -(3)]'],
  [
    'other operators',
    '[1 =:= 1.0, 1 == 1.0, a < b, a >= b, a /= b, not true, true and false, true xor false, [1, 2, 1] -- [1], "a" ++ "b"]',
  ],
  ['andalso and orelse', '[true andalso x, false andalso x, true orelse x, false orelse x]'],
  ['fun m:f/N', '[fun lists:map/2, fun erlang:abs/1, fun m:nowhere/7]'],
  [
    'case, if and begin',
    '{case {1, 2} of {1, _} when 2 > 1 -> x; _ -> no end, if 1 > 2 -> a; true -> b end, begin self(), 2 end}',
  ],
  ['try and catch', '{try hd([]) of _ -> no catch error:badarg -> caught end, catch throw(x), try a after b end}'],
  ['comprehensions', '{[X * 2 || X <- [1, 2, 3], X > 1], [{X, Y} || X <- [1, 2], Y <- [a]]}'],
  ['matches', '[{1, _} = {1, 2}, begin a = a end]'],
];

const FUNCTIONS: readonly DefaultCase[] = [
  { name: 'none', text: 'undefined' },
  {
    name: 'nested records',
    declarations: '-record(in, {n = 5, m}). -record(out, {i = #in{m = 6}, j}).',
    text: '#out{j = [#in{}, #in{_ = all}]}',
    expected: '{out, {in, 5, 6}, [{in, 5, undefined}, {in, all, all}]}',
  },
  {
    name: 'record field access, update and index',
    declarations: '-record(in, {n = 5, m = {7}}).',
    text: '{(#in{})#in.m, #in.m, (#in{n = 1})#in{m = 2}, is_record(#in{}, in), is_record(x, in)}',
    expected: '{{7}, 3, {in, 1, 2}, true, false}',
  },
  { name: 'a process', text: 'self()', expected: 'true', observe: 'is_pid(X) andalso X =/= self()' },
  { name: 'what is evaluated at run time', text: 'erlang:system_info(otp_release)', expected: 'erlang:system_info(otp_release)' },
  {
    name: 'a fun with an environment',
    text: '(fun(N) -> fun(X) -> X + N end end)(3)',
    expected: '[4, 5]',
    observe: 'lists:map(X, [1, 2])',
  },
  {
    name: 'a named fun',
    text: 'fun F(0) -> 1; F(N) -> N * F(N - 1) end',
    expected: '120',
    observe: 'X(5)',
  },
  { name: 'a local call', text: 'start()', functions: 'start() -> {started, 1}.', expected: '{started, 1}' },
  {
    name: 'a local call with arguments that the compiler never saw',
    text: 'twice({other, 1})',
    functions: 'twice(X) when is_list(X) -> X ++ X; twice(X) -> {X, X}. use() -> twice([1]).',
    declarations: '-export([use/0]).',
    expected: '{{other, 1}, {other, 1}}',
  },
  {
    name: 'local calls that call others and themselves',
    text: '{even(10), even(7)}',
    functions: 'even(0) -> true; even(N) -> odd(N - 1). odd(0) -> false; odd(N) -> even(N - 1).',
    expected: '{true, false}',
  },
  {
    name: 'a local function of many constructs',
    text: 'build([{a, 1}, {b, <<2, "rest">>}, c])',
    functions: `build(Items) -> Sum = lists:sum([N || {_, N} <- Items, is_integer(N)]),
      F = fun(K, V) -> {K, V, Sum} end,
      #{sum => Sum, items => [item(Item, F) || Item <- Items], tail => case Items of [_, {_, <<_, T/binary>>} | _] -> T; _ -> none end}.
      item({K, <<N, _/binary>>}, F) when N > 1 -> F(K, N);
      item({K, V}, F) -> try F(K, V + 1) catch _:_ -> error end;
      item(Other, _) -> if is_atom(Other) -> [Other]; true -> Other end.`,
    expected: '#{sum => 1, items => [{a, 2, 1}, {b, 2, 1}, [c]], tail => <<"rest">>}',
  },
  {
    name: 'fun f/N',
    text: 'fun double/1',
    functions: 'double(X) -> X * 2.',
    expected: '[2, 4]',
    observe: 'lists:map(X, [1, 2])',
  },
  {
    name: 'an imported function',
    declarations: '-import(lists, [reverse/1, map/2]).',
    text: '{reverse([1, 2]), map(fun abs/1, [-1])}',
    expected: '{[2, 1], [1]}',
  },
  {
    name: 'a function of the name of a BIF',
    declarations: '-compile({no_auto_import, [length/1]}).',
    text: '{length([a]), erlang:length([a]), [length(X) || X <- [b]]}',
    functions: 'length(_) -> mine.',
    expected: '{mine, 1, [mine]}',
  },
  {
    name: 'a default that depends on the process',
    text: 'case get(no_such_key) of undefined -> [get() =:= get()]; _ -> no end',
    expected: '[true]',
  },
];

const OTHERS: readonly LiveCase[] = [
  {
    name: 'an exported function of the new module',
    from: [server('-record(state, {a}).')],
    to: server(
      '-state_record(state). -export([start/1]). -record(state, {a, b = start(1)}).',
      `${KEEP} start(X) -> hidden(X). hidden(X) -> {X}.`,
    ),
    steps: [up('{state, 1}', '{state, 1, {1}}'), down('{state, 1, 2}', '{state, 1}')],
  },
  {
    name: 'functions that are others in the old module',
    from: [server('-export([f/0]). -record(state, {a, b = f()}).', 'f() -> {old, g()}. g() -> 1.')],
    to: server('-export([f/0]). -state_record(state). -record(state, {a, c = f()}).', `${KEEP} f() -> {new, g()}. g() -> 2.`),
    steps: [up('{state, 1, 2}', '{state, 1, {new, 2}}'), down('{state, 1, 2}', '{state, 1, {old, 1}}')],
  },
  {
    name: 'functions of two old modules',
    from: [1, 2].map((n) => server(`-vsn(${n}). -record(state, {a, b = f()}).`, `f() -> {old, ${n}}.`)),
    to: server('-state_record(state). -record(state, {a, c = f()}).', `${KEEP} f() -> new.`),
    steps: [
      up('{state, 1, 2}', '{state, 1, new}', { old: 0 }),
      down('{state, 1, 2}', '{state, 1, {old, 1}}', { old: 0 }),
      down('{state, 1, 2}', '{state, 1, {old, 2}}', { old: 1 }),
    ],
  },
  {
    name: 'old defaults with records that are others now',
    from: [server('-record(in, {n = 1}). -record(state, {a, b = #in{}}).')],
    to: server('-state_record(state). -record(in, {m = 2, n = 3}). -record(state, {a, c = #in{}}).', KEEP),
    steps: [up('{state, 1, {in, 7}}', '{state, 1, {in, 2, 3}}'), down('{state, 1, {in, 8, 9}}', '{state, 1, {in, 1}}')],
  },
  {
    name: 'defaults whose variables have the names of fields',
    from: [server('-record(state, {count, value, vsn, x1}).')],
    to: server(
      `-state_record(state). -record(state, {x1, count, value, vsn, f = fun(Count) -> case Count of Value -> {Count, Value} end end,
         g = [X1 || X1 <- [1, 2]], h = (fun(Vsn, State) -> Vsn + State end)(5, 6)}).`,
      KEEP,
    ),
    steps: [
      up('{state, 1, 2, 3, 4}', '{4, 1, 2, 3, {9, 9}, [1, 2], 11}', {
        observe: '{state, A, B, C, D, F, G, H} = State, {A, B, C, D, F(9), G, H}',
      }),
    ],
  },
  {
    name: 'several defaults that look into records',
    from: [server('-record(state, {record1, a}).')],
    to: server(
      `-state_record(state). -record(in, {n = 5, m = {7}}).
       -record(state, {a, b = (#in{})#in.m, c = (#in{n = 1})#in.n, d = (in())#in{m = 2}, e = (in())#in.n, record1, record2 = (in())#in.m}).`,
      `${KEEP} in() -> #in{}.`,
    ),
    steps: [up('{state, 1, 2}', '{state, 2, {7}, 1, {in, 5, 2}, 5, 1, {7}}')],
  },
  {
    name: 'a default that looks into what is another record',
    from: [server('-record(state, {a}).')],
    to: server(
      '-state_record(state). -record(in, {n}). -record(state, {a, b = (other())#in.n}).',
      `${KEEP} other() -> {other, 1}.`,
    ),
    steps: [up('{state, 1}', "{error, {'EXIT', {{badrecord, {other, 1}}, stack}}, {state, 1}}")],
  },
  {
    name: 'a private function that the compiler has specialised keeps its own callers',
    from: [server('-record(state, {a}).')],
    to: server(
      '-state_record(state). -export([bump/0]). -record(state, {a, b = set({x, 1}, 5)}).',
      `${KEEP} set(T, V) -> setelement(2, T, V). bump() -> set({state, 1, 2}, 9).`,
    ),
    steps: [up('{state, 1}', '{{state, 1, {x, 5}}, {state, 9, 2}}', { observe: '{State, m:bump()}' })],
  },
  {
    name: 'a default that fails',
    from: [server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {a, b = hd(element(1, {[]}))}).', KEEP),
    steps: [up('{state, 1}', "{error, {'EXIT', {badarg, stack}}, {state, 1}}"), up('{state, 1, 2}', '{state, 1, 2}')],
  },
  {
    name: 'a default that throws',
    from: [server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {a, b = throw({beamtool, ambiguous_state})}).', KEEP),
    steps: [up('{state, 1}', '{error, {beamtool, ambiguous_state}, {state, 1}}')],
  },
];

/** The cases of this file. */
export const DEFAULTS: readonly LiveCase[] = [
  ...LITERALS.flatMap(([name, text]) => both({ name, text })),
  ...FUNCTIONS.flatMap(both),
  ...OTHERS,
];
