// The records that forms declare, with their fields' defaults and types.

import type { Anno } from './anno.js';
import type { Expression } from './expression-model.js';
import type { FieldNode, Form, RecordForm } from './form-model.js';
import type { Type } from './type-model.js';

/** A record that a module declares. */
export interface RecordDefinition {
  readonly name: string;
  /** A native record of OTP 29 rather than a tuple. */
  readonly native: boolean;
  readonly anno: Anno;
  /** In the order of the declaration. */
  readonly fields: readonly RecordFieldDefinition[];
}

/** A field of a record; a field without default is `undefined`, or has to be given where the record is native. */
export interface RecordFieldDefinition {
  readonly name: string;
  readonly default?: Expression;
  readonly type?: Type;
}

/**
 * Returns the records that the forms declare, in their order. Compilers before OTP 19 kept the types of a record's fields in an attribute
 * of its own; these are merged.
 */
export function recordsOf(forms: readonly Form[]): readonly RecordDefinition[] {
  const types = new Map<string, readonly FieldNode[]>();
  for (const form of forms) if (form.kind === 'record_type_form') types.set(form.name, form.fields);
  return forms.flatMap((form) => (isRecord(form) ? [definitionOf(form, types.get(form.name) ?? [])] : []));
}

function isRecord(form: Form): form is RecordForm {
  return form.kind === 'record_form' || form.kind === 'native_record_form';
}

function definitionOf(form: RecordForm, typed: readonly FieldNode[]): RecordDefinition {
  const fields = form.fields.map((field): RecordFieldDefinition => {
    const type = field.type ?? typed.find((other) => other.name.name === field.name.name)?.type;
    return {
      name: field.name.name,
      ...(field.default === undefined ? {} : { default: field.default }),
      ...(type === undefined ? {} : { type }),
    };
  });
  return { name: form.name, native: form.kind === 'native_record_form', anno: form.anno, fields };
}
