// Random Erlang modules over every construct that xref treats in a way of its own. They are to be compiled and read, never run; a few don't
// compile, and are left out.

/** Whole numbers below a bound, the same for the same seed. */
export type Random = (below: number) => number;

/** Returns the numbers of a seed. */
export function newRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Maker {
  readonly random: Random;
  readonly module: string;
  readonly others: readonly string[];
  /** Arity by name. */
  readonly functions: readonly (readonly [string, number])[];
  variables: number;
}

/** Returns the sources of modules by name; they call one another. */
export function randomModules(seed: number, count: number): ReadonlyMap<string, string> {
  const names = Array.from({ length: count }, (_, at) => `r${at}`);
  return new Map(names.map((module, at) => [module, writeModule(newRandom(seed * 1009 + at), module, names)]));
}

/** Returns one of the items. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random(items.length)] as T;
}

function writeModule(random: Random, module: string, names: readonly string[]): string {
  const functions = Array.from({ length: 2 + random(5) }, (_, at) => [`f${at}`, random(4)] as const);
  const others = [
    ...Array.from({ length: 4 }, () => pick(random, names)),
    'lists',
    'ets',
    'nomod',
    'erlang',
    'maps',
    'io',
    "'Quoted mod'",
  ];
  const own = random(3) === 0;
  const all = own ? [...functions, ['length', 1] as const] : functions;
  const maker: Maker = { random, module, others, functions: all, variables: 0 };
  const lines = [`-module(${module}).`, '-compile([nowarn_unused_function, nowarn_unused_record, nowarn_deprecated_function]).'];
  if (own) lines.push('-compile({no_auto_import, [length/1]}).');
  lines.push('-import(lists, [map/2, foldl/3, member/2]).', '-import(nomod, [imported/1]).', ...attributes(maker));
  const record = (fields: string) => `-record(r, {${fields}}).`;
  lines.push(
    record(`a = ${call(maker, [])}, b = ${pick(random, INITIALISERS)}, c`),
    '-record(s, {r = #r{c = 1}, d = nomod:init(), e}).',
  );
  for (const [name, arity] of all) lines.push(writeFunction(maker, name, arity));
  return `${lines.join('\n')}\n`;
}

const INITIALISERS = [
  'nomod:b(1 + 2)',
  'fun(X) -> nomod:c(X) end',
  'apply(nomod, d, [1])',
  '[self()]',
  'imported({})',
  'spawn(nomod, e, [])',
];

function attributes({ random, functions, module, others }: Maker): readonly string[] {
  const exported = functions.filter(() => random(2) === 0);
  const name = ([one, arity]: readonly [string, number]) => `${one}/${arity}`;
  const lines = [`-export([${exported.map(name).join(', ')}]).`];
  const [first, second] = [pick(random, functions), pick(random, functions)];
  if (random(4) === 0) {
    const to = random(2) === 0 ? `{${second[0]}, ${second[1]}}` : `{${pick(random, others)}, f0, ${random(3)}}`;
    lines.push(`-xref([{{${first[0]}, ${first[1]}}, ${to}}]).`);
  }
  const loader = functions.find(([, arity]) => arity === 0);
  if (loader !== undefined && random(3) === 0) lines.push(`-on_load(${name(loader)}).`);
  if (exported.length > 0 && random(2) === 0) {
    const [one, arity] = pick(random, exported);
    const flags = ['', ', next_version', ', next_major_release', ', eventually', ', "use another"'];
    const kinds = [`{${one}, ${arity}${pick(random, flags)}}`, `{${one}, '_'${pick(random, flags)}}`, "{'_', '_'}", 'module'];
    lines.push(`-deprecated([${pick(random, kinds)}]).`);
  }
  if (random(4) === 0)
    lines.push(
      `-ignore_xref([${pick(random, [`{${first[0]}, ${first[1]}}`, `{${module}, f0, 1}`, 'nomod', `{nomod, g, 1}`])}]).`,
    );
  return lines;
}

function writeFunction(maker: Maker, name: string, arity: number): string {
  const args = Array.from({ length: arity }, (_, at) => `A${at}`);
  const clauses = Array.from({ length: 1 + maker.random(2) }, () => {
    const guard = maker.random(3) === 0 ? ` when ${guardOf(maker, args)}` : '';
    return `${name}(${args.join(', ')})${guard} ->\n    ${body(maker, args, 3)}`;
  });
  return `${clauses.join(';\n')}.`;
}

/** Expressions in a row; what one binds the later ones know. */
function body(maker: Maker, outer: readonly string[], depth: number): string {
  const scope = [...outer];
  return Array.from({ length: 1 + maker.random(3) }, () => {
    if (maker.random(3) > 0) return expression(maker, scope, depth);
    const made = bound(maker, scope, depth);
    scope.push(made.variable);
    return made.text;
  }).join(',\n    ');
}

