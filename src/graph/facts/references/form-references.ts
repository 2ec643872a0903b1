// What functions in abstract code refer to without calling it. See data-shapes.ts for the shapes of data, which count here where only their
// first parts are literal; patterns make no data, but use records and structs.

import * as kinds from '../abstract/node-kinds.js';
import { CHILD_TYPES, functionReference, mayBeModule, RESTARTS, structReference } from './data-shapes.js';
import { addHere, type FormReading, forgetMatches, readFunction, readStart, rememberMatch } from './form-tuples.js';
import { givenModule } from './given-modules.js';
import type { NodeCursor } from './node-cursor.js';
import { readRecordUse } from './record-origins.js';

/** Adds what expressions refer to, wherever they are in the term that comes next. */
export function readExpressions(reading: FormReading): void {
  reading.patternEnd = 0;
  reading.starts.clear();
  reading.cursor.eachNode(1, (size, anno) => readNode(reading, size, anno));
  forgetMatches(reading);
}

/** A dispatch table. */
function readNode(reading: FormReading, size: number, anno: number): void {
  const { cursor } = reading;
  switch ((cursor.kind << 8) | size) {
    case (kinds.MATCH << 8) | 4: {
      const variable = cursor.pos;
      if (markPattern(reading)) rememberMatch(reading, variable);
      break;
    }
    case (kinds.CLAUSE << 8) | 5:
    case (kinds.GENERATE << 8) | 4:
    case (kinds.MAP_GENERATE << 8) | 4:
    case (kinds.MAYBE_MATCH << 8) | 4:
      markPattern(reading);
      break;
    case (kinds.TUPLE << 8) | 3:
      if (cursor.pos >= reading.patternEnd) readTuple(reading, anno);
      break;
    case (kinds.MAP_FIELD_ASSOC << 8) | 4:
    case (kinds.MAP_FIELD_EXACT << 8) | 4:
      readField(reading, anno);
      break;
    case (kinds.CALL << 8) | 4:
      readCall(reading, anno);
      break;
    case (kinds.RECORD << 8) | 5:
    case (kinds.RECORD_FIELD << 8) | 5:
      cursor.peekPast();
      readRecordUse(reading, anno);
      break;
    case (kinds.RECORD << 8) | 4:
    case (kinds.RECORD_INDEX << 8) | 4:
      readRecordUse(reading, anno);
      break;
  }
}

/** Moves past a pattern; returns false, and doesn't, within a pattern: so each is passed once. */
function markPattern(reading: FormReading): boolean {
  const { cursor } = reading;
  if (cursor.pos < reading.patternEnd) return false;
  cursor.skip();
  reading.patternEnd = cursor.pos;
  return true;
}

/** `{M, F, A}`, `{M, F, Args}`, or an old child specification. */
function readTuple(reading: FormReading, anno: number): void {
  const { cursor } = reading;
  const isRead = reading.starts.has(anno);
  const count = cursor.enterList();
  if (count === 6) readChildSpecification(reading);
  if (count !== 3 || isRead) return;
  const mfa = readFunction(cursor);
  if (mfa === undefined || mfa.last === 'other' || !mayBeModule(mfa.module)) return;
  addHere(reading, functionReference(mfa.module, mfa.name, mfa.arity), anno);
}

/** `Id, Start, Restart, Shutdown, Type, Modules`. Where neither Restart nor Type is there as an atom, the start must have a list. */
function readChildSpecification(reading: FormReading): void {
  const { cursor } = reading;
  cursor.peekPast();
  const start = cursor.pos;
  cursor.peekPast();
  const restart = readAtomOrPass(cursor);
  cursor.peekPast();
  const type = readAtomOrPass(cursor);
  if ((restart !== undefined && !RESTARTS.has(restart)) || (type !== undefined && !CHILD_TYPES.has(type))) return;
  cursor.pos = start;
  readStart(reading, restart === undefined && type === undefined);
}

function readAtomOrPass(cursor: NodeCursor): string | undefined {
  const atom = cursor.atomOf(kinds.ATOM);
  if (atom === undefined) cursor.peekPast();
  return atom;
}

/** `start => {M, F, Args}` or `'__struct__' => M`. */
function readField(reading: FormReading, anno: number): void {
  const { cursor } = reading;
  switch (cursor.atomOf(kinds.ATOM)) {
    case 'start':
      if (cursor.pos >= reading.patternEnd) readStart(reading, false);
      break;
    case '__struct__': {
      const name = cursor.atomOf(kinds.ATOM);
      if (name !== undefined) addHere(reading, structReference(name, 'exact'), anno);
    }
  }
}

/** A call that is given a module or a function, or tests for a record. */
function readCall(reading: FormReading, anno: number): void {
  const { cursor } = reading;
  const callee = readCallee(cursor);
  if (callee === undefined) return;
  const count = cursor.enterList();
  if (callee.name === 'is_record' && (callee.module ?? 'erlang') === 'erlang') {
    readRecordTest(reading, anno, count);
    return;
  }
  const given = callee.module === undefined ? undefined : givenModule(callee.module, callee.name, count);
  if (given === undefined) return;
  if (given.module > 0) cursor.peekPast(given.module);
  if (given.named) {
    const mfa = readFunction(cursor);
    if (mfa !== undefined)
      addHere(reading, { ...functionReference(mfa.module, mfa.name, mfa.arity), confidence: 'inferred' }, anno);
  } else {
    const module = cursor.atomOf(kinds.ATOM);
    if (module !== undefined) addHere(reading, { kind: 'mfa', module, name: null, arity: null, confidence: 'inferred' }, anno);
  }
}

/** `is_record(R, Name)`, `is_record(R, Name, Size)`, and of native records `is_record(R, Module, Name)`. */
function readRecordTest(reading: FormReading, anno: number, count: number): void {
  const { cursor } = reading;
  if (count < 2) return;
  cursor.peekPast();
  const first = cursor.pos;
  const module = cursor.atomOf(kinds.ATOM);
  const name = count === 3 ? cursor.atomOf(kinds.ATOM) : undefined;
  if (module !== undefined && name !== undefined) {
    addHere(reading, { kind: 'record', module, name, arity: null, confidence: 'exact' }, anno);
    return;
  }
  cursor.pos = first;
  if (cursor.enterAtomOf(kinds.ATOM)) readRecordUse(reading, anno);
}

function readCallee(cursor: NodeCursor): { readonly module?: string; readonly name: string } | undefined {
  const local = cursor.atomOf(kinds.ATOM);
  if (local !== undefined) return { name: local };
  if (cursor.enterNode() !== 4 || cursor.kind !== kinds.REMOTE) return undefined;
  cursor.skipAnno();
  const module = cursor.atomOf(kinds.ATOM);
  const name = module === undefined ? undefined : cursor.atomOf(kinds.ATOM);
  return module === undefined || name === undefined ? undefined : { module, name };
}
