// Descriptions of builds for tests, from short specifications in place of beams.
import { atomNode, GENERATED } from '../../src/forms/build.js';
import type { Expression } from '../../src/forms/expression-model.js';
import type { TypeForm } from '../../src/forms/form-model.js';
import type { RecordDefinition } from '../../src/forms/records.js';
import type { Type } from '../../src/forms/type-model.js';
import type { StateDescription } from '../../src/migrate/model.js';

/** A field: its name, or with a default and a type. */
export type FieldSpec = string | readonly [name: string, init: Expression | undefined, type?: Type];

/** What differs from an empty gen_server of module m with version 1. */
export type StateSpec = Partial<Omit<StateDescription, 'records' | 'types' | 'exports'>> & {
  readonly records: Readonly<Record<string, readonly FieldSpec[]>>;
  readonly types?: Readonly<Record<string, Type>>;
  readonly exports?: readonly string[];
};

/** Makes a description. */
export function state({ records, types = {}, exports = ['code_change/3'], ...more }: StateSpec): StateDescription {
  return {
    ...{ kind: 'state', source: 'abstract_code', module: 'm', file: 'm.beam', vsn: 1, md5: '0'.repeat(32) },
    ...{ stateRecords: ['state'], behaviours: ['gen_server'], imports: new Map(), exportedRecords: new Set() },
    ...{ functionForm: () => undefined, renames: [], conversions: [], exports: new Set(exports) },
    records: new Map(Object.entries(records).map(([name, fields]) => [name, recordOf(name, fields)])),
    types: new Map(Object.entries(types).map(([key, type]) => [key, typeForm(key, type)])),
    ...more,
  };
}

/** Makes the definition of a record. */
export function recordOf(name: string, fields: readonly FieldSpec[]): RecordDefinition {
  const defined = fields.map((field) => {
    const [fieldName, init, type] = typeof field === 'string' ? ([field, undefined] as const) : field;
    return { name: fieldName, ...(init === undefined ? {} : { default: init }), ...(type === undefined ? {} : { type }) };
  });
  return { name, native: false, anno: GENERATED, fields: defined };
}

/** The parameters of a type are A, B and so on. */
function typeForm(key: string, type: Type): TypeForm {
  const [name = '', arity = '0'] = key.split('/');
  const parameters = Array.from({ length: Number(arity) }, (_, at) => parameter(String.fromCharCode(65 + at)));
  return { kind: 'type_form', anno: GENERATED, attribute: 'type', name, type, parameters };
}

/** `A`, the parameter of a type. */
export function parameter(name: string): Type {
  return { kind: 'var', anno: GENERATED, name };
}

/** `#name{}`. */
export function recordType(name: string): Type {
  return { kind: 'record_type', anno: GENERATED, name: atomNode(name), fields: [] };
}

/** `name(Args)` of a predefined type. */
export function plainType(name: string, ...args: readonly Type[]): Type {
  return { kind: 'type', anno: GENERATED, name, args };
}

/** `name(Args)` of a local type. */
export function localType(name: string, ...args: readonly Type[]): Type {
  return { kind: 'user_type', anno: GENERATED, name, args };
}

/** `module:name()`. */
export function remoteType(module: string, name: string): Type {
  return { kind: 'remote_type', anno: GENERATED, module: atomNode(module), name: atomNode(name), args: [] };
}

/** `{A, B}`. */
export function tupleType(...elements: readonly Type[]): Type {
  return { kind: 'tuple_type', anno: GENERATED, elements };
}
