// What attributes in abstract code refer to: types of other modules, records in types, and initialisers of records.
//   {attribute, _, spec | callback, {{F, A} | {M, F, A}, Types}}      {attribute, _, type | opaque | nominal, {Name, Type, Vars}}
//   {remote_type, _, [{atom, _, M}, {atom, _, Name}, Args]}           {type, _, record, [{atom, _, Name} | Fields]}
//   {type, _, map_field_exact, [{atom, _, '__struct__'}, {atom, _, M}]}

import { isAtom, isTuple, properList, textOf } from '../../../term/model.js';
import * as kinds from '../abstract/node-kinds.js';
import { structReference } from './data-shapes.js';
import { readExpressions } from './form-references.js';
import type { FormReading } from './form-tuples.js';
import { behaviourReference, headerTransform, transformReference } from './module-references.js';
import { defineRecord, enterFile, importRecords, readRecordUse } from './record-origins.js';
import { addReference } from './reference-log.js';

/** Reads the attribute of that name whose value comes next; `functionAt` gives the index of a function, -1 where there is none. */
export function readAttributeReferences(
  reading: FormReading,
  name: string,
  anno: number,
  functionAt: (name: string, arity: number) => number,
): void {
  const { cursor, log, records } = reading;
  log.from = -1;
  switch (name) {
    case 'file':
      readFile(reading, anno);
      break;
    case 'behaviour':
    case 'behavior':
      readBehaviour(reading, anno);
      break;
    case 'spec':
      log.from = specified(reading, functionAt);
      readTypes(reading, 1);
      break;
    case 'callback':
      readTypes(reading, 1);
      break;
    case 'type':
    case 'opaque':
    case 'nominal':
      readDefinition(reading);
      break;
    case 'record':
    case 'native_record':
      readRecord(reading, name === 'record');
      break;
    case 'import_record':
      importRecords(records, cursor.termAt(cursor.pos));
  }
}

/**
 * A `-file` that stands in the source is marked as generated, and shifts the lines that follow; see abstract/attributes.ts. One of the
 * preprocessor begins or ends an included file.
 */
function readFile({ cursor, log, records }: FormReading, anno: number): void {
  const value = cursor.termAt(cursor.pos);
  if (!isTuple(value, 2)) return;
  const file = textOf(value.items[0]) ?? '';
  const said = value.items[1];
  const marked = properList(cursor.termAt(anno)) ?? [];
  const generated = marked.some(
    (item) => isTuple(item, 2) && isAtom(item.items[0], 'generated') && isAtom(item.items[1], 'true'),
  );
  cursor.readPlace(anno);
  if (!generated) cursor.lineOffset = 0;
  else if (typeof said === 'number') cursor.lineOffset += cursor.line - said;
  if (!generated) cursor.included = enterFile(records, file);
  const transform = headerTransform(file);
  if (transform !== undefined) addReference(log, transformReference(transform, 'inferred'));
}

function readBehaviour({ cursor, log }: FormReading, anno: number): void {
  const module = cursor.atom();
  if (module === undefined) return;
  cursor.readSite(anno);
  addReference(log, behaviourReference(module), cursor.line, cursor.column);
}

/** Returns the function that a spec is of, without moving. */
function specified({ cursor }: FormReading, functionAt: (name: string, arity: number) => number): number {
  const start = cursor.pos;
  const size = cursor.enterPair() ? cursor.enterTuple() : 0;
  if (size === 3) cursor.skip();
  const name = size === 2 || size === 3 ? cursor.atom() : undefined;
  const arity = name === undefined ? undefined : cursor.integer();
  cursor.pos = start;
  return name === undefined || arity === undefined ? -1 : functionAt(name, arity);
}

/** `{Name, Type, Vars}`; the name, which may be that of a kind of nodes, is passed. */
function readDefinition(reading: FormReading): void {
  const { cursor } = reading;
  if (cursor.enterTuple() !== 3) return;
  cursor.skip();
  readTypes(reading, 2);
}

function readRecord(reading: FormReading, isTuple: boolean): void {
  const { cursor, records } = reading;
  const name = cursor.enterPair() ? cursor.atom() : undefined;
  if (name === undefined) return;
  if (isTuple) defineRecord(records, name);
  const fields = cursor.pos;
  readTypes(reading, 1);
  cursor.pos = fields;
  // What headers of others have in their records isn't this module's.
  if (records.header === undefined) readExpressions(reading);
}

function readTypes(reading: FormReading, terms: number): void {
  const { cursor } = reading;
  cursor.eachNode(terms, (size, anno) => {
    if (size === 3 && cursor.kind === kinds.REMOTE_TYPE) readRemoteType(reading, anno);
    else if (size === 4 && cursor.kind === kinds.TYPE) readType(reading, anno);
  });
}

/** Types in headers of other applications are there whether they are used or not. */
function readRemoteType({ cursor, log, records }: FormReading, anno: number): void {
  if (cursor.enterList() !== 3) return;
  const module = cursor.atomOf(kinds.ATOM);
  const name = module === undefined ? undefined : cursor.atomOf(kinds.ATOM);
  if (module === undefined || name === undefined) return;
  const arity = cursor.enterList();
  cursor.readSite(anno);
  const confidence = records.header === undefined ? 'exact' : 'inferred';
  addReference(log, { kind: 'type', module, name, arity, confidence }, cursor.line, cursor.column);
}

function readType(reading: FormReading, anno: number): void {
  const { cursor, log } = reading;
  switch (cursor.atom()) {
    case 'record':
      if (reading.records.header !== undefined || cursor.enterList() === 0) return;
      if (cursor.enterAtomOf(kinds.ATOM)) readRecordUse(reading, anno);
      else readRemoteRecord(reading, anno);
      break;
    case 'map_field_exact': {
      const isStruct = cursor.enterList() === 2 && cursor.atomOf(kinds.ATOM) === '__struct__';
      const module = isStruct ? cursor.atomOf(kinds.ATOM) : undefined;
      if (module === undefined) return;
      cursor.readSite(anno);
      addReference(log, structReference(module, 'exact'), cursor.line, cursor.column);
    }
  }
}

/** `{tuple, _, [{atom, _, M}, {atom, _, Name}]}`: the name of another module's native record. */
function readRemoteRecord({ cursor, log }: FormReading, anno: number): void {
  if (cursor.enterNode() !== 3 || cursor.kind !== kinds.TUPLE) return;
  cursor.skipAnno();
  const module = cursor.enterList() === 2 ? cursor.atomOf(kinds.ATOM) : undefined;
  const name = module === undefined ? undefined : cursor.atomOf(kinds.ATOM);
  if (module === undefined || name === undefined) return;
  cursor.readSite(anno);
  addReference(log, { kind: 'record', module, name, arity: null, confidence: 'exact' }, cursor.line, cursor.column);
}
