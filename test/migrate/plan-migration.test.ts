import { describe, expect, it } from 'vitest';
import { atomNode, clause, functionOf, termNode, variable } from '../../src/forms/build.js';
import type { Expression } from '../../src/forms/expression-model.js';
import type { MigrationPlan, PlanOptions, RecordReport, Refusal, StateDescription } from '../../src/migrate/model.js';
import { planMigration } from '../../src/migrate/plan-migration.js';
import { localType, plainType, recordType, remoteType, type StateSpec, state, tupleType } from './states.js';

const integer = plainType('integer');
const text = plainType('string');

function plan(to: StateSpec, from: readonly StateSpec[], options: PlanOptions = {}): ReturnType<typeof planMigration> {
  const older = from.map((spec, at) => state({ file: `old ${at + 1}`, vsn: 10 + at, ...spec }));
  return planMigration({ to: state(to), from: older, options });
}

function planned(...args: Parameters<typeof plan>): MigrationPlan {
  const made = plan(...args);
  if (made.kind !== 'migration') throw new Error(JSON.stringify(made));
  return made;
}

function firstReport(...args: Parameters<typeof plan>): RecordReport {
  return planned(...args).report.records[0] as RecordReport;
}

const old = { records: { state: ['a', 'b'] } };

describe('planMigration', () => {
  it('has nothing to do for the same fields in the same order', () => {
    expect(plan({ records: { state: ['a', 'b'] } }, [old]).kind).toBe('unchanged');
    expect(plan({ records: { state: ['a', 'b'] } }, []).kind).toBe('unchanged');
    expect(plan({ records: { state: ['a', ['b', termNode(2), integer]], other: ['x'] } }, [old]).kind).toBe('unchanged');
  });

  it('has nothing to do where a record changed that the state does not reach', () => {
    const from = { records: { state: ['a'], other: ['x'] } };
    expect(plan({ records: { state: ['a'], other: ['x', 'y'] } }, [from]).kind).toBe('unchanged');
  });

  it('sees an order that changed, a name that changed, and what changed deeper inside', () => {
    expect(plan({ records: { state: ['b', 'a'] } }, [old]).kind).toBe('migration');
    expect(plan({ records: { state: ['a', 'b'] } }, [{ stateRecords: ['was'], records: { was: ['a', 'b'] } }]).kind).toBe(
      'migration',
    );
    const types = { 'items/0': plainType('list', recordType('item')) };
    const deep = (fields: readonly string[]): StateSpec => ({
      types,
      records: { state: [['x', undefined, recordType('mid')]], mid: [['y', undefined, localType('items')]], item: fields },
    });
    expect(planned(deep(['k', 'v']), [deep(['k'])]).records.map(({ name }) => name)).toEqual(['state', 'mid', 'item']);
    expect(plan(deep(['k']), [deep(['k'])]).kind).toBe('unchanged');
  });

  it('groups builds of one layout, and keeps their versions', () => {
    const { records } = planned({ records: { state: ['a', 'c'] }, vsn: 3 }, [
      old,
      { records: { state: ['b'] } },
      old,
      { records: { state: ['a', 'c'] } },
    ]);
    expect(records[0]?.groups.map(({ layout, builds, vsns, isNew }) => [layout.fields, builds, vsns, isNew])).toEqual([
      [['a', 'b'], [0, 2], [10, 12], false],
      [['b'], [1], [11], false],
      [['a', 'c'], [3], [3, 13], true],
    ]);
  });

  it('reports what becomes of each field', () => {
    const report = firstReport(
      { records: { state: ['new_b', ['c', termNode(7)], 'a'] }, renames: [{ old: 'b', new: 'new_b' }] },
      [{ records: { state: ['a', 'b', ['gone', atomNode('x')]] } }],
    );
    expect(report).toMatchObject({
      from: { file: 'old 1', vsn: 10, record: 'state' },
      copied: ['a'],
      renamed: [{ old: 'b', new: 'new_b' }],
      added: [{ field: 'c', default: '7' }],
      dropped: ['gone'],
      down: { added: [{ field: 'gone', default: 'x' }], dropped: ['c'] },
    });
  });
});

