// Which conversion is chosen: by the shape of the state, and by the version where several builds had that shape.
import { down, type LiveCase, up } from '../support/live-migrations.js';
import { source } from '../support/live-sources.js';

const server = (declarations: string, functions = ''): string => source('gen_server', declarations, functions);

const KEEP = 'code_change(_, State, _) -> {ok, State}.';

const FIELDS = Array.from({ length: 250 }, (_, at) => `f${at}`);

const LONG = 'x'.repeat(255);

/** One older layout. */
const ONE: readonly LiveCase[] = [
  {
    name: 'a field is added at the end',
    from: [server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {a, b = 2}).', KEEP),
    steps: [up('{state, 1}', '{state, 1, 2}'), down('{state, 1, 3}', '{state, 1}')],
  },
  {
    name: 'a field is added before others, and these change places',
    from: [server('-record(state, {count = 0, name}).')],
    to: server('-state_record(state). -record(state, {name, list = [], count = 0, max = 100}).', KEEP),
    steps: [up('{state, 7, n}', '{state, n, [], 7, 100}'), down('{state, n, [x], 8, 9}', '{state, 8, n}')],
  },
  {
    name: 'a field is dropped, and comes back with its default',
    from: [server('-record(state, {a, b = old, c}).')],
    to: server('-state_record(state). -record(state, {a, c}).', KEEP),
    steps: [up('{state, 1, 2, 3}', '{state, 1, 3}'), down('{state, 1, 3}', '{state, 1, old, 3}')],
  },
  {
    name: 'a field without default is dropped',
    from: [server('-record(state, {a, b}).')],
    to: server('-state_record(state). -record(state, {a}).', KEEP),
    steps: [up('{state, 1, 2}', '{state, 1}'), down('{state, 1}', '{state, 1, undefined}')],
  },
  {
    name: 'two fields change places',
    from: [server('-record(state, {a, b}).')],
    to: server('-state_record(state). -record(state, {b, a}).', KEEP),
    steps: [up('{state, 1, 2}', '{state, 2, 1}'), down('{state, 2, 1}', '{state, 1, 2}')],
  },
  {
    name: 'no field is left of those that there were',
    from: [server('-record(state, {a = 1, b}).')],
    to: server('-state_record(state). -record(state, {c = 3, d, e}).', KEEP),
    steps: [up('{state, x, y}', '{state, 3, undefined, undefined}'), down('{state, x, y, z}', '{state, 1, undefined}')],
  },
  {
    name: 'what is no record of a known shape passes through',
    from: [server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {a, b}).', KEEP),
    steps: [
      ...['undefined', '#{state => {state, 1}}', '[{state, 1}]', '{}', '{state}', '{state, 1, 2, 3}', '{other, 1}'].flatMap(
        (state) => [up(state, state), down(state, state)],
      ),
    ],
  },
  {
    name: '{Tag, #state{}} passes through',
    from: [server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {a, b}).', KEEP),
    steps: [up('{tag, {state, 1}}', '{tag, {state, 1}}'), down('{tag, {state, 1, 2}}', '{tag, {state, 1, 2}}')],
  },
  {
    name: 'a state that is new already passes through',
    from: [server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {b, a}).', KEEP),
    steps: [up('{state, 1, 2}', '{state, 1, 2}'), up('{state, 1, 2}', '{state, 1, 2}', { vsn: 'Vsn' })],
  },
  {
    name: 'a state that is old already passes through on the way down',
    from: [server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {b, a}).', KEEP),
    steps: [down('{state, 1}', '{state, 1}')],
  },
  {
    name: 'the old file is gone',
    from: [server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {a, b}).', KEEP),
    steps: [
      up('{state, 1}', '{state, 1, undefined}', { vsn: 'undefined' }),
      down('{state, 1, 2}', '{state, 1}', { vsn: 'undefined' }),
      up('{state, 1}', '{state, 1, undefined}', { vsn: '"another"' }),
    ],
  },
  {
    name: 'a record without fields',
    from: [server('-record(state, {}).')],
    to: server('-state_record(state). -record(state, {a = x}).', KEEP),
    steps: [up('{state}', '{state, x}'), down('{state, 1}', '{state}'), up('{}', '{}'), up('state', 'state')],
  },
  {
    name: 'a record that loses all fields',
    from: [server('-record(state, {a = 1}).')],
    to: server('-state_record(state). -record(state, {}).', KEEP),
    steps: [up('{state, 5}', '{state}'), down('{state}', '{state, 1}')],
  },
  {
    name: 'unicode names and names that need quotes',
    from: [server("-record('Zustand ✓', {'größe', 'if', 'with space', '9', 'ключ'}).")],
    to: server("-state_record('Zustand ✓'). -record('Zustand ✓', {'ключ', 'if', 'größe', ok = \"ä€\", '9', '名' = '名'}).", KEEP),
    steps: [
      up("{'Zustand ✓', 1, 2, 3, 4, 5}", "{'Zustand ✓', 5, 2, 1, [228, 8364], 4, '名'}"),
      down("{'Zustand ✓', 5, 2, 1, 0, 4, 6}", "{'Zustand ✓', 1, 2, undefined, 4, 5}"),
    ],
  },
  {
    name: 'names of 255 characters',
    from: [server(`-record(${LONG}, {${LONG}, b}).`)],
    to: server(`-state_record(${LONG}). -record(${LONG}, {b, c = ${LONG}, ${LONG}}).`, KEEP),
    steps: [up(`{${LONG}, 1, 2}`, `{${LONG}, 2, ${LONG}, 1}`), down(`{${LONG}, 2, new, 1}`, `{${LONG}, 1, 2}`)],
  },
  {
    name: '250 fields in the other order',
    from: [server(`-record(state, {${FIELDS.join(', ')}}).`)],
    to: server(`-state_record(state). -record(state, {${[...FIELDS, 'new'].toReversed().join(', ')}}).`, KEEP),
    steps: [
      up('list_to_tuple([state | lists:seq(1, 250)])', 'list_to_tuple([state, undefined | lists:seq(250, 1, -1)])'),
      down('list_to_tuple([state | lists:seq(0, 250)])', 'list_to_tuple([state | lists:seq(250, 1, -1)])'),
    ],
  },
  {
    name: '250 fields, of which every other is dropped',
    from: [server(`-record(state, {${FIELDS.map((field, at) => `${field} = ${at}`).join(', ')}}).`)],
    to: server(`-state_record(state). -record(state, {${FIELDS.filter((_, at) => at % 2 === 0).join(', ')}}).`, KEEP),
    steps: [
      up('list_to_tuple([state | lists:seq(1, 250)])', 'list_to_tuple([state | lists:seq(1, 249, 2)])'),
      down(
        'list_to_tuple([state | lists:duplicate(125, x)])',
        'list_to_tuple([state | lists:append([[x, N] || N <- lists:seq(1, 249, 2)])])',
      ),
    ],
  },
  {
    name: 'types and defaults change, fields do not, and one more is there',
    from: [server('-record(state, {a = 1 :: integer(), b = x :: atom()}).')],
    to: server('-state_record(state). -record(state, {a = <<"1">> :: binary(), b = "x" :: string(), c = 0}).', KEEP),
    steps: [up('{state, 7, y}', '{state, 7, y, 0}'), down('{state, <<"7">>, "y", 9}', '{state, <<"7">>, "y"}')],
  },
];

