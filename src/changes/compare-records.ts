// The records that two builds of a module declare, as their debug info has them.

import type { BeamModule } from '../beam/module.js';
import { formFromTerm } from '../forms/form-codec.js';
import type { TypeForm } from '../forms/form-model.js';
import { formatExpression, formatType } from '../forms/print.js';
import { type RecordDefinition, type RecordFieldDefinition, recordsOf } from '../forms/records.js';
import { isAtom, isTuple, properList, type Term } from '../term/model.js';
import type { RecordChange } from './module-change.js';

/** Records by name, and local types by `name/arity`. */
export interface DeclaredRecords {
  readonly records: ReadonlyMap<string, RecordDefinition>;
  readonly types: ReadonlyMap<string, TypeForm>;
}

const DECLARATIONS: ReadonlySet<string> = new Set(['record', 'native_record', 'type', 'opaque', 'nominal']);

/** Returns the records and types that a module declares; undefined where it has no abstract code to tell. Throws ParseError. */
export function declaredRecords(module: BeamModule): DeclaredRecords | undefined {
  const { debugInfo } = module;
  if (debugInfo.kind !== 'abstract_code') return undefined;
  return module.located('abstract code', () => {
    const forms = (properList(debugInfo.forms) ?? []).filter(isDeclaration).map(formFromTerm);
    const types = forms.flatMap((form) =>
      form.kind === 'type_form' ? [[`${form.name}/${form.parameters.length}`, form] as const] : [],
    );
    return { records: new Map(recordsOf(forms).map((record) => [record.name, record])), types: new Map(types) };
  });
}

function isDeclaration(form: Term): boolean {
  return isTuple(form, 4) && isAtom(form.items[0], 'attribute') && isAtom(form.items[2]) && DECLARATIONS.has(form.items[2].name);
}

type Records = DeclaredRecords['records'];

/** Returns the records that differ, sorted by name. */
export function compareRecords(before: Records, after: Records): readonly RecordChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => compareRecord(name, before.get(name), after.get(name)) ?? []);
}

function compareRecord(
  name: string,
  old: RecordDefinition | undefined,
  now: RecordDefinition | undefined,
): RecordChange | undefined {
  const [from, to] = [fieldNames(old), fieldNames(now)];
  const nothing = { defaults: [], types: [] };
  if (old === undefined) return { name, kind: 'added', from, to, ...nothing };
  if (now === undefined) return { name, kind: 'removed', from, to, ...nothing };
  const defaults = fieldsWithOther(old, now, (field) => (field.default === undefined ? '' : formatExpression(field.default)));
  const types = fieldsWithOther(old, now, (field) => (field.type === undefined ? '' : formatType(field.type)));
  const isSame = isSameLayout(old, now) && old.native === now.native && defaults.length + types.length === 0;
  return isSame ? undefined : { name, kind: 'changed', from, to, defaults, types };
}

function fieldNames(record: RecordDefinition | undefined): readonly string[] | null {
  return record?.fields.map(({ name }) => name) ?? null;
}

function fieldsWithOther(
  old: RecordDefinition,
  now: RecordDefinition,
  textOf: (field: RecordFieldDefinition) => string,
): readonly string[] {
  const before = new Map(old.fields.map((field) => [field.name, textOf(field)]));
  return now.fields.flatMap((field) => (before.has(field.name) && before.get(field.name) !== textOf(field) ? [field.name] : []));
}

/** Tells whether the fields are the same, in the same order. */
export function isSameLayout(old: RecordDefinition, now: RecordDefinition): boolean {
  return old.fields.length === now.fields.length && old.fields.every(({ name }, at) => name === now.fields[at]?.name);
}