/** The code of a refusal, and a part of its reason. */
const REFUSALS: readonly (readonly [string, Refusal['code'], string, StateSpec, readonly StateSpec[], PlanOptions?])[] = [
  ['no state record', 'no_state_record', '--record', { records: { state: ['a'] }, stateRecords: [] }, [old]],
  [
    'two state records',
    'several_state_records',
    'state, other',
    { records: { state: ['a'] }, stateRecords: ['state', 'other'] },
    [old],
  ],
  ['a state record that is not there', 'record_not_found', 'no record gone', { records: {}, stateRecords: ['gone'] }, [old]],
  ['an old build without the record', 'record_not_found', 'no record state', { records: { state: ['a'] } }, [{ records: {} }]],
  [
    'an old build with two state records',
    'several_state_records',
    'a, b',
    { records: { state: ['a'] } },
    [{ ...old, stateRecords: ['a', 'b'] }],
  ],
  ['another module', 'other_module', 'n where m', { records: { state: ['a'] } }, [{ ...old, module: 'n' }]],
  ['a supervisor', 'supervisor', 'init/1', { records: { state: ['a'] }, behaviours: ['supervisor'] }, [old]],
  ['no behaviour', 'no_callback', '--callback', { records: { state: ['a'] }, behaviours: [], exports: [] }, [old]],
  [
    ...(['old builds that nothing tells apart', 'ambiguous', 'old 1 and of old 2'] as const),
    { records: { state: ['a', 'b', 'c'] } },
    [
      { records: { state: ['a', 'b'] }, vsn: 5 },
      { records: { state: ['b', 'a'] }, vsn: 5 },
    ],
  ],
  [
    ...(['old and new that nothing tells apart', 'ambiguous', 'old 1 and of m.beam'] as const),
    { records: { state: ['a', 'b'] }, vsn: 5 },
    [{ records: { state: ['b', 'a'] }, vsn: 5 }],
  ],
  [
    ...(['a nested record that nothing tells apart', 'ambiguous', 'record r of'] as const),
    { records: { state: [['x', undefined, recordType('r')]], r: ['a', 'b'] }, vsn: 5 },
    [{ records: { state: [['x', undefined, recordType('r')]], r: ['b', 'a'] }, vsn: 5 }],
  ],
  [
    ...(['a record that could have become two', 'ambiguous', 'could have become several'] as const),
    {
      records: {
        state: [
          ['y', undefined, recordType('p')],
          ['f', undefined, plainType('union', recordType('p'), recordType('x'))],
        ],
        ...{ p: ['a', 'b'], x: ['a', 'b', 'c'] },
      },
    },
    [
      {
        records: {
          state: [
            ['y', undefined, recordType('x')],
            ['f', undefined, recordType('x')],
          ],
          x: ['a'],
        },
      },
    ],
  ],
  [
    ...(['a conversion that is not exported', 'not_exported', 'm:f/1'] as const),
    { records: { state: ['a'] }, conversions: [{ field: 'a', module: 'm', name: 'f' }] },
    [old],
  ],
  [
    'a rename of a field that is not there',
    'unknown_field',
    'no field z',
    { records: { state: ['a'] } },
    [old],
    { renames: [{ old: 'b', new: 'z' }] },
  ],
  [
    'a rename in a record that is not there',
    'unknown_field',
    'no record r',
    { records: { state: ['a'] } },
    [old],
    { renames: [{ record: 'r', old: 'b', new: 'a' }] },
  ],
];

describe('a plan is refused for', () => {
  for (const [name, code, part, ...args] of REFUSALS) {
    it(name, () => {
      const refused = plan(...args);
      expect(refused).toMatchObject({ kind: 'refused', code });
      expect((refused as Refusal).reason).toContain(part);
    });
  }

  it('a callback that is not known, but not where there is nothing to do', () => {
    expect(plan({ ...old, behaviours: [], exports: [] }, [old]).kind).toBe('unchanged');
  });
});

