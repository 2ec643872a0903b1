import { describe, expect, it } from 'vitest';
import { atomNode } from '../../src/forms/build.js';
import type { Type } from '../../src/forms/type-model.js';
import { reachOf } from '../../src/migrate/reach.js';
import { localType, parameter, plainType, recordType, remoteType, state, tupleType } from './states.js';

const r = recordType('r');
const none = atomNode('none');
const union = (...types: readonly Type[]): Type => plainType('union', ...types);
const list = (type: Type): Type => plainType('list', type);

const types = {
  'plain/0': r,
  'opt/1': union(none, parameter('A')),
  'many/1': list(parameter('A')),
  'nested/1': localType('many', localType('opt', parameter('A'))),
  'loop/0': union(localType('loop'), list(localType('loop')), r),
  'grow/1': union(localType('grow', tupleType(parameter('A'))), r),
  'swap/2': tupleType(parameter('B'), list(parameter('A'))),
};

const CASES: readonly (readonly [name: string, type: Type, places: Readonly<Record<string, readonly string[]>>])[] = [
  ['a record', r, { direct: ['r'] }],
  ['a union', union(none, r, recordType('s')), { direct: ['r', 's'] }],
  ['a list', list(r), { list: ['r'] }],
  ['a union in a list', list(union(none, r)), { list: ['r'] }],
  ['a list in a union', union(none, list(r)), { list: ['r'] }],
  ['a list that is not empty', plainType('nonempty_list', r), { list: ['r'] }],
  ['an improper list', plainType('maybe_improper_list', r, recordType('s')), { list: ['r'], inside: ['s'] }],
  ['a list of lists', list(list(r)), { inside: ['r'] }],
  ['a tuple', tupleType(none, r), { inside: ['r'] }],
  ['a remote type', remoteType('m', 't'), { remote: ['m:t/0'] }],
  ['a local type', localType('plain'), { direct: ['r'] }],
  ['a parameter', localType('opt', r), { direct: ['r'] }],
  ['a parameter in a list', localType('many', r), { list: ['r'] }],
  ['parameters of parameters', localType('nested', r), { list: ['r'] }],
  ['two parameters', localType('swap', r, recordType('s')), { inside: ['s', 'r'] }],
  ['a type that refers to itself', localType('loop'), { direct: ['r'], list: ['r'], inside: ['r'] }],
  ['a type that grows for ever', localType('grow', none), { direct: ['r'] }],
  ['a type that is not there', localType('gone', r), {}],
];

describe('reachOf', () => {
  it.each(CASES)('finds the records of %s', (_, type, places) => {
    const reach = reachOf(type, state({ records: {}, types }));
    const found = Object.entries({ direct: reach.direct, list: reach.list, inside: reach.inside, remote: reach.remote });
    expect(Object.fromEntries(found.flatMap(([place, names]) => (names.size > 0 ? [[place, [...names].sort()]] : [])))).toEqual(
      Object.fromEntries(Object.entries(places).map(([place, names]) => [place, [...names].sort()])),
    );
  });

  it('finds nothing where there is no type', () => {
    expect(reachOf(undefined, state({ records: {} })).direct.size).toBe(0);
  });
});