const THREE = ['-record(state, {a}).', '-record(state, {a, b = 2}).', '-record(state, {b, a, c = 3, d}).'];

/** Several older layouts. */
const SEVERAL: readonly LiveCase[] = [
  {
    name: 'three old versions of three sizes',
    from: THREE.map((record) => server(record)),
    to: server('-state_record(state). -record(state, {c = 5, a, b = 6}).', KEEP),
    steps: [
      up('{state, 1}', '{state, 5, 1, 6}', { old: 0 }),
      up('{state, 1, 2}', '{state, 5, 1, 2}', { old: 1 }),
      up('{state, 2, 1, 3, 4}', '{state, 3, 1, 2}', { old: 2 }),
      // The shape counts, not the version, where it tells enough.
      up('{state, 1}', '{state, 5, 1, 6}', { old: 2 }),
      down('{state, 3, 1, 2}', '{state, 1}', { old: 0 }),
      down('{state, 3, 1, 2}', '{state, 1, 2}', { old: 1 }),
      down('{state, 3, 1, 2}', '{state, 2, 1, 3, undefined}', { old: 2 }),
    ],
  },
  {
    name: 'three old versions that all declare the same vsn',
    from: THREE.map((record) => server(`-vsn("1.0"). ${record}`)),
    to: server('-vsn("1.0"). -state_record(state). -record(state, {c = 5, a, b = 6}).', KEEP),
    steps: [
      up('{state, 1}', '{state, 5, 1, 6}', { old: 0 }),
      up('{state, 1, 2}', '{state, 5, 1, 2}', { old: 1 }),
      up('{state, 2, 1, 3, 4}', '{state, 3, 1, 2}', { old: 2 }),
      // Dispatch by version alone swaps the fields of a state that is right already.
      up('{state, 3, 1, 2}', '{state, 3, 1, 2}'),
      down('{state, 3, 1, 2}', ambiguous('"1.0"', '{state, 3, 1, 2}'), { old: 1 }),
    ],
  },
  {
    name: 'three old versions of one size',
    from: ['a, b', 'b, a', 'b, c = 4'].map((fields) => server(`-record(state, {${fields}}).`)),
    to: server('-state_record(state). -record(state, {b, n = 0, a = 9}).', KEEP),
    steps: [
      up('{state, 1, 2}', '{state, 2, 0, 1}', { old: 0 }),
      up('{state, 2, 1}', '{state, 2, 0, 1}', { old: 1 }),
      up('{state, 2, 3}', '{state, 2, 0, 9}', { old: 2 }),
      down('{state, 2, 7, 1}', '{state, 1, 2}', { old: 0 }),
      down('{state, 2, 7, 1}', '{state, 2, 1}', { old: 1 }),
      down('{state, 2, 7, 1}', '{state, 2, 4}', { old: 2 }),
    ],
  },
  {
    name: 'a version that no build had, where the shape is not enough',
    from: ['a, b', 'b, a'].map((fields) => server(`-record(state, {${fields}}).`)),
    to: server('-state_record(state). -record(state, {b, n = 0, a}).', KEEP),
    steps: [
      ...['undefined', '"1"', '0'].flatMap((vsn) => [
        up('{state, 1, 2}', ambiguous(vsn, '{state, 1, 2}'), { vsn }),
        down('{state, 1, 0, 2}', ambiguous(vsn, '{state, 1, 0, 2}'), { vsn }),
        // Nothing to choose.
        up('{state, 1, 0, 2}', '{state, 1, 0, 2}', { vsn }),
        down('{state, 1, 2}', '{state, 1, 2}', { vsn }),
      ]),
    ],
  },
  {
    name: 'the new layout has the size of the old one, and another version',
    from: [server('-vsn(1). -record(state, {a, b}).')],
    to: server('-vsn(2). -state_record(state). -record(state, {a, c = 3}).', KEEP),
    steps: [
      up('{state, 1, 2}', '{state, 1, 3}'),
      up('{state, 1, 2}', '{state, 1, 2}', { vsn: '2' }),
      down('{state, 1, 3}', '{state, 1, undefined}'),
      up('{state, 1, 2}', ambiguous('undefined', '{state, 1, 2}'), { vsn: 'undefined' }),
    ],
  },
  {
    name: 'one of the old versions has the new layout',
    from: [server('-record(state, {a}).'), server('-record(state, {b, a}).')],
    to: server('-state_record(state). -record(state, {b, a}).', KEEP),
    steps: [
      up('{state, 1}', '{state, undefined, 1}', { old: 0 }),
      up('{state, 2, 1}', '{state, 2, 1}', { old: 1 }),
      down('{state, 2, 1}', '{state, 1}', { old: 0 }),
      down('{state, 2, 1}', '{state, 2, 1}', { old: 1 }),
    ],
  },
  {
    name: 'two old versions of one layout',
    from: [server('-record(state, {a}).'), server('-record(state, {a}).')],
    to: server('-state_record(state). -record(state, {b, a}).', KEEP),
    steps: [
      up('{state, 1}', '{state, undefined, 1}', { old: 0 }),
      up('{state, 1}', '{state, undefined, 1}', { old: 1 }),
      down('{state, 2, 1}', '{state, 1}', { old: 0 }),
      down('{state, 2, 1}', '{state, 1}', { old: 1, vsn: 'unknown' }),
    ],
  },
  {
    name: 'two old versions of one layout with different defaults',
    from: [server('-record(state, {a, b = 1}).'), server('-record(state, {a, b = 2}).')],
    to: server('-state_record(state). -record(state, {a}).', KEEP),
    steps: [
      up('{state, 1, 0}', '{state, 1}', { old: 0 }),
      up('{state, 1, 0}', '{state, 1}', { old: 1, vsn: 'undefined' }),
      down('{state, 1}', '{state, 1, 1}', { old: 0 }),
      down('{state, 1}', '{state, 1, 2}', { old: 1 }),
    ],
  },
];