/** The code of a warning, and a part of its text. */
const WARNINGS: readonly (readonly [string, string, StateSpec, readonly StateSpec[], PlanOptions?])[] = [
  [
    'type_changed',
    'integer() became string()',
    { records: { state: [['a', undefined, text], 'c'] } },
    [{ records: { state: [['a', undefined, integer]] } }],
  ],
  [
    ...(['type_changed', 'the definition of id/0'] as const),
    { types: { 'id/0': text }, records: { state: [['a', undefined, localType('id')], 'c'] } },
    [{ types: { 'id/0': integer }, records: { state: [['a', undefined, localType('id')]] } }],
  ],
  ['remote_type', 'other:t/0', { records: { state: [['a', undefined, remoteType('other', 't')], 'c'] } }, [old]],
  [
    ...(['not_converted', 'record r deeper inside'] as const),
    {
      records: {
        state: [
          ['x', undefined, recordType('r')],
          ['y', undefined, tupleType(recordType('r'))],
        ],
        r: ['a', 'b'],
      },
    },
    [
      {
        records: {
          state: [
            ['x', undefined, recordType('r')],
            ['y', undefined, tupleType(recordType('r'))],
          ],
          r: ['a'],
        },
      },
    ],
  ],
  ['rename_unused', 'x to a', { records: { state: ['a'] }, renames: [{ old: 'x', new: 'a' }] }, [old]],
  ['conversion_unused', 'field zz', { records: { state: ['a'] }, conversions: [{ field: 'zz', module: 'o', name: 'f' }] }, [old]],
  ['converted_upward_only', 'o:f/1', { records: { state: ['a'] }, conversions: [{ field: 'a', module: 'o', name: 'f' }] }, [old]],
  [
    'vsn_shared',
    'vsn 5',
    { records: { state: ['a', 'c'] } },
    [
      { ...old, vsn: 5 },
      { records: { state: ['a'] }, vsn: 5 },
    ],
  ],
  [
    ...(['callback_not_exported', 'code_change/3'] as const),
    { records: { state: ['a'] }, exports: [], functionForm: codeChange(variable('_')) },
    [old],
  ],
  [
    ...(['down_by_hand', '{down, _}'] as const),
    {
      records: { state: ['b', 'a'] },
      vsn: 3,
      functionForm: codeChange(termNode({ kind: 'tuple', items: [{ kind: 'atom', name: 'down' }, 1] })),
    },
    [old],
  ],
];

/** A code_change of one clause with that pattern for OldVsn. */
function codeChange(pattern: Expression): StateDescription['functionForm'] {
  const form = functionOf('code_change', [clause([pattern, variable('S'), variable('_')], [variable('S')])]);
  return (name, arity) => (name === 'code_change' && arity === 3 ? form : undefined);
}

describe('a plan warns', () => {
  for (const [code, part, ...args] of WARNINGS) {
    it(`${code}: ${part}`, () => {
      const { warnings } = planned(...args).report;
      expect(warnings.flatMap((warning) => (warning.code === code ? [warning.text] : [])).join()).toContain(part);
    });
  }

  it('not of one build that several releases have', () => {
    const twice = [
      { records: { state: ['a'] }, vsn: 5 },
      { records: { state: ['a'] }, vsn: 5 },
    ];
    expect(planned({ records: { state: ['a', 'c'] } }, twice).report.warnings).toEqual([]);
  });

  it('of nothing where there is nothing', () => {
    const records = {
      state: [['a', undefined, integer], 'b', ['c', undefined, plainType('list', recordType('r'))]],
      r: ['x', 'y'],
    } as const;
    const from = {
      state: ['b', ['c', undefined, plainType('list', recordType('r'))], ['a', undefined, integer]],
      r: ['x'],
    } as const;
    expect(planned({ records }, [{ records: from }]).report.warnings).toEqual([]);
    const renamed = { state: [['a', undefined, recordType('s')]], s: ['x', 'y'] } as const;
    const before = { state: [['a', undefined, recordType('r')]], r: ['x', 'y'] } as const;
    expect(planned({ records: renamed }, [{ records: before }]).report.warnings).toEqual([]);
  });
});

/** The fields of the new and of the old record, and the renames that are proposed. */
const PROPOSALS: readonly (readonly [string, StateSpec['records'][string], StateSpec['records'][string], string])[] = [
  ['the same place', ['a', 'x'], ['a', 'b'], 'b=x place'],
  ['the same type', ['x1', 'a', ['x', undefined, text]], ['a', ['b', undefined, text]], 'b=x type'],
  ['the same default', ['x1', 'a', ['x', termNode(30)]], ['a', ['b', termNode(30)]], 'b=x default'],
  ['not another type', ['a', ['x', undefined, text]], ['a', ['b', undefined, integer]], ''],
  ['not a default that many have', ['x1', 'a', ['x', termNode(0)]], ['a', ['b', termNode(0)]], ''],
  ['not what two could be', ['x', 'a', 'c', 'y'], ['b', 'a', 'd', 'c'], 'b=x place'],
  ['two at once', ['x', 'y'], ['a', 'b'], 'a=x place, b=y place'],
  [
    'the better one',
    [
      ['x', termNode(30), text],
      ['y', termNode(31), text],
    ],
    [['b', termNode(31), text]],
    'b=y type default',
  ],
  ['nothing for a field that stayed', ['a', 'b'], ['b', 'a'], ''],
];

describe('a rename is proposed for', () => {
  it.each(PROPOSALS)('%s', (_, to, from, expected) => {
    const { proposals } = firstReport({ records: { state: to }, vsn: 2 }, [{ records: { state: from } }]);
    expect(proposals.map((one) => `${one.old}=${one.new} ${one.because.join(' ')}`).join(', ')).toBe(expected);
  });
});
