import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/errors.js';
import { atomNode, clause, functionOf, localCall, termNode } from '../../src/forms/build.js';
import type { FunctionForm } from '../../src/forms/form-model.js';
import type { StateDescription } from '../../src/migrate/model.js';
import { buildSnapshot, describeSnapshot, type SnapshotModule } from '../../src/migrate/snapshot.js';
import { list } from '../../src/term/model.js';
import { localType, plainType, recordType, state, tupleType } from './states.js';

const functions: Readonly<Record<string, FunctionForm>> = {
  f: functionOf('f', [clause([atomNode('x')], [localCall('g', atomNode('y'))])]),
  g: functionOf('g', [clause([atomNode('x')], [{ ...recordOfName('made'), fields: [] }])]),
  unused: functionOf('unused', [clause([atomNode('x')], [atomNode('y')])]),
};

function recordOfName(name: string): { readonly kind: 'record'; readonly anno: number; readonly name: string } {
  return { kind: 'record', anno: 0, name };
}

const described = state({
  vsn: 2n ** 100n,
  types: { 'items/0': plainType('list', tupleType(recordType('inside'))), 'unused/0': recordType('unused') },
  records: {
    state: [
      ['a', localCall('f', termNode(1)), localType('items')],
      ['b', { ...recordOfName('init'), fields: [] }, recordType('typed')],
    ],
    ...{ inside: ['x'], typed: ['y'], init: ['z'], made: [['k', localCall('reverse', termNode(list([1])))]], unused: ['u'] },
  },
  imports: new Map([
    ['reverse/1', 'lists'],
    ['map/2', 'lists'],
  ]),
  renames: [{ old: 'a', new: 'b' }],
  conversions: [{ record: 'typed', field: 'y', module: 'm', name: 'f' }],
  functionForm: (name, arity) => (arity === 1 ? functions[name] : undefined),
});

function roundTrip(one: StateDescription): StateDescription {
  const json = JSON.parse(JSON.stringify(buildSnapshot([one]))) as unknown;
  return describeSnapshot(json, 'records.json')[0] as StateDescription;
}

describe('a snapshot', () => {
  it('holds what the state reaches through types, defaults and functions, and nothing else', () => {
    const read = roundTrip(described);
    expect([...read.records.keys()].sort()).toEqual(['init', 'inside', 'made', 'state', 'typed']);
    expect([...read.types.keys()]).toEqual(['items/0']);
    expect([...read.imports]).toEqual([['reverse/1', 'lists']]);
    expect(read.functionForm('f', 1)).toEqual(functions.f);
    expect(read.functionForm('g', 1)).toEqual(functions.g);
    expect(read.functionForm('unused', 1)).toBeUndefined();
  });

  it('gives back the same description', () => {
    const read = roundTrip(described);
    const { module, vsn, md5, stateRecords, behaviours, exports, renames, conversions } = described;
    expect(read).toMatchObject({ source: 'snapshot', module, vsn, md5, stateRecords, behaviours, exports, renames, conversions });
    for (const [name, record] of read.records) expect(record).toEqual(described.records.get(name));
  });

  it('holds all records of a process that names no state record', () => {
    expect([...roundTrip({ ...described, stateRecords: [] }).records.keys()].sort()).toEqual(
      [...described.records.keys()].sort(),
    );
  });

  it('holds no module without a process or without records, and a version that is not there', () => {
    const others = [state({ records: { r: ['a'] }, stateRecords: [], behaviours: [], exports: [] }), state({ records: {} })];
    expect(buildSnapshot(others).modules).toEqual([]);
    expect(roundTrip({ ...described, vsn: undefined }).vsn).toBeUndefined();
  });
});

const good = buildSnapshot([described]).modules[0] as SnapshotModule;

/** What isn't a snapshot. */
const FAULTS: Readonly<Record<string, unknown>> = {
  ...{
    null: null,
    'a number': 1,
    'a list': [],
    'no schema': {},
    'another schema': { schema: 'beamtool-snapshot/2', modules: [] },
  },
  ...{
    'no modules': { schema: 'beamtool-snapshot/1' },
    'a module that is a number': modules(1),
    'a module that is null': modules(null),
  },
  'no name': modules({ ...good, module: undefined }),
  'a long name': modules({ ...good, module: 'x'.repeat(256) }),
  'a number as version': modules({ ...good, vsn: 1 }),
  'a version that is no base64': modules({ ...good, vsn: 'g' }),
  'a version that is no term': modules({ ...good, vsn: 'AAAA' }),
  'a version that is cut': modules({ ...good, vsn: 'g2w=' }),
  'no digest': modules({ ...good, md5: 'x' }),
  'state records that are no list': modules({ ...good, stateRecords: { length: 1 } }),
  'behaviours that are numbers': modules({ ...good, behaviours: [1] }),
  'no exports': modules({ ...good, exports: undefined }),
  'no forms': modules({ ...good, forms: undefined }),
  'forms that are no list': modules({ ...good, forms: 'g2EB' }),
  'forms that are cut': modules({ ...good, forms: good.forms.slice(0, 40) }),
};

function modules(...all: readonly unknown[]): unknown {
  return { schema: 'beamtool-snapshot/1', modules: all };
}

describe('describeSnapshot refuses', () => {
  it.each(Object.entries(FAULTS))('%s', (_, json) => {
    expect(() => describeSnapshot(json, 'records.json')).toThrow(ParseError);
    expect(() => describeSnapshot(json, 'records.json')).toThrow(/^records\.json: /);
  });

  it('forms with any byte changed, or takes them', () => {
    const bytes = Buffer.from(good.forms, 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 0x55;
      try {
        describeSnapshot(modules({ ...good, forms: changed.toString('base64') }), 'records.json');
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    }
  });
});
