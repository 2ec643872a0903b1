// Records, as erl_expand_records takes them apart:
//   #r{f = V}       {record, Anno, r, Fields}         initialisers of the fields not given run here; `_ = V` is there for each of them
//   R#r{f = V}      {record, Anno, R, r, Fields}      erlang:setelement/3 for each field, or a new tuple; erlang:error/1
//   R#r.f           {record_field, Anno, R, r, F}     erlang:error/1 (in guards see walk-guard.ts)
//   is_record(R, r)                                   a type test, which is no call

import { externalTarget } from './call-targets.js';
import { readFirstPlace } from './first-place.js';
import { recordKey } from './guard-key.js';
import * as kinds from './node-kinds.js';
import type { RecordDefinition } from './record-table.js';
import { findRecord } from './record-table.js';
import type { Place } from './scope.js';
import type { Walker } from './walker.js';

/** Walks over a construction, or a pattern, whose tag has been read. */
export function walkConstruction(walker: Walker): void {
  const anno = walker.pos;
  walker.skipAnno();
  const definition = definitionOf(walker);
  if (definition === undefined) {
    walker.walkList();
    return;
  }
  const start = walker.pos;
  const given = readGivenFields(walker);
  const end = walker.pos;
  walker.reread(end - start);
  for (const { name, initialiser } of definition) {
    const place = given.get(name) ?? given.get('_');
    if (place !== undefined) walker.walkAt(place);
    else if (initialiser !== 0 && !walker.context.pattern) walkInitialiser(walker, initialiser, anno);
  }
  walker.pos = end;
}

/** Moves past fields and returns where their values are; `_` is for all others. */
function readGivenFields(walker: Walker): ReadonlyMap<string, Place> {
  const given = new Map<string, Place>();
  const count = walker.enterList();
  for (let at = 0; at < count; at++) {
    const start = walker.pos;
    const name = enterField(walker);
    if (name !== undefined && !given.has(name)) given.set(name, { at: walker.pos, context: walker.context });
    walker.pos = start;
    walker.skip();
  }
  walker.leaveList(count);
  return given;
}

/** Enters `{record_field, Anno, {atom | var, _, Name}, Value}` up to the value and returns the name. */
function enterField(walker: Walker): string | undefined {
  if (walker.enterNode() !== 4 || walker.kind !== kinds.RECORD_FIELD) return undefined;
  walker.skipAnno();
  return walker.atomOf(kinds.ATOM) ?? walker.atomOf(kinds.VAR);
}

function walkInitialiser(walker: Walker, at: number, anno: number): void {
  walker.readSite(anno);
  walker.walkAt({ at, context: { site: { line: walker.line, column: walker.column }, pattern: false } });
}

/** Reads the name of a record and returns its definition; undefined for native records, and for those that aren't known. */
function definitionOf(walker: Walker): RecordDefinition | undefined {
  const name = walker.atom();
  if (name === undefined) walker.skip();
  return name === undefined || walker.settings.nativeRecords.has(name)
    ? undefined
    : findRecord(walker, walker.settings.records, name);
}

/** Walks over an update whose tag has been read. The values run before the record. */
export function walkUpdate(walker: Walker): void {
  walker.skipAnno();
  const record = walker.pos;
  walker.skip();
  walker.reread(walker.pos - record);
  const definition = definitionOf(walker);
  const annos = new Map<string, number>();
  const count = walker.enterList();
  for (let at = 0; at < count; at++) walkUpdatedField(walker, annos);
  walker.leaveList(count);
  const end = walker.pos;
  walker.pos = record;
  walker.walk();
  if (definition !== undefined && walker.settings.builtins) addUpdate(walker, definition, annos, record);
  walker.pos = end;
}

function walkUpdatedField(walker: Walker, annos: Map<string, number>): void {
  const start = walker.pos;
  walker.enterNode();
  const anno = walker.pos;
  walker.pos = start;
  const name = enterField(walker);
  if (name === undefined) walker.pos = start;
  else annos.set(name, anno);
  walker.walk();
}

/** Adds what an update calls: at the field that comes first in the record where it is updated in place, at the record elsewhere. */
function addUpdate(walker: Walker, definition: RecordDefinition, annos: ReadonlyMap<string, number>, record: number): void {
  const { rules, takesUpdatesApart } = walker.settings;
  const few = annos.size <= definition.length - annos.size || !rules.updatesFewFieldsOnly;
  const first = definition.find(({ name }) => annos.has(name));
  if (first === undefined || takesUpdatesApart || !few) {
    walker.pos = record;
    walker.enterNode();
    addErlang(walker, 'error', 1, walker.pos);
    return;
  }
  for (const anno of annos.values()) addErlang(walker, 'setelement', 3, anno);
  addErlang(walker, 'error', 1, annos.get(first.name) as number);
}

function addErlang(walker: Walker, name: string, arity: number, anno: number): void {
  walker.addAt(externalTarget(walker.settings.targets, 'erlang', name, arity, walker.guard), anno);
}

/** Walks over an access to a field whose tag has been read. */
export function walkAccess(walker: Walker): void {
  walker.skipAnno();
  const record = walker.pos;
  walker.walk();
  const name = walker.atom();
  walker.skip(name === undefined ? 2 : 1);
  if (name === undefined || !walker.settings.builtins || walker.settings.nativeRecords.has(name)) return;
  const { pos } = walker;
  readFirstPlace(walker, record);
  const { line, column } = walker;
  const { strictTests, targets } = walker.settings;
  if (strictTests && !walker.inGuard) walker.addHere(externalTarget(targets, 'erlang', 'error', 1, walker.guard));
  else walker.addHere(externalTarget(targets, 'erlang', 'element', 2, walker.guard));
  if (strictTests && walker.inGuard) {
    walker.accesses = [...walker.accesses, { key: `${name} ${recordKey(walker, record)}`, line, column }];
  }
  walker.pos = pos;
}

/**
 * Walks over the two arguments of `is_record` where the second is the name of a record; returns false and doesn't move elsewhere. In
 * guards what can't be a tuple isn't evaluated.
 */
export function walkRecordTest(walker: Walker): boolean {
  const start = walker.pos;
  walker.skip();
  const end = walker.pos;
  if (walker.atomOf(kinds.ATOM) === undefined) {
    walker.pos = start;
    return false;
  }
  const after = walker.pos;
  walker.reread(end - start);
  walker.pos = start;
  if (!walker.inGuard || !isNoTuple(walker.nextKind())) walker.walk();
  walker.pos = after;
  return true;
}

function isNoTuple(kind: number): boolean {
  return NO_TUPLES.includes(kind);
}

const NO_TUPLES: readonly number[] = [
  kinds.ATOM,
  kinds.INTEGER,
  kinds.FLOAT,
  kinds.NIL,
  kinds.CONS,
  kinds.CHAR,
  kinds.STRING,
  kinds.RECORD_INDEX,
  kinds.BIN,
  kinds.OP,
];