function fresh(maker: Maker): string {
  return `V${maker.variables++}`;
}

function bound(maker: Maker, scope: readonly string[], depth: number): { readonly variable: string; readonly text: string } {
  const variable = fresh(maker);
  const values = [
    () => expression(maker, scope, depth - 1),
    () => `[${expression(maker, scope, 0)}, ${expression(maker, scope, 0)}]`,
    () => `fun(_) -> ${body(maker, scope, depth - 1)} end`,
    () => localFun(maker),
    () => 'lists',
    () => `[1 | ${pick(maker.random, scope.length > 0 ? scope : ['[]'])}]`,
  ];
  return { variable, text: `${variable} = ${pick(maker.random, values)()}` };
}

function localFun({ random, functions }: Maker): string {
  const [name, arity] = pick(random, functions);
  return pick(random, [`fun ${name}/${arity}`, 'fun length/1', 'fun self/0']);
}

function call(maker: Maker, scope: readonly string[]): string {
  const [name, arity] = pick(maker.random, maker.functions);
  return `${name}(${argumentList(maker, scope, arity)})`;
}

function argumentList(maker: Maker, scope: readonly string[], arity: number): string {
  return Array.from({ length: arity }, () => expression(maker, scope, 0)).join(', ');
}

const MODULE_FUNCTIONS = [
  'f0',
  'f1',
  'f2',
  'go',
  'member',
  'reverse',
  'map',
  'lookup',
  'module_info',
  'behaviour_info',
  'spawn',
  'get',
];