function ambiguous(vsn: string, state: string): string {
  return `{error, {error, {beamtool, ambiguous_state, {m, state, ${vsn}}}}, ${state}}`;
}

/** Every kind of version that can be declared, by what two builds of one layout declare and what release_handler makes of it. */
const VERSIONS: readonly LiveCase[] = [
  ['-vsn("1.0").', '"1.0"'],
  ['-vsn(7).', '7'],
  ['-vsn(a).', 'a'],
  ['-vsn(<<"0">>).', '<<"0">>'],
  ['-vsn({1, 2}).', '{1, 2}'],
  ['-vsn([1, 2]).', '[1, 2]'],
  ['-vsn(65).', '"A"'],
  ['-vsn("a"). -vsn("b").', '"ab"'],
  ['-vsn(1.0).', '1.0'],
  ['-vsn("é€").', '[233, 8364]'],
  ['-vsn(1180591620717411303424).', '1 bsl 70'],
].map(([declared, vsn], at) => ({
  name: `versions: ${declared}`,
  from: [server(`${declared} -record(state, {a, b}).`), server(`-vsn(other${at}). -record(state, {b, a}).`)],
  to: server('-state_record(state). -record(state, {b, c = 3, a}).', KEEP),
  steps: [
    up('{state, 1, 2}', '{state, 2, 3, 1}', { old: 0 }),
    up('{state, 1, 2}', '{state, 2, 3, 1}', { old: 0, vsn: vsn as string }),
    up('{state, 2, 1}', '{state, 2, 3, 1}', { old: 1 }),
    down('{state, 2, 9, 1}', '{state, 1, 2}', { old: 0 }),
    down('{state, 2, 9, 1}', '{state, 2, 1}', { old: 1 }),
  ],
}));

/** The cases of this file. */
export const SHAPES: readonly LiveCase[] = [...ONE, ...SEVERAL, ...VERSIONS];
