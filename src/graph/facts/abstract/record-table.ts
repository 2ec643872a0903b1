// The records of a module as its `record` attributes define them: names of fields, and where their default initialisers are in the
// encoded forms. A construction runs the initialisers of the fields that it doesn't give.
//
//   {attribute, Anno, record, {Name, [Field | {typed_record_field, Field, Type}]}}
//   Field   {record_field, Anno, {atom, Anno, Name}} | {record_field, Anno, {atom, Anno, Name}, Default}

import type { FormCursor } from './form-cursor.js';
import { ATOM, LAST_LEAF, OTHER, RECORD_FIELD, TYPED_RECORD_FIELD } from './node-kinds.js';

/** One field. */
export interface FieldDefinition {
  readonly name: string;
  /** Position of the default initialiser; 0 where there is none that calls anything. */
  readonly initialiser: number;
}

/** The fields of a record in their order. */
export type RecordDefinition = readonly FieldDefinition[];

/** The records of a module; each is read when it is used. */
export type RecordTable = Map<string, RecordDefinition | { readonly fields: number }>;

/** Keeps the value of a `record` attribute, which comes next. */
export function addRecord(cursor: FormCursor, records: RecordTable): void {
  const name = cursor.enterPair() ? cursor.atom() : undefined;
  if (name !== undefined) records.set(name, { fields: cursor.pos });
}

/** Returns a record, without moving; undefined where there is none of that name. */
export function findRecord(cursor: FormCursor, records: RecordTable, name: string): RecordDefinition | undefined {
  const found = records.get(name);
  if (found === undefined || !('fields' in found)) return found;
  const { pos } = cursor;
  cursor.pos = found.fields;
  const definition = readFields(cursor);
  cursor.pos = pos;
  records.set(name, definition);
  return definition;
}

function readFields(cursor: FormCursor): RecordDefinition {
  const fields: FieldDefinition[] = [];
  const count = cursor.enterList();
  for (let at = 0; at < count; at++) {
    const start = cursor.pos;
    const field = readField(cursor);
    if (field !== undefined) fields.push(field);
    cursor.pos = start;
    cursor.skip();
  }
  return fields;
}

function readField(cursor: FormCursor): FieldDefinition | undefined {
  let size = cursor.enterNode();
  if (cursor.kind === TYPED_RECORD_FIELD) size = cursor.enterNode();
  if (size < 3 || cursor.kind !== RECORD_FIELD) return undefined;
  cursor.skipAnno();
  const name = cursor.atomOf(ATOM);
  if (name === undefined) return undefined;
  const kind = size === 4 ? cursor.nextKind() : ATOM;
  return { name, initialiser: kind !== OTHER && kind <= LAST_LEAF ? 0 : cursor.pos };
}