function expression(maker: Maker, scope: readonly string[], depth: number): string {
  const { random } = maker;
  if (depth <= 0) {
    return pick(random, [...scope, ...scope, '1', 'ok', '"ab"', '[]', '{}', '2.5', '$a']);
  }
  const one = () => expression(maker, scope, depth - 1);
  const variable = () => (scope.length > 0 ? pick(random, scope) : `(${one()})`);
  const other = () => pick(random, maker.others);
  const name = () => pick(random, MODULE_FUNCTIONS);
  const args = () => argumentList(maker, scope, random(3));
  const inner = (...more: readonly string[]) => body(maker, [...scope, ...more], depth - 1);
  const guard = (...more: readonly string[]) => guardOf(maker, [...scope, ...more]);
  const list = () => pick(random, [() => `[${args()}]`, variable, () => '[]', () => `[${one()} | ${one()}]`, () => '"ab"'])();
  const parenthesised = () => `(${one()})`;
  const kinds: readonly (() => string)[] = [
    () => call(maker, scope),
    () => call(maker, scope),
    () => `${other()}:${name()}(${args()})`,
    () => `${other()}:${name()}(${args()})`,
    () => `?MODULE:${name()}(${args()})`,
    () => `imported(${one()})`,
    () => pick(random, [`map(${one()}, ${one()})`, `foldl(${one()}, ${one()}, ${one()})`, `member(${one()}, ${one()})`]),
    () => localFun(maker),
    () => `fun ${other()}:${name()}/${random(3)}`,
    () => `fun ${variable()}:${name()}/${random(3)}`.replace(/fun \(.*/s, 'fun nomod:f/1'),
    () =>
      `${parenthesised()} ${pick(random, ['+', '-', '*', '++', '--', 'and', 'or', 'xor', '==', '=:=', '<', '!', 'div', 'bsl'])} ${parenthesised()}`,
    () => `${pick(random, ['not', '-', 'bnot', 'catch'])} ${parenthesised()}`.replace(/^(.*)$/s, '($1)'),
    () => `(${parenthesised()} ${pick(random, ['andalso', 'orelse'])} ${parenthesised()})`,
    () =>
      pick(random, [
        `is_list(${one()})`,
        `erlang:is_atom(${one()})`,
        `is_record(${one()}, r)`,
        `is_function(${one()}, 1)`,
        `is_record(${one()}, r, 4)`,
      ]),
    () =>
      pick(random, [
        `length(${one()})`,
        `element(1, ${one()})`,
        'self()',
        `hd(${one()})`,
        `exit(${one()})`,
        `setelement(1, ${one()}, 2)`,
        `max(${one()}, 2)`,
      ]),
    () => `${variable()}:${name()}(${args()})`,
    () => `${other()}:${variable()}(${args()})`,
    () => `${variable()}:${variable()}(${args()})`,
    () => `${variable()}(${args()})`,
    () => `(fun(_) -> ${inner()} end)(${one()})`,
    () => `{${other()}, ${name()}}(${args()})`,
    () => `apply(${other()}, ${name()}, ${list()})`,
    () => `apply(${variable()}, ${pick(random, [name(), variable()])}, ${list()})`,
    () => `apply(${pick(random, [variable(), `{${other()}, ${name()}}`, localFun(maker), `fun() -> ${one()} end`])}, ${list()})`,
    () => `erlang:apply(${other()}, ${name()}, ${list()})`,
    () =>
      `${pick(random, ['spawn', 'spawn_link', 'erlang:spawn', 'spawn_monitor'])}(${pick(random, [variable(), `fun() -> ${one()} end`, localFun(maker), `{${other()}, ${name()}}`])})`,
    () =>
      `${pick(random, ['spawn', 'spawn_link', 'erlang:spawn'])}(${pick(random, ['', `${variable()}, `])}${other()}, ${pick(random, [name(), variable()])}, ${list()})`,
    () => `spawn_opt(${pick(random, ['', 'node(), '])}${other()}, ${name()}, ${list()}, [link])`,
    () => `spawn_opt(${pick(random, [variable(), `fun() -> ${one()} end`])}, [])`,
    () =>
      `${pick(random, ['proc_lib:spawn', 'timer:apply_after', 'rpc:call', 'erlang:make_fun', 'erts_debug:apply'])}(${other()}, ${name()}, ${list()})`,
    () => `erts_debug:apply(${other()}, ${name()}, ${list()}, 1)`,
    () => {
      const v = fresh(maker);
      return `case ${one()} of ${v} when ${guard(v)} -> ${inner(v)}; #r{a = 1} -> ${inner()}; "x" ++ _ -> ok; _ -> ${inner()} end`;
    },
    () => `if ${guard()} -> ${inner()}; true -> ${inner()} end`,
    () => `begin ${inner()} end`,
    () => `receive stop when ${guard()} -> ${inner()} after ${one()} -> ${inner()} end`,
    () => {
      const [v, reason] = [fresh(maker), fresh(maker)];
      return `try ${inner()} of ${v} when ${guard(v)} -> ${inner(v)} catch error:${reason} when ${guard(reason)} -> ${inner(reason)}; _:_ -> ok after ${inner()} end`;
    },
    () => {
      const v = fresh(maker);
      return pick(random, [
        `[${expression(maker, [...scope, v], depth - 1)} || ${v} <- ${one()}, ${testOf(maker, [...scope, v])}]`,
        `[${v} || ${v} <- ${one()}, ${expression(maker, [...scope, v], depth - 1)}]`,
        `<< <<(${expression(maker, [...scope, v], depth - 1)})>> || <<${v}:8>> <= ${one()}, is_integer(${v}) >>`,
      ]);
    },
    () => {
      const [f, v] = [fresh(maker), fresh(maker)];
      return `fun ${f}(${v}) when ${guard(v)} -> ${inner(v, f)}; ${f}(_) -> ${f}(${one()}) end`;
    },
    () => `#r{${pick(random, ['', `a = ${one()}`, `c = ${one()}, b = 1`, `_ = ${one()}`])}}`,
    () => `#s{${pick(random, ['', `e = ${one()}`, `r = #r{}`])}}`,
    () => `(${variable()})#r{${pick(random, [`a = ${one()}`, `a = 1, b = ${one()}, c = 2`, ''])}}`,
    () =>
      pick(random, [`(${variable()})#r.b`, '#r.c', 'record_info(size, r)', 'record_info(fields, s)', `(${variable()})#s.r#r.a`]),
    () => `#{${one()} => ${one()}, k => ${one()}}`,
    () => `(${variable()})#{k := ${one()}}`,
    () => `<<(${one()}):8, (${one()})/binary, ${random(9)}:(${one()})>>`,
    () => `{${one()}, [${one()} | ${one()}]}`,
  ];
  return pick(random, kinds)();
}

function guardOf(maker: Maker, scope: readonly string[]): string {
  const { random } = maker;
  return Array.from({ length: 1 + random(2) }, () => testOf(maker, scope)).join(pick(random, [', ', '; ', ' andalso ']));
}

function testOf(maker: Maker, scope: readonly string[]): string {
  const { random } = maker;
  const value = () => pick(random, [...scope, ...scope, '1', 'a', '#r.a']);
  const own = maker.functions.some(([name]) => name === 'length');
  const tests: readonly string[] = [
    `is_list(${value()})`,
    `erlang:is_tuple(${value()})`,
    `${value()} > ${value()}`,
    `${value()} =:= ${value()} + 1`,
    `${own ? 'hd' : 'length'}(${value()}) == 2`,
    `element(1, ${value()}) =/= ok`,
    `is_record(${value()}, r)`,
    `(${value()})#r.a == 1`,
    `(is_atom(${value()}) orelse ${value()} < tl(${value()}))`,
    `not is_integer(${value()})`,
    `map_get(a, ${value()}) >= self()`,
    `erlang:'<'(${value()}, node())`,
    `${value()} == #r{a = 1, b = 2}`,
  ];
  return pick(random, tests);
}
