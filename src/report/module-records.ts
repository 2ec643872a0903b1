// The records of a module with defaults and types as Erlang text, from whatever tells of them: abstract code, else (native records of
// OTP 29) the chunk Recs.

import type { BeamModule } from '../beam/module.js';
import { type NativeRecordDefinition, readNativeRecords } from '../code/native-records.js';
import { formFromTerm } from '../forms/form-codec.js';
import type { Form } from '../forms/form-model.js';
import { formatExpression, formatType } from '../forms/print.js';
import { type RecordDefinition, recordsOf } from '../forms/records.js';
import { formatTerm } from '../term/format.js';
import { isAtom, isTuple, properList, type Term } from '../term/model.js';

/** A field; `default` and `type` are Erlang text, null where there is none. */
export interface FieldInfo {
  readonly name: string;
  readonly default: string | null;
  readonly type: string | null;
}

/** A record; `native` for one of OTP 29. */
export interface RecordInfo {
  readonly name: string;
  readonly native: boolean;
  readonly fields: readonly FieldInfo[];
}

/** Where the records of a module come from. */
export type RecordSource = 'abstract_code' | 'Recs' | 'none';

/** The records, and what told of them. */
export interface ModuleRecords {
  readonly source: RecordSource;
  readonly records: readonly RecordInfo[];
}

/** Reads the records of a module; throws ParseError. */
export function readModuleRecords(module: BeamModule): ModuleRecords {
  const { debugInfo } = module;
  if (debugInfo.kind === 'abstract_code') {
    const records = module.located('abstract code', () => recordsOf(declarations(debugInfo.forms)).map(describeRecord));
    return { source: 'abstract_code', records };
  }
  const native = readNativeRecords(module);
  if (native.length === 0) return { source: 'none', records: [] };
  return { source: 'Recs', records: module.located('Recs', () => native.map(describeNative)) };
}

function describeNative({ name, fields }: NativeRecordDefinition): RecordInfo {
  const described = fields.map((field) => ({
    name: field.name,
    default: field.default === undefined ? null : formatTerm(field.default),
    type: null,
  }));
  return { name, native: true, fields: described };
}

/** The attributes that can tell of a record (the old separate types are `type` attributes): functions need not be read. */
const DECLARATIONS: ReadonlySet<string> = new Set(['record', 'native_record', 'type']);

function declarations(forms: Term): readonly Form[] {
  return (properList(forms) ?? []).filter(isDeclaration).map(formFromTerm);
}

function isDeclaration(form: Term): boolean {
  return isTuple(form, 4) && isAtom(form.items[0], 'attribute') && isAtom(form.items[2]) && DECLARATIONS.has(form.items[2].name);
}

function describeRecord(record: RecordDefinition): RecordInfo {
  return {
    name: record.name,
    native: record.native,
    fields: record.fields.map((field) => ({
      name: field.name,
      default: field.default === undefined ? null : formatExpression(field.default),
      type: field.type === undefined ? null : formatType(field.type),
    })),
  };
}
